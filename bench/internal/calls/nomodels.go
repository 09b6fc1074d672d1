//go:build !models

package calls

import "strings"

// LeftOut says which cases are missing, and why; empty when none are.
func LeftOut() string {
	return "left out, because the models in ../shared are absent: " + strings.Join(ModelCases(), "; ")
}

func modelFamilies() []Family { return nil }

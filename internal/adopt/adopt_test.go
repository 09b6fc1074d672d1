package adopt

import (
	"testing"

	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/spec"
)

// Where a method is named is found by what it is called in a client.
func TestServiceOf(t *testing.T) {
	svc := serviceOf(scan.Service{Names: []scan.Name{{Object: "(*Client).Invoke", Uses: []spec.Pos{{File: "main.go", Line: 3}}}}})
	if at := svc.Names["Client.Invoke"]; len(at) != 1 || at[0].Line != 3 {
		t.Errorf("the method is named in %v", svc.Names)
	}
}

//go:build !models

package calls

// LeftOut says why there are cases missing; empty when there are not.
const LeftOut = "left out, because the models in ../shared are absent: " + SchemaCall + "; " + FunctionCall + "; " + BigResponse + "; " + BigRequest

func modelCases() []Case { return nil }

func bigCases() []Case { return nil }

package spec_test

import (
	"encoding/json"
	"testing"

	"example.com/lathe/spec"
)

// TestHasZeroDefault holds the rule to Smithy's check mode "client zero value v1, no
// input", case by case.
func TestHasZeroDefault(t *testing.T) {
	zero, no := &spec.Default{Value: json.Number("0")}, &spec.Default{Value: false}
	for name, c := range map[string]struct {
		kind   spec.Kind
		member spec.Member
		want   bool
	}{
		"none":                    {spec.Integer, spec.Member{}, false},
		"required only":           {spec.Integer, spec.Member{Required: true}, false},
		"zero":                    {spec.Integer, spec.Member{Default: zero}, true},
		"zero, required":          {spec.Long, spec.Member{Default: zero, Required: true}, true},
		"0.0":                     {spec.Double, spec.Member{Default: &spec.Default{Value: json.Number("0.0")}}, true},
		"-0e3":                    {spec.Float, spec.Member{Default: &spec.Default{Value: json.Number("-0e3")}}, true},
		"one":                     {spec.Short, spec.Member{Default: &spec.Default{Value: json.Number("1")}}, false},
		"beyond all numbers":      {spec.Double, spec.Member{Default: &spec.Default{Value: json.Number("1e999")}}, false},
		"text":                    {spec.Integer, spec.Member{Default: &spec.Default{Value: "0"}}, false},
		"null":                    {spec.Byte, spec.Member{Default: &spec.Default{}}, false},
		"added":                   {spec.Integer, spec.Member{Default: &spec.Default{Value: json.Number("0"), Added: true}}, false},
		"client optional":         {spec.Boolean, spec.Member{Default: no, ClientOptional: true}, false},
		"false":                   {spec.Boolean, spec.Member{Default: no}, true},
		"true":                    {spec.Boolean, spec.Member{Default: &spec.Default{Value: true}}, false},
		"false for a number":      {spec.Integer, spec.Member{Default: no}, false},
		"zero for a boolean":      {spec.Boolean, spec.Member{Default: zero}, false},
		"intEnum":                 {spec.IntEnum, spec.Member{Default: zero}, true},
		"bigInteger has no plain": {spec.BigInteger, spec.Member{Default: zero}, false},
		"empty text":              {spec.String, spec.Member{Default: &spec.Default{Value: ""}}, false},
		"object":                  {spec.Document, spec.Member{Default: &spec.Default{Value: map[string]any{}}}, false},
	} {
		c.member.Target = &spec.Shape{Kind: c.kind}
		if got := c.member.HasZeroDefault(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

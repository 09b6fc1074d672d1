package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
)

// TestUnsetParameters reads rules that use a parameter that may be unset. They load
// with a warning: a guard goes before the use, or a default into the text of an error.
func TestUnsetParameters(t *testing.T) {
	const warning = `parameter %q may be unset: without it this rule does not hold`
	const empty = `parameter %q may be unset: it is empty in this error then`
	w := func(format, name string) string { return fmt.Sprintf(format, name) }
	for name, c := range map[string]struct{ rules, want, warnings string }{
		"aws.partition": {
			`{"conditions":[{"fn":"aws.partition","argv":[{"ref":"Region"}],"assign":"P"}],"error":"{P#name}"}`,
			`isSet(Region) aws.partition(Region)`, w(warning, "Region"),
		},
		"boolean": {`{"conditions":[{"fn":"booleanEquals","argv":[{"ref":"Maybe"},true]}],"error":"x"}`, `isSet(Maybe) booleanEquals(Maybe, true)`, w(warning, "Maybe")},
		"nested":  {`{"conditions":[{"fn":"not","argv":[{"fn":"stringEquals","argv":[{"ref":"Region"},"a"]}]}],"error":"x"}`, `isSet(Region) not(stringEquals(Region, a))`, w(warning, "Region")},
		"twice": {
			`{"conditions":[{"fn":"stringEquals","argv":[{"ref":"Region"},{"ref":"Region"}]},{"fn":"stringEquals","argv":["{Region}","b"]}],"error":"{Region}"}`,
			`isSet(Region) stringEquals(Region, Region) stringEquals({Region}, b)`, w(warning, "Region"),
		},
		"url": {`{"conditions":[{"fn":"isSet","argv":[{"ref":"Flag"}]}],"endpoint":{"url":"https://a.{Region}.b"}}`, `isSet(Flag) isSet(Region)`, w(warning, "Region")},
		"header and property": {
			`{"endpoint":{"url":"https://a","headers":{"X":["{Region}"]},"properties":{"p":"{Region}"}}}`, `isSet(Region)`, w(warning, "Region"),
		},
		"below": {
			`{"conditions":[{"fn":"aws.partition","argv":[{"ref":"Region"}],"assign":"P"}],"rules":[{"endpoint":{"url":"https://{Region}.{P#dnsSuffix}"}}]}`,
			`isSet(Region) aws.partition(Region)`, w(warning, "Region"),
		},
		"in a rule below only": {
			`{"conditions":[],"rules":[{"endpoint":{"url":"https://{Region}"}},{"endpoint":{"url":"https://a.{Region}"}}]}`, ``,
			w(warning, "Region") + "; " + w(warning, "Region"),
		},
		"error":          {`{"error":"no {Region}"}`, ``, w(empty, "Region")},
		"reference":      {`{"error":{"ref":"Region"}}`, ``, w(empty, "Region")},
		"checked before": {`{"conditions":[` + isRegion + `],"error":"{Region}"}`, `isSet(Region)`, ``},
	} {
		set, problems, warnings := rules.Parse(parse(t, set(c.rules)), of)
		if err := problems.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := conditions(set.Rules[0].Conditions); got != c.want {
			t.Errorf("%s: conditions %s, want %s", name, got, c.want)
		}
		var texts []string
		for _, w := range warnings {
			texts = append(texts, w.Message)
		}
		if got := strings.Join(texts, "; "); got != c.warnings {
			t.Errorf("%s: warnings %s, want %s", name, got, c.warnings)
		}
	}
}

// conditions writes conditions as calls.
func conditions(all []spec.EndpointCondition) string {
	var texts []string
	for _, c := range all {
		texts = append(texts, expression(c.Call()))
	}
	return strings.Join(texts, " ")
}

func expression(e spec.EndpointExpr) string {
	switch {
	case e.Ref != "":
		return e.Ref
	case e.Fn == "":
		return fmt.Sprint(e.Literal)
	}
	var args []string
	for _, a := range e.Args {
		args = append(args, expression(a))
	}
	return e.Fn + "(" + strings.Join(args, ", ") + ")"
}

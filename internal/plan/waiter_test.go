package plan_test

import (
	"strings"
	"testing"

	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
)

// waited is an API of one operation with a waiter of one acceptor.
func waited(acceptors ...spec.Acceptor) *spec.API {
	text := &spec.Shape{Name: "Text", Kind: spec.String}
	count := &spec.Shape{Name: "Count", Kind: spec.Integer}
	out := &spec.Shape{Name: "Out", Kind: spec.Structure, Members: []*spec.Member{{Name: "status", Target: text}, {Name: "count", Target: count}}}
	return &spec.API{Name: "Svc", ID: "Svc", Protocols: []spec.Protocol{spec.RestJSON1}, Operations: []*spec.Operation{{
		Name: "Get", Output: out, HTTP: spec.HTTP{Method: "GET", URI: spec.URI{Source: "/", Path: []spec.URIPart{{Literal: "/"}}}},
		Waiters: []spec.Waiter{{Name: "Done", Acceptors: acceptors}},
	}}}
}

// TestWaiterLeftOut sees that a waiter that can't be compiled costs a warning with its
// place, and not the operation.
func TestWaiterLeftOut(t *testing.T) {
	output := func(path, comparator, expected string) spec.Acceptor {
		return spec.Acceptor{Pos: spec.Pos{File: "api.json", Line: 7}, State: "success", Matcher: "output", Path: path, Comparator: comparator, Expected: expected}
	}
	for want, a := range map[string]spec.Acceptor{
		`Out has no member "nope"`: output("nope", "stringEquals", "x"),
		"count leads to a number, not to a string, which stringEquals takes":    output("count", "stringEquals", "1"),
		"status leads to a string, not to a boolean, which booleanEquals takes": output("status", "booleanEquals", "true"),
		"it leads to a string, not to a list":                                   output("status", "allStringEquals", "x"),
		`"yes" is no boolean`:                                                   output("count == `1`", "booleanEquals", "yes"),
		`there is no comparator "equals"`:                                       output("status", "equals", "x"),
		"Get lacks the input or output that status looks at":                    {State: "success", Matcher: "inputOutput", Path: "status", Comparator: "stringEquals"},
		`matcher "always" is not known`:                                         {State: "success", Matcher: "always"},
		`state "maybe" is not known`:                                            {State: "maybe", Matcher: "success"},
	} {
		p, err := plan.Build(waited(a), plan.Config{ImportPath: "example.com/svc", Runtime: "example.com/svc/internal"})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Operations) != 1 || len(p.Operations[0].Waiters) != 0 || p.Operations[0].APIClient != "" || p.Needs.Waiters {
			t.Errorf("%s: there is a waiter", want)
		}
		if len(p.Warnings) != 1 || !strings.HasPrefix(p.Warnings[0].Message, "there is no waiter Done of Get: ") || !strings.Contains(p.Warnings[0].Message, want) || p.Warnings[0].Pos != a.Pos {
			t.Errorf("the warnings are %v, want %s", p.Warnings, want)
		}
	}
}

// TestWaitersOfOneName sees that two waiters that would have one name are a problem.
func TestWaitersOfOneName(t *testing.T) {
	api := waited(spec.Acceptor{State: "success", Matcher: "success", Expected: "true"})
	other := *api.Operations[0]
	other.Name, other.Waiters = "Look", []spec.Waiter{{Name: "done"}}
	api.Operations = append(api.Operations, &other)
	_, err := plan.Build(api, plan.Config{ImportPath: "example.com/svc", Runtime: "example.com/svc/internal"})
	if err == nil || !strings.Contains(err.Error(), "waiter done of Look has the Go name Done, like one of Get") {
		t.Errorf("got %v", err)
	}
}

// TestWaiterTests sees what becomes of acceptors that look at the same.
func TestWaiterTests(t *testing.T) {
	at := func(state, expected string) spec.Acceptor {
		return spec.Acceptor{State: state, Matcher: "output", Path: "status", Comparator: "stringEquals", Expected: expected}
	}
	p, err := plan.Build(waited(at("success", "A"), at("failure", "B"), at("failure", "A"), spec.Acceptor{State: "retry", Matcher: "errorType", Expected: "Gone"}), plan.Config{
		ImportPath: "example.com/svc", Runtime: "example.com/svc/internal",
	})
	if err != nil {
		t.Fatal(err)
	}
	w := p.Operations[0].Waiters[0]
	if len(w.OnOutput) != 1 || len(w.OnOutput[0].Cases) != 2 || w.OnOutput[0].Cases[0].Outcome != plan.Success || w.OnOutput[0].Cases[1].Text != "B" {
		t.Errorf("tests of outputs: %+v", w.OnOutput)
	}
	if len(w.OnError) != 1 || w.OnError[0].Kind != plan.ErrorCodeIs || w.OnError[0].Cases[0].Outcome != plan.Again {
		t.Errorf("tests of errors: %+v", w.OnError)
	}
	if w.MinDelay != 2 || w.MaxDelay != 120 || p.Operations[0].APIClient != "GetAPIClient" {
		t.Errorf("%+v", w)
	}
}

package adopt

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
	"example.com/lathe/internal/adopt/fit"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// Of a module's packages one command and one that others can import are named.
func TestPackagesOf(t *testing.T) {
	command, library := packagesOf("p example.com/m/internal/p\nmain example.com/m/cmd/a\nmain example.com/m\ninternal example.com/m/internal\nq example.com/m/q\n", "example.com/m")
	if command != "example.com/m/cmd/a" || library != "example.com/m/q" {
		t.Errorf("got %q and %q", command, library)
	}
	if command, library := packagesOf("main m/cmd\nq m/q\n", "m"); command != "" || library != "" {
		t.Errorf("nobody gets %q and %q", command, library)
	}
	if command, library := packagesOf("p example.com/internal/m\n", "example.com/internal/m"); command != "" || library != "example.com/internal/m" {
		t.Errorf("got %q and %q", command, library)
	}
}

// Where a method is named is found by what it is called in a client.
func TestServiceOf(t *testing.T) {
	svc := serviceOf(scan.Service{Names: []scan.Name{{Object: "(*Client).Invoke", Uses: []spec.Pos{{File: "main.go", Line: 3}}}}})
	if at := svc.Names["Client.Invoke"]; len(at) != 1 || at[0].Line != 3 {
		t.Errorf("the method is named in %v", svc.Names)
	}
}

// A constant that a client has by another name gets that of the official package, where the
// client has the enum; the enum of one that it has not is what has to be reached.
func TestRenamed(t *testing.T) {
	svc := serviceOf(scan.Service{Names: []scan.Name{
		{Object: "types.ReasonNew", Constant: callers.Constant{Enum: "types.Reason", Value: "Elb.New"}},
		{Object: "types.ReasonOld", Constant: callers.Constant{Enum: "types.Reason", Value: "Elb.Old"}},
		{Object: "types.ReasonGone", Constant: callers.Constant{Enum: "types.Reason", Value: "Elb.Gone"}},
		{Object: "types.StateOn", Constant: callers.Constant{Enum: "types.State", Value: "on"}},
		{Object: "types.Target.Reason"},
	}})
	missing := []string{"types.ReasonGone", "types.ReasonNew", "types.ReasonOld", "types.StateOn", "types.Target.Reason"}
	g := Generator{Value: func(_ lathe.Config, enum, text string) (string, error) {
		return map[string]string{"Elb.New": enum + ".Elb.New", "Elb.Old": enum + ".Elb.Old", "on": enum + ".on"}[text], nil
	}}
	cfg := lathe.Config{Additions: spec.Additions{Renames: []spec.Rename{{From: "Reason.Elb.Old"}}}}
	got, err := g.renamed(cfg, fit.Names{"types.Reason": ""}, svc, missing)
	want := []spec.Rename{{Kind: spec.RenameValue, From: "Reason.Elb.New", To: "New"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if got := fmt.Sprint(svc.enums(missing)); got != "[types.Reason types.Reason types.Reason types.State types.Target.Reason]" {
		t.Errorf("got %s", got)
	}
}

// A paginator that a client does not have goes on as the official one does, where the operation
// is one of the client's, and the members are there.
func TestPaged(t *testing.T) {
	svc := serviceOf(scan.Service{Pages: []scan.Pages{
		{Operation: "ListNotes", InputToken: "NextToken", OutputToken: "Token", PageSize: "MaxResults"},
		{Operation: "ListTags", InputToken: "NextToken", OutputToken: "NextToken"},
		{Operation: "ListKnown", InputToken: "NextToken", OutputToken: "NextToken"},
		{Operation: "ListGone", InputToken: "NextToken", OutputToken: "NextToken"},
		{Operation: "ListDeep", InputToken: "NextToken", OutputToken: "List.Next"},
		{Operation: "ListOdd", InputToken: "NextToken", OutputToken: "Gone"},
	}})
	g := Generator{Member: func(_ lathe.Config, field string) (string, error) {
		return map[string]string{
			"ListNotesInput.NextToken": "ListNotes.input.nextToken", "ListNotesOutput.Token": "ListNotes.output.token",
			"ListNotesInput.MaxResults": "ListNotes.input.maxResults", "ListTagsInput.NextToken": "ListTags.input.nextToken",
			"ListTagsOutput.NextToken": "ListTags.output.nextToken", "ListOddInput.NextToken": "ListOdd.input.nextToken",
			"ListDeepInput.NextToken": "ListDeep.input.nextToken", "ListDeepOutput.List.Next": "ListDeep.output.list.next",
		}[field], nil
	}}
	cfg := lathe.Config{Operations: []string{"ListDeep", "ListKnown", "ListNotes", "ListOdd", "ListTags"}}
	cfg.Additions.Paginations = []spec.AddedPagination{{Operation: "ListKnown"}}
	var missing []string
	for op := range svc.Pages {
		missing = append(missing, "New"+op+"Paginator", op+"Paginator.NextPage")
	}
	slices.Sort(missing)
	got, err := g.paged(cfg, svc, missing)
	want := []spec.AddedPagination{
		{Operation: "ListDeep", Pagination: spec.Pagination{InputToken: "nextToken", OutputToken: "list.next"}},
		{Operation: "ListNotes", Pagination: spec.Pagination{InputToken: "nextToken", OutputToken: "token", PageSize: "maxResults"}},
		{Operation: "ListTags", Pagination: spec.Pagination{InputToken: "nextToken", OutputToken: "nextToken"}},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// Problems are shown in the program's files.
func TestPlaced(t *testing.T) {
	s := &stage{root: filepath.FromSlash("/program"), dir: filepath.FromSlash("/tmp/stage/module")}
	at := func(name string) spec.Pos { return spec.Pos{File: filepath.FromSlash(name), Line: 9} }
	got := s.placed(spec.Problems{{Pos: at("/tmp/stage/module/lathe.yaml"), Message: "a"}, {Pos: at("/models/notes.json"), Message: "b"}})
	want := spec.Problems{{Pos: at("/program/lathe.yaml"), Message: "a"}, {Pos: at("/models/notes.json"), Message: "b"}}
	if diff := cmp.Diff(error(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if other := errors.New("other"); s.placed(other) != other {
		t.Error("another error is not the same")
	}
}

// Numbers and booleans that are no pointers in the official package get a default, each
// once; of other types there is none that helps.
func TestZeroed(t *testing.T) {
	g := Generator{Member: func(_ lathe.Config, field string) (string, error) {
		return map[string]string{"GetInput.Limit": "Get.input.limit", "types.Run.Done": "Run.done", "types.Run.Name": "Run.name", "GetInput.Known": "Get.input.known"}[field], nil
	}}
	cfg := lathe.Config{Additions: spec.Additions{Defaults: []spec.AddedDefault{{Member: "Get.input.known"}}}}
	got, err := g.zeroed(cfg, []fit.Difference{
		{Name: "GetInput.Limit", Is: "*int32", Wanted: "int32"}, {Name: "types.Run.Done", Is: "*bool", Wanted: "bool"},
		{Name: "types.Run.Name", Is: "*string", Wanted: "string"}, {Name: "GetInput.Known", Is: "*int64", Wanted: "int64"},
		{Name: "types.Run.Size", Is: "*int32", Wanted: "int64"}, {Name: "types.Gone.Size", Is: "*int32", Wanted: "int32"},
	})
	want := []spec.AddedDefault{{Member: "Get.input.limit", Value: json.Number("0")}, {Member: "Run.done", Value: false}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

package goapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/internal/goapi"
)

// pkg makes a client of files, given as pairs of path and text.
func pkg(files ...string) goapi.Package {
	p := goapi.Package{Path: clientPath, Files: map[string][]byte{}}
	for i := 0; i < len(files); i += 2 {
		p.Files[files[i]] = []byte(files[i+1])
	}
	return p
}

// A client that isn't there has no API: everything is new, and gone the other way.
func TestNoClient(t *testing.T) {
	some := pkg("client.go", "package client\n\ntype A struct{}\n", "README.md", "not Go", "client_test.go", "package client\n\ntype B struct{}\n")
	want := "package .: added: fine\n\tnew package client (-)\n\tIt is new: no caller uses it yet.\n"
	if diff := cmp.Diff(want, render(changes(t, pkg(), some))); diff != "" {
		t.Error(diff)
	}
	want = "package .: removed: BREAKING\n\told package client (-)\n\tA caller that imports it no longer compiles.\n"
	if diff := cmp.Diff(want, render(changes(t, some, pkg()))); diff != "" {
		t.Error(diff)
	}
}

// Neither where a client lies nor where its runtime does makes a difference.
func TestMoved(t *testing.T) {
	at := func(client, runtime string) goapi.Package {
		return goapi.Package{Path: client, Files: map[string][]byte{
			"client.go": []byte(`package client

import (
	"` + client + `/document"
	"` + runtime + `/transport"
)

type Client struct {
	settings *transport.Settings
	cache    transport.Cache[string, map[transport.Key]int]
}

type Output struct{ Value document.Interface }
`),
			"document/document.go": []byte(`package document

import internaldocument "` + runtime + `/document"

type Interface = internaldocument.Interface
`),
		}}
	}
	a := at("example.com/a/internal/client", "example.com/a/internal/client/internal")
	b := at("example.org/b", "example.org/shared/runtime")
	if all := changes(t, a, b); len(all) > 0 {
		t.Error(render(all))
	}
}

// An interface without a name may lead back to itself through the one that it embeds.
func TestRecursiveInterface(t *testing.T) {
	const source = "package client\n\ntype Node interface {\n\tNext() interface{ Node }\n\tOther() interface {\n\t\tNode\n\t\tValue() %s\n\t}\n}\n"
	a, b := pkg("client.go", fmt.Sprintf(source, "int")), pkg("client.go", fmt.Sprintf(source, "string"))
	if all := changes(t, a, a); len(all) > 0 {
		t.Error(render(all))
	}
	var changed []string
	for _, c := range changes(t, a, b) {
		changed = append(changed, c.Object)
	}
	if want := []string{"Node.Next", "Node.Other"}; !slices.Equal(changed, want) {
		t.Errorf("changed are %q, want %q", changed, want)
	}
}

// All mistakes of both sides are reported, with their places.
func TestErrors(t *testing.T) {
	tests := map[string]struct {
		old, new goapi.Package
		want     string
	}{
		"syntax": {
			pkg("a.go", "package client\n\nfunc {\n", "b.go", "package client\n\ntype\n"),
			pkg("c.go", "nothing"),
			"the old client can't be read:\n" +
				"a.go:3:6: expected 'IDENT', found '{'\n" +
				"b.go:3:6: expected 'IDENT', found 'EOF'\n" +
				hint +
				"the new client can't be read:\n" +
				"c.go:1:1: expected 'package', found nothing\n" +
				hint,
		},
		"types": {
			pkg("a.go", "package client\n\ntype A struct{ B B }\n", "types/b.go", "package types\n\ntype (\n\tC D\n\tE = F\n)\n"),
			pkg(),
			"the old client can't be read:\n" +
				"a.go:3:18: undefined: B\n" +
				"types/b.go:4:4: undefined: D\n" +
				"types/b.go:5:6: undefined: F\n" +
				hint,
		},
		"value from outside": {
			pkg(), pkg("a.go", "package client\n\nimport \"errors\"\n\nvar (\n\tErrA = errors.New(\"a\")\n\terrB = errors.New(\"b\")\n)\n"),
			"the new client can't be read:\n" +
				"a.go:6:20: cannot convert \"a\" (untyped string constant) to type errors.New\n" +
				"a.go:7:20: cannot convert \"b\" (untyped string constant) to type errors.New\n" +
				hint,
		},
		"circle": {
			pkg("a.go", "package client\n\nimport _ \"example.com/client/types\"\n", "types/b.go", "package types\n\nimport _ \"example.com/client\"\n"), pkg(),
			"the old client can't be read:\n" +
				"types/b.go:3:10: could not import example.com/client (the packages of the client import each other in a circle)\n" +
				hint,
		},
		"path": {
			goapi.Package{}, pkg(),
			"the old client can't be read:\nit has no import path\n",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := goapi.Compare(tt.old, tt.new)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(strings.TrimSuffix(tt.want, "\n"), err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const hint = "\thint: generate the client again; of hand-written code, only declarations with a type can be read\n"

// The same clients give the same changes in the same order, and what is new in
// one direction is gone in the other.
func TestSymmetry(t *testing.T) {
	opposites := map[goapi.Kind]goapi.Kind{
		goapi.Added: goapi.Removed, goapi.FieldAdded: goapi.FieldRemoved,
		goapi.BecameComparable: goapi.BecameIncomparable, goapi.ImplementationGained: goapi.ImplementationLost,
		goapi.StructOpened: goapi.StructSealed, goapi.InterfaceOpened: goapi.InterfaceSealed,
	}
	for _, c := range loadCases(t) {
		there, back := changes(t, c.old, c.new), changes(t, c.new, c.old)
		if !slices.Equal(there, changes(t, c.old, c.new)) {
			t.Errorf("%s: two runs differ", c.name)
		}
		for gain, loss := range opposites {
			if a, b := count(there, gain), count(back, loss); a != b {
				t.Errorf("%s: %d times %s, back %d times %s", c.name, a, gain, b, loss)
			}
			if a, b := count(there, loss), count(back, gain); a != b {
				t.Errorf("%s: %d times %s, back %d times %s", c.name, a, loss, b, gain)
			}
		}
		if all := changes(t, c.new, c.new); len(all) > 0 {
			t.Errorf("%s: a client differs from itself:\n%s", c.name, render(all))
		}
	}
}

func count(all []goapi.Change, kind goapi.Kind) int {
	n := 0
	for _, c := range all {
		if c.Kind == kind {
			n++
		}
	}
	return n
}

// FuzzCompare sees that no source makes Compare panic, that a client does not
// differ from itself, and that two runs agree.
func FuzzCompare(f *testing.F) {
	for _, c := range loadCases(f) {
		for _, side := range []goapi.Package{c.old, c.new} {
			for _, text := range side.Files {
				f.Add(text, text)
			}
		}
		for name := range c.old.Files {
			f.Add(c.old.Files[name], c.new.Files[name])
		}
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		before, after := pkg("a.go", string(a)), pkg("a.go", string(b))
		there, err := goapi.Compare(before, after)
		if err != nil {
			return
		}
		if again := changes(t, before, after); !slices.Equal(there, again) {
			t.Errorf("two runs differ:\n%s\n%s", render(there), render(again))
		}
		if all := changes(t, after, after); len(all) > 0 {
			t.Errorf("a client differs from itself:\n%s", render(all))
		}
	})
}

// Package goapi compares the exported Go API of two generations of a client and
// decides for each difference whether callers still compile.
//
// A change is breaking when there is a caller that compiles against the old
// client and not against the new one. Not counted are, as in the promise of
// Go 1 (https://go.dev/doc/go1compat), callers that embed a type of the client
// beside another type with a field or method of the same name, and callers that
// import the client with a dot: whatever is new could break them. Nor are
// conversions between two structs of the client: that their members are alike is
// a coincidence of the service's model. Both are reported all the same.
//
// A struct without unexported fields is open: callers can write its values
// without field names, and convert structs of their own to it. Any change of its
// list of fields breaks them. A struct with an unexported field, as the marker
// that most generated structs embed, is sealed against both. An interface with an
// unexported method, as a union is, is sealed in the same sense: only the client
// implements it.
//
// Two changes count as breaking although they need not be: a constraint that
// admits more types than before, and a variable that was a function. Generated
// clients have neither.
//
// Nothing but the files of the two clients is read: no module cache, no go
// command. What they import is declared in outside.txtar, as far as it matters.
package goapi

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"slices"
)

// Package is the Go code of a client.
type Package struct {
	// Path is the import path of the client. It says which imports are the
	// client's own; it is not compared, for a caller imports the client from
	// where it is.
	Path string
	// Files are the files by their slash-separated paths relative to the
	// client's folder. Only Go files count, without tests and internal packages.
	// No files at all are a client without API.
	Files map[string][]byte
}

// Change is one difference.
type Change struct {
	Kind Kind
	// Object is what has changed, with the package unless that is the client's
	// own: "GetRunOutput.Status", "(*Client).GetRun", "types.StatusRunning".
	Object string
	// Old and New say how each side declares it, in Go; empty where it has none.
	Old, New string
	// Breaking says that a caller may no longer compile.
	Breaking bool
	// Why says what a caller sees, in a sentence.
	Why string
	// OldPos and NewPos are where each side declares it, with the file's path as
	// in [Package]; not valid where it has none.
	OldPos, NewPos token.Position
}

// Compare lists the differences between the APIs of two clients, sorted by
// object and kind. The error names every place at which a client can't be
// understood, as file:line:col.
func Compare(before, after Package) ([]Change, error) {
	was, errBefore := load(before)
	if errBefore != nil {
		errBefore = fmt.Errorf("the old client can't be read:\n%w", errBefore)
	}
	is, errAfter := load(after)
	if errAfter != nil {
		errAfter = fmt.Errorf("the new client can't be read:\n%w", errAfter)
	}
	if err := errors.Join(errBefore, errAfter); err != nil {
		return nil, err
	}
	return compare(was, is), nil
}

func compare(was, is *client) []Change {
	c := newComparison(was, is)
	c.packages()
	c.implementations()
	c.conversions()
	slices.SortFunc(c.changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(a.Object, b.Object),
			cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Old, b.Old),
			cmp.Compare(a.New, b.New),
			cmp.Compare(a.Why, b.Why),
		)
	})
	return c.changes
}

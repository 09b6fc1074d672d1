package interop

import (
	"go/types"
	"path"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/interop/goapi"
)

const (
	officialPath = "github.com/aws/aws-sdk-go-v2/service/datazone"
	ourPath      = "example.com/lathe/generated/datazone"
)

// apiDifference is a difference of exported APIs that is known.
type apiDifference struct {
	// name may be a glob, for what only one has.
	name, why string
	// official and ours are what each package has, for what both have; of what
	// only one of them has, the name says enough.
	official, ours string
}

// is reports whether a difference is that of the row.
func (k apiDifference) is(d goapi.Difference) bool {
	if d.Official == "" || d.Ours == "" {
		ok, _ := path.Match(k.name, d.Name)
		return ok
	}
	return d == goapi.Difference{Name: k.name, Official: k.official, Ours: k.ours}
}

// apiDifferences are all, by name.
func apiDifferences() []apiDifference {
	const (
		internal = "the official type is one in an internal package"
		waiter   = "no model has the waiter: our own document does"
	)
	return []apiDifference{
		{name: "EndpointResolverOptions", why: internal, official: "alias struct", ours: "type struct"},
		{name: "Options.DisableClockSkewCorrection", why: "newer than the official package"},
		{name: "*DataSourceRunFinishedWaiter*", why: waiter},
		{name: "GetDataSourceRunAPIClient*", why: waiter},
		{name: "NewDefaultEndpointResolver", why: internal, official: "func() *endpoints.Resolver", ours: "func() datazone.EndpointResolver"},
	}
}

func loadAPIs(t *testing.T, suffix string) (official, ours *types.Package) {
	t.Helper()
	all, err := goapi.Load(officialPath+suffix, ourPath+suffix)
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1]
}

// notGenerated says of a difference that it is an operation that we didn't ask for.
func notGenerated(ours *types.Package) func(goapi.Difference) bool {
	return func(d goapi.Difference) bool {
		operation, ok := strings.CutPrefix(d.Name, "Client.")
		return ok && d.Ours == "" && ours.Scope().Lookup(operation+"Input") == nil && strings.Contains(d.Official, "."+operation+"Input")
	}
}

// missingNames are names of the official package that belong to no operation and
// that ours doesn't have.
func missingNames(official, ours *types.Package) (out []goapi.Difference) {
	operations := types.NewMethodSet(types.NewPointer(official.Scope().Lookup("Client").Type()))
	ofOperation := func(name string) bool {
		for method := range operations.Methods() {
			operation := method.Obj().Name()
			if operation != "Options" && (strings.HasPrefix(name, operation) || strings.HasPrefix(name, "New"+operation)) {
				return true
			}
		}
		return false
	}
	for _, name := range official.Scope().Names() {
		object := official.Scope().Lookup(name)
		if object.Exported() && ours.Scope().Lookup(name) == nil && !ofOperation(name) {
			out = append(out, goapi.Difference{Name: name, Official: object.String()})
		}
	}
	return out
}

// TestExportedAPI compares the exported names of the client and of its types.
func TestExportedAPI(t *testing.T) {
	var got []goapi.Difference
	for _, suffix := range []string{"", "/types"} {
		official, ours := loadAPIs(t, suffix)
		if n := len(ours.Scope().Names()); n < 10 {
			t.Errorf("%s has only %d names", ours.Path(), n)
		}
		got = append(got, slices.DeleteFunc(goapi.Compare(official, ours), notGenerated(ours))...)
		if suffix == "" {
			got = append(got, missingNames(official, ours)...)
		}
	}
	known := apiDifferences()
	for _, d := range got {
		if !slices.ContainsFunc(known, func(k apiDifference) bool { return k.is(d) }) {
			t.Errorf("no row says that the APIs differ so: %s\nofficial %q\nours     %q", d.Name, d.Official, d.Ours)
		}
	}
	for _, k := range known {
		if k.why == "" || !slices.ContainsFunc(got, k.is) {
			t.Errorf("the row %s does not hold, or has no reason", k.name)
		}
	}
}

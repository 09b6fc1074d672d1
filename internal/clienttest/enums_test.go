package clienttest

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// typesFolder is the source of the package of the enums.
const typesFolder = "../../generated/datazone/types"

// enum is an enumeration and the member of an output that holds one.
type enum struct {
	name   string
	values []string // known ones, as they travel
	// body is an answer with the value %s, a JSON string, in the member.
	body string
	// listed are the results of Values.
	listed func() []string
	// get reads the member.
	get func(*datazone.GetDataSourceRunOutput) string
}

// listed returns the result of an enum's method Values.
func listed[T interface {
	~string
	Values() []T
}]() []string {
	var zero T
	var all []string
	for _, v := range zero.Values() {
		all = append(all, string(v))
	}
	return all
}

func enums() []enum {
	return []enum{
		{
			"DataSourceRunStatus",
			[]string{"REQUESTED", "RUNNING", "FAILED", "PARTIALLY_SUCCEEDED", "SUCCESS"},
			`{"status":%s}`, listed[types.DataSourceRunStatus],
			func(o *datazone.GetDataSourceRunOutput) string { return string(o.Status) },
		}, {
			"DataSourceRunType", []string{"PRIORITIZED", "SCHEDULED"},
			`{"type":%s}`, listed[types.DataSourceRunType],
			func(o *datazone.GetDataSourceRunOutput) string { return string(o.Type) },
		}, {
			"LineageImportStatus", []string{"IN_PROGRESS", "SUCCESS", "FAILED", "PARTIALLY_SUCCEEDED"},
			`{"lineageSummary":{"importStatus":%s}}`, listed[types.LineageImportStatus],
			func(o *datazone.GetDataSourceRunOutput) string { return string(o.LineageSummary.ImportStatus) },
		}, {
			"DataSourceErrorType",
			[]string{
				"ACCESS_DENIED_EXCEPTION", "CONFLICT_EXCEPTION", "INTERNAL_SERVER_EXCEPTION", "RESOURCE_NOT_FOUND_EXCEPTION",
				"SERVICE_QUOTA_EXCEEDED_EXCEPTION", "THROTTLING_EXCEPTION", "VALIDATION_EXCEPTION",
			},
			`{"errorMessage":{"errorType":%s}}`, listed[types.DataSourceErrorType],
			func(o *datazone.GetDataSourceRunOutput) string { return string(o.ErrorMessage.ErrorType) },
		},
	}
}

// TestEnumValues compares Values with the service's values, and these with the
// constants in the source, so that no enum is forgotten here.
func TestEnumValues(t *testing.T) {
	constants := constantsByType(t)
	for _, e := range enums() {
		t.Run(e.name, func(t *testing.T) {
			if got := e.listed(); !slices.Equal(got, e.values) {
				t.Errorf("Values gives %q\n       want %q", got, e.values)
			}
			if got := constants[e.name]; !slices.Equal(got, e.values) {
				t.Errorf("the constants are %q\n            want %q", got, e.values)
			}
		})
		delete(constants, e.name)
	}
	for name := range constants {
		t.Errorf("enum %s has no test", name)
	}
}

// TestEnumsOnTheWire sends every value, and some that are not known.
func TestEnumsOnTheWire(t *testing.T) {
	unknown := []string{"", "BRAND_NEW", "success", " SUCCESS", "Überfällig", "a\"b\\c\n", "\u2028"}
	for _, e := range enums() {
		for _, value := range slices.Concat(e.values, unknown) {
			t.Run(e.name+"/"+value, func(t *testing.T) {
				quoted, err := json.Marshal(value)
				if err != nil {
					t.Fatal(err)
				}
				out, err := call(newClient(play(t, reply(200, fill(e.body, string(quoted))))))
				if err != nil {
					t.Fatal(err)
				}
				if got := e.get(out); got != value {
					t.Errorf("%q arrived as %q", value, got)
				}
			})
		}
	}
}

// TestEnumListsAreNotShared changes a list that Values gave.
func TestEnumListsAreNotShared(t *testing.T) {
	types.DataSourceRunStatus("").Values()[0] = "CHANGED"
	if got := types.DataSourceRunStatus("").Values()[0]; got != types.DataSourceRunStatusRequested {
		t.Errorf("the next list begins with %q", got)
	}
}

// constantsByType returns the values of the string constants of package types.
func constantsByType(t *testing.T) map[string][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), typesFolder+"/enums.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		name := spec.Type.(*ast.Ident).Name
		for _, v := range spec.Values {
			value, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			found[name] = append(found[name], value)
		}
		return false
	})
	return found
}

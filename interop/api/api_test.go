package api

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/interop/goapi"
)

var (
	all  = flag.Bool("all", false, "compare with the packages of ../services/optional/official.txt, too")
	only = flag.String("only", "", "compare only these packages, separated by commas")
)

const (
	core     = "github.com/aws/aws-sdk-go-v2"
	services = core + "/service/"
	models   = "../../../shared/models/"
)

// official is an official package with the model of about its age.
type official struct {
	// model is the model's file below models, or in the module that has others.
	model, name, version string
	// age is "exact" for the model that the package was made of, else "near" or "newest".
	age string
	// sum is the hash of the module.
	sum string
}

// TestExportedAPI compares every name that whole clients and official packages export.
func TestExportedAPI(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	table, used, compared := packages(t), make([]bool, len(rows)), 0
	shared := newShared(t)
	for _, p := range table {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), p.name) {
			continue
		}
		compared++
		t.Run(p.name+"@"+p.version, func(t *testing.T) { p.compare(t, shared, used) })
	}
	if *only != "" {
		return
	}
	if compared < 24 {
		t.Errorf("only %d packages were compared", compared)
	}
	for i, r := range rows {
		if !used[i] || r.why == "" {
			t.Errorf("no package needs the row %q, or it has no reason", r.name)
		}
	}
}

// packages reads the lists of packages.
func packages(t *testing.T) []official {
	t.Helper()
	table := readTable(t, "official.txt", func(line string) (o official, err error) {
		_, err = fmt.Sscan(line, &o.model, &o.name, &o.version, &o.age, &o.sum)
		return o, err
	})
	if !*all {
		return table
	}
	return append(table, readTable(t, "../services/optional/official.txt", func(line string) (o official, err error) {
		_, err = fmt.Sscan(line, &o.model, &o.name, &o.version, &o.sum)
		o.model, o.age = "smithy/"+o.model+".json", "near"
		return o, err
	})...)
}

func readTable(t *testing.T, file string, parse func(string) (official, error)) (table []official) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		o, err := parse(line)
		if err != nil {
			t.Fatalf("%s: %q: %v", file, line, err)
		}
		table = append(table, o)
	}
	return table
}

// newShared has the core and smithy-go as this module requires them.
func newShared(t *testing.T) *goapi.Source {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Path}}\t{{.Dir}}", core, "github.com/aws/smithy-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	roots := map[string]fs.FS{}
	for line := range strings.Lines(string(out)) {
		module, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		roots[module] = os.DirFS(dir)
	}
	return &goapi.Source{Roots: roots}
}

func (o *official) compare(t *testing.T, shared *goapi.Source, used []bool) {
	t.Helper()
	theirs := o.load(t, shared)
	ours, has := o.generate(t, theirs.source)
	aged, unsaid := 0, 0
	for _, pkg := range []string{"", "types", "document"} {
		a, b := theirs.importPackage(t, pkg), ours.importPackage(t, pkg)
		if a == nil && b == nil && pkg == "document" {
			continue
		}
		if a == nil || b == nil {
			t.Errorf("only one side has the package %q", pkg)
			continue
		}
		left, old := goapi.CompareAll(a, b), []goapi.Difference(nil)
		if o.isC2J() {
			unsaid += len(left)
			left = withoutUnsaid(left)
			unsaid -= len(left)
		}
		if o.age != "exact" {
			left, old = ofAnotherAge(has, pkg, left)
		}
		aged += len(old)
		for _, d := range left {
			at := slices.IndexFunc(rows, func(r row) bool { return r.is(o.name, pkg, d) })
			if at >= 0 {
				used[at] = true
				continue
			}
			t.Errorf("no row says that the APIs differ so: %s %s\nofficial %q\nours     %q", cmp.Or(pkg, "client"), d.Name, d.Official, d.Ours)
		}
		if o.age == "exact" { // models of other days require other members, which stand first
			checkOrders(t, pkg, goapi.Orders(a, b))
		}
	}
	if aged > 0 {
		t.Logf("%d names are of another age", aged)
	}
	if unsaid > 0 {
		t.Logf("%d numbers and booleans are pointers, or constants are named after their values, since C2J does not say more", unsaid)
	}
}

// checkOrders reports fields in another order, but of options, which nobody marshals.
func checkOrders(t *testing.T, pkg string, orders []goapi.Difference) {
	t.Helper()
	for _, d := range orders {
		if !strings.HasSuffix(d.Name, "Options") {
			t.Errorf("fields stand in another order: %s %s\nofficial %s\nours     %s",
				cmp.Or(pkg, "client"), d.Name, d.Official, d.Ours)
		}
	}
}

// withoutUnsaid leaves out what differs because C2J does not say which numbers and booleans
// may be absent, nor what constants are called.
func withoutUnsaid(all []goapi.Difference) (left []goapi.Difference) {
	official, ours := map[string]bool{}, map[string]bool{}
	for _, d := range all {
		official[d.Official], ours[d.Ours] = true, true
	}
	for _, d := range all {
		isNamed := strings.HasPrefix(d.Official+d.Ours, "const ") && official[d.Official+d.Ours] && ours[d.Official+d.Ours]
		if !isNamed && !pointsMore(d) {
			left = append(left, d)
		}
	}
	return left
}

// pointsMore reports whether ours is a pointer to the number or the boolean that the
// official member is.
func pointsMore(d goapi.Difference) bool {
	plain, isPointer := strings.CutPrefix(d.Ours, "field *")
	return isPointer && d.Official == "field "+plain && slices.Contains([]string{"bool", "float32", "float64", "int32", "int64"}, plain)
}

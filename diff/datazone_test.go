package diff_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/diff"
	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/openapi"
	"example.com/lathe/spec/smithy"
)

// The models of one service: an older one in Smithy, a newer one in C2J, and the
// one written by hand.
const (
	older   = "../../shared/models/smithy/datazone-2018-05-10.json"
	newer   = "../../shared/models/c2j/datazone/2018-05-10/service-2.json"
	written = "../spec/datazone.yaml"
)

func model(t *testing.T, file string) *spec.API {
	t.Helper()
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skipf("skipped: %s is not here", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	var api *spec.API
	switch file {
	case older:
		api, err = smithy.Load(file, data, smithy.Options{})
	case newer:
		api, err = c2j.Load(file, data, c2j.Options{Siblings: os.DirFS(filepath.Dir(file))})
	default:
		api, err = openapi.Load(file, data)
	}
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func only(api *spec.API, operations ...string) *spec.API {
	selected, _ := spec.Select(api, operations)
	return selected
}

// TestGetDataSourceRun compares the operation of all three models: it did not
// change; the one written by hand has other documentation, and a waiter that no other has.
func TestGetDataSourceRun(t *testing.T) {
	const op = "GetDataSourceRun"
	before, after, own := only(model(t, older), op), only(model(t, newer), op), only(model(t, written), op)
	if got := diff.Compare(before, after); len(got.Changes) > 0 {
		t.Errorf("older and newer:\n%s", lines(got))
	}
	for _, other := range []*spec.API{before, after} {
		for _, c := range slices.Concat(diff.Compare(own, other).Changes, diff.Compare(other, own).Changes) {
			isOwn := c.Place == op+".waiters.DataSourceRunFinished"
			if c.Rule.ID != "documentation-changed" && !isOwn {
				t.Errorf("%s at %s: %s", c.Rule.ID, c.Place, c.Text)
			}
		}
	}
}

// TestWholeService compares all operations of the older and the newer model, and
// holds the report against the differences of their dumps: each line that differs
// is reported, and nothing is reported that does not differ.
func TestWholeService(t *testing.T) {
	before, after := only(model(t, older)), only(model(t, newer))
	report := diff.Compare(before, after)
	want := differing(t, before, after)
	reported := map[string]bool{}
	for _, c := range report.Changes {
		reported[c.Place] = true
		if c.Rule.ID == "documentation-changed" || strings.HasPrefix(c.Rule.ID, "go-") {
			continue
		}
		if !slices.ContainsFunc(want, func(places []string) bool { return slices.Contains(places, c.Place) }) {
			t.Errorf("%s at %s is reported, but nothing differs there: %s", c.Rule.ID, c.Place, c.Text)
		}
	}
	for _, places := range want {
		if !slices.ContainsFunc(places, func(p string) bool { return reported[p] }) {
			t.Errorf("nothing is reported at %v", places)
		}
	}
	unexplainedShapes(t, report, before, after)
	t.Logf("%+v for %d lines of the dumps that differ", report.Counts(), len(want))
	if n := report.Counts(); n.Breaking != 5 || n.Strict != 45 || n.Notable != 33 {
		t.Errorf("%+v; look at what is new", n)
	}
}

// node is a line of a dump with what it belongs to.
type node struct{ section, line string }

// nodes takes a dump apart.
func nodes(t *testing.T, api *spec.API) map[node]bool {
	t.Helper()
	all := map[node]bool{}
	section := ""
	for line := range strings.Lines(dump(t, api)) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "\t") {
			section = strings.Join(strings.Fields(line)[:2], " ")
		}
		all[node{section, line}] = true
	}
	return all
}

// differing returns, for each line that only one of two dumps has in a section that
// both have, the places at which a report may report it.
func differing(t *testing.T, before, after *spec.API) [][]string {
	t.Helper()
	a, b := nodes(t, before), nodes(t, after)
	roots := rootPlaces(before)
	found := map[string][]string{}
	for _, side := range []struct {
		has, lacks map[node]bool
		api        *spec.API
		other      *spec.API
	}{{a, b, before, after}, {b, a, after, before}} {
		for n := range side.has {
			if side.lacks[n] || !isShared(n, before, after) || sameInEffect(n, side.api, side.other) {
				continue
			}
			places := placesOf(n, roots, before, after)
			found[strings.Join(places, " ")] = places
		}
	}
	var all [][]string
	for _, places := range found {
		all = append(all, places)
	}
	return all
}

func isShared(n node, before, after *spec.API) bool {
	kind, name, _ := strings.Cut(n.section, " ")
	switch kind {
	case "service":
		return true
	case "operation":
		return !strings.HasPrefix(n.line, "\t") || hasOperation(before, name) && hasOperation(after, name)
	default:
		return before.Shapes[name] != nil && after.Shapes[name] != nil
	}
}

func hasOperation(api *spec.API, name string) bool {
	return slices.ContainsFunc(api.Operations, func(op *spec.Operation) bool { return op.Name == name })
}

// target is the second word of a member's line, limit what constrains values.
var (
	memberLine = regexp.MustCompile(`^\tmember (\S+) (\S+)(.*)$`)
	limit      = regexp.MustCompile(`(minLength|maxLength|min|max|pattern)=("(\\.|[^"])*"|\S+)`)
)

// sameInEffect reports whether a member's line differs only in the name of its target
// and in who of the two states the limits.
func sameInEffect(n node, api, other *spec.API) bool {
	_, name, _ := strings.Cut(n.section, " ")
	m := memberLine.FindStringSubmatch(n.line)
	if m == nil || other.Shapes[name] == nil {
		return false
	}
	a, b := memberNamed(api.Shapes[name], m[1]), memberNamed(other.Shapes[name], m[1])
	return a != nil && b != nil && effect(a) == effect(b)
}

func memberNamed(s *spec.Shape, name string) *spec.Member {
	for m := range s.Edges {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// effect is what the lines of a member and its target say together: the member's
// limits come before its target's, and targets without a Go type have no names.
func effect(m *spec.Member) string {
	one := &spec.API{Shapes: map[string]*spec.Shape{"X": {Name: "X", Kind: spec.Structure, Members: []*spec.Member{m}}, m.Target.Name: m.Target}}
	var text bytes.Buffer
	if err := spec.Dump(&text, one); err != nil {
		return err.Error()
	}
	if m.Target.Kind == spec.Structure || m.Target.Kind == spec.Union || m.Target.Kind == spec.Enum {
		return text.String()
	}
	limits := map[string]string{}
	var own, inner string
	for line := range strings.Lines(text.String()) {
		found := memberLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		for _, l := range limit.FindAllStringSubmatch(line, -1) {
			if isOwn := found != nil && found[1] == m.Name; isOwn || limits[l[1]] == "" {
				limits[l[1]] = l[2]
			}
		}
		switch {
		case found != nil && found[1] == m.Name:
			own = strings.Join(strings.Fields(limit.ReplaceAllString(strings.ReplaceAll(found[3], " sensitive", ""), "")), " ")
		case found != nil:
			inner += found[2]
		}
	}
	return fmt.Sprint(m.Target.Kind, own, inner, m.IsSensitive(), limits)
}

// rootPlaces are the places of the shapes that are inputs and outputs.
func rootPlaces(api *spec.API) map[string][]string {
	places := map[string][]string{}
	for _, op := range api.Operations {
		if op.Input != nil {
			places[op.Input.Name] = append(places[op.Input.Name], op.Name+".input")
		}
		if op.Output != nil {
			places[op.Output.Name] = append(places[op.Output.Name], op.Name+".output")
		}
	}
	return places
}

// placesOf are the places at which a report may report a line: where the node is,
// or for errors below it.
func placesOf(n node, roots map[string][]string, before, after *spec.API) []string {
	kind, name, _ := strings.Cut(n.section, " ")
	if kind == "operation" {
		places := []string{name}
		for _, api := range []*spec.API{before, after} {
			for shape := range api.Shapes {
				places = append(places, name+".errors."+shape)
			}
		}
		slices.Sort(places)
		return slices.Compact(places)
	}
	owners := append(slices.Clone(roots[name]), "shape:"+name)
	fields := strings.Fields(n.line)
	if !strings.HasPrefix(n.line, "\t") || len(fields) < 2 {
		return owners
	}
	for i := range owners {
		owners[i] += "." + fields[1]
	}
	return owners
}

// unexplainedShapes sees that the shapes which only one side has are reached by
// what is reported to be new or gone, or by members whose targets have other names.
func unexplainedShapes(t *testing.T, r *diff.Report, before, after *spec.API) {
	t.Helper()
	for _, side := range []struct {
		api, other *spec.API
		rule       string
	}{{before, after, "-removed"}, {after, before, "-added"}} {
		explained := map[string]bool{}
		explain := func(roots ...*spec.Shape) {
			for _, s := range spec.Closure(roots...) {
				explained[s.Name] = true
			}
		}
		for _, c := range r.Changes {
			if strings.HasSuffix(c.Rule.ID, side.rule) {
				explain(rootsAt(side.api, c.Place)...)
			}
		}
		for name, s := range side.api.Shapes {
			if other := side.other.Shapes[name]; other != nil {
				for m := range s.Edges {
					if o := memberNamed(other, m.Name); o != nil && o.Target.Name != m.Target.Name && o.Target.Kind == m.Target.Kind {
						explained[m.Target.Name] = true
					}
				}
			}
		}
		for name := range side.api.Shapes {
			if side.other.Shapes[name] == nil && !explained[name] && !strings.HasSuffix(name, "Input") && !strings.HasSuffix(name, "Output") {
				t.Errorf("shape %s is%s in silence", name, strings.ReplaceAll(side.rule, "-", " "))
			}
		}
	}
}

// rootsAt are the shapes that a place leads to.
func rootsAt(api *spec.API, place string) []*spec.Shape {
	var found []*spec.Shape
	for _, op := range api.Operations {
		if op.Name == place {
			found = append(found, op.Roots(api)...)
		}
	}
	owner, member := place[:max(strings.LastIndexByte(place, '.'), 0)], place[strings.LastIndexByte(place, '.')+1:]
	owners := map[string]*spec.Shape{"shape:" + strings.TrimPrefix(owner, "shape:"): api.Shapes[strings.TrimPrefix(owner, "shape:")]}
	for name, places := range rootPlaces(api) {
		if slices.Contains(places, owner) {
			owners[owner] = api.Shapes[name]
		}
	}
	for _, s := range owners {
		if s != nil {
			if m := memberNamed(s, member); m != nil {
				found = append(found, m.Target)
			}
		}
	}
	return found
}

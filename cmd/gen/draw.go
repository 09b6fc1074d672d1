package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// drawings are the ways to draw what operations reach.
var drawings = map[string]func(*lathe.Drawing) string{"mermaid": mermaid, "dot": dot}

func drawingFormats() []string { return []string{"dot", "mermaid"} }

// draw prints the shapes that operations reach: those of --operation or lathe.yaml, or
// the ones of the names. One drawing is one document, so that only one package is drawn.
func (a *app) draw(ctx context.Context, drawing func(*lathe.Drawing) string, names []string) error {
	packages, err := a.specs()
	if err != nil {
		return err
	}
	draw := func(pkg config.Package) (*lathe.Drawing, error) {
		cfg := pkg.Config
		if len(names) > 0 {
			cfg.Operations, cfg.OperationsAt = slices.Concat(splitNames(a.flags.operations), names), nil
		}
		return lathe.Draw(cfg)
	}
	var drawn []*lathe.Drawing
	var specs []string
	problems, err := ofEach(ctx, packages, draw, func(pkg config.Package, d *lathe.Drawing) {
		drawn, specs = append(drawn, d), append(specs, paths.Show(pkg.Spec))
	})
	switch {
	case err != nil:
		return err
	case len(drawn) == 0:
		return problems.Err()
	case len(drawn) == 1:
		return a.print(drawing(drawn[0]))
	default:
		return wrongUsage(spec.Problems{{
			Message: "one spec is drawn at a time, not " + strings.Join(specs, ", "), Hint: "name it with --spec",
		}})
	}
}

// mermaid draws as Mermaid's flowcharts (https://mermaid.js.org/syntax/flowchart.html).
func mermaid(d *lathe.Drawing) string {
	shapes := map[string][2]string{
		"operation": {"([", "])"}, "union": {"{{", "}}"}, "enum": {"[/", "/]"}, "intEnum": {"[/", "/]"}, "error": {">", "]"},
	}
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i, n := range d.Nodes {
		around, ok := shapes[n.Kind]
		if !ok {
			around = [2]string{"[", "]"}
		}
		fmt.Fprintf(&b, "  n%d%s\"%s\"%s\n", i, around[0], mermaidText(n.Name), around[1])
	}
	for _, e := range d.Edges {
		arrow := "-->"
		if e.Label == "error" && d.Nodes[e.From].Kind == "operation" {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "  n%d %s|\"%s\"| n%d\n", e.From, arrow, mermaidText(e.Label), e.To)
	}
	return b.String()
}

// mermaidText escapes what ends a text or begins an entity.
func mermaidText(text string) string {
	return strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "\n", " ", "\r", " ").Replace(text)
}

// dot draws as Graphviz does (https://graphviz.org/doc/info/lang.html).
func dot(d *lathe.Drawing) string {
	shapes := map[string]string{
		"operation": "shape=oval", "union": "shape=hexagon", "enum": "shape=parallelogram",
		"intEnum": "shape=parallelogram", "error": "shape=box, style=dashed",
	}
	var b strings.Builder
	b.WriteString("digraph {\n  rankdir=LR\n  node [shape=box]\n")
	for i, n := range d.Nodes {
		style := ""
		if s := shapes[n.Kind]; s != "" {
			style = ", " + s
		}
		fmt.Fprintf(&b, "  n%d [label=%s%s]\n", i, dotText(n.Name), style)
	}
	for _, e := range d.Edges {
		fmt.Fprintf(&b, "  n%d -> n%d [label=%s]\n", e.From, e.To, dotText(e.Label))
	}
	b.WriteString("}\n")
	return b.String()
}

func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(text) + `"`
}

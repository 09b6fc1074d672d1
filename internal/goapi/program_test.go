package goapi_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"example.com/lathe/internal/plan"
)

// programWriter writes a program as people write them: it calls the operations of a
// client, with all required members of the inputs and some of the others, looks for
// an error, and reads about half of what comes back.
type programWriter struct {
	strings.Builder

	pkg    *plan.Package
	rnd    *rand.Rand
	locals int
}

// deepest is how far into nested shapes a program goes.
const deepest = 4

// writeProgram returns the source of a program that uses all operations of a client.
func writeProgram(p *plan.Package, rnd *rand.Rand) []byte {
	w := &programWriter{pkg: p, rnd: rnd}
	for _, op := range p.Operations {
		w.operation(op)
	}
	body := w.String()
	var b strings.Builder
	fmt.Fprintf(&b, "package program\n\nimport (\n\t\"context\"\n\n\tclient %q\n", p.ImportPath)
	if strings.Contains(body, "types.") {
		fmt.Fprintf(&b, "\t%q\n", p.ImportPath+"/types")
	}
	b.WriteString(")\n\nfunc set[T any](*T) {}\n\nfunc use[T any](T) {}\n\nfunc as(error, any) bool { return true }\n\nfunc run(ctx context.Context, c *client.Client) {\n")
	b.WriteString(body)
	b.WriteString("}\n")
	return []byte(b.String())
}

func (w *programWriter) operation(op *plan.Operation) {
	fmt.Fprintf(w, "\t{\n\t\tin := &client.%s{}\n", op.Input.Name)
	w.fill("in", op.Input, 0)
	fmt.Fprintf(w, "\t\tout, err := c.%s(ctx, in)\n", op.Name)
	if n := len(op.Errors); n > 0 {
		fmt.Fprintf(w, "\t\tvar known *types.%s\n\t\tif as(err, &known) {\n\t\t\treturn\n\t\t}\n", op.Errors[w.rnd.IntN(n)].Struct.Name)
	}
	w.WriteString("\t\tuse(err)\n\t\tuse(out)\n")
	w.look("out", op.Output, 0)
	w.WriteString("\t}\n")
}

func (w *programWriter) local() string {
	w.locals++
	return fmt.Sprintf("v%d", w.locals)
}

// fill sets the members of a structure that is sent: one in three of those that may be
// left out.
func (w *programWriter) fill(expr string, s *plan.Struct, depth int) {
	for _, f := range s.Fields {
		if f.Spec != nil && (f.Required || w.rnd.IntN(3) == 0) {
			w.send(expr+"."+f.Name, f.Value, f.Pointer, depth)
		}
	}
}

// send sets something that is sent.
func (w *programWriter) send(expr string, v *plan.Value, pointer bool, depth int) {
	s, u, e := w.structOf(v), w.unionOf(v), w.enumOf(v)
	switch {
	case e != nil && len(e.Values) > 0 && !pointer:
		fmt.Fprintf(w, "%s = types.%s\n", expr, e.Values[w.rnd.IntN(len(e.Values))].Name)
	case s != nil && depth < deepest:
		local := w.local()
		fmt.Fprintf(w, "%s := types.%s{}\n", local, s.Name)
		w.fill(local, s, depth+1)
		if pointer {
			local = "&" + local
		}
		fmt.Fprintf(w, "%s = %s\n", expr, local)
	case u != nil && len(u.Variants) > 0 && depth < deepest:
		local, variant := w.local(), u.Variants[w.rnd.IntN(len(u.Variants))]
		fmt.Fprintf(w, "%s := types.%s{}\n", local, variant.Name)
		w.send(local+".Value", variant.Value, false, depth+1)
		fmt.Fprintf(w, "%s = &%s\n", expr, local)
	case v.Kind == plan.KindList && !v.Sparse && depth < deepest && w.isNested(v.Elem):
		local := w.local()
		fmt.Fprintf(w, "%s := make([]types.%s, 1)\n", local, v.Elem.Type.Name)
		w.send(local+"[0]", v.Elem, false, depth+1)
		fmt.Fprintf(w, "%s = %s\n", expr, local)
	default:
		fmt.Fprintf(w, "set(&%s)\n", expr)
	}
}

// look reads the members of a structure that is received: half of them.
func (w *programWriter) look(expr string, s *plan.Struct, depth int) {
	for _, f := range s.Fields {
		if f.Spec != nil && w.rnd.IntN(2) == 0 {
			w.receive(expr+"."+f.Name, f.Value, f.Pointer, depth)
		}
	}
}

// receive reads something that is received.
func (w *programWriter) receive(expr string, v *plan.Value, pointer bool, depth int) {
	s, u, e := w.structOf(v), w.unionOf(v), w.enumOf(v)
	switch {
	case depth >= deepest:
		fmt.Fprintf(w, "use(%s)\n", expr)
	case e != nil && len(e.Values) > 0 && !pointer:
		fmt.Fprintf(w, "if %s == types.%s {\nreturn\n}\n", expr, e.Values[w.rnd.IntN(len(e.Values))].Name)
	case s != nil && pointer:
		local := w.local()
		fmt.Fprintf(w, "if %s := %s; %s != nil {\n", local, expr, local)
		w.look(local, s, depth+1)
		w.WriteString("}\n")
	case s != nil:
		w.look(expr, s, depth+1)
	case u != nil && len(u.Variants) > 0:
		local, variant := w.local(), u.Variants[w.rnd.IntN(len(u.Variants))]
		fmt.Fprintf(w, "if %s, ok := %s.(*types.%s); ok {\nuse(%s)\n", local, expr, variant.Name, local)
		w.receive(local+".Value", variant.Value, false, depth+1)
		w.WriteString("}\n")
	case (v.Kind == plan.KindList || v.Kind == plan.KindMap) && w.isNested(v.Elem):
		local := w.local()
		fmt.Fprintf(w, "for _, %s := range %s {\nuse(%s)\n", local, expr, local)
		w.receive(local, v.Elem, false, depth+1)
		w.WriteString("}\n")
	default:
		fmt.Fprintf(w, "use(%s)\n", expr)
	}
}

func (w *programWriter) isNested(v *plan.Value) bool {
	return w.structOf(v) != nil || w.unionOf(v) != nil || w.enumOf(v) != nil
}

func (w *programWriter) structOf(v *plan.Value) *plan.Struct {
	return named(v, plan.KindStructure, w.pkg.Structs, func(s *plan.Struct) string { return s.Name })
}

func (w *programWriter) unionOf(v *plan.Value) *plan.Union {
	return named(v, plan.KindUnion, w.pkg.Unions, func(u *plan.Union) string { return u.Name })
}

func (w *programWriter) enumOf(v *plan.Value) *plan.Enum {
	return named(v, plan.KindEnum, w.pkg.Enums, func(e *plan.Enum) string { return e.Name })
}

// named finds what a value of a kind is made of.
func named[T any](v *plan.Value, kind plan.Kind, all []*T, name func(*T) string) *T {
	if v.Kind == kind {
		for _, one := range all {
			if name(one) == v.Type.Name {
				return one
			}
		}
	}
	return nil
}

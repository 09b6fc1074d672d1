package lathe

import (
	"slices"

	"example.com/lathe/spec"
)

// Drawing is the shapes that operations reach, as a graph: operations and the shapes
// that have a Go type of their own.
type Drawing struct {
	Nodes []DrawnNode
	Edges []DrawnEdge
}

// DrawnNode is an operation, or a shape of a kind: "operation", "structure", "union",
// "enum", "error".
type DrawnNode struct{ Name, Kind string }

// DrawnEdge leads from one node to another, by their indices. Label is the role of a
// message or the member, with "[]" behind it for each list and "{}" for each map on
// the way.
type DrawnEdge struct {
	From, To int
	Label    string
}

// Draw returns the shapes that the operations of a spec that are asked for reach. Its
// errors are those of [Explain].
func Draw(cfg Config) (*Drawing, error) {
	api, err := cfg.load()
	if err != nil {
		return nil, err
	}
	selected, unmatched := spec.Select(api, cfg.Operations)
	if err := cfg.unmatched(api, unmatched, partHint).Err(); err != nil {
		return nil, err
	}
	d := &drawer{shapes: map[*spec.Shape]int{}}
	for _, op := range selected.Operations {
		from := d.node(op.Name, "operation")
		if op.Input != nil {
			d.edge(from, d.shape(op.Input), "input")
		}
		if op.Output != nil {
			d.edge(from, d.shape(op.Output), "output")
		}
		for _, e := range op.AllErrors(selected) {
			d.edge(from, d.shape(e), "error")
		}
	}
	return &d.Drawing, nil
}

// drawer makes a drawing; shapes are the nodes that are there.
type drawer struct {
	Drawing

	shapes map[*spec.Shape]int
}

func (d *drawer) node(name, kind string) int {
	d.Nodes = append(d.Nodes, DrawnNode{name, kind})
	return len(d.Nodes) - 1
}

func (d *drawer) edge(from, to int, label string) {
	if e := (DrawnEdge{from, to, label}); !slices.Contains(d.Edges, e) {
		d.Edges = append(d.Edges, e)
	}
}

// shape returns the node of a shape, with all that it leads to.
func (d *drawer) shape(s *spec.Shape) int {
	if at, ok := d.shapes[s]; ok {
		return at
	}
	kind := s.Kind.String()
	if s.Error != nil {
		kind = "error"
	}
	at := d.node(s.Name, kind)
	d.shapes[s] = at
	for _, m := range s.Members {
		if target, through := drawnTarget(m.Target); target != nil {
			d.edge(at, d.shape(target), m.Name+through)
		}
	}
	return at
}

// drawnTarget is the shape with a Go type that another leads to through lists and
// maps, if any.
func drawnTarget(s *spec.Shape) (target *spec.Shape, through string) {
	for range maxCollections {
		switch s.Kind {
		case spec.Structure, spec.Union, spec.Enum, spec.IntEnum:
			return s, through
		case spec.List:
			s, through = s.Element.Target, through+"[]"
		case spec.Map:
			s, through = s.Value.Target, through+"{}"
		default:
			return nil, ""
		}
	}
	return nil, ""
}

// maxCollections is how many collections inside each other are looked through.
const maxCollections = 50

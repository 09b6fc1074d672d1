package harness

import (
	"encoding/json"
	"os"
	"strings"
)

// model is a service in C2J, as far as answers and inputs are made of it.
type model struct {
	Operations map[string]*operation
	Shapes     map[string]*shape
}

type operation struct {
	Name   string
	Input  *ref
	Output *ref
	HTTP   struct{ ResponseCode int }
	Errors []ref
}

// ref is a use of a shape, as a member or otherwise.
type ref struct {
	Shape, Location, LocationName, TimestampFormat string
	JSONValue, Streaming                           bool
}

type shape struct {
	Type, Payload, TimestampFormat string
	Required, Enum                 []string
	Members                        map[string]*ref
	Member, Key, Value             *ref
	Union, Document, EventStream   bool
	Exception                      bool
	Error                          *struct {
		Code           string
		HTTPStatusCode int
	}
}

func load(file string) (*model, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	m := &model{}
	return m, json.Unmarshal(data, m)
}

// streams says whether an operation uses event streams.
func (m *model) streams(op *operation) bool {
	for _, top := range []*ref{op.Input, op.Output} {
		if top == nil {
			continue
		}
		for _, member := range m.Shapes[top.Shape].Members {
			if m.Shapes[member.Shape].EventStream {
				return true
			}
		}
	}
	return false
}

// shapeOf finds the shape of a Go type: names differ in case only.
func (m *model) shapeOf(goName string) *shape {
	for name, s := range m.Shapes {
		if strings.EqualFold(name, goName) {
			return s
		}
	}
	return &shape{}
}

// requires says whether a Go field stands for a required member.
func (s *shape) requires(field string) bool {
	for _, name := range s.Required {
		if strings.EqualFold(name, field) {
			return true
		}
	}
	return false
}

// label says whether a Go field goes into the path.
func (s *shape) label(field string) bool {
	for name, member := range s.Members {
		if strings.EqualFold(name, field) {
			return member.Location == "uri"
		}
	}
	return false
}

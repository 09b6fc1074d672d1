package harness

import (
	"encoding/json"
	"os"
	"strings"
)

// model is a service, as far as answers and inputs are made of it. It is read from the
// model's file by itself: what the generator reads wrongly must not be wrong here.
type model struct {
	Operations map[string]*operation
	Shapes     map[string]*shape
	// Content is the media type of answers.
	Content string
	// QueryCompatible: answers with errors have the codes of another protocol, too.
	QueryCompatible bool
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
	IntEnum                        []int64
	Members                        map[string]*ref
	Member, Key, Value             *ref
	Union, Document, EventStream   bool
	Sparse                         bool
	Exception                      bool
	Error                          *struct {
		Code           string
		HTTPStatusCode int
	}
}

// load reads a model in C2J or Smithy's JSON.
func load(file string) (*model, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var head struct{ Smithy string }
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, err
	}
	if head.Smithy != "" {
		return readSmithy(data)
	}
	return readC2J(data)
}

func readC2J(data []byte) (*model, error) {
	var m struct {
		model

		Metadata struct {
			Protocol, JSONVersion string
			AWSQueryCompatible    *struct{}
		}
	}
	err := json.Unmarshal(data, &m)
	m.QueryCompatible = m.Metadata.AWSQueryCompatible != nil
	m.Content = "application/json"
	if m.Metadata.Protocol == "json" {
		m.Content = "application/x-amz-json-" + m.Metadata.JSONVersion
	}
	return &m.model, err
}

// streams reports whether an operation uses event streams.
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
	if s := m.Shapes[goName]; s != nil {
		return s
	}
	for name, s := range m.Shapes {
		if strings.EqualFold(name, goName) {
			return s
		}
	}
	return &shape{}
}

// requires reports whether a Go field stands for a required member.
func (s *shape) requires(field string) bool {
	for _, name := range s.Required {
		if strings.EqualFold(name, field) {
			return true
		}
	}
	return false
}

// location is where a Go field goes, as C2J names it; empty for the body.
func (s *shape) location(field string) string {
	for name, member := range s.Members {
		if strings.EqualFold(name, field) {
			return member.Location
		}
	}
	return ""
}

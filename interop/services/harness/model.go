package harness

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
)

// model is a service, as far as answers and inputs are made of it. It is read from the
// model's file by itself: what the generator reads wrongly must not be wrong here.
type model struct {
	Operations map[string]*operation
	Shapes     map[string]*shape
	// protocol is what the clients speak, by the name of its Smithy trait.
	protocol string
	// content is the media type of answers, and format what their bodies are.
	content string
	format  format
	// smithy: the model is Smithy's, where items of flattened lists have no name of their own.
	smithy bool
	// QueryCompatible: answers with errors have the codes of another protocol, too.
	QueryCompatible bool
	// NoErrorWrapping: an error is the root of its answer.
	NoErrorWrapping bool
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
	// XMLName is the name of the element, where LocationName is none.
	XMLName                 string
	JSONValue, Streaming    bool
	Flattened, XMLAttribute bool
	// Where a member of an event travels, if not in the body.
	EventHeader, EventPayload bool
}

type shape struct {
	// LocationName is the name of a structure's element.
	Type, Payload, TimestampFormat, LocationName string
	Required, Enum                               []string
	IntEnum                                      []int64
	Members                                      map[string]*ref
	Member, Key, Value                           *ref
	Union, Document, EventStream                 bool
	Sparse, Flattened                            bool
	Exception                                    bool
	// digits: it is a number that C2J has as a string.
	digits bool
	// order are the names of the members as the model has them.
	order names
	Error *struct {
		Code           string
		HTTPStatusCode int
	}
}

// load reads a model in C2J or Smithy's JSON. The protocol is the one that the clients
// speak, or empty where the model has one only.
func load(file, protocol string) (*model, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var head struct{ Smithy string }
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, err
	}
	read := readC2J
	if head.Smithy != "" {
		read = readSmithy
	}
	m, err := read(data)
	if err != nil {
		return nil, err
	}
	var ordered struct {
		Shapes map[string]struct{ Members names }
	}
	if err := json.Unmarshal(data, &ordered); err != nil {
		return nil, err
	}
	for id, s := range ordered.Shapes {
		if shape := m.Shapes[local(id)]; shape != nil {
			shape.order = s.Members
		}
	}
	m.protocol = cmp.Or(protocol, m.protocol)
	return m, m.speak()
}

// names are the keys of an object, in its order.
type names []string

func (n *names) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		*n = append(*n, fmt.Sprint(key))
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
	}
	return nil
}

func readC2J(data []byte) (*model, error) {
	var m struct {
		model

		Metadata struct {
			Protocol, JSONVersion, ServiceID string
			AWSQueryCompatible               *struct{}
		}
	}
	err := json.Unmarshal(data, &m)
	m.QueryCompatible = m.Metadata.AWSQueryCompatible != nil
	m.NoErrorWrapping = m.Metadata.ServiceID == "S3" // C2J has no flag
	m.protocol = map[string]string{
		"json": "awsJson" + strings.Replace(m.Metadata.JSONVersion, ".", "_", 1), "rest-json": "restJson1",
		"rest-xml": "restXml",
		"query":    "awsQuery", "ec2": "ec2Query", "smithy-rpc-v2-cbor": "rpcv2Cbor",
	}[m.Metadata.Protocol]
	for name, s := range m.Shapes {
		s.digits = s.Type == "string" && strings.Contains(name, "Max")
	}
	return &m.model, err
}

// speak sets what follows from the protocol.
func (m *model) speak() error {
	switch m.protocol {
	case "awsJson1_0":
		m.format, m.content = jsonFormat{}, "application/x-amz-json-1.0"
	case "awsJson1_1":
		m.format, m.content = jsonFormat{}, "application/x-amz-json-1.1"
	case "restJson1":
		m.format, m.content = jsonFormat{}, "application/json"
	case "rpcv2Cbor":
		m.format, m.content = cborFormat{}, "application/cbor"
	case "awsQuery", "ec2Query", "restXml":
		m.format, m.content = xmlFormat{}, "text/xml"
	default:
		return fmt.Errorf("protocol %q", m.protocol)
	}
	return nil
}

// isREST reports whether the protocol has HTTP bindings.
func (m *model) isREST() bool { return strings.HasPrefix(m.protocol, "rest") }

// location is where a member of an answer travels: empty for the body, where protocols
// without HTTP bindings have all of them.
func (m *model) location(member *ref) string {
	if m.isREST() {
		return member.Location
	}
	return ""
}

// streams reports whether an operation uses event streams.
func (m *model) streams(op *operation) bool {
	return m.events(op.Input) != nil || m.events(op.Output) != nil
}

// events is the union of the events in an input or output; nil for none.
func (m *model) events(top *ref) *shape {
	if top == nil {
		return nil
	}
	for _, member := range m.Shapes[top.Shape].Members {
		if s := m.Shapes[member.Shape]; s.EventStream {
			return s
		}
	}
	return nil
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

// inOrder are the indexes of a structure's fields in the order of the model, so that a seed means
// the same values however Go orders them.
func (s *shape) inOrder(t reflect.Type) (all []int) {
	at := func(field int) int {
		i := slices.IndexFunc(s.order, func(name string) bool { return strings.EqualFold(name, t.Field(field).Name) })
		if i < 0 {
			return len(s.order)
		}
		return i
	}
	for i := range t.NumField() {
		all = append(all, i)
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	return all
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

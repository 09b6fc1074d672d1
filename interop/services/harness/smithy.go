package harness

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// smithyShape is a shape of Smithy's JSON, or a member of one.
type smithyShape struct {
	Type, Target       string
	Members            map[string]*smithyShape
	Member, Key, Value *smithyShape
	Input, Output      *smithyShape
	Operations         []smithyShape // of a service or resource
	CollectionOps      []smithyShape `json:"collectionOperations"`
	Resources          []smithyShape
	Create, Put, Read  *smithyShape
	Update, Delete     *smithyShape
	List               *smithyShape
	Errors             []smithyShape
	Traits             map[string]json.RawMessage
}

// smithyReader makes a model of Smithy's JSON.
type smithyReader struct {
	shapes map[string]*smithyShape
	model  *model
}

func readSmithy(data []byte) (*model, error) {
	var document struct{ Shapes map[string]*smithyShape }
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	r := smithyReader{document.Shapes,
		&model{Operations: map[string]*operation{}, Shapes: map[string]*shape{}, smithy: true}}
	for id, s := range document.Shapes {
		switch s.Type {
		case "service":
			r.model.protocol = spoken(s)
			var restXML struct{ NoErrorWrapping bool }
			_ = json.Unmarshal(s.Traits["aws.protocols#restXml"], &restXML) // most services have none
			r.model.NoErrorWrapping = restXML.NoErrorWrapping
			r.model.QueryCompatible = s.has("aws.protocols#awsQueryCompatible")
			r.operations(s, s.Errors)
		case "operation", "resource":
		default:
			r.model.Shapes[local(id)] = r.shape(s)
		}
	}
	for _, s := range []string{"string", "boolean", "integer", "long", "float", "double", "blob",
		"timestamp", "document"} {
		name := strings.ToUpper(s[:1]) + s[1:]
		if r.model.Shapes[name] == nil {
			r.model.Shapes[name] = &shape{Type: s}
		}
		r.model.Shapes["Primitive"+name] = r.model.Shapes[name]
	}
	return r.model, nil
}

// spoken is the protocol of a service, of several the one that is preferred.
func spoken(service *smithyShape) string {
	if service.has("smithy.protocols#rpcv2Cbor") {
		return "rpcv2Cbor"
	}
	for _, name := range []string{"awsJson1_0", "awsJson1_1", "restJson1", "restXml", "awsQuery", "ec2Query"} {
		if service.has("aws.protocols#" + name) {
			return name
		}
	}
	return ""
}

func local(id string) string { return id[strings.Index(id, "#")+1:] }

func (s *smithyShape) has(trait string) bool {
	_, ok := s.Traits[trait]
	return ok
}

// text is the value of a trait that is a string; empty if there is none.
func (s *smithyShape) text(trait string) (text string) {
	if v := s.Traits[trait]; v != nil {
		_ = json.Unmarshal(v, &text) // of another type it has no text
	}
	return text
}

func (s *smithyShape) number(trait string) (n int) {
	if v := s.Traits[trait]; v != nil {
		_ = json.Unmarshal(v, &n) // of another type it is no number
	}
	return n
}

// operations adds those of a service or resource, and of the resources below it.
func (r *smithyReader) operations(owner *smithyShape, errors []smithyShape) {
	targets := slices.Concat(owner.Operations, owner.CollectionOps)
	for _, o := range []*smithyShape{owner.Create, owner.Put, owner.Read, owner.Update, owner.Delete, owner.List} {
		if o != nil {
			targets = append(targets, *o)
		}
	}
	for _, target := range targets {
		s := r.shapes[target.Target]
		op := &operation{Name: local(target.Target), Input: top(s.Input), Output: top(s.Output)}
		if v := s.Traits["smithy.api#http"]; v != nil {
			var http struct{ Code int }
			_ = json.Unmarshal(v, &http) // a trait of another form has no code
			op.HTTP.ResponseCode = http.Code
		}
		for _, e := range slices.Concat(s.Errors, errors) {
			op.Errors = append(op.Errors, ref{Shape: local(e.Target)})
		}
		r.model.Operations[op.Name] = op
	}
	for _, resource := range owner.Resources {
		r.operations(r.shapes[resource.Target], errors)
	}
}

func top(s *smithyShape) *ref {
	if s == nil || s.Target == "smithy.api#Unit" {
		return nil
	}
	return &ref{Shape: local(s.Target)}
}

func (r *smithyReader) shape(s *smithyShape) *shape {
	out := &shape{
		Type: s.Type, TimestampFormat: timestampFormat(s), Sparse: s.has("smithy.api#sparse"), Members: map[string]*ref{},
		Flattened: s.has("smithy.api#xmlFlattened"), LocationName: s.text("smithy.api#xmlName"),
		EventStream: s.Type == "union" && s.has("smithy.api#streaming"), Exception: s.has("smithy.api#error"),
		Member: r.ref(s.Member), Key: r.ref(s.Key), Value: r.ref(s.Value),
	}
	if out.Exception {
		out.Error = &struct {
			Code           string
			HTTPStatusCode int
		}{s.queryError().Code, cmp.Or(s.queryError().HTTPResponseCode, s.number("smithy.api#httpError"), 400)}
	}
	switch s.Type {
	case "enum", "intEnum":
		out.enum(s)
	case "union":
		out.Type, out.Union = "structure", true
		r.members(out, s)
	case "structure":
		r.members(out, s)
	case "string":
		var values []struct{ Value string }
		_ = json.Unmarshal(s.Traits["smithy.api#enum"], &values) // most strings have none
		for _, v := range values {
			out.Enum = append(out.Enum, v.Value)
		}
	}
	return out
}

// queryError is the code that an error has in awsQuery, and its status there.
func (s *smithyShape) queryError() (e struct {
	Code             string
	HTTPResponseCode int
}) {
	_ = json.Unmarshal(s.Traits["aws.protocols#awsQueryError"], &e) // most errors have none
	return e
}

func (s *shape) enum(from *smithyShape) {
	for _, name := range sorted(from.Members) {
		member := from.Members[name]
		if from.Type == "intEnum" {
			s.IntEnum = append(s.IntEnum, int64(member.number("smithy.api#enumValue")))
			continue
		}
		s.Enum = append(s.Enum, cmp.Or(member.text("smithy.api#enumValue"), name))
	}
	s.Type = map[string]string{"enum": "string", "intEnum": "integer"}[from.Type]
}

func (r *smithyReader) members(out *shape, s *smithyShape) {
	for name, member := range s.Members {
		out.Members[name] = r.ref(member)
		if member.has("smithy.api#required") {
			out.Required = append(out.Required, name)
		}
		if member.has("smithy.api#httpPayload") {
			out.Payload = name
		}
	}
}

// ref reads a member: its location as C2J names them.
func (r *smithyReader) ref(member *smithyShape) *ref {
	if member == nil {
		return nil
	}
	out := &ref{
		Shape: local(member.Target), TimestampFormat: timestampFormat(member),
		LocationName: member.text("smithy.api#jsonName"), XMLName: member.text("smithy.api#xmlName"),
		Flattened: member.has("smithy.api#xmlFlattened"), XMLAttribute: member.has("smithy.api#xmlAttribute"),
	}
	for trait, location := range map[string]string{
		"smithy.api#httpHeader": "header", "smithy.api#httpPrefixHeaders": "headers", "smithy.api#httpLabel": "uri",
		"smithy.api#httpQuery": "querystring", "smithy.api#httpQueryParams": "querystring",
		"smithy.api#httpResponseCode": "statusCode",
	} {
		if member.has(trait) {
			out.Location, out.LocationName = location, member.text(trait)
		}
	}
	out.EventHeader, out.EventPayload = member.has("smithy.api#eventHeader"), member.has("smithy.api#eventPayload")
	if target := r.shapes[member.Target]; target != nil {
		out.Streaming = target.has("smithy.api#streaming")
		media := cmp.Or(member.text("smithy.api#mediaType"), target.text("smithy.api#mediaType"))
		out.JSONValue = out.Location == "header" && media == "application/json"
	}
	return out
}

// timestampFormat is a format by the name that C2J has for it.
func timestampFormat(s *smithyShape) string {
	text := s.text("smithy.api#timestampFormat")
	name, ok := map[string]string{
		"": "", "date-time": "iso8601", "http-date": "rfc822", "epoch-seconds": "unixTimestamp",
	}[text]
	if !ok {
		panic(fmt.Sprintf("timestamp format %q", text))
	}
	return name
}

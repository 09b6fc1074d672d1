package plan

import (
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// presignAPI is a service with operations of every kind of body.
func presignAPI(id string, speaks spec.Protocol) *spec.API {
	text := &spec.Shape{Name: "Text", Kind: spec.String}
	stream := &spec.Shape{Name: "Stream", Kind: spec.Blob, Streaming: true}
	input := func(name string, members ...*spec.Member) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.Structure, Members: members}
	}
	body, payload := &spec.Member{Name: "PreSignedUrl", Target: text}, &spec.Member{Name: "Body", Target: stream, Location: spec.InPayload}
	get := func(name string) spec.HTTP {
		return spec.HTTP{Method: "GET", URI: spec.URI{Path: []spec.URIPart{{Literal: "/" + name}}}, Status: 200}
	}
	list := &spec.Shape{Name: "Map", Kind: spec.Map, Key: &spec.Member{Name: "key", Target: text}, Value: &spec.Member{Name: "value", Target: text}}
	api := &spec.API{
		Name: id, ID: id, Version: "1", EndpointPrefix: "x", SigningName: "x", Protocols: []spec.Protocol{speaks}, Auth: []spec.AuthScheme{spec.SigV4},
		Operations: []*spec.Operation{
			{Name: "GetObject", HTTP: get("GetObject")},
			{Name: "PutObject", HTTP: get("PutObject"), Input: input("PutObjectRequest", payload)},
			{Name: "PutUnsigned", HTTP: get("PutUnsigned"), Input: input("PutUnsignedRequest", payload), UnsignedPayload: true},
			{Name: "CopyDBClusterSnapshot", HTTP: get("Copy"), Input: input("CopyRequest", body)},
			{Name: "SynthesizeSpeech", HTTP: get("Speech"), Input: input("SpeechRequest", body)},
			{Name: "SynthesizeMap", HTTP: get("Map"), Input: input("MapRequest", &spec.Member{Name: "Map", Target: list})},
			{Name: "Unsigned", HTTP: get("Unsigned"), Auth: []spec.AuthScheme{}},
		},
		Shapes: map[string]*spec.Shape{},
	}
	if speaks == spec.AWSQuery { // which has no streams
		api.Operations = slices.DeleteFunc(api.Operations, func(op *spec.Operation) bool { return op.Input != nil && op.Input.Member("Body") != nil })
	}
	return api
}

func TestPresigned(t *testing.T) {
	for _, tc := range []struct {
		id     string
		speaks spec.Protocol
		asked  string
		want   string // by operation, its kinds
		err    string
	}{
		{"Things", spec.RestJSON1, "", "", ""},
		{"Things", spec.RestJSON1, "GetObject PutUnsigned", "GetObject PutUnsigned", ""},
		{"Things", spec.RestJSON1, "SynthesizeSpeech", "", "SynthesizeSpeech can't be presigned: its body is part of the signature"},
		{"Things", spec.RestJSON1, "PutObject", "", "PutObject can't be presigned: its body is part of the signature"},
		{"Things", spec.RestJSON1, "Unsigned", "", "Unsigned can't be presigned: it is not signed with Signature Version 4"},
		{"Things", spec.RestJSON1, "PutObjekt", "", `the client has no operation "PutObjekt" to presign`},
		{"Things", spec.AWSQuery, "CopyDBClusterSnapshot", "CopyDBClusterSnapshot:form", ""},
		{"S3", spec.RestXML, "", "GetObject:unsigned PutObject:unsigned", ""},
		{"DocDB", spec.AWSQuery, "", "CopyDBClusterSnapshot:form:copy", ""},
		{"Polly", spec.RestJSON1, "", "SynthesizeSpeech:query", ""},
		{"Polly", spec.RestJSON1, "SynthesizeMap", "SynthesizeSpeech:query", "SynthesizeMap can't be presigned: its body is part of the signature"},
	} {
		var asked []PresignRequest
		for name := range strings.FieldsSeq(tc.asked) {
			asked = append(asked, PresignRequest{Name: name, Pos: spec.Pos{File: "lathe.yaml", Line: 7}})
		}
		api := presignAPI(tc.id, tc.speaks)
		speaks, problem := protocol.For(api, "")
		if problem != nil {
			t.Fatal(problem)
		}
		p, problems := Draft(api, Config{ImportPath: "example.com/x", Runtime: "example.com/x/internal", Protocol: speaks, Presign: asked})
		if got := presignProblems(problems); got != tc.err {
			t.Errorf("%s, %q: the problems are %q, not %q", tc.id, tc.asked, got, tc.err)
		}
		if got := presignsOf(p); got != tc.want {
			t.Errorf("%s, %q: got %q, not %q", tc.id, tc.asked, got, tc.want)
		}
		if p.Needs.Presign != (tc.want != "") {
			t.Errorf("%s, %q: needs %+v", tc.id, tc.asked, p.Needs)
		}
	}
}

func presignProblems(problems spec.Problems) string {
	var all []string
	for _, problem := range problems {
		if problem.Pos.Line != 7 {
			all = append(all, "not at the name: ")
		}
		all = append(all, problem.Message)
	}
	return strings.Join(all, "; ")
}

func presignsOf(p *Package) string {
	var all []string
	for _, op := range p.Operations {
		if op.Presign == nil {
			continue
		}
		name := op.Name
		for kind, is := range map[string]bool{"form": op.Presign.Form, "unsigned": op.Presign.Unsigned, "query": op.Presign.Encode != ""} {
			if is {
				name += ":" + kind
			}
		}
		if op.Copy != nil {
			name += ":copy"
		}
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// TestCopyFields sees that an input has the region to copy from, and no such member is sent,
// not even where the model has one for it.
func TestCopyFields(t *testing.T) {
	for _, modeled := range []bool{false, true} {
		api := presignAPI("DocDB", spec.AWSQuery)
		if modeled {
			at := slices.IndexFunc(api.Operations, func(op *spec.Operation) bool { return op.Name == "CopyDBClusterSnapshot" })
			in := api.Operations[at].Input
			in.Members = append(in.Members, &spec.Member{Name: "SourceRegion", Target: in.Members[0].Target})
		}
		p, problems := Draft(api, Config{ImportPath: "example.com/x", Runtime: "example.com/x/internal"})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		op := p.Operations[slices.IndexFunc(p.Operations, func(op *Operation) bool { return op.Copy != nil })]
		at := slices.IndexFunc(op.Input.Fields, func(f *Field) bool { return f.Name == "SourceRegion" })
		if at < 0 || op.Input.Fields[at] != op.Copy.Source {
			t.Errorf("the region is no field, but %+v", op.Copy.Source)
		}
		if slices.Contains(op.Request.Body.Fields, op.Copy.Source) {
			t.Error("the region is sent")
		}
	}
}

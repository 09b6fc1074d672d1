package plan

import (
	"fmt"
	"slices"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// Presign is how requests of an operation are presigned.
type Presign struct {
	// Method is the name of the presigning client's method, Doc its comment.
	Method string
	Doc    []string
	// Form: the form in the body travels in the query. Unsigned: the signature leaves the
	// body's hash out.
	Form, Unsigned bool
	// Encode names the function that writes the request of Request, whose members are in
	// the query; empty where requests are as they are sent.
	Encode  string
	Request Request
}

// Copy is how an operation that copies from another region gets the URL that the copy is
// made by.
type Copy struct {
	// Func is the name of the method that presigns the URL.
	Func string
	// Source is the input field that names the region to copy from, URL the one that is
	// filled, and Destination that with the region to copy to, which is the client's; nil
	// where no member has it.
	Source, URL, Destination *Field
}

// presigning is what the official package of a service presigns.
type presigning struct {
	operations []string
	// copies are those of the operations whose URL a copy is made by: the client fills it.
	copies []string
	// inQuery has all members of requests travel in the query.
	inQuery bool
	// objects: the signature leaves out the hash of the body, which is not there yet, and
	// a URL counts for a given time.
	objects bool
}

// presigned are by service id.
var presigned = map[string]presigning{
	"DocDB": {
		operations: []string{"CopyDBClusterSnapshot", "CreateDBCluster"},
		copies:     []string{"CopyDBClusterSnapshot", "CreateDBCluster"},
	},
	"EC2": {operations: []string{"CopySnapshot"}, copies: []string{"CopySnapshot"}},
	"Neptune": {
		operations: []string{"CopyDBClusterSnapshot", "CreateDBCluster"},
		copies:     []string{"CopyDBClusterSnapshot", "CreateDBCluster"},
	},
	"Polly": {operations: []string{"SynthesizeSpeech"}, inQuery: true},
	"RDS": {
		operations: []string{"CopyDBClusterSnapshot", "CopyDBSnapshot", "CreateDBCluster", "CreateDBInstanceReadReplica"},
		copies:     []string{"CopyDBClusterSnapshot", "CopyDBSnapshot", "CreateDBCluster", "CreateDBInstanceReadReplica"},
	},
	"S3": {objects: true, operations: []string{
		"DeleteBucket", "DeleteObject", "GetObject", "HeadBucket", "HeadObject", "PutObject", "UploadPart",
	}},
	"STS": {operations: []string{"AssumeRole", "GetCallerIdentity"}},
}

// PresignRequest names an operation that a user wants to presign, and the place that says
// so.
type PresignRequest struct {
	Name string
	Pos  spec.Pos
}

// unknownPresigns reports names that no operation of the client has.
func (b *builder) unknownPresigns() {
	for _, wanted := range b.presign {
		if slices.ContainsFunc(b.api.Operations, func(op *spec.Operation) bool { return op.Called(wanted.Name) }) {
			continue
		}
		hint := "presign only what operations names"
		near := spec.Nearest(wanted.Name, func(yield func(string) bool) {
			for _, op := range b.api.Operations {
				if !yield(op.Name) {
					return
				}
			}
		})
		if near != "" {
			hint = "did you mean " + near + "?"
		}
		b.problems.Add(wanted.Pos, hint, "the client has no operation %q to presign", wanted.Name)
	}
}

// presigns plans how an operation is presigned, where it is.
func (b *builder) presigns(op *spec.Operation, p *Operation) {
	official := presigned[b.api.ID]
	at := slices.IndexFunc(b.presign, func(r PresignRequest) bool { return op.Called(r.Name) })
	known := slices.Contains(official.operations, op.Name)
	if at < 0 && !known {
		return
	}
	if why := cannotPresign(official, op, p); why != "" {
		if at >= 0 {
			b.problems.Add(b.presign[at].Pos,
				"a URL carries no body: name operations that send none, forms, or bodies that are not signed",
				"%s can't be presigned: %s", op.Name, why)
		}
		return
	}
	p.Presign = &Presign{
		Method: "Presign" + p.Name, Form: p.Request.Body.Form != "",
		Unsigned: official.objects,
	}
	p.Presign.Doc = doctext.Of(fmt.Sprintf("%s returns a request of [Client.%s] for somebody else to send.",
		p.Presign.Method, p.Name)).Comment()
	if official.inQuery {
		p.Presign.Encode, p.Presign.Request = b.private.Free("encodePresigned"+p.Name), queryOnly(p.Request)
	}
	b.pkg.Needs.PresignForms = b.pkg.Needs.PresignForms ||
		official.objects && op.Name == "PutObject" && p.Input.field("Bucket") != nil && p.Input.field("Key") != nil
	b.pkg.Needs.Presign, b.pkg.Needs.PresignObjects = true, b.pkg.Needs.PresignObjects || official.objects
	if slices.Contains(official.copies, op.Name) {
		p.Copy = b.copies(p)
		b.pkg.Needs.PresignCopies = b.pkg.Needs.PresignCopies || p.Copy != nil
	}
}

// cannotPresign returns why requests of an operation can't be presigned, or "".
func cannotPresign(official presigning, op *spec.Operation, p *Operation) string {
	body := p.Request.Body
	switch {
	case !slices.Contains(p.Auth, string(spec.SigV4)):
		return "it is not signed with Signature Version 4"
	case p.Events != nil:
		return "it has a stream of events"
	case body.Kind == NoBody, body.Form != "", op.UnsignedPayload, official.objects && body.Kind == StreamBody:
		return ""
	case official.inQuery && !slices.ContainsFunc(body.Fields, func(f *Field) bool { return !fitsQuery(f.Value) }):
		return ""
	default:
		return "its body is part of the signature"
	}
}

// fitsQuery reports whether a value can be one or several parameters of a query.
func fitsQuery(v *Value) bool {
	if v.Kind == KindList {
		v = v.Elem
	}
	return v.Kind <= KindEnum
}

// queryOnly is a request with the members of its body in the query.
func queryOnly(r Request) Request {
	r.Method = "GET"
	for _, f := range r.Body.Fields {
		r.Query = append(slices.Clip(r.Query), Binding{Field: f, Name: f.Sent, Value: f.Value})
	}
	r.Body = Body{}
	return r
}

// copies plans how an operation gets the URL that a copy is made by; nil where the input
// has no member for it. A region to copy from that no member names gets a field.
func (b *builder) copies(p *Operation) *Copy {
	field := func(names ...string) *Field {
		at := slices.IndexFunc(p.Input.Fields, func(f *Field) bool { return slices.Contains(names, f.Member) })
		if at < 0 {
			return nil
		}
		return p.Input.Fields[at]
	}
	c := &Copy{
		Source: field("SourceRegion"), URL: field("PreSignedUrl", "PresignedUrl"), Destination: field("DestinationRegion"),
	}
	if c.URL == nil {
		return nil
	}
	if c.Source == nil {
		c.Source = &Field{
			Name: "SourceRegion", Pointer: true, Value: &Value{Kind: KindString, Type: basicTypes[spec.String]},
			Doc: []string{
				"SourceRegion is the region to copy from. The client presigns " + c.URL.Name + " for it, unless",
				"that is given.",
			},
		}
		p.Input.Fields = append(p.Input.Fields, c.Source)
	}
	if c.Destination == nil { // RDS and its like know no such member; boto3's models have one for their clients
		p.Request.Body.Fields = slices.DeleteFunc(p.Request.Body.Fields, func(f *Field) bool { return f == c.Source })
	}
	c.Func = b.private.Free("presignCopyOf" + p.Name)
	return c
}

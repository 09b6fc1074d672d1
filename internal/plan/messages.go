package plan

// Messages is how the messages of an operation are compared with the checksums in its
// output.
type Messages struct {
	// Sent are the messages in the input and Returned those in the output; nil where the
	// input and the output are a message themselves, and Sent also where the body is
	// part of what is returned.
	Sent, Returned *Field
	// SentKey and Key lead from a returned message to the one sent; nil where there is
	// but one.
	SentKey, Key *Field
	// Body is the text of a message, Sum its checksum and ID the service's name for it.
	Body, Sum, ID *Field
}

// messageMembers are the members that make up [Messages], by their names in the model.
type messageMembers struct{ sent, returned, key, body, sum string }

// messageID is the member with the service's name for a message.
const messageID = "MessageId"

// messages plans how an operation's messages are compared, or returns nil for a model
// without the members.
func (b *builder) messages(m messageMembers, p *Operation) *Messages {
	in, out := p.Input, p.Output
	found := &Messages{}
	if m.returned != "" {
		found.Returned, out = b.items(out, m.returned)
	}
	body := in
	switch {
	case m.sent != "":
		found.Sent, body = b.items(in, m.sent)
		found.SentKey, found.Key = text(body, m.key), text(out, m.key)
	case m.returned != "":
		body = out
	}
	found.Body, found.Sum, found.ID = text(body, m.body), text(out, m.sum), text(out, messageID)
	if found.Body == nil || found.Sum == nil || found.ID == nil ||
		m.key != "" && (found.Key == nil || found.SentKey == nil) {
		return nil
	}
	return found
}

// items returns the field of a member that is a list of structures, and the structure;
// nil for both if there is no such member.
func (b *builder) items(st *Struct, name string) (*Field, *Struct) {
	f := st.field(name)
	if f == nil || f.Value.Kind != KindList || f.Value.Elem.Kind != KindStructure || f.Value.Sparse {
		return nil, nil
	}
	return f, b.structure(f.Spec.Target.Element.Target)
}

// field returns the field of a member, or nil. The structure may be nil.
func (st *Struct) field(name string) *Field {
	if st == nil {
		return nil
	}
	for _, f := range st.Fields {
		if f.Spec != nil && f.Member == name {
			return f
		}
	}
	return nil
}

// text returns the field of a member that is a string which may be absent, or nil.
func text(st *Struct, name string) *Field {
	f := st.field(name)
	if f == nil || f.Value.Kind != KindString || !f.Pointer {
		return nil
	}
	return f
}

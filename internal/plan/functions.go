package plan

import "example.com/lathe/spec"

// planFunctions plans the codec and validation functions that the marked shapes
// need, sorted by name.
func (b *builder) planFunctions() {
	b.errorDecoders()
	for _, s := range b.shapes() {
		if b.encoded.shapes[s] && hasCodec(s) {
			b.pkg.Encoders = append(b.pkg.Encoders, b.codec(s))
		}
		if b.decoded.shapes[s] && hasCodec(s) {
			b.pkg.Decoders = append(b.pkg.Decoders, b.codec(s))
		}
		if b.validates[s] && b.reachedByInput(s) {
			b.pkg.Validators = append(b.pkg.Validators, b.validator(s))
		}
	}
	for _, op := range b.pkg.Operations {
		if op.Validate != "" {
			op.Validator = b.inputValidator(op)
		}
	}
}

// hasCodec reports whether a shape's values are read and written by functions of its
// own.
func hasCodec(s *spec.Shape) bool { return s.Kind.IsAggregate() && !s.IsUnit() }

// reachedByInput reports whether a validator of the shape is called: some input
// reaches it through a member.
func (b *builder) reachedByInput(s *spec.Shape) bool {
	return b.nested[s] && s.Kind.IsAggregate()
}

func (b *builder) codec(s *spec.Shape) *Codec {
	c := &Codec{Value: b.shapeValue(s, "")}
	switch s.Kind {
	case spec.Structure:
		for _, f := range b.structure(s).Fields {
			if f.Spec != nil {
				c.Fields = append(c.Fields, f)
			}
		}
	case spec.Union:
		c.Union = b.union(s)
	}
	return c
}

// errorDecoder plans the function that reads the response of an error.
func (b *builder) errorDecoder(s *spec.Shape) *ErrorDecoder {
	if e := b.errors[s]; e != nil {
		return e
	}
	names, st := b.functions[s], b.structure(s)
	e := &ErrorDecoder{Code: b.errorCode(s), Var: names.errorVar, Func: names.decodeError, Struct: st}
	b.errors[s] = e
	e.Response = b.response(s, fieldsOf(st), "")
	if e.Response.Body.Kind == NoBody {
		e.Response.Body.Kind = Members
	}
	headersInBody(&e.Response)
	if !b.pkg.Errors.OnlyModeled || len(s.Members) == 0 || b.custom().objects {
		e.Response.Body.Fields = withMessage(st, e.Response.Body.Fields)
	}
	e.Bare = b.bareError(s, st)
	return e
}

// headersInBody has what an error's headers carry read from its body, too: some services put
// it there, and official packages look for it.
func headersInBody(r *Response) {
	if r.Body.Kind != Members {
		return
	}
	for i := range r.Headers {
		if bound := &r.Headers[i]; bound.Value.Kind < KindBlob || bound.Value.Kind == KindTimestamp {
			bound.InBody = true
			r.Body.Fields = append(r.Body.Fields, bound.Field)
		}
	}
}

// errorDecoders lists the functions that read error responses, sorted by name.
func (b *builder) errorDecoders() {
	for _, s := range b.shapes() {
		if e := b.errors[s]; e != nil {
			b.pkg.ErrorDecoders = append(b.pkg.ErrorDecoders, e)
		}
	}
}

// withMessage adds the Message field that an error has even when its model has no such
// member: models in boto3's format have lost it.
func withMessage(st *Struct, fields []*Field) []*Field {
	for _, f := range st.Fields {
		if f.Name == "Message" && f.Spec == nil {
			return append([]*Field{f}, fields...)
		}
	}
	return fields
}

func (b *builder) inputValidator(op *Operation) *Validator {
	in := op.Input
	return &Validator{
		Func: op.Validate, Context: in.Name,
		Value:  &Value{Kind: KindStructure, Type: in.Type},
		Checks: b.checks(in.Fields),
	}
}

func (b *builder) validator(s *spec.Shape) *Validator {
	v := &Validator{Func: b.functions[s].validate, Context: s.Name, Value: b.shapeValue(s, "")}
	switch s.Kind {
	case spec.Structure:
		v.Checks = b.checks(b.structure(s).Fields)
	case spec.Map:
		v.SecretKeys = s.Sensitive || s.Key.IsSensitive()
	case spec.Union:
		v.Union = b.union(s)
		for _, variant := range v.Union.Variants { // which may be fewer than the members
			if b.validates[variant.Spec.Target] {
				v.Checks = append(v.Checks, Check{Variant: variant, Nested: true})
			}
		}
	}
	return v
}

func (b *builder) checks(fields []*Field) []Check {
	var checks []Check
	for _, f := range fields {
		m := f.Spec
		if m == nil {
			continue
		}
		c := Check{Field: f, Required: IsChecked(m), Nested: b.validates[m.Target]}
		if c.Required || c.Nested {
			checks = append(checks, c)
		}
	}
	return checks
}

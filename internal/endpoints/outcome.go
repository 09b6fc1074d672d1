package endpoints

import (
	"net/textproto"

	"example.com/lathe/spec"
)

// endpoint lowers what a rule resolves to.
func (l *lowering) endpoint(e *spec.EndpointResult) *Outcome {
	out := &Outcome{URL: l.value(&e.URL)}
	for _, h := range e.Headers {
		name := textproto.CanonicalMIMEHeaderKey(h.Name)
		out.Headers = append(out.Headers, Header{name, l.values(h.Values)})
	}
	if e.Properties == nil {
		return out
	}
	for _, p := range e.Properties.Object {
		if p.Name == "authSchemes" && p.Value.IsList {
			out.AuthSchemes = l.authSchemes(p.Value.List)
		} else {
			out.Properties = append(out.Properties, Property{p.Name, l.property(&p.Value)})
		}
	}
	return out
}

func (l *lowering) authSchemes(list []spec.EndpointExpr) []AuthScheme {
	schemes := make([]AuthScheme, len(list))
	for i, scheme := range list {
		for _, f := range scheme.Object {
			l.authField(&schemes[i], f)
		}
	}
	return schemes
}

// authField lowers a property of an authentication scheme: those that the
// specification has for SigV4 and SigV4A by their meaning, others by their name.
func (l *lowering) authField(a *AuthScheme, f spec.EndpointField) {
	isText, isFlag := f.Value.Type.Kind == spec.EndpointString, f.Value.Type.Kind == spec.EndpointBool
	switch {
	case f.Name == "name" && isText:
		a.Name = new(l.value(&f.Value))
	case f.Name == "signingName" && isText:
		a.SigningName = new(l.value(&f.Value))
	case f.Name == "signingRegion" && isText:
		a.SigningRegion = new(l.value(&f.Value))
	case f.Name == "signingRegionSet" && f.Value.IsList:
		a.SigningRegionSet = l.values(f.Value.List)
	case f.Name == "disableDoubleEncoding" && isFlag:
		a.DisableDoubleEncoding = f.Value.Literal == true
	default:
		a.Other = append(a.Other, Property{f.Name, l.property(&f.Value)})
	}
}

func (l *lowering) property(e *spec.EndpointExpr) Value {
	switch {
	case e.IsObject:
		v := Value{IsObject: true}
		for _, f := range e.Object {
			v.Object = append(v.Object, Property{f.Name, l.property(&f.Value)})
		}
		return v
	case e.IsList:
		v := Value{IsList: true}
		for i := range e.List {
			v.List = append(v.List, l.property(&e.List[i]))
		}
		return v
	default:
		scalar := l.value(e)
		return Value{Scalar: &scalar}
	}
}

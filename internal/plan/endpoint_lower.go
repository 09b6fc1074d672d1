package plan

import (
	"encoding/json"
	"strconv"

	"example.com/lathe/spec"
)

// endpointLowering turns expressions of a rule set into Go. The rule set is well
// typed (package rules), so that nothing here can fail.
type endpointLowering struct {
	params map[string]EndpointParam
	vars   map[string]EndpointVar // values in scope by their names in the rule set
}

// endpointFunctions are the runtime's names of the library functions that are
// called as they are.
func endpointFunctionName(fn string) string {
	switch fn {
	case "aws.isVirtualHostableS3Bucket":
		return "IsVirtualHostableS3Bucket"
	case "aws.parseArn":
		return "ParseARN"
	case "aws.partition":
		return "PartitionOf"
	case "isValidHostLabel":
		return "IsValidHostLabel"
	case "parseURL":
		return "ParseURL"
	case "split":
		return "Split"
	case "substring":
		return "Substring"
	default:
		return "URIEncode"
	}
}

func endpointAttributeName(key string) string {
	switch key {
	case "dnsSuffix":
		return "DNSSuffix"
	case "dualStackDnsSuffix":
		return "DualStackDNSSuffix"
	case "supportsFIPS":
		return "SupportsFIPS"
	case "supportsDualStack":
		return "SupportsDualStack"
	case "implicitGlobalRegion":
		return "ImplicitGlobalRegion"
	case "accountId":
		return "AccountID"
	case "resourceId":
		return "ResourceID"
	case "normalizedPath":
		return "NormalizedPath"
	case "isIp":
		return "IsIP"
	default: // name, partition, service, region, scheme, authority, path
		return string(key[0]-'a'+'A') + key[1:]
	}
}

func endpointKind(k spec.EndpointKind) EndpointKind {
	switch k {
	case spec.EndpointBool:
		return EndpointBool
	case spec.EndpointStrings:
		return EndpointStrings
	case spec.EndpointPartition:
		return EndpointPartition
	case spec.EndpointARN:
		return EndpointARN
	case spec.EndpointURL:
		return EndpointURL
	default:
		return EndpointString
	}
}

// isOptional says whether an expression may be without a value in Go.
// aws.partition always has one: a region that is unknown belongs to the default
// partition.
func isOptional(e *spec.EndpointExpr) bool {
	return e.Type.Optional && e.Fn != "aws.partition"
}

// value lowers an expression that has a value.
func (l *endpointLowering) value(e *spec.EndpointExpr) EndpointExpr {
	switch {
	case e.Fn != "":
		return l.call(e)
	case e.Ref != "":
		return l.ref(e.Ref)
	case e.IsList:
		return EndpointExpr{Op: EndpointArray, Args: l.values(e.List)}
	}
	switch v := e.Literal.(type) {
	case json.Number:
		n, _ := strconv.Atoi(v.String()) // an integer of 32 bits by its type
		return endpointLit(n)
	case string:
		if e.Template == nil {
			return endpointLit(v) // part of a template, or empty
		}
		return endpointConcat(l.values(e.Template))
	default:
		return endpointLit(v)
	}
}

func (l *endpointLowering) values(list []spec.EndpointExpr) []EndpointExpr {
	out := make([]EndpointExpr, len(list))
	for i := range list {
		out[i] = l.value(&list[i])
	}
	return out
}

func (l *endpointLowering) ref(name string) EndpointExpr {
	if v, ok := l.vars[name]; ok {
		return EndpointExpr{Op: EndpointVarValue, Name: v.Name, Kind: v.Kind}
	}
	p := l.params[name]
	return EndpointExpr{Op: EndpointParamValue, Name: p.GoName, Kind: p.Kind}
}

func (l *endpointLowering) call(e *spec.EndpointExpr) EndpointExpr {
	switch e.Fn {
	case "booleanEquals", "stringEquals":
		return endpointEqual(l.value(&e.Args[0]), l.value(&e.Args[1]))
	case "not":
		return endpointNot(l.value(&e.Args[0]))
	case "isSet":
		return l.isSet(&e.Args[0])
	case "getAttr":
		return l.attribute(e)
	case "ite":
		return endpointCall("If", l.value(&e.Args[0]), l.value(&e.Args[1]), l.value(&e.Args[2]))
	case "coalesce":
		return l.coalesce(e.Args)
	default:
		return endpointCall(endpointFunctionName(e.Fn), l.values(e.Args)...)
	}
}

// attribute lowers getAttr; the element of an array is a pair.
func (l *endpointLowering) attribute(e *spec.EndpointExpr) EndpointExpr {
	out := l.value(&e.Args[0])
	if e.Path.Key != "" {
		out = EndpointExpr{Op: EndpointAttr, Name: endpointAttributeName(e.Path.Key), Args: []EndpointExpr{out}}
	}
	if e.Path.Indexed {
		out = endpointCall("At", out, endpointLit(e.Path.Index))
	}
	return out
}

func (l *endpointLowering) isSet(e *spec.EndpointExpr) EndpointExpr {
	switch {
	case !isOptional(e):
		return endpointLit(true)
	case e.Ref != "":
		return EndpointExpr{Op: EndpointParamSet, Name: l.params[e.Ref].GoName}
	default:
		return endpointMethod("IsSet", l.option(e))
	}
}

// coalesce lowers a coalesce with a result that has a value: options up to the
// first argument that has one.
func (l *endpointLowering) coalesce(args []spec.EndpointExpr) EndpointExpr {
	if !isOptional(&args[0]) {
		return l.value(&args[0])
	}
	out := l.option(&args[0])
	for i := range args[1:] {
		arg := &args[1+i]
		if !isOptional(arg) {
			return endpointMethod("Or", out, l.value(arg))
		}
		out = endpointMethod("OrElse", out, l.option(arg))
	}
	return out
}

// option lowers an expression to an option.
func (l *endpointLowering) option(e *spec.EndpointExpr) EndpointExpr {
	switch {
	case !isOptional(e):
		return endpointCall("Some", l.value(e))
	case e.Ref != "": // only parameters are optional
		p := l.params[e.Ref]
		return EndpointExpr{Op: EndpointParamOption, Name: p.GoName, Kind: p.Kind}
	case e.Fn == "coalesce":
		return l.coalesce(e.Args)
	case e.Fn == "ite":
		return endpointCall("If", l.value(&e.Args[0]), l.option(&e.Args[1]), l.option(&e.Args[2]))
	default:
		return endpointCall("Maybe", l.call(e))
	}
}

// pair lowers an optional expression to a call with two results.
func (l *endpointLowering) pair(e *spec.EndpointExpr) EndpointExpr {
	if e.Ref == "" && e.Fn != "coalesce" && e.Fn != "ite" {
		return l.call(e)
	}
	return endpointMethod("Get", l.option(e))
}

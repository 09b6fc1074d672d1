package endpoints

import (
	"encoding/json"
	"strconv"

	"example.com/lathe/spec"
)

// lowering turns expressions of a rule set into Go. The rule set is well
// typed (package rules), so that nothing here can fail.
type lowering struct {
	params map[string]Param
	vars   map[string]Var // values in scope by their names in the rule set
}

// functionName are the runtime's names of the library functions that are
// called as they are.
func functionName(fn string) string {
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

func attributeName(key string) string {
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

func kindOf(k spec.EndpointKind) Kind {
	switch k {
	case spec.EndpointBool:
		return Bool
	case spec.EndpointStrings:
		return Strings
	case spec.EndpointPartition:
		return Partition
	case spec.EndpointARN:
		return ARN
	case spec.EndpointURL:
		return URL
	default:
		return String
	}
}

// isOptional reports whether an expression may be without a value in Go.
// aws.partition always has one: a region that is unknown belongs to the default
// partition.
func isOptional(e *spec.EndpointExpr) bool {
	return e.Type.Optional && e.Fn != "aws.partition"
}

// value lowers an expression that has a value.
func (l *lowering) value(e *spec.EndpointExpr) Expr {
	switch {
	case e.Fn != "":
		return l.call(e)
	case e.Ref != "":
		return l.ref(e.Ref)
	case e.IsList:
		return Expr{Op: Array, Args: l.values(e.List)}
	}
	switch v := e.Literal.(type) {
	case json.Number:
		n, _ := strconv.Atoi(v.String()) // an integer of 32 bits by its type
		return lit(n)
	case string:
		if e.Template == nil {
			return lit(v) // part of a template, or empty
		}
		return concat(l.values(e.Template))
	default:
		return lit(v)
	}
}

func (l *lowering) values(list []spec.EndpointExpr) []Expr {
	out := make([]Expr, len(list))
	for i := range list {
		out[i] = l.value(&list[i])
	}
	return out
}

func (l *lowering) ref(name string) Expr {
	if v, ok := l.vars[name]; ok {
		return Expr{Op: VarValue, Name: v.Name, Kind: v.Kind}
	}
	p := l.params[name]
	return Expr{Op: ParamValue, Name: p.GoName, Kind: p.Kind}
}

func (l *lowering) call(e *spec.EndpointExpr) Expr {
	switch e.Fn {
	case "booleanEquals", "stringEquals":
		return equal(l.value(&e.Args[0]), l.value(&e.Args[1]))
	case "not":
		return not(l.value(&e.Args[0]))
	case "isSet":
		return l.isSet(&e.Args[0])
	case "getAttr":
		return l.attribute(e)
	case "ite":
		return call("If", l.value(&e.Args[0]), l.value(&e.Args[1]), l.value(&e.Args[2]))
	case "coalesce":
		return l.coalesce(e.Args)
	default:
		return call(functionName(e.Fn), l.values(e.Args)...)
	}
}

// attribute lowers getAttr; the element of an array is a pair.
func (l *lowering) attribute(e *spec.EndpointExpr) Expr {
	out := l.value(&e.Args[0])
	if e.Path.Key != "" {
		out = Expr{Op: Attr, Name: attributeName(e.Path.Key), Args: []Expr{out}}
	}
	if e.Path.Indexed {
		out = call("At", out, lit(e.Path.Index))
	}
	return out
}

func (l *lowering) isSet(e *spec.EndpointExpr) Expr {
	switch {
	case !isOptional(e):
		return lit(true)
	case e.Ref != "":
		return Expr{Op: ParamSet, Name: l.params[e.Ref].GoName}
	default:
		return method("IsSet", l.option(e))
	}
}

// coalesce lowers a coalesce with a result that has a value: options up to the
// first argument that has one.
func (l *lowering) coalesce(args []spec.EndpointExpr) Expr {
	if !isOptional(&args[0]) {
		return l.value(&args[0])
	}
	out := l.option(&args[0])
	for i := range args[1:] {
		arg := &args[1+i]
		if !isOptional(arg) {
			return method("Or", out, l.value(arg))
		}
		out = method("OrElse", out, l.option(arg))
	}
	return out
}

// option lowers an expression to an option.
func (l *lowering) option(e *spec.EndpointExpr) Expr {
	switch {
	case !isOptional(e):
		return call("Some", l.value(e))
	case e.Ref != "": // only parameters are optional
		p := l.params[e.Ref]
		return Expr{Op: ParamOption, Name: p.GoName, Kind: p.Kind}
	case e.Fn == "coalesce":
		return l.coalesce(e.Args)
	case e.Fn == "ite":
		return call("If", l.value(&e.Args[0]), l.option(&e.Args[1]), l.option(&e.Args[2]))
	default:
		return call("Maybe", l.call(e))
	}
}

// pair lowers an optional expression to a call with two results.
func (l *lowering) pair(e *spec.EndpointExpr) Expr {
	if e.Ref == "" && e.Fn != "coalesce" && e.Fn != "ite" {
		return l.call(e)
	}
	return method("Get", l.option(e))
}

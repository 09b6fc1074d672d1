package conformance

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// literals writes the values of a case, which are JSON with its numbers as they
// stand, as Go expressions of a client's types.
type literals struct {
	p       *plan.Package
	harness string
}

// structure returns &T{…} with the fields that the values name by their members.
func (l *literals) structure(s *plan.Struct, values map[string]any) (*jen.Statement, error) {
	fields, err := l.fields(s.Fields, values)
	return jen.Op("&").Add(gocode.Name(s.Type)).Add(fields), err
}

func (l *literals) fields(fields []*plan.Field, values map[string]any) (*jen.Statement, error) {
	var items []jen.Code
	known := map[string]bool{}
	for _, f := range fields {
		known[f.Member] = true
		v, ok := values[f.Member]
		if !ok || v == nil {
			continue
		}
		item, err := l.value(f.Value, v, f.Pointer)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Member, err)
		}
		items = append(items, jen.Line().Id(f.Name).Op(":").Add(item))
	}
	for name := range values {
		if !known[name] {
			return nil, fmt.Errorf("no member %s", name)
		}
	}
	return jen.Values(items...), nil
}

// value returns a value; pointer asks for a pointer to it.
func (l *literals) value(v *plan.Value, x any, pointer bool) (*jen.Statement, error) {
	if x == nil {
		return jen.Nil(), nil
	}
	plain, err := l.plain(v, x)
	if err != nil || !pointer {
		return plain, err
	}
	if v.Kind == plan.KindStructure {
		return jen.Op("&").Add(plain), nil
	}
	return jen.New(plain), nil
}

func (l *literals) plain(v *plan.Value, x any) (*jen.Statement, error) {
	switch v.Kind {
	case plan.KindBool:
		return jen.Lit(x), nil
	case plan.KindString:
		return jen.Lit(fmt.Sprint(x)), nil
	case plan.KindEnum:
		return gocode.Name(v.Type).Call(jen.Lit(fmt.Sprint(x))), nil
	case plan.KindBlob:
		return jen.Index().Byte().Call(jen.Lit(x)), nil
	case plan.KindStream:
		return jen.Qual(l.harness, "Stream").Call(jen.Lit(x)), nil
	case plan.KindTimestamp:
		return l.timestamp(x)
	case plan.KindDocument:
		return jen.Qual(l.p.ImportPath+"/document", "NewLazyDocument").
			Call(jen.Qual(l.harness, "JSON").Call(jen.Lit(marshal(x)))), nil
	case plan.KindList:
		return l.list(v, x)
	case plan.KindMap:
		return l.entries(v, x)
	case plan.KindStructure, plan.KindUnion:
		return l.aggregate(v, x)
	case plan.KindBigInt, plan.KindBigFloat:
		n, ok := x.(json.Number)
		if !ok {
			return nil, fmt.Errorf("%v is no number", x)
		}
		return jen.Qual(l.harness, bigNumbers[v.Kind]).Call(jen.Lit(n.String())), nil
	default:
		return l.number(v, x)
	}
}

// bigNumbers are the functions of package harness that make numbers of any size.
var bigNumbers = map[plan.Kind]string{plan.KindBigInt: "BigInt", plan.KindBigFloat: "BigFloat"}

func (l *literals) number(v *plan.Value, x any) (*jen.Statement, error) {
	special := map[any]*jen.Statement{
		"NaN": jen.Qual("math", "NaN").Call(), "Infinity": jen.Qual("math", "Inf").Call(jen.Lit(1)),
		"-Infinity": jen.Qual("math", "Inf").Call(jen.Lit(-1)),
	}
	if s, ok := special[x]; ok {
		return gocode.Type(v.Type).Call(s), nil
	}
	n, ok := x.(json.Number)
	if !ok {
		return nil, fmt.Errorf("%v is no number", x)
	}
	if i, err := strconv.Atoi(n.String()); err == nil {
		return gocode.Type(v.Type).Call(jen.Lit(i)), nil
	}
	f, err := n.Float64()
	return gocode.Type(v.Type).Call(jen.Lit(f)), err
}

// timestamp returns a time; cases have them in seconds since 1970.
func (l *literals) timestamp(x any) (*jen.Statement, error) {
	n, ok := x.(json.Number)
	if !ok {
		return nil, fmt.Errorf("%v is no time", x)
	}
	f, err := n.Float64()
	return jen.Qual("time", "UnixMilli").Call(jen.Lit(int(math.Round(f * 1000)))).Dot("UTC").Call(), err
}

func (l *literals) list(v *plan.Value, x any) (*jen.Statement, error) {
	elements, ok := x.([]any)
	if !ok {
		return nil, fmt.Errorf("%v is no list", x)
	}
	var items []jen.Code
	for _, element := range elements {
		item, err := l.value(v.Elem, element, v.Sparse && v.Elem.Pointable())
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return gocode.Type(v.Type).Values(items...), nil
}

func (l *literals) entries(v *plan.Value, x any) (*jen.Statement, error) {
	entries, ok := x.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%v is no map", x)
	}
	var items []jen.Code
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		item, err := l.value(v.Elem, entries[key], v.Sparse && v.Elem.Pointable())
		if err != nil {
			return nil, err
		}
		items = append(items, jen.Lit(key).Op(":").Add(item))
	}
	return gocode.Type(v.Type).Values(items...), nil
}

// aggregate returns a structure or a union, found by the name of its type.
func (l *literals) aggregate(v *plan.Value, x any) (*jen.Statement, error) {
	values, ok := x.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%v is no object", x)
	}
	if v.Kind == plan.KindStructure {
		at := slices.IndexFunc(l.p.Structs, func(s *plan.Struct) bool { return s.Name == v.Type.Name })
		fields, err := l.fields(l.p.Structs[at].Fields, values)
		return gocode.Name(v.Type).Add(fields), err
	}
	if unknown, ok := values["UnknownUnionMember"].(map[string]any); ok {
		return jen.Op("&").Qual(v.Type.Import, "UnknownUnionMember").Values(
			jen.Id("Tag").Op(":").Lit(unknown["Tag"]), jen.Id("Value").Op(":").Index().Byte().Call(jen.Lit(unknown["Value"])),
		), nil
	}
	at := slices.IndexFunc(l.p.Unions, func(u *plan.Union) bool { return u.Name == v.Type.Name })
	for _, variant := range l.p.Unions[at].Variants {
		value, ok := values[variant.Member]
		if !ok {
			continue
		}
		item, err := l.value(variant.Value, value, false)
		return jen.Op("&").Add(gocode.Name(variant.Type)).Values(jen.Id("Value").Op(":").Add(item)), err
	}
	return nil, fmt.Errorf("%v is no variant of %s", x, v.Type.Name)
}

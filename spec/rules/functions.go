package rules

import (
	"math"
	"strings"

	"example.com/lathe/spec"
)

const (
	stringKind = spec.EndpointString
	boolKind   = spec.EndpointBool
	intKind    = spec.EndpointInt
)

// unbounded is the most that a variadic function takes.
const unbounded = math.MaxInt

// function is the signature of a library function.
type function struct {
	name   string
	args   []spec.EndpointKind
	result spec.EndpointType
	// check types a call of a function whose arguments the fields above can't
	// describe; it takes from min to max arguments.
	check    func(*parser, *call) spec.EndpointType
	min, max int
}

// library returns the functions of the rules engine 1.1 and of its AWS extension.
func library() []function {
	always := func(k spec.EndpointKind) spec.EndpointType { return spec.EndpointType{Kind: k} }
	maybe := func(k spec.EndpointKind) spec.EndpointType { return spec.EndpointType{Kind: k, Optional: true} }
	kinds := func(k ...spec.EndpointKind) []spec.EndpointKind { return k }
	return []function{
		{name: "aws.isVirtualHostableS3Bucket", args: kinds(stringKind, boolKind), result: always(boolKind)},
		{name: "aws.parseArn", args: kinds(stringKind), result: maybe(spec.EndpointARN)},
		{name: "aws.partition", args: kinds(stringKind), result: maybe(spec.EndpointPartition)},
		{name: "booleanEquals", args: kinds(boolKind, boolKind), result: always(boolKind)},
		{name: "coalesce", check: (*parser).coalesce, min: 2, max: unbounded},
		{name: "getAttr", check: (*parser).getAttr, min: 2, max: 2},
		{name: "isSet", check: (*parser).isSet, min: 1, max: 1},
		{name: "isValidHostLabel", args: kinds(stringKind, boolKind), result: always(boolKind)},
		{name: "ite", check: (*parser).ite, min: 3, max: 3},
		{name: "not", args: kinds(boolKind), result: always(boolKind)},
		{name: "parseURL", args: kinds(stringKind), result: maybe(spec.EndpointURL)},
		{name: "split", check: (*parser).split, min: 3, max: 3},
		{name: "stringEquals", args: kinds(stringKind, stringKind), result: always(boolKind)},
		{name: "substring", args: kinds(stringKind, intKind, intKind, boolKind), result: maybe(stringKind)},
		{name: "uriEncode", args: kinds(stringKind), result: always(stringKind)},
	}
}

// attributes are those of the structures that functions return, with their kinds.
func attributes(k spec.EndpointKind) []attribute {
	switch k {
	case spec.EndpointPartition:
		return []attribute{
			{"name", stringKind}, {"dnsSuffix", stringKind}, {"dualStackDnsSuffix", stringKind},
			{"supportsFIPS", boolKind}, {"supportsDualStack", boolKind}, {"implicitGlobalRegion", stringKind},
		}
	case spec.EndpointARN:
		return []attribute{
			{"partition", stringKind}, {"service", stringKind}, {"region", stringKind},
			{"accountId", stringKind}, {"resourceId", spec.EndpointStrings},
		}
	case spec.EndpointURL:
		return []attribute{
			{"scheme", stringKind}, {"authority", stringKind}, {"path", stringKind},
			{"normalizedPath", stringKind}, {"isIp", boolKind},
		}
	default:
		return nil
	}
}

type attribute struct {
	name string
	kind spec.EndpointKind
}

// call is a function call that is being checked.
type call struct {
	at   *node
	name string
	// args are typed; nodes are their sources.
	args  []spec.EndpointExpr
	nodes []node
	// path is set by getAttr.
	path spec.EndpointPath
}

// typed checks the arguments of a call and returns the type of its result.
func (p *parser) typed(c *call) spec.EndpointType {
	f := p.function(c.name)
	if f == nil {
		p.add(c.at, "there are "+strings.Join(p.functionNames(), ", "), "unknown function %q", c.name)
		return spec.EndpointType{}
	}
	least, most := len(f.args), len(f.args)
	if f.check != nil {
		least, most = f.min, f.max
	}
	if n := len(c.args); n < least || n > most {
		p.add(c.at, "", "function %q takes %s, not %d", c.name, arguments(least, most), n)
		return f.result
	}
	if f.check != nil {
		return f.check(p, c)
	}
	for i, kind := range f.args {
		p.wants(c, i, kind)
	}
	return f.result
}

func (p *parser) function(name string) *function {
	for i := range p.library {
		if p.library[i].name == name {
			return &p.library[i]
		}
	}
	return nil
}

func (p *parser) functionNames() []string {
	names := make([]string, len(p.library))
	for i, f := range p.library {
		names[i] = f.name
	}
	return names
}

package templates

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
	"example.com/lathe/runtime"
)

// clientFile begins a file of the client package.
func clientFile(p *plan.Package) *jen.File {
	f := gocode.File(p.ImportPath, p.Name, p.Source)
	for _, name := range []string{"types", "document"} {
		f.ImportName(p.ImportPath+"/"+name, name)
	}
	for _, name := range runtime.Packages() {
		f.ImportName(runtimePackage(p, name), name)
	}
	f.ImportAlias(runtimePackage(p, "document"), "internaldocument")
	return f
}

// constantFile is a file of the client package that is the same for every client but for
// its parts. It is a copy of that file of package runtime/client, whose documentation
// has the rules.
func constantFile(p *plan.Package, name string) ([]byte, error) {
	data, err := runtime.Sources.ReadFile("client/" + name)
	if err != nil {
		return nil, err
	}
	c := copier{p: p, parts: clientParts(p), values: map[string]string{
		"ServiceID": p.Service.ID, "APIVersion": p.Service.APIVersion, "AgentName": p.Service.AgentName,
		"SigningName": p.Service.SigningName, "RetryCode": p.Service.RetryCode,
		"TokenVariable": p.Service.TokenVariable,
	}}
	return c.copy(string(data))
}

// render writes the file.
func (c fixedFile) render(p *plan.Package) ([]byte, error) {
	fixed, err := constantFile(p, c.name)
	if err != nil || c.varies == nil {
		return fixed, err
	}
	varying, err := rendered(c.varies(p))
	if err != nil {
		return nil, err
	}
	return joinFiles(fixed, varying)
}

// joinFiles makes one file of two of a package, the first of which has imports in
// parentheses: with the imports of both, what the first declares, and what the second does.
func joinFiles(first, second []byte) ([]byte, error) {
	fset := token.NewFileSet()
	own, err := parser.ParseFile(fset, "first", first, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	others, err := parser.ParseFile(fset, "second", second, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	at := offset(own.Imports[len(own.Imports)-1].End())
	out := slices.Clone(first[:at])
	for _, s := range others.Imports {
		isThere := func(o *ast.ImportSpec) bool { return o.Path.Value == s.Path.Value }
		if !slices.ContainsFunc(own.Imports, isThere) {
			out = append(append(out, '\n'), second[offset(s.Pos()):offset(s.End())]...)
		}
	}
	end := others.Name.End()
	for _, d := range others.Decls {
		end = d.End()
	}
	return slices.Concat(out, first[at:], second[offset(end):]), nil
}

// clientParts are the optional parts of those files that a client has.
func clientParts(p *plan.Package) map[string]bool {
	hasOption := func(name string) bool {
		return slices.ContainsFunc(p.Endpoint.Options, func(o endpoints.Option) bool { return o.GoName == name })
	}
	parts := map[string]bool{
		"account": p.Endpoint.AccountID, "bearer": p.Needs.Bearer, "cbor": p.Codec.Package == "cborcodec",
		"bound": p.Endpoint.HasBound(), "boundText": len(boundText(p)) > 0,
		"checksum": p.Needs.Checksum, "compression": p.Needs.Compression, "checkedBodies": p.Needs.CheckedBodies,
		"discovery": p.Discovery != nil,
		"hooks":     hasHooks(p),
		"messages":  p.Needs.Messages, "pages": p.Needs.Pages, "quickRetries": p.Needs.QuickRetries,
		"readTimeout": p.Needs.ReadTimeout, "retryCode": p.Service.RetryCode != "",
		"tokenVariable":  p.Needs.Bearer && p.Service.TokenVariable != "",
		"waiters":        p.Needs.Waiters,
		"errorRequestID": p.Errors.RequestID != "",
		"pathStyle":      p.Needs.Objects && hasOption("UsePathStyle"), "standIn": false,
		"useARNRegion": hasOption("UseARNRegion"),
		"multiRegion":  hasOption("DisableMultiRegionAccessPoints"), "sessionAuth": hasOption("DisableS3ExpressSessionAuth"),
		"schemes": p.Needs.Bearer || p.Needs.SigV4A || p.Sessions != nil,
		"sigv4a":  p.Needs.SigV4A, "sessions": p.Sessions != nil, "endpointAuth": p.Needs.EndpointAuth,
		"hashHeader": p.Needs.HashHeader, "hostIDs": p.Needs.HostIDs, "dualStack": p.Needs.DualStack,
		"objects":        p.Needs.Objects,
		"presignExpires": p.Needs.PresignObjects,
		"accelerate":     p.Needs.Objects && hasOption("UseAccelerate") && hasRulesOnly(p), "rulesOnly": hasRulesOnly(p),
	}
	maps.Copy(parts, rulesOnlyParts(p))
	return parts
}

// rulesOnlyParts are the parameters of endpoints that rules alone know what to do with.
// What is called by an ARN is one of these only where that is on Outposts or an object's.
func rulesOnlyParts(p *plan.Package) map[string]bool {
	bound := func(name string) bool {
		return slices.ContainsFunc(
			p.Endpoint.Params, func(param endpoints.Param) bool { return param.Name == name && param.Bound })
	}
	resources := p.Needs.Objects || p.Needs.Outposts
	bucket, point := resources && bound("Bucket"), resources && bound("AccessPointName")
	return map[string]bool{
		"endpointID": p.Needs.SigV4A && bound("EndpointId"), "outpostID": resources && bound("OutpostId"),
		"bucket": bucket, "accessPointName": point, "named": bucket || point,
	}
}

// copier copies a file of package runtime/client.
type copier struct {
	p      *plan.Package
	parts  map[string]bool
	values map[string]string
}

func (c *copier) copy(source string) ([]byte, error) {
	lines := gocode.HeaderLines(c.p.Source)
	lines = append(lines, "")
	keep := true
	for line := range strings.Lines(strings.ReplaceAll(source, "\r\n", "\n")) {
		mark, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch mark {
		case "//lathe:if":
			name, without := strings.CutPrefix(name, "!")
			part, known := c.parts[name]
			if !known {
				return nil, fmt.Errorf("no part is called %q", name)
			}
			keep = part != without
		case "//lathe:end":
			keep = true
		case "//lathe:insert":
			render, known := insertions[name]
			if !known {
				return nil, fmt.Errorf("nothing is called %q", name)
			}
			lines = append(lines, render(c.p))
		default:
			if keep {
				lines = append(lines, strings.TrimSuffix(line, "\n"))
			}
		}
	}
	return []byte(c.replace(strings.Join(lines, "\n") + "\n")), nil
}

// replace puts the client's own names in place of those of package runtime/client.
func (c *copier) replace(text string) string {
	pairs := []string{
		"\npackage client\n", "\npackage " + c.p.Name + "\n",
		runtime.Home + sourceCodec + `"`, c.p.Runtime + "/" + c.p.Codec.Package + `"`, runtime.Home, c.p.Runtime + "/",
		sourceCodec + ".ErrorInfo", c.p.Codec.Package + "." + c.p.Errors.Info,
	}
	if c.p.Errors.HostID != "" {
		pairs = append(pairs, "errorHostID", c.p.Codec.Package+"."+c.p.Errors.HostID, "isErrorBody",
			c.p.Codec.Package+"."+c.p.Errors.IsError)
	}
	if id := c.p.Errors.RequestID; id != "" {
		pairs = append(pairs, "errorRequestID,", c.p.Codec.Package+"."+id+",")
	}
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		pairs = append(pairs, `"lathe:`+name+`"`, strconv.Quote(c.values[name]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// sourceCodec is the codec of package runtime/client.
const sourceCodec = "jsoncodec"

// insertions are what is rendered into these files, by name.
var insertions = map[string]func(*plan.Package) string{
	"EndpointOptions": func(p *plan.Package) string {
		return structFields(func(g *jen.Group) { renderEndpointOptionFields(g, p.Endpoint) })
	},
	"SessionOf": renderSessionOf,
	"OperationAuth": func(p *plan.Package) string {
		return "// operationAuth returns the ids of an operation's authentication schemes, preferred first.\n" +
			renderOperationAuth(p.Auth).GoString()
	},
}

// renderSessionOf writes how an output becomes credentials; nothing where there are no
// sessions.
//
//	func sessionOf(out *CreateSessionOutput) (aws.Credentials, error) {
//		if out.<Credentials> == nil { … }
//		return sessions.NewCredentials(out.<Credentials>.<AccessKeyID>, …)
//	}
func renderSessionOf(p *plan.Package) string {
	s := p.Sessions
	if s == nil {
		return ""
	}
	credentials := "out." + s.Credentials.Name
	var fields []string
	for _, f := range s.Fields {
		fields = append(fields, credentials+"."+f.Name)
	}
	return "// sessionOf returns the credentials in an output.\n" +
		"func sessionOf(out *" + s.Operation.Output.Name + ") (aws.Credentials, error) {\n" +
		"\tif " + credentials + " == nil {\n" +
		"\t\treturn aws.Credentials{}, errors.New(\"s3express session credentials unset\")\n\t}\n" +
		"\treturn sessions.NewCredentials(" + strings.Join(fields, ", ") + ")\n}\n"
}

//	func operationAuth(operation string) []string {
//		switch operation {
//		case "<Op>", …:
//			return []string{"<scheme>", …}
//		default:
//			return []string{"<scheme>", …}
//		}
//	}
func renderOperationAuth(groups []plan.AuthGroup) *jen.Statement {
	f := jen.Func().Id("operationAuth")
	if len(groups) == 1 {
		return f.Params(jen.String()).Index().String().Block(jen.Return(stringList(groups[0].Schemes)))
	}
	return f.Params(jen.Id("operation").String()).Index().String().
		Block(jen.Switch(jen.Id("operation")).BlockFunc(func(g *jen.Group) {
			for _, group := range groups[1:] {
				g.Case(jen.ListFunc(func(g *jen.Group) { literals(g, group.Operations) })).
					Block(jen.Return(stringList(group.Schemes)))
			}
			g.Default().Block(jen.Return(stringList(groups[0].Schemes)))
		}))
}

// []string{"<text>", …}
func stringList(texts []string) *jen.Statement {
	return jen.Index().String().ValuesFunc(func(g *jen.Group) { literals(g, texts) })
}

func literals(g *jen.Group, texts []string) {
	for _, text := range texts {
		g.Lit(text)
	}
}

// structFields returns the text of fields of a struct, whose types need no import.
func structFields(render func(*jen.Group)) string {
	text := jen.StructFunc(render).GoString()
	return strings.TrimSpace(text[strings.IndexByte(text, '{')+1 : strings.LastIndexByte(text, '}')])
}

package compare

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// This file is all that a comparison asks of the plan of a client: what the client
// calls what the model has, so that no name is worked out twice.

// clientPath stands for the import path of the client that is planned.
const clientPath = "client"

// golang is the Go API of the client of one side.
type golang struct {
	speaks     *protocol.Protocol // nil when none can be generated
	pkg        *plan.Package      // empty when nothing can be generated
	operations map[string]*plan.Operation
	named      map[string]*GoType
	// refused are the reasons why operations can't be generated.
	refused map[string]string
}

func newGolang(api *spec.API) *golang {
	g := &golang{
		pkg: &plan.Package{Endpoint: &endpoints.Resolver{}}, operations: map[string]*plan.Operation{},
		named: map[string]*GoType{}, refused: map[string]string{},
	}
	speaks, problem := protocol.For(api, "")
	if problem != nil {
		for _, op := range api.Operations {
			g.refused[op.Name] = problem.Message
		}
		return g
	}
	g.speaks = speaks
	var kept []string
	unsupported := plan.Unsupported(api, speaks)
	for _, op := range api.Operations {
		if reasons := unsupported(op); len(reasons) > 0 {
			g.refused[op.Name] = reasons[0].Message
		} else {
			kept = append(kept, op.Name)
		}
	}
	if len(kept) == 0 {
		return g
	}
	selected, _ := spec.Select(api, kept)
	pkg, _ := plan.Draft(selected,
		plan.Config{Protocol: speaks, Package: clientPath, ImportPath: clientPath, Runtime: clientPath + "/internal"})
	if pkg == nil {
		return g
	}
	g.index(pkg)
	return g
}

func (g *golang) index(pkg *plan.Package) {
	pkg.Endpoint = cmp.Or(pkg.Endpoint, &endpoints.Resolver{})
	g.pkg = pkg
	for _, op := range pkg.Operations {
		g.operations[op.Spec.Name] = op
	}
	for _, s := range pkg.Structs {
		g.named[s.Name] = structType("types."+s.Name, s)
	}
	for _, u := range pkg.Unions {
		t := &GoType{Name: "types." + u.Name}
		for _, v := range u.Variants {
			t.Variants = append(t.Variants, GoField{Name: "types." + v.Name, Member: v.Member, Type: typeString(v.Value.Type)})
			t.Redactions = append(t.Redactions, redactions("types."+v.Name, v.Redaction)...)
		}
		g.named[u.Name] = t
	}
	for _, e := range pkg.Enums {
		t := &GoType{Name: "types." + e.Name}
		for _, v := range e.Values {
			t.Constants = append(t.Constants, GoConstant{"types." + v.Name, v.Value})
		}
		g.named[e.Name] = t
	}
}

// Renames are the operations, types and members that both models call the same, with what
// the clients call them.
func (c *Comparison) Renames() (all []Pair[string]) {
	for _, p := range c.Operations {
		if p.Old == nil || p.New == nil || p.Old.Name != p.New.Name || p.Old.ClientName() == p.New.ClientName() {
			continue
		}
		at := p.Site
		at.OldGo = append(waiting(c.Old.plan(p.Old.Operation)), p.Old.Everything...)
		at.NewGo = append(waiting(c.New.plan(p.New.Operation)), p.New.Everything...)
		add(&all, at, new(p.Old.ClientName()), new(p.New.ClientName()))
	}
	for _, p := range c.Types {
		if p.New == nil || p.node.old.Name != p.node.new.Name {
			continue
		}
		if before, after := p.node.old.ClientName(), p.node.new.ClientName(); before != after {
			at := p.Site
			at.OldGo, at.NewGo = p.Old.all(), p.New.all()
			add(&all, at, &before, &after)
		}
		for _, m := range p.node.old.Members {
			other := p.node.new.Member(m.Name)
			if other != nil && m.ClientName() != other.ClientName() {
				at := p.Site
				at.OldGo, at.NewGo = p.Old.member(m.Name), p.New.member(m.Name)
				at.Place, at.What, at.OldPos, at.NewPos = p.node.place+"."+m.Name, m.Name+" of "+p.node.noun, m.Pos, other.Pos
				add(&all, at, new(m.ClientName()), new(other.ClientName()))
			}
		}
	}
	return all
}

// waiting are the methods of an operation's waiters, which have its input and output.
func waiting(p *plan.Operation) (objects []string) {
	if p == nil {
		return nil
	}
	for _, w := range p.Waiters {
		objects = append(objects, "(*"+w.Name+").Wait", "(*"+w.Name+").WaitForOutput")
	}
	return objects
}

// plan returns the plan of an operation, or nil.
func (g *golang) plan(op *spec.Operation) *plan.Operation {
	return g.operations[op.Name]
}

// method returns the objects that an operation has in the Go API.
func (g *golang) method(op *spec.Operation) []string {
	if p := g.plan(op); p != nil {
		return []string{Method(p.Name)}
	}
	return nil
}

// Method is the Go object of a method of the client.
func Method(name string) string { return "(*Client)." + name }

// everything returns the objects that are there for an operation alone: its method,
// input and output, its helpers, and the types that the other side has not.
func (s *Side) everything(other *Side, op *spec.Operation) []string {
	p := s.plan(op)
	if p == nil {
		return nil
	}
	objects := append([]string{Method(p.Name), p.Input.Name, p.Output.Name}, helpers(p)...)
	return append(objects, s.types(other, op.Roots(s.API)...)...)
}

// Client returns an object that every client has; nothing when there is no client.
func (g *golang) Client(object string) []string {
	if len(g.operations) == 0 {
		return nil
	}
	return []string{object}
}

// HasClient reports whether anything can be generated.
func (g *golang) HasClient() bool { return len(g.operations) > 0 }

// Parameter returns the object of an endpoint parameter.
func (g *golang) Parameter(name string) []string {
	for _, p := range g.pkg.Endpoint.Params {
		if p.Name == name {
			return []string{"EndpointParameters." + p.GoName}
		}
	}
	return nil
}

// options are the fields of the client's options that only some clients have.
func (g *golang) options() []string {
	var names []string
	for _, o := range optionFields {
		if o.isNeeded(g.pkg) {
			names = append(names, o.names...)
		}
	}
	for _, o := range g.pkg.Endpoint.Options {
		names = append(names, o.GoName)
	}
	return names
}

// optionFields are such fields, by what needs them; those of the endpoint rules are not
// among them.
var optionFields = []struct {
	isNeeded func(*plan.Package) bool
	names    []string
}{
	{func(p *plan.Package) bool { return p.Needs.Bearer }, []string{"BearerAuthSigner", "BearerAuthTokenProvider"}},
	{func(p *plan.Package) bool { return p.Needs.Checksum },
		[]string{"RequestChecksumCalculation", "ResponseChecksumValidation"}},
	{func(p *plan.Package) bool { return p.Needs.Compression },
		[]string{"DisableRequestCompression", "RequestMinCompressSizeBytes"}},
	{func(p *plan.Package) bool { return p.Needs.CheckedBodies },
		[]string{"DisableValidateResponseChecksum", "EnableAcceptEncodingGzip"}},
	{func(p *plan.Package) bool { return p.Needs.Messages }, []string{"DisableMessageChecksumValidation"}},
	{func(p *plan.Package) bool { return p.Needs.Objects }, []string{
		"ContinueHeaderThresholdBytes", "DisableLogOutputChecksumValidationSkipped", "UseDualstack",
	}},
	{func(p *plan.Package) bool { return p.Sessions != nil }, []string{"ExpressCredentials"}},
	{func(p *plan.Package) bool { return p.Discovery != nil }, []string{"EndpointDiscovery"}},
	{func(p *plan.Package) bool { return p.Endpoint.AccountID }, []string{"AccountIDEndpointMode"}},
}

// Helpers are the Go types that no shape stands for, and that a client has as long as
// any shape of a kind is there: what makes them necessary, by object.
func (g *golang) Helpers() map[string]string {
	all := map[string]string{}
	for _, h := range helperTypes {
		if h.isNeeded(g.pkg) {
			for _, object := range h.objects {
				all[object] = h.reason
			}
		}
	}
	return all
}

// helperTypes are such types, by what they are for.
var helperTypes = []struct {
	reason   string
	isNeeded func(*plan.Package) bool
	objects  []string
}{
	{"a document", func(p *plan.Package) bool { return p.Needs.Document }, []string{"document.Interface"}},
	{"a union", func(p *plan.Package) bool { return len(p.Unions) > 0 }, []string{"types.UnknownUnionMember"}},
	{"an event stream", func(p *plan.Package) bool { return p.Needs.Events }, []string{"UnknownEventMessageError"}},
	{"a checksum", func(p *plan.Package) bool { return p.Needs.Checksum }, []string{
		"ComputedInputChecksumsMetadata", "GetComputedInputChecksumsMetadata", "ChecksumValidationMetadata",
		"GetChecksumValidationMetadata",
	}},
	{"a response that names its host", func(p *plan.Package) bool { return p.Needs.HostIDs },
		[]string{"ResponseError", "GetHostIDMetadata"}},
	{"a bucket with sessions", func(p *plan.Package) bool { return p.Sessions != nil },
		[]string{"ExpressCredentialsProvider"}},
	{"an operation to presign", func(p *plan.Package) bool { return p.Needs.Presign }, []string{
		"HTTPPresignerV4", "PresignOptions", "WithPresignClientFromClientOptions", "PresignClient", "NewPresignClient",
	}},
	{"an object to presign", func(p *plan.Package) bool { return p.Needs.PresignObjects }, []string{"WithPresignExpires"}},
}

// HelperRedactions are the methods of the type of unknown members of unions that keep
// sensitive ones out of what is printed.
func (g *golang) HelperRedactions() []string {
	return redactions("types.UnknownUnionMember", g.pkg.UnknownMember)
}

// shape returns the type of a shape in package types; nil when there is none.
func (g *golang) shape(s *spec.Shape) *GoType {
	if s == nil || !hasGoType(s) {
		return nil
	}
	return g.named[naming.Exported(s.ClientName())]
}

// message returns the type of an operation's input or output.
func (g *golang) message(op *spec.Operation, d Direction) *GoType {
	p := g.plan(op)
	switch {
	case p == nil:
		return nil
	case d == Input:
		return structType(p.Input.Name, p.Input)
	default:
		t := structType(p.Output.Name, p.Output)
		t.Comparable = false
		return t
	}
}

// types returns the objects of the Go types that shapes reach and that the other side
// has not.
func (g *golang) types(other *Side, roots ...*spec.Shape) []string {
	var objects []string
	for _, s := range spec.Closure(roots...) {
		if t := g.shape(s); t != nil && other.shape(s) == nil {
			objects = append(objects, t.all()...)
		}
	}
	return objects
}

// types pairs the Go types that both sides have, and those that only the old one has.
func (c *Comparison) types() {
	for _, n := range c.order {
		if n.oldType != nil && n.newType != nil {
			add(&c.Types, n.site(n.old.Pos, n.new.Pos), n.oldType, n.newType)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Old.API.Shapes)) {
		s := c.Old.API.Shapes[name]
		t := c.Old.shape(s)
		if t == nil || c.New.shape(s) != nil {
			continue
		}
		n := &node{uses: map[use]bool{}}
		n.markReached(c.Old.API, name)
		add(&c.Types, Site{
			Place: ShapePrefix + name, What: name, OldPos: s.Pos, NewPos: c.New.API.Pos, OldGo: t.all(), node: n,
		}, t, nil)
	}
}

// MemberSite is where the member stands that a field, or a variant, of a type is;
// before and after are the objects.
func (s *Site) MemberSite(was, is GoField, before, after string) Site {
	at := *s
	at.OldGo, at.NewGo = []string{before}, []string{after}
	a, b := s.node.old.Member(was.Member), s.node.new.Member(is.Member)
	if a != nil && b != nil {
		at.Place, at.What, at.OldPos, at.NewPos = s.node.place+"."+a.Name, a.Name+" of "+s.node.noun, a.Pos, b.Pos
	}
	return at
}

// IsGuess reports whether one side only guesses whether a field is a pointer.
func (s *Site) IsGuess(was, is GoField) bool {
	a, b := s.node.old.Member(was.Member), s.node.new.Member(is.Member)
	isGuess := a != nil && a.ZeroGuessed || b != nil && b.ZeroGuessed
	return isGuess && (was.Type == "*"+is.Type || is.Type == "*"+was.Type)
}

// ValueSite is where the values stand that two constants are, by their indices.
func (s *Site) ValueSite(i, j int) Site {
	n := s.node
	before, after := n.old.EnumValues[i], n.new.EnumValues[j]
	return Site{
		Place: n.place + "." + before.Name, What: n.oldType.Constants[i].Name, OldPos: before.Pos, NewPos: after.Pos,
		OldGo: n.oldType.constant(i), NewGo: n.newType.constant(j), node: n,
	}
}

// OwnerGo is the Go type that what stands here belongs to.
func (s *Site) OwnerGo() []string { return s.node.oldType.self() }

// NewOwnerGo is the Go type that it belongs to on the new side.
func (s *Site) NewOwnerGo() []string { return s.node.newType.self() }

// Wholes are the Go objects that hold what stands here and nothing else: the variants
// of unions.
func (s *Site) Wholes() (before, after []string) {
	whole := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(object string) bool { return Owner(object) != "" })
	}
	return whole(s.node.oldUse.names), whole(s.node.newUse.names)
}

// Owner is the object that another one belongs to: the type of a field; empty for
// none. "types" is a package.
func Owner(object string) string {
	switch owner := object[:max(strings.LastIndexByte(object, '.'), 0)]; owner {
	case "types", "(*Client)":
		return ""
	default:
		return owner
	}
}

// isChecked reports whether a missing member is noticed before a call is sent.
func isChecked(m *spec.Member) bool { return plan.IsChecked(m) }

// timestampFormat returns the format in which a member's timestamps travel. That of a
// service whose protocol can't be generated is the one that JSON has.
func (g *golang) timestampFormat(m *spec.Member) spec.TimestampFormat {
	if g.speaks == nil {
		return m.WireTimestamp(m.Location, spec.EpochSeconds)
	}
	return m.WireTimestamp(g.speaks.Location(m), g.speaks.Timestamps)
}

// Methods are the methods of the operations of those names.
func (s *Side) Methods(operations []string) []string {
	var all []string
	for _, op := range s.API.Operations {
		if slices.Contains(operations, op.Name) {
			all = append(all, s.method(op)...)
		}
	}
	return all
}

// Speaks is the protocol that the client speaks; empty when there is none.
func (s *Side) Speaks() spec.Protocol {
	if s.speaks == nil {
		return ""
	}
	return s.speaks.ID
}

// PackageName is what the Go package of the client is called.
func (s *Side) PackageName() string { return naming.Package(s.API.ID) }

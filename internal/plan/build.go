package plan

import (
	"slices"
	"strings"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// Config is what a plan depends on besides the model.
type Config struct {
	// Package is the Go package name; empty takes it from the service id.
	Package string
	// ImportPath is the client package's, Runtime that of the folder which
	// holds the runtime packages.
	ImportPath, Runtime string
	// Source names the spec for the headers.
	Source string
	// Protocol is what the client speaks; nil takes the preferred one of the service's.
	Protocol *protocol.Protocol
	// Lean leaves out what only hooks need.
	Lean bool
	// Module reports whether the client is a module of its own.
	Module Module
	// Presign are the operations that a user wants to presign beside those that the
	// official package presigns.
	Presign []PresignRequest
}

// Build plans a client for all operations of the API. What cannot be generated
// is returned as problems; see [Unsupported] to leave operations out first.
func Build(api *spec.API, cfg Config) (*Package, error) {
	pkg, problems := Draft(api, cfg)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return pkg, nil
}

// Draft plans as [Build] does, and returns what it has planned beside the problems:
// names that a comparison can use, although nothing should be rendered of them. There
// is no plan where some operation is not supported.
func Draft(api *spec.API, cfg Config) (*Package, spec.Problems) {
	if cfg.Protocol == nil {
		preferred, problem := protocol.For(api, "")
		if problem != nil {
			return nil, spec.Problems{*problem}
		}
		cfg.Protocol = preferred
	}
	b := newBuilder(api, cfg)
	for _, op := range api.Operations {
		b.problems = append(b.problems, unsupported(api, op, cfg.Protocol)...)
	}
	if len(b.problems) > 0 {
		return nil, b.problems
	}
	b.nameTypes()
	endpoint, problems := endpoints.Compile(api)
	b.pkg.Endpoint = endpoint
	b.problems = append(b.problems, problems...)
	for _, op := range api.Operations {
		b.operation(op)
	}
	b.unknownPresigns()
	b.discovery()
	b.endpointAuth()
	b.declareTypes()
	b.redactUnknown()
	b.planFunctions()
	slices.SortFunc(b.pkg.Operations, func(a, b *Operation) int { return strings.Compare(a.Name, b.Name) })
	b.pkg.Service.Doc = packageDoc(api, b.pkg)
	for _, op := range b.pkg.Operations {
		b.examples(op)
	}
	b.pkg.Auth = authGroups(b.api, b.pkg.Operations)
	slices.SortFunc(b.pkg.Events, func(a, b *Events) int { return strings.Compare(a.Union.Name, b.Union.Name) })
	return b.pkg, b.problems
}

// builder holds what planning has worked out so far.
type builder struct {
	api      *spec.API
	protocol *protocol.Protocol
	pkg      *Package
	problems spec.Problems
	// presign are the operations that the user wants to presign.
	presign []PresignRequest
	// types are the names of the package types, root the exported names of the client
	// package, private its others, methods those of the client, and files the names of
	// the files of operations in lower case.
	types, root, private, methods, files *naming.Scope
	// exampleNames are those of the functions that show calls.
	exampleNames *naming.Scope

	operations map[*spec.Operation]*Operation
	// waiting are the operations of waiters, by the Go names of these.
	waiting   map[string]*spec.Operation
	names     map[*spec.Shape]string
	functions map[*spec.Shape]functionNames
	structs   map[*spec.Shape]*Struct
	unions    map[*spec.Shape]*Union
	errors    map[*spec.Shape]*ErrorDecoder
	values    map[valueKey]*Value
	// encoded, decoded and validated are the shapes whose functions are needed.
	encoded, decoded *reached
	validates        map[*spec.Shape]bool
	// secret are the shapes that are sensitive or reach something that is.
	secret map[*spec.Shape]bool
	// nested are the shapes that members lead to, and errors. The others only ever are
	// an operation's input or output, and so are not part of the package types.
	nested map[*spec.Shape]bool
}

type valueKey struct {
	shape  *spec.Shape
	format spec.TimestampFormat
}

func newBuilder(api *spec.API, cfg Config) *builder {
	name := cfg.Package
	if name == "" {
		name = naming.Package(api.ID)
	}
	b := &builder{
		api: api, protocol: cfg.Protocol, presign: cfg.Presign,
		pkg: &Package{
			Name: name, ExamplesPackage: name + "_test", Qualifier: naming.NewScope(exampleVars...).Free(name),
			ImportPath: cfg.ImportPath, Runtime: cfg.Runtime, Source: cfg.Source, Lean: cfg.Lean, Module: cfg.Module,
			Service: service(api), Codec: cfg.Protocol.Codec, Requests: cfg.Protocol.Sender(), Errors: cfg.Protocol.Errors(api),
		},
		types: naming.NewScope(unknownMember), root: naming.NewScope(rootNames...),
		private: naming.NewScope(), methods: naming.NewScope("Options"), files: naming.NewScope(),
		exampleNames: naming.NewScope(),
		operations:   map[*spec.Operation]*Operation{}, waiting: map[string]*spec.Operation{},
		names: map[*spec.Shape]string{}, functions: map[*spec.Shape]functionNames{},
		structs: map[*spec.Shape]*Struct{}, unions: map[*spec.Shape]*Union{}, errors: map[*spec.Shape]*ErrorDecoder{},
		values: map[valueKey]*Value{}, encoded: &reached{shapes: map[*spec.Shape]bool{}},
		decoded: &reached{shapes: map[*spec.Shape]bool{}, inlines: cfg.Protocol.Codec.IsXML()},
		nested:  map[*spec.Shape]bool{},
	}
	b.validates, b.secret = needValidation(api), secretShapes(api)
	b.nameOperations()
	return b
}

// rootNames are the exported names that every client package has; operations
// make way for them.
var rootNames = []string{
	"Client", "New", "NewFromConfig", "Options", "ServiceID", "ServiceAPIVersion", "HTTPClient", "HTTPSignerV4",
	"IdempotencyTokenProvider", "EndpointParameters", "EndpointResolverV2", "EndpointResolverOptions",
	"NewDefaultEndpointResolverV2", "WithEndpointResolverV2", "EndpointDiscoveryOptions", "UnknownEventMessageError",
	"WithAPIOptions", "AuthResolverParameters", "AuthSchemeResolver",
	"EndpointResolver", "EndpointResolverFunc", "EndpointResolverFromURL", "NewDefaultEndpointResolver", "ResolveEndpoint",
	"WithEndpointResolver", "ExpressCredentialsProvider", "ResponseError", "GetHostIDMetadata",
	"ComputedInputChecksumsMetadata", "GetComputedInputChecksumsMetadata", "ChecksumValidationMetadata",
	"GetChecksumValidationMetadata", "WithSigV4SigningName", "WithSigV4SigningRegion",
	"WithSigV4ASigningRegions", "PresignPost", "PresignPostOptions", "PresignedPostRequest", "HTTPPresignerV4",
	"NewPresignClient", "PresignClient", "PresignOptions", "WithPresignClientFromClientOptions", "WithPresignExpires",
}

func service(api *spec.API) Service {
	title := api.Title
	if title == "" {
		title = api.ID
	}
	return Service{
		ID: api.ID, Title: title, APIVersion: api.Version, SigningName: api.SigningName,
		AgentName: naming.Package(api.ID), RetryCode: customizations[api.ID].retryCode,
		TokenVariable: customizations[api.ID].tokenVariable,
	}
}

// needValidation finds the structures and what holds them in which a required
// member may be missing: the least set that contains every structure with a
// required member and every shape that leads to one.
func needValidation(api *spec.API) map[*spec.Shape]bool {
	var inputs, targets []*spec.Shape
	for _, op := range api.Operations {
		if op.Input == nil {
			continue
		}
		inputs = append(inputs, op.Input)
		for _, m := range op.Input.Members {
			if !isEventStream(m) { // events are sent as they are
				targets = append(targets, m.Target)
			}
		}
	}
	follows := func(m *spec.Member) bool { return !isEventStream(m) }
	return leadingTo(append(spec.Closure(targets...), inputs...), func(s *spec.Shape) bool {
		return s.Kind == spec.Structure &&
			slices.ContainsFunc(s.Members, func(m *spec.Member) bool { return follows(m) && IsChecked(m) })
	}, follows)
}

// IsChecked reports whether a missing member can be seen: one that is required and
// whose Go type can say that it is absent. That of an intEnum can't: zero may be a value.
func IsChecked(m *spec.Member) bool {
	return m.Required && !m.HasZeroDefault() && m.Target.Kind != spec.IntEnum
}

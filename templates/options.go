package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// option is a field of Options.
type option struct {
	name string
	doc  []string
	typ  *jen.Statement
	// config names the field of aws.Config that NewFromConfig takes it from;
	// empty for none.
	config string
}

// options are the fields of Options, sorted by name.
func options(p *plan.Package) []option {
	all := []option{
		{"AppID", []string{"AppID names the application in the User-Agent header; it may be empty."}, jen.String(), "AppID"},
		{"AuthSchemePreference", []string{"AuthSchemePreference names authentication schemes to prefer, without namespace", "(\"sigv4\"), where an operation offers several; nil for the model's order."}, jen.Index().String(), "AuthSchemePreference"},
		{"BaseEndpoint", []string{"BaseEndpoint is the URL to send to in place of the service's own; nil for that. It", "is given to the EndpointResolverV2, which may build on it."}, jen.Op("*").String(), ""},
	}
	if p.Needs.Bearer {
		all = append(all, option{"BearerAuthTokenProvider", []string{"BearerAuthTokenProvider gives the tokens for operations with bearer authentication."}, jen.Qual(jenx.SmithyBearer, "TokenProvider"), "BearerAuthTokenProvider"})
	}
	if p.Needs.Checksum {
		all = append(all, checksumOptions()...)
	}
	if p.Needs.Compression {
		all = append(all, compressionOptions()...)
	}
	return append(all,
		option{"ClientLogMode", []string{"ClientLogMode says what is logged. Secrets and members that the model marks as", "sensitive never are."}, jen.Qual(jenx.AWS, "ClientLogMode"), "ClientLogMode"},
		option{"Credentials", []string{"Credentials sign the requests; nil sends them unsigned."}, jen.Qual(jenx.AWS, "CredentialsProvider"), "Credentials"},
		option{"DefaultsMode", []string{"DefaultsMode sets the timeouts of the default HTTP client and the default retry mode."}, jen.Qual(jenx.AWS, "DefaultsMode"), "DefaultsMode"},
		option{"DisableClockSkewCorrection", []string{"DisableClockSkewCorrection signs with the local time, also when the service's clock is", "known to differ, and tries no call again because of it."}, jen.Bool(), ""},
		option{"EndpointOptions", []string{"EndpointOptions choose among the service's endpoints: FIPS, dual-stack, no TLS."}, jen.Id("EndpointResolverOptions"), ""},
		option{"EndpointResolverV2", []string{"EndpointResolverV2 finds the endpoint of each call; nil for the service's own rules."}, jen.Id("EndpointResolverV2"), ""},
		option{"HTTPClient", []string{"HTTPClient sends the requests; nil for a client with the SDK's default timeouts. It", "should not follow redirects."}, jen.Id("HTTPClient"), "HTTPClient"},
		option{"HTTPSignerV4", []string{"HTTPSignerV4 signs with Signature Version 4; nil for the default signer."}, jen.Id("HTTPSignerV4"), ""},
		option{"IdempotencyTokenProvider", []string{"IdempotencyTokenProvider fills idempotency tokens that the caller left out; nil for", "random UUIDs."}, jen.Id("IdempotencyTokenProvider"), ""},
		option{"Logger", []string{"Logger takes what ClientLogMode asks for; nil logs nothing."}, jen.Qual(jenx.SmithyLogging, "Logger"), "Logger"},
		option{"Region", []string{"Region is the region to call, which the default endpoints need."}, jen.String(), "Region"},
		option{"RetryMaxAttempts", []string{"RetryMaxAttempts limits the attempts of a call, the first one included; 0 leaves", "that to the Retryer. In the options of a single call it limits that call."}, jen.Int(), "RetryMaxAttempts"},
		option{"RetryMode", []string{"RetryMode chooses the default Retryer; without effect when Retryer is set."}, jen.Qual(jenx.AWS, "RetryMode"), "RetryMode"},
		option{"Retryer", []string{"Retryer decides which failures are tried again and when; nil for that of RetryMode."}, jen.Qual(jenx.AWS, "Retryer"), ""},
		option{"RuntimeEnvironment", []string{"RuntimeEnvironment tells DefaultsMode \"auto\" where the client runs."}, jen.Qual(jenx.AWS, "RuntimeEnvironment"), "RuntimeEnvironment"},
	)
}

func checksumOptions() []option {
	return []option{
		{"RequestChecksumCalculation", []string{"RequestChecksumCalculation says whether requests carry a checksum wherever the model", "allows it, which is the default, or only where it must be."}, jen.Qual(jenx.AWS, "RequestChecksumCalculation"), "RequestChecksumCalculation"},
		{"ResponseChecksumValidation", []string{"ResponseChecksumValidation says whether responses are compared with their checksum", "wherever the model allows it, which is the default, or only where the input asks for", "it."}, jen.Qual(jenx.AWS, "ResponseChecksumValidation"), "ResponseChecksumValidation"},
	}
}

func compressionOptions() []option {
	return []option{
		{"DisableRequestCompression", []string{"DisableRequestCompression sends request bodies as they are."}, jen.Bool(), "DisableRequestCompression"},
		{"RequestMinCompressSizeBytes", []string{"RequestMinCompressSizeBytes is the size from which on bodies are compressed."}, jen.Int64(), "RequestMinCompressSizeBytes"},
	}
}

// renderOptions writes options.go: the settings of a client, what they are made
// of, and how they come from an aws.Config.
func renderOptions(p *plan.Package) *jen.File {
	f := clientFile(p)
	all := options(p)
	f.Comment("// Options are the settings of a Client, and of a single call.")
	f.Type().Id("Options").StructFunc(func(g *jen.Group) {
		for _, o := range all {
			jenx.Doc(g, o.doc)
			g.Id(o.name).Add(o.typ)
			g.Line()
		}
		renderEndpointOptionFields(g, p.Endpoint)
		g.Comment("// defaultsMode is what DefaultsMode came to when the client was made.")
		g.Id("defaultsMode").Qual(jenx.AWS, "DefaultsMode")
		g.Comment("// refused is what every call fails with, if the client's configuration asks for what")
		g.Comment("// it does not do.")
		g.Id("refused").Error()
	})
	f.Line()
	f.Comment("// Copy returns a copy of the options.")
	f.Func().Params(jen.Id("o").Id("Options")).Id("Copy").Params().Id("Options").Block(jen.Return(jen.Id("o")))
	renderOptionTypes(f.Group)
	renderEndpointResolverOptions(f.Group)
	renderWithFunctions(f.Group)
	renderNewFromConfig(f.Group, p, all)
	return f
}

// renderOptionTypes writes the interfaces that options are.
func renderOptionTypes(g *jen.Group) {
	g.Line()
	g.Comment("// HTTPClient sends requests, as *http.Client does.")
	g.Type().Id("HTTPClient").Interface(
		jen.Id("Do").Params(jen.Op("*").Qual("net/http", "Request")).Params(jen.Op("*").Qual("net/http", "Response"), jen.Error()),
	)
	g.Line()
	g.Comment("// HTTPSignerV4 signs a request with Signature Version 4.")
	g.Type().Id("HTTPSignerV4").Interface(
		jen.Id("SignHTTP").Params(
			jen.Id("ctx").Qual("context", "Context"),
			jen.Id("credentials").Qual(jenx.AWS, "Credentials"),
			jen.Id("r").Op("*").Qual("net/http", "Request"),
			jen.Id("payloadHash").String(), jen.Id("service").String(), jen.Id("region").String(),
			jen.Id("signingTime").Qual("time", "Time"),
			jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Qual(jenx.AWSSigner, "SignerOptions")),
		).Error(),
	)
	g.Line()
	g.Comment("// IdempotencyTokenProvider gives a new idempotency token a call.")
	g.Type().Id("IdempotencyTokenProvider").Interface(
		jen.Id("GetIdempotencyToken").Params().Params(jen.String(), jen.Error()),
	)
}

func renderEndpointResolverOptions(g *jen.Group) {
	g.Line()
	g.Comment("// EndpointResolverOptions choose among the service's endpoints.")
	g.Type().Id("EndpointResolverOptions").Struct(
		jen.Comment("// Logger is there for compatibility; endpoint resolution logs nothing."),
		jen.Id("Logger").Qual(jenx.SmithyLogging, "Logger"),
		jen.Line(),
		jen.Comment("// LogDeprecated is there for compatibility."),
		jen.Id("LogDeprecated").Bool(),
		jen.Line(),
		jen.Comment("// ResolvedRegion replaces the region in endpoints. It is set for pseudo-regions"),
		jen.Comment("// such as fips-us-east-1; applications should not set it."),
		jen.Id("ResolvedRegion").String(),
		jen.Line(),
		jen.Comment("// DisableHTTPS sends requests without TLS."),
		jen.Id("DisableHTTPS").Bool(),
		jen.Line(),
		jen.Comment("// UseDualStackEndpoint asks for an endpoint that also speaks IPv6."),
		jen.Id("UseDualStackEndpoint").Qual(jenx.AWS, "DualStackEndpointState"),
		jen.Line(),
		jen.Comment("// UseFIPSEndpoint asks for an endpoint with validated cryptography."),
		jen.Id("UseFIPSEndpoint").Qual(jenx.AWS, "FIPSEndpointState"),
	)
	for _, get := range []struct {
		field string
		typ   *jen.Statement
	}{
		{"ResolvedRegion", jen.String()},
		{"DisableHTTPS", jen.Bool()},
		{"UseDualStackEndpoint", jen.Qual(jenx.AWS, "DualStackEndpointState")},
		{"UseFIPSEndpoint", jen.Qual(jenx.AWS, "FIPSEndpointState")},
	} {
		g.Line()
		g.Commentf("// Get%s returns the field.", get.field)
		g.Func().Params(jen.Id("o").Id("EndpointResolverOptions")).Id("Get" + get.field).Params().Add(get.typ).Block(
			jen.Return(jen.Id("o").Dot(get.field)),
		)
	}
}

// func With<X>(v <X>) func(*Options) { return func(o *Options) { o.<X> = v } }
func renderWithFunctions(g *jen.Group) {
	g.Line()
	g.Comment("// WithEndpointResolverV2 returns an option that sets the EndpointResolverV2.")
	g.Func().Id("WithEndpointResolverV2").Params(jen.Id("v").Id("EndpointResolverV2")).Func().Params(jen.Op("*").Id("Options")).Block(
		jen.Return(jen.Func().Params(jen.Id("o").Op("*").Id("Options")).Block(jen.Id("o").Dot("EndpointResolverV2").Op("=").Id("v"))),
	)
}

func renderNewFromConfig(g *jen.Group, p *plan.Package, all []option) {
	transport := runtimePackage(p, "transport")
	g.Line()
	g.Comment("// NewFromConfig returns a client with the settings of cfg, as far as it has them, and")
	g.Comment("// then those of cfg.ServiceOptions and the options given. If cfg has APIOptions,")
	g.Comment("// Interceptors, an EndpointResolver or an EndpointResolverWithOptions, each of which the")
	g.Comment("// client does not support, every call returns an error that says so.")
	g.Func().Id("NewFromConfig").Params(
		jen.Id("cfg").Qual(jenx.AWS, "Config"), jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id("Options")),
	).Op("*").Id("Client").Block(
		jen.Id("options").Op(":=").Id("Options").ValuesFunc(func(g *jen.Group) {
			for _, o := range all {
				if o.config != "" {
					g.Line().Id(o.name).Op(":").Id("cfg").Dot(o.config)
				}
			}
			g.Line().Id("BaseEndpoint").Op(":").Qual(transport, "BaseEndpoint").Call(jen.Id("cfg"), jen.Id("ServiceID"))
			g.Line().Id("DisableClockSkewCorrection").Op(":").Qual(transport, "DisableClockSkewCorrection").Call(jen.Id("cfg"))
			g.Line().Id("refused").Op(":").Qual(transport, "RefuseConfig").Call(jen.Id("cfg"))
			g.Line()
		}),
		jen.If(jen.Id("cfg").Dot("Retryer").Op("!=").Nil()).Block(
			jen.Id("options").Dot("Retryer").Op("=").Id("cfg").Dot("Retryer").Call(),
		),
		fromSources(transport, "UseDualStackEndpoint"),
		fromSources(transport, "UseFIPSEndpoint"),
		jen.Return(jen.Id("New").Call(jen.Id("options"), jen.Func().Params(jen.Id("o").Op("*").Id("Options")).Block(
			jen.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("cfg").Dot("ServiceOptions")).Block(jen.Id("fn").Call(jen.Id("ServiceID"), jen.Id("o"))),
			jen.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("optFns")).Block(jen.Id("fn").Call(jen.Id("o"))),
		))),
	)
}

// if state, ok := transport.<X>(cfg); ok { options.EndpointOptions.<X> = state }
func fromSources(transport, name string) *jen.Statement {
	return jen.If(
		jen.List(jen.Id("state"), jen.Id("ok")).Op(":=").Qual(transport, name).Call(jen.Id("cfg")), jen.Id("ok"),
	).Block(jen.Id("options").Dot("EndpointOptions").Dot(name).Op("=").Id("state"))
}

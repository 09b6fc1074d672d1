package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// clientFile begins a file of the client package.
func clientFile(p *plan.Package) *jen.File {
	f := jenx.File(p.ImportPath, p.Name, p.Source)
	for _, name := range []string{"types", "document"} {
		f.ImportName(p.ImportPath+"/"+name, name)
	}
	for _, name := range runtimePackages(p) {
		f.ImportName(runtimePackage(p, name), name)
	}
	f.ImportAlias(runtimePackage(p, "document"), "internaldocument")
	return f
}

// renderClient writes client.go: the client, its constructor and the way from a
// method to the runtime.
func renderClient(p *plan.Package) *jen.File {
	f := clientFile(p)
	renderClientConstants(f.Group, p)
	renderClientType(f.Group, p)
	renderNew(f.Group, p)
	renderClientOptions(f.Group)
	renderSettings(f.Group, p)
	renderSettingsFor(f.Group, p)
	f.Line()
	renderNoSerde(f.Group)
	return f
}

func renderClientConstants(g *jen.Group, p *plan.Package) {
	g.Comment("// ServiceID names the service in errors and in the configuration of endpoints.")
	g.Const().Id("ServiceID").Op("=").Lit(p.Service.ID)
	g.Line()
	g.Comment("// ServiceAPIVersion is the version of the API that the client speaks.")
	g.Const().Id("ServiceAPIVersion").Op("=").Lit(p.Service.APIVersion)
}

func renderClientType(g *jen.Group, p *plan.Package) {
	g.Line()
	g.Add(jenx.Comment([]string{"Client calls " + p.Service.Title + ". It may be used by several goroutines at once."}))
	g.Type().Id("Client").Struct(
		jen.Id("options").Id("Options"),
		jen.Id("settings").Op("*").Qual(runtimePackage(p, "transport"), "Settings"),
		jen.Id("endpoints").Qual(runtimePackage(p, "transport"), "EndpointCache"),
		jen.Comment("// timeOffset is what the service's clock is ahead of ours, in nanoseconds."),
		jen.Id("timeOffset").Qual("sync/atomic", "Int64"),
	)
}

// renderNew writes New: defaults first, then the caller's functions, then what
// follows from both.
func renderNew(g *jen.Group, p *plan.Package) {
	transport := runtimePackage(p, "transport")
	o := func(name string) *jen.Statement { return jen.Id("options").Dot(name) }
	g.Line()
	g.Comment("// New returns a client with the options, after the functions have changed them.")
	g.Func().Id("New").Params(
		jen.Id("options").Id("Options"), jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id("Options")),
	).Op("*").Id("Client").Block(
		jen.Id("options").Dot("setDefaults").Call(),
		jen.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("optFns")).Block(jen.Id("fn").Call(jen.Op("&").Id("options"))),
		o("Retryer").Op("=").Qual(transport, "LimitAttempts").Call(o("Retryer"), o("RetryMaxAttempts")),
		o("Credentials").Op("=").Qual(transport, "SigningCredentials").Call(o("Credentials")),
		jen.Id("c").Op(":=").Op("&").Id("Client").Values(jen.Id("options").Op(":").Id("options")),
		jen.Id("c").Dot("settings").Op("=").Id("c").Dot("newSettings").Call(jen.Op("&").Id("c").Dot("options")),
		jen.Return(jen.Id("c")),
	)
	g.Line()
	g.Comment("// setDefaults fills what a client can't do without.")
	g.Func().Params(jen.Id("o").Op("*").Id("Options")).Id("setDefaults").Params().BlockFunc(func(g *jen.Group) {
		field := func(name string) *jen.Statement { return jen.Id("o").Dot(name) }
		orElse := func(name string, value jen.Code) {
			g.If(field(name).Op("==").Nil()).Block(field(name).Op("=").Add(value))
		}
		g.Add(field("defaultsMode")).Op("=").Qual(transport, "ResolveDefaultsMode").Call(field("DefaultsMode"), field("Region"), field("RuntimeEnvironment"))
		g.If(field("Retryer").Op("==").Nil()).Block(
			field("RetryMode").Op("=").Qual(transport, "ResolveRetryMode").Call(field("RetryMode"), field("defaultsMode")),
			field("Retryer").Op("=").Qual(transport, "NewRetryer").Call(field("RetryMode"), field("RetryMaxAttempts")),
		)
		g.Add(field("HTTPClient")).Op("=").Qual(transport, "NewHTTPClient").Call(field("HTTPClient"), field("defaultsMode"))
		orElse("Logger", jen.Qual(jenx.SmithyLogging, "Nop").Values())
		orElse("HTTPSignerV4", jen.New(jen.Qual(runtimePackage(p, "sigv4"), "Signer")))
		orElse("IdempotencyTokenProvider", jen.Qual(transport, "NewIdempotencyTokens").Call())
		orElse("EndpointResolverV2", jen.Id("NewDefaultEndpointResolverV2").Call())
	})
}

func renderClientOptions(g *jen.Group) {
	g.Line()
	g.Comment("// Options returns a copy of the client's options.")
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("Options").Params().Id("Options").Block(
		jen.Return(jen.Id("c").Dot("options").Dot("Copy").Call()),
	)
}

// renderSettings writes how options become the settings of calls.
func renderSettings(g *jen.Group, p *plan.Package) {
	transport := runtimePackage(p, "transport")
	o := func(name string) *jen.Statement { return jen.Id("o").Dot(name) }
	g.Line()
	g.Comment("// newSettings makes of options what calls need.")
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("newSettings").Params(jen.Id("o").Op("*").Id("Options")).Op("*").Qual(transport, "Settings").Block(
		jen.Id("agent").Op(":=").Qual(transport, "UserAgent").Values(
			jen.Line().Id("API").Op(":").Lit(p.Service.AgentName), jen.Line().Id("Version").Op(":").Id("ServiceAPIVersion"),
			jen.Line().Id("AppID").Op(":").Add(o("AppID")), jen.Line().Id("Retryer").Op(":").Add(o("Retryer")),
			jen.Line().Id("Credentials").Op(":").Add(o("Credentials")), jen.Line(),
		),
		jen.Return(jen.Qual(transport, "NewSettings").Call(jen.Qual(transport, "Settings").ValuesFunc(func(g *jen.Group) {
			field := func(name string, value *jen.Statement) { g.Line().Id(name).Op(":").Add(value) }
			field("ServiceID", jen.Id("ServiceID"))
			field("SigningName", jen.Lit(p.Service.SigningName))
			field("ErrorInfo", jen.Qual(codec(p), p.Errors.Info))
			field("Refused", jen.Id("c").Dot("options").Dot("refused"))
			field("Region", o("Region"))
			field("HTTPClient", o("HTTPClient"))
			field("ResolveEndpoint", jen.Func().Params(
				jen.Id("ctx").Qual("context", "Context"), jen.Id("in").Any(),
			).Params(jen.Op("*").Qual(transport, "Endpoint"), jen.Error()).Block(
				jen.Return(jen.Id("c").Dot("resolveEndpoint").Call(jen.Id("ctx"), jen.Id("o"), jen.Id("in"))),
			))
			field("Credentials", o("Credentials"))
			if p.Needs.Bearer {
				field("BearerTokens", o("BearerAuthTokenProvider"))
			}
			field("AuthPreference", o("AuthSchemePreference"))
			field("Signer", o("HTTPSignerV4"))
			field("Retryer", o("Retryer"))
			field("IdempotencyTokens", o("IdempotencyTokenProvider"))
			field("Logger", o("Logger"))
			field("LogMode", o("ClientLogMode"))
			if p.Needs.Compression {
				field("CompressFrom", jen.Qual(transport, "CompressFrom").Call(o("DisableRequestCompression"), o("RequestMinCompressSizeBytes")))
			}
			if p.Needs.Checksum {
				field("ChecksumWhenRequired", o("RequestChecksumCalculation").Op("==").Qual(jenx.AWS, "RequestChecksumCalculationWhenRequired"))
				field("VerifyWhenRequired", o("ResponseChecksumValidation").Op("==").Qual(jenx.AWS, "ResponseChecksumValidationWhenRequired"))
			}
			field("UserAgent", jen.Id("agent").Dot("String").Call())
			field("TimeOffset", jen.Op("&").Id("c").Dot("timeOffset"))
			field("DisableHTTPS", o("EndpointOptions").Dot("DisableHTTPS"))
			field("DisableClockSkewCorrection", o("DisableClockSkewCorrection"))
			g.Line()
		}))),
	)
}

// renderSettingsFor writes where the settings of every call come from: the client's, or
// its own when it has option functions.
func renderSettingsFor(g *jen.Group, p *plan.Package) {
	transport := runtimePackage(p, "transport")
	g.Line()
	g.Comment("// settingsFor returns the client's settings, or those of a call with option functions.")
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("settingsFor").Params(
		jen.Id("optFns").Index().Func().Params(jen.Op("*").Id("Options")),
	).Op("*").Qual(transport, "Settings").Block(
		jen.If(jen.Len(jen.Id("optFns")).Op("==").Lit(0)).Block(jen.Return(jen.Id("c").Dot("settings"))),
		jen.Id("options").Op(":=").Id("c").Dot("options").Dot("Copy").Call(),
		jen.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("optFns")).Block(jen.Id("fn").Call(jen.Op("&").Id("options"))),
		jen.If(jen.Id("options").Dot("RetryMaxAttempts").Op("!=").Id("c").Dot("options").Dot("RetryMaxAttempts")).Block(
			jen.Id("options").Dot("Retryer").Op("=").Qual(transport, "LimitAttempts").Call(jen.Id("options").Dot("Retryer"), jen.Id("options").Dot("RetryMaxAttempts")),
		),
		jen.Return(jen.Id("c").Dot("newSettings").Call(jen.Op("&").Id("options"))),
	)
}

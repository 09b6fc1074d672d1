package endpoints

import (
	"fmt"
	"slices"
	"strings"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// builtIn is a setting of the client that feeds a parameter.
type builtIn struct {
	name   string
	kind   Kind
	source Source
	// option is the field of the options that exists for the built-in alone;
	// empty for those that every client has.
	option, doc string
}

// builtIns are the built-ins of the rules engine and of its AWS extension.
// Those from nothing are settings that the official client does not have: the
// parameter keeps its default.
func builtIns() []builtIn {
	return []builtIn{
		{"AWS::Region", String, FromRegion, "", ""},
		{"AWS::UseFIPS", Bool, FromFIPS, "", ""},
		{"AWS::UseDualStack", Bool, FromDualStack, "", ""},
		{"SDK::Endpoint", String, FromBaseEndpoint, "", ""},
		{"AWS::Auth::AccountId", String, FromAccountID, "", ""},
		{"AWS::Auth::AccountIdEndpointMode", String, FromAccountIDMode, "", ""},
		{"AWS::Auth::CredentialScope", String, FromNothing, "", ""},
		{
			"AWS::S3::Accelerate", Bool, FromFlag, "UseAccelerate",
			"UseAccelerate sends requests to S3 Transfer Acceleration endpoints.",
		},
		{
			"AWS::S3::DisableMultiRegionAccessPoints", Bool, FromFlag, "DisableMultiRegionAccessPoints",
			"DisableMultiRegionAccessPoints refuses Multi-Region Access Points.",
		},
		{
			"AWS::S3::ForcePathStyle", Bool, FromFlag, "UsePathStyle",
			"UsePathStyle puts the bucket into the path instead of the host name.",
		},
		{
			"AWS::S3::UseArnRegion", Bool, FromFlag, "UseARNRegion",
			"UseARNRegion takes the region from an ARN that names one instead of from Region.",
		},
		{
			"AWS::S3Control::UseArnRegion", Bool, FromFlag, "UseARNRegion",
			"UseARNRegion takes the region from an ARN that names one instead of from Region.",
		},
		{"AWS::S3::UseGlobalEndpoint", Bool, FromNothing, "", ""},
		{"AWS::STS::UseGlobalEndpoint", Bool, FromNothing, "", ""},
	}
}

// addParams plans the fields of EndpointParameters and of the options that
// feed them.
func (r *Resolver) addParams(params []spec.EndpointParameter, problems *spec.Problems) {
	fields := map[string]bool{}
	for _, p := range params {
		param := Param{
			Name: p.Name, GoName: naming.Exported(p.Name), CallKey: naming.Exported(p.Name) + "OfCall", Kind: paramKind(p.Type),
			Required: p.Required, Default: p.Default,
		}
		switch {
		case fields[param.GoName]:
			problems.Add(p.Pos, "rename one of them", "two endpoint parameters give the Go field %s", param.GoName)
		case slices.Contains(methods, param.GoName):
			problems.Add(p.Pos, "rename it", "endpoint parameter %s has the name of a method of all parameters", p.Name)
		case p.Client && p.BuiltIn == "" && slices.Contains(clientOptions, param.GoName):
			problems.Add(p.Pos, "rename it", "endpoint parameter %s has the name of an option that clients have", p.Name)
		}
		fields[param.GoName] = true
		r.bind(&param, p, problems)
		param.Doc = paramDoc(p, param.Source, param.Field)
		r.Params = append(r.Params, param)
	}
}

// methods are those that EndpointParameters has.
var methods = []string{"ValidateRequired", "WithDefaults"}

// clientOptions are the options that clients have whatever the rules are. A test holds the list
// to them.
var clientOptions = []string{
	"APIOptions", "AccountIDEndpointMode", "AppID", "AuthSchemePreference", "AuthSchemeResolver",
	"AuthSchemes", "BaseEndpoint", "BearerAuthSigner", "BearerAuthTokenProvider", "ClientLogMode",
	"ContinueHeaderThresholdBytes", "Credentials", "DefaultsMode", "DisableClockSkewCorrection",
	"DisableLogOutputChecksumValidationSkipped", "DisableMessageChecksumValidation",
	"DisableRequestCompression", "DisableValidateResponseChecksum", "EnableAcceptEncodingGzip",
	"EndpointDiscovery", "EndpointOptions", "EndpointResolver", "EndpointResolverV2", "ExpressCredentials",
	"HTTPClient", "HTTPSignerV4", "IdempotencyTokenProvider", "Interceptors", "Logger", "MeterProvider",
	"Region", "RequestChecksumCalculation", "RequestMinCompressSizeBytes", "ResponseChecksumValidation",
	"RetryMaxAttempts", "RetryMode", "Retryer", "RuntimeEnvironment", "TracerProvider", "UseDualstack",
}

// bind finds the source of a parameter.
func (r *Resolver) bind(param *Param, p spec.EndpointParameter, problems *spec.Problems) {
	if p.BuiltIn == "" {
		if p.Client && param.Kind != Strings {
			param.Source, param.Field = FromPointer, param.GoName
			r.Options = append(r.Options, Option{param.GoName, param.Kind, true, doctext.Parse(p.Documentation).Comment()})
		}
		return
	}
	table := builtIns()
	at := slices.IndexFunc(table, func(b builtIn) bool { return b.name == p.BuiltIn })
	if at < 0 {
		problems.Add(p.Pos, "", "endpoint parameter %s is fed by %q, which is not a known setting", p.Name, p.BuiltIn)
		return
	}
	b := table[at]
	if b.kind != param.Kind {
		problems.Add(p.Pos, "", "endpoint parameter %s has another type than %s", p.Name, p.BuiltIn)
		return
	}
	param.Source, param.Field = b.source, b.option
	if b.option != "" {
		r.Options = append(r.Options, Option{b.option, b.kind, false, doctext.Of(b.doc).Comment()})
	}
	r.AccountID = r.AccountID || b.source == FromAccountID || b.source == FromAccountIDMode
}

// paramDoc describes a field of EndpointParameters: what the model says,
// and where its value comes from.
func paramDoc(p spec.EndpointParameter, source Source, field string) []string {
	doc := doctext.Parse(p.Documentation)
	fact := ""
	switch {
	case p.Default != nil:
		fact = fmt.Sprintf("It is %#v when it is not set.", p.Default)
	case p.Required:
		fact = "It must be set."
	}
	if from := sourceName(source, field); from != "" {
		fact = strings.TrimSpace(fact + " The client takes it from " + from + ".")
	}
	if fact != "" {
		doc = doc.With(fact)
	}
	if d := p.Deprecated; d != nil {
		doc = doc.With(doctext.Deprecation(d.Message, d.Since))
	}
	return doc.Comment()
}

func sourceName(source Source, field string) string {
	switch source {
	case FromRegion:
		return "Options.Region"
	case FromFIPS:
		return "Options.EndpointOptions.UseFIPSEndpoint"
	case FromDualStack:
		return "Options.EndpointOptions.UseDualStackEndpoint"
	case FromBaseEndpoint:
		return "Options.BaseEndpoint"
	case FromAccountID:
		return "the credentials"
	case FromAccountIDMode:
		return "Options.AccountIDEndpointMode"
	case FromFlag, FromPointer:
		return "Options." + field
	default:
		return ""
	}
}

func paramKind(name string) Kind {
	switch name {
	case "boolean":
		return Bool
	case "stringArray":
		return Strings
	default:
		return String
	}
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// endpointBuiltIn is a setting of the client that feeds a parameter.
type endpointBuiltIn struct {
	name   string
	kind   EndpointKind
	source EndpointSource
	// option is the field of the options that exists for the built-in alone;
	// empty for those that every client has.
	option, doc string
}

// endpointBuiltIns are the built-ins of the rules engine and of its AWS extension.
// Those from nothing are settings that the official client does not have: the
// parameter keeps its default.
func endpointBuiltIns() []endpointBuiltIn {
	return []endpointBuiltIn{
		{"AWS::Region", EndpointString, FromRegion, "", ""},
		{"AWS::UseFIPS", EndpointBool, FromFIPS, "", ""},
		{"AWS::UseDualStack", EndpointBool, FromDualStack, "", ""},
		{"SDK::Endpoint", EndpointString, FromBaseEndpoint, "", ""},
		{"AWS::Auth::AccountId", EndpointString, FromAccountID, "", ""},
		{"AWS::Auth::AccountIdEndpointMode", EndpointString, FromAccountIDMode, "", ""},
		{"AWS::Auth::CredentialScope", EndpointString, FromNothing, "", ""},
		{"AWS::S3::Accelerate", EndpointBool, FromFlag, "UseAccelerate", "UseAccelerate sends requests to S3 Transfer Acceleration endpoints."},
		{"AWS::S3::DisableMultiRegionAccessPoints", EndpointBool, FromFlag, "DisableMultiRegionAccessPoints", "DisableMultiRegionAccessPoints refuses Multi-Region Access Points."},
		{"AWS::S3::ForcePathStyle", EndpointBool, FromFlag, "UsePathStyle", "UsePathStyle puts the bucket into the path instead of the host name."},
		{"AWS::S3::UseArnRegion", EndpointBool, FromFlag, "UseARNRegion", "UseARNRegion takes the region from an ARN that names one instead of from Region."},
		{"AWS::S3Control::UseArnRegion", EndpointBool, FromFlag, "UseARNRegion", "UseARNRegion takes the region from an ARN that names one instead of from Region."},
		{"AWS::S3::UseGlobalEndpoint", EndpointBool, FromNothing, "", ""},
		{"AWS::STS::UseGlobalEndpoint", EndpointBool, FromNothing, "", ""},
	}
}

// endpointParams plans the fields of EndpointParameters and of the options that
// feed them.
func (e *Endpoint) addParams(params []spec.EndpointParameter, problems *spec.Problems) {
	fields := map[string]bool{}
	for _, p := range params {
		param := EndpointParam{
			Name: p.Name, GoName: naming.Exported(p.Name), Kind: paramKind(p.Type),
			Required: p.Required, Default: p.Default,
		}
		if fields[param.GoName] {
			problems.Add(p.Pos, "rename one of them", "two endpoint parameters give the Go field %s", param.GoName)
		}
		fields[param.GoName] = true
		e.bind(&param, p, problems)
		param.Doc = endpointParamDoc(p, param.Source, param.Field)
		e.Params = append(e.Params, param)
	}
}

// bind finds the source of a parameter.
func (e *Endpoint) bind(param *EndpointParam, p spec.EndpointParameter, problems *spec.Problems) {
	if p.BuiltIn == "" {
		if p.Client && param.Kind != EndpointStrings {
			param.Source, param.Field = FromPointer, param.GoName
			e.Options = append(e.Options, EndpointOption{param.GoName, param.Kind, true, comment(doctext.Parse(p.Documentation))})
		}
		return
	}
	table := endpointBuiltIns()
	at := slices.IndexFunc(table, func(b endpointBuiltIn) bool { return b.name == p.BuiltIn })
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
		e.Options = append(e.Options, EndpointOption{b.option, b.kind, false, comment(doctext.Of(b.doc))})
	}
	e.AccountID = e.AccountID || b.source == FromAccountID || b.source == FromAccountIDMode
}

// endpointParamDoc describes a field of EndpointParameters: what the model says,
// and where its value comes from.
func endpointParamDoc(p spec.EndpointParameter, source EndpointSource, field string) []string {
	doc := doctext.Parse(p.Documentation)
	fact := ""
	switch {
	case p.Default != nil:
		fact = fmt.Sprintf("It is %#v when it is not set.", p.Default)
	case p.Required:
		fact = "It must be set."
	}
	if from := endpointSourceName(source, field); from != "" {
		fact = strings.TrimSpace(fact + " The client takes it from " + from + ".")
	}
	if fact != "" {
		doc = doc.With(fact)
	}
	return comment(doc, deprecation(p.Deprecated)...)
}

func endpointSourceName(source EndpointSource, field string) string {
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

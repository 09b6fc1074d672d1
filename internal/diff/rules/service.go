package rules

import (
	"example.com/lathe/spec"
)

func serviceRules() []Rule {
	return []Rule{
		{
			ID: "service-renamed", Title: "The service shape has another name",
			Sentence: "the service {old} is now called {new}",
			Why:      "The name of the service shape is not in the client and not on the wire; clients are named after the service id.",
			Do:       "Nothing.",
			Example:  "service AWSGirApiService becomes Lambda",
			check:    services.differ(func(a *spec.API) string { return a.Name }),
		},
		{
			ID: "service-id-changed", Title: "The service id changed",
			Go: always(Notable), Behaviour: always(Notable),
			Sentence: "the service id changed from {old} to {new}",
			Why:      "The Go package is named after the service id unless lathe.yaml names it, and so are the variable and the section of the shared configuration that set the service's endpoint (AWS_ENDPOINT_URL_<ID>). Errors of calls name it.",
			Do:       "Set package in lathe.yaml to keep the Go package's name, and look for the old id in configuration and alarms.",
			Example:  "serviceId: DataZone becomes Data Zone",
			check:    services.differ(func(a *spec.API) string { return a.ID }),
		},
		{
			ID: "api-version-changed", Title: "The API version changed",
			Behaviour: always(Notable),
			Sentence:  "the API version changed from {old} to {new}",
			Why:       "The version is the constant ServiceAPIVersion; some services are sent it. Services that change it usually change more.",
			Do:        "Read the service's notes on the new version.",
			Example:   `apiVersion: "2018-05-10" becomes "2026-01-01"`,
			check:     services.differ(func(a *spec.API) string { return a.Version }),
		},
		{
			ID: "protocol-removed", Title: "A protocol is no longer spoken",
			Wire:     always(Breaking),
			Sentence: "the service no longer speaks {old}",
			Why:      "A client speaks the one protocol that it was generated for.",
			Do:       "Generate the client again for a protocol that is left, before the service turns the old one off.",
			Example:  "protocols: [rest-json] becomes [smithy-rpc-v2-cbor]",
			Whole:    true,
			check:    services.lost(protocols),
		},
		{
			ID: "protocol-added", Title: "One more protocol is spoken",
			Sentence: "the service also speaks {new}",
			Why:      "What was spoken is still spoken.",
			Do:       "Nothing.",
			Example:  "protocols: [json] becomes [json, smithy-rpc-v2-cbor]",
			check:    services.gained(protocols),
		},
		{
			ID: "signing-name-changed", Title: "Requests are signed for another service name",
			Wire:     always(Breaking),
			Sentence: "requests are signed for {new} instead of {old}",
			Why:      "The name is part of the credential scope of a signature. A service refuses a signature for another name.",
			Do:       "Roll the new client out together with the service.",
			Example:  "signingName: datazone becomes datacatalog",
			Whole:    true,
			check:    services.differ(func(a *spec.API) string { return a.SigningName }),
		},
		{
			ID: "endpoint-prefix-changed", Title: "The endpoint prefix changed",
			Behaviour: always(Notable),
			Sentence:  "the endpoint prefix changed from {old} to {new}",
			Why:       "Endpoint rules say where requests go, and the prefix is what is left for tools that do not read them. A change tells of hosts that moved.",
			Do:        "See that the endpoint rules moved with it.",
			Example:   "endpointPrefix: datazone becomes dz",
			check:     services.differ(func(a *spec.API) string { return a.EndpointPrefix }),
		},
	}
}

func endpointRules() []Rule {
	return []Rule{
		{
			ID: "endpoint-rules-changed", Title: "The rules that find endpoints changed",
			Behaviour: always(Notable),
			Sentence:  "the endpoint rules changed",
			Why:       "The new client may send requests to other hosts, sign them for another region, or refuse a configuration that the old one took. What exactly changes depends on region and settings, so that it can't be told in general. Documentation in the rules doesn't count.",
			Do:        "Resolve the endpoints of your regions with both clients; firewalls and VPC endpoints may have to know new hosts.",
			Example:   "https://datazone.{Region}.amazonaws.com becomes https://datazone.{Region}.api.aws",
			Whole:     true,
			check:     endpointRulesChanged,
		},
		{
			ID: "endpoint-parameter-added", Title: "Endpoints depend on one more parameter",
			Go:       always(Strict),
			Sentence: "endpoints depend on the new parameter {what}",
			Why:      "The field that EndpointParameters gains has a zero value. Only literals without keys notice.",
			Do:       "Nothing, unless you resolve endpoints yourself.",
			Example:  "parameters gain UseDualStack",
			check:    parametersAdded,
		},
		{
			ID: "endpoint-parameters-reordered", Title: "The endpoint parameters stand in another order",
			Go:       always(Strict),
			Sentence: "the endpoint parameters stand in the order {new} instead of {old}",
			Why:      "The fields of EndpointParameters follow the order of the rules' parameters. Literals without keys, and conversions from structs of one's own, notice.",
			Do:       "Write literals of EndpointParameters with keys.",
			Example:  "parameters Region, UseFIPS become UseFIPS, Region",
			check:    parametersReordered,
		},
		{
			ID: "endpoint-parameter-removed", Title: "Endpoints no longer depend on a parameter",
			Go: always(Breaking), Behaviour: always(Notable),
			Sentence: "endpoints no longer depend on the parameter {what}",
			Why:      "EndpointParameters loses a field, which a resolver of one's own may read; and the setting behind it no longer has an effect.",
			Do:       "Remove the field from resolvers of your own, and settings that relied on it.",
			Example:  "parameters lose UseDualStack",
			check:    parametersRemoved,
		},
		{
			ID: "endpoint-parameter-retyped", Title: "An endpoint parameter has another type",
			Go: always(Breaking), Behaviour: always(Notable),
			Sentence: "the endpoint parameter {what} is of type {new} instead of {old}",
			Why:      "The field of EndpointParameters gets another Go type.",
			Do:       "Adapt resolvers of your own.",
			Example:  "Bucket: string becomes stringArray",
			check:    parameters.differ(func(p *spec.EndpointParameter) string { return p.Type }),
		},
		{
			ID: "endpoint-parameter-changed", Title: "An endpoint parameter gets its value otherwise",
			Behaviour: always(Notable),
			Sentence:  "the endpoint parameter {what} changed from {old} to {new}",
			Why:       "Which setting feeds the parameter, its default, or whether it must be set, decides which endpoint a call goes to, or that it fails without one.",
			Do:        "Resolve the endpoints of your regions with both clients.",
			Example:   "UseFIPS: default false is gone, and it is required",
			check:     parameters.differ(sourceOf),
		},
	}
}

func authRules() []Rule {
	return []Rule{
		{
			ID: "auth-scheme-removed", Title: "An authentication scheme is no longer accepted",
			Wire:     always(Breaking),
			Sentence: "{what} no longer takes {old}",
			Why:      "Old clients that sign in that way are refused.",
			Do:       "See which scheme your clients use; give the new client what the remaining ones need.",
			Example:  "auth: [sigv4, httpBearerAuth] becomes [httpBearerAuth]",
			Whole:    true,
			check:    auths.lost(schemes),
		},
		{
			ID: "auth-scheme-added", Title: "One more authentication scheme is accepted",
			Sentence: "{what} also takes {new}",
			Why:      "What was accepted still is, and its place in the order is looked at by auth-order-changed.",
			Do:       "Nothing.",
			Example:  "auth: [sigv4] becomes [sigv4, httpBearerAuth]",
			check:    auths.gained(schemes),
		},
		{
			ID: "auth-order-changed", Title: "Another authentication scheme is preferred",
			Behaviour: always(Notable),
			Sentence:  "{what} prefers {new} to {old}",
			Why:       "Both are accepted, but the new client uses the first one for which it has an identity.",
			Do:        "Give the new client an identity for the preferred scheme, or set AuthSchemePreference.",
			Example:   "auth: [sigv4, httpBearerAuth] becomes [httpBearerAuth, sigv4]",
			check:     auths.when(orderChanged),
		},
		{
			ID: "anonymous-calls-allowed", Title: "Calls without credentials are accepted",
			Sentence: "{what} may be called without credentials",
			Why:      "Calls with credentials are still accepted.",
			Do:       "Nothing.",
			Example:  "an operation gains optionalAuth",
			check:    auths.became(isOpen, "", "anonymous"),
		},
		{
			ID: "anonymous-calls-refused", Title: "Calls without credentials are refused",
			Wire:     always(Breaking),
			Sentence: "{what} may no longer be called without credentials",
			Why:      "Old clients without credentials, and those for which the call never was signed, are refused.",
			Do:       "Give credentials to those who call it without.",
			Example:  "an operation loses optionalAuth, or auth: []",
			Whole:    true,
			check:    auths.ceased(isOpen, "anonymous", ""),
		},
	}
}

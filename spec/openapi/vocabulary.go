package openapi

// object is a kind of object in a document: one of the OpenAPI specification's,
// or one of ours inside an extension.
type object uint8

const (
	documentObject object = iota
	infoObject
	serverObject
	variableObject
	componentsObject
	pathsObject
	pathItemObject
	operationObject
	parameterObject
	headerObject
	requestBodyObject
	mediaTypeObject
	responsesObject
	responseObject
	schemaObject
	securitySchemeObject
	requirementObject
	serviceObject
	contextObject
	errorObject
	deprecatedObject
	checksumObject
	paginatedObject
	waiterObject
	acceptorObject
	matcherObject
	pathMatcherObject
	anyObject // of no known kind: a map from free keys
	objects
)

// takes is what the value of a key must be.
type takes uint8

const (
	takesAny takes = iota
	takesText
	takesFlag
	takesCount // a number of things: 0, 1, 2 …
	takesNumber
	takesTexts     // a list of strings
	takesTypes     // a string or a list of strings
	takesScalars   // a list of strings or numbers, the values of an enum
	takesObject    // an object of the kind that the rule names
	takesObjects   // a list of such objects
	takesObjectMap // such objects under free keys
	takesTextMap   // strings under free keys
)

// use is what becomes of a key.
type use uint8

const (
	typed   use = iota // checked and read through kin-openapi
	literal            // checked and read from the source, as it is written
	noted              // an annotation for people and other tools: allowed, not read
	refused            // not supported; the rule says what to do instead
)

// rule is one key that an object may have.
type rule struct {
	key   string
	takes takes
	use   use
	of    object
	// beside marks keys that may stand beside a $ref in a schema.
	beside bool
	// since31 and only30 mark keys of one version of OpenAPI.
	since31, only30 bool
	hint            string
}

// vocabulary is an object's kind in words with the keys that it may have.
type vocabulary struct {
	name string
	// section is where components hold objects of the kind, which may then be
	// replaced by references; empty for all others.
	section string
	rules   []rule
	// rest is the kind of the values under free keys, nil when there are none.
	rest *rule
}

// vocabularyOf returns the words of one kind of object.
func vocabularyOf(o object) *vocabulary { return &vocabularies[o] }

// Hints that several rules share.
const (
	hintServers   = "describe the endpoint with servers at the top or with x-endpoint-rule-set"
	hintCallbacks = "leave out what the service calls; only the client's operations are generated"
	hintLinks     = "leave links out; they say nothing that a client sends or reads"
	hintCompose   = "write the properties out in one schema of type object"
	hintDirection = "use one schema for requests and another for responses"
	hintXML       = "leave it out; bodies are JSON"
	hintJSON      = "use a schema with one type that says what the value is"
	hintBound     = "use minimum and maximum, or leave the bound to the service"
)

var vocabularies = [objects]vocabulary{
	documentObject: {name: "an OpenAPI document", rules: []rule{
		{key: "openapi", takes: takesText},
		{key: "info", takes: takesObject, of: infoObject},
		{key: "servers", takes: takesObjects, of: serverObject},
		{key: "paths", takes: takesObject, of: pathsObject},
		{key: "components", takes: takesObject, of: componentsObject},
		{key: "security", takes: takesObjects, of: requirementObject},
		{key: "tags", use: noted},
		{key: "externalDocs", use: noted},
		{key: "webhooks", use: refused, hint: hintCallbacks},
		{key: "jsonSchemaDialect", use: refused, hint: "leave it out; schemas are read in the dialect of OpenAPI"},
		{key: "x-service", takes: takesObject, use: literal, of: serviceObject},
		{key: "x-endpoint-rule-set", use: literal},
		{key: "x-client-context-params", takes: takesObjectMap, use: literal, of: contextObject},
	}},
	infoObject: {name: "info", rules: []rule{
		{key: "title", takes: takesText},
		{key: "version", takes: takesText},
		{key: "description", takes: takesText},
		{key: "summary", takes: takesText, use: noted},
		{key: "termsOfService", use: noted},
		{key: "contact", use: noted},
		{key: "license", use: noted},
	}},
	serverObject: {name: "a server", rules: []rule{
		{key: "url", takes: takesText},
		{key: "description", use: noted},
		{key: "variables", takes: takesObjectMap, of: variableObject},
	}},
	variableObject: {name: "a server variable", rules: []rule{
		{key: "default", takes: takesText},
		{key: "enum", takes: takesTexts},
		{key: "description", use: noted},
	}},
	componentsObject: {name: "components", rules: []rule{
		{key: "schemas", takes: takesObjectMap, of: schemaObject},
		{key: "responses", takes: takesObjectMap, of: responseObject},
		{key: "parameters", takes: takesObjectMap, of: parameterObject},
		{key: "requestBodies", takes: takesObjectMap, of: requestBodyObject},
		{key: "headers", takes: takesObjectMap, of: headerObject},
		{key: "securitySchemes", takes: takesObjectMap, of: securitySchemeObject},
		{key: "examples", use: noted},
		{key: "links", use: refused, hint: hintLinks},
		{key: "callbacks", use: refused, hint: hintCallbacks},
		{key: "pathItems", use: refused, hint: "write the operations out under paths"},
	}},
	pathsObject: {name: "paths", rest: &rule{takes: takesObject, of: pathItemObject}},
	pathItemObject: {name: "a path", rules: []rule{
		{key: "get", takes: takesObject, of: operationObject},
		{key: "put", takes: takesObject, of: operationObject},
		{key: "post", takes: takesObject, of: operationObject},
		{key: "delete", takes: takesObject, of: operationObject},
		{key: "patch", takes: takesObject, of: operationObject},
		{key: "head", takes: takesObject, of: operationObject},
		{key: "options", takes: takesObject, of: operationObject},
		{key: "trace", use: refused, hint: "use another method"},
		{key: "parameters", takes: takesObjects, of: parameterObject},
		{key: "summary", use: noted},
		{key: "description", use: noted},
		{key: "servers", use: refused, hint: hintServers},
		{key: "$ref", use: refused, hint: "write the operations out under the path"},
	}},
	operationObject: {name: "an operation", rules: []rule{
		{key: "operationId", takes: takesText},
		{key: "summary", takes: takesText},
		{key: "description", takes: takesText},
		{key: "deprecated", takes: takesFlag},
		{key: "parameters", takes: takesObjects, of: parameterObject},
		{key: "requestBody", takes: takesObject, of: requestBodyObject},
		{key: "responses", takes: takesObject, of: responsesObject},
		{key: "security", takes: takesObjects, of: requirementObject},
		{key: "tags", use: noted},
		{key: "externalDocs", use: noted},
		{key: "callbacks", use: refused, hint: hintCallbacks},
		{key: "servers", use: refused, hint: hintServers},
		{key: "x-name", takes: takesText, use: literal},
		{key: "x-deprecated", takes: takesObject, use: literal, of: deprecatedObject},
		{key: "x-readonly", takes: takesFlag, use: literal},
		{key: "x-idempotent", takes: takesFlag, use: literal},
		{key: "x-host-prefix", takes: takesText, use: literal},
		{key: "x-unsigned-payload", takes: takesFlag, use: literal},
		{key: "x-checksum-required", takes: takesFlag, use: literal},
		{key: "x-checksum", takes: takesObject, use: literal, of: checksumObject},
		{key: "x-compression", takes: takesTexts, use: literal},
		{key: "x-static-context-params", takes: takesObject, use: literal, of: anyObject},
		{key: "x-operation-context-params", takes: takesTextMap, use: literal},
		{key: "x-paginated", takes: takesObject, use: literal, of: paginatedObject},
		{key: "x-waiters", takes: takesObjectMap, use: literal, of: waiterObject},
	}},
	parameterObject: {name: "a parameter", section: "parameters", rules: []rule{
		{key: "name", takes: takesText},
		{key: "in", takes: takesText},
		{key: "description", takes: takesText},
		{key: "required", takes: takesFlag},
		{key: "deprecated", takes: takesFlag},
		{key: "style", takes: takesText},
		{key: "explode", takes: takesFlag},
		{key: "schema", takes: takesObject, of: schemaObject},
		{key: "example", use: noted},
		{key: "examples", use: noted},
		{key: "allowReserved", use: refused, hint: "leave it out; reserved characters are escaped"},
		{key: "allowEmptyValue", use: refused, hint: "leave it out; an empty string is sent as it is"},
		{key: "content", use: refused, hint: "give the parameter a schema"},
		{key: "x-member", takes: takesText, use: literal},
		{key: "x-greedy", takes: takesFlag, use: literal},
		{key: "x-prefix-headers", takes: takesFlag, use: literal},
		{key: "x-idempotency-token", takes: takesFlag, use: literal},
		{key: "x-host-label", takes: takesFlag, use: literal},
		{key: "x-context-param", takes: takesText, use: literal},
		{key: "x-client-optional", takes: takesFlag, use: literal},
		{key: "x-sensitive", takes: takesFlag, use: literal},
		{key: "x-deprecated", takes: takesObject, use: literal, of: deprecatedObject},
	}},
	headerObject: {name: "a header", section: "headers", rules: []rule{
		{key: "description", takes: takesText},
		{key: "required", takes: takesFlag},
		{key: "deprecated", takes: takesFlag},
		{key: "style", takes: takesText},
		{key: "explode", takes: takesFlag},
		{key: "schema", takes: takesObject, of: schemaObject},
		{key: "example", use: noted},
		{key: "examples", use: noted},
		{key: "allowReserved", use: refused, hint: "leave it out"},
		{key: "allowEmptyValue", use: refused, hint: "leave it out"},
		{key: "content", use: refused, hint: "give the header a schema"},
		{key: "x-member", takes: takesText, use: literal},
		{key: "x-prefix-headers", takes: takesFlag, use: literal},
		{key: "x-client-optional", takes: takesFlag, use: literal},
		{key: "x-sensitive", takes: takesFlag, use: literal},
		{key: "x-deprecated", takes: takesObject, use: literal, of: deprecatedObject},
	}},
	requestBodyObject: {name: "a request body", section: "requestBodies", rules: []rule{
		{key: "description", takes: takesText},
		{key: "required", takes: takesFlag},
		{key: "content", takes: takesObjectMap, of: mediaTypeObject},
		{key: "x-payload", takes: takesText, use: literal},
	}},
	mediaTypeObject: {name: "a media type", rules: []rule{
		{key: "schema", takes: takesObject, of: schemaObject},
		{key: "example", use: noted},
		{key: "examples", use: noted},
		{key: "encoding", use: refused, hint: "leave it out; form bodies are not supported"},
	}},
	responsesObject: {name: "responses", rest: &rule{takes: takesObject, of: responseObject}},
	responseObject: {name: "a response", section: "responses", rules: []rule{
		{key: "description", takes: takesText},
		{key: "headers", takes: takesObjectMap, of: headerObject},
		{key: "content", takes: takesObjectMap, of: mediaTypeObject},
		{key: "links", use: refused, hint: hintLinks},
		{key: "x-payload", takes: takesText, use: literal},
		{key: "x-status-code", takes: takesText, use: literal},
	}},
	schemaObject: {name: "a schema", section: "schemas", rules: schemaRules[:]},
	securitySchemeObject: {name: "a security scheme", section: "securitySchemes", rules: []rule{
		{key: "type", takes: takesText},
		{key: "scheme", takes: takesText},
		{key: "description", use: noted},
		{key: "bearerFormat", use: noted},
		{key: "name", use: noted},
		{key: "in", use: noted},
		{key: "flows", use: noted},
		{key: "openIdConnectUrl", use: noted},
	}},
	requirementObject: {name: "a security requirement", rest: &rule{takes: takesTexts}},
	serviceObject: {name: "x-service", rules: []rule{
		{key: "id", takes: takesText},
		{key: "name", takes: takesText},
		{key: "endpointPrefix", takes: takesText},
		{key: "signingName", takes: takesText},
		{key: "protocol", takes: takesText},
	}},
	contextObject: {name: "a client context parameter", rules: []rule{
		{key: "type", takes: takesText},
		{key: "documentation", takes: takesText},
	}},
	errorObject: {name: "x-error", rules: []rule{
		{key: "code", takes: takesText},
		{key: "fault", takes: takesText},
		{key: "retryable", takes: takesFlag},
		{key: "throttling", takes: takesFlag},
	}},
	deprecatedObject: {name: "x-deprecated", rules: []rule{
		{key: "message", takes: takesText},
		{key: "since", takes: takesText},
	}},
	checksumObject: {name: "x-checksum", rules: []rule{
		{key: "required", takes: takesFlag},
		{key: "algorithmMember", takes: takesText},
		{key: "modeMember", takes: takesText},
		{key: "responseAlgorithms", takes: takesTexts},
	}},
	paginatedObject: {name: "x-paginated", rules: []rule{
		{key: "inputToken", takes: takesText},
		{key: "outputToken", takes: takesText},
		{key: "items", takes: takesText},
		{key: "pageSize", takes: takesText},
		{key: "moreResults", takes: takesText},
	}},
	waiterObject: {name: "a waiter", rules: []rule{
		{key: "documentation", takes: takesText},
		{key: "deprecated", takes: takesFlag},
		{key: "minDelay", takes: takesCount},
		{key: "maxDelay", takes: takesCount},
		{key: "acceptors", takes: takesObjects, of: acceptorObject},
	}},
	acceptorObject: {name: "an acceptor", rules: []rule{
		{key: "state", takes: takesText},
		{key: "matcher", takes: takesObject, of: matcherObject},
	}},
	matcherObject: {name: "a matcher", rules: []rule{
		{key: "output", takes: takesObject, of: pathMatcherObject},
		{key: "inputOutput", takes: takesObject, of: pathMatcherObject},
		{key: "success", takes: takesFlag},
		{key: "errorType", takes: takesText},
	}},
	pathMatcherObject: {name: "a path matcher", rules: []rule{
		{key: "path", takes: takesText},
		{key: "expected", takes: takesText},
		{key: "comparator", takes: takesText},
	}},
	anyObject: {name: "an object", rest: &rule{takes: takesAny}},
}

package diff_test

// specChange is a small change of the service: old and new texts in turn, for each
// format that can say it.
type specChange struct {
	name                 string
	openapi, smithy, c2j []string
}

// edits are old and new texts in turn.
type edits = []string

// serviceChanges change what the whole service has.
var serviceChanges = []specChange{
	{"service renamed", edits{"x-service: {id: Runs, ", "x-service: {id: Runs, name: RunKeeper, "}, edits{`"x.runs#Runs"`, `"x.runs#RunKeeper"`}, nil},
	{
		"service id changed", edits{"x-service: {id: Runs, ", "x-service: {id: My Runs, name: Runs, "},
		edits{`"sdkId": "Runs"`, `"sdkId": "My Runs"`}, nil,
	},
	{"version changed", edits{`version: "2020-01-01"`, `version: "2026-01-01"`}, edits{`"version": "2020-01-01"`, `"version": "2026-01-01"`}, edits{`"apiVersion": "2020-01-01"`, `"apiVersion": "2026-01-01"`}},
	{"protocol added", nil, edits{`"aws.protocols#restJson1": {}`, `"aws.protocols#restJson1": {}, "smithy.protocols#rpcv2Cbor": {}`}, edits{`"protocols": ["rest-json"]`, `"protocols": ["rest-json", "smithy-rpc-v2-cbor"]`}},
	{"protocol replaced", nil, edits{`"aws.protocols#restJson1": {}`, `"aws.protocols#restXml": {}`}, edits{`"protocols": ["rest-json"]`, `"protocols": ["rest-xml"]`}},
	{
		"codes of awsQuery added", nil, edits{`"aws.protocols#restJson1": {}`, `"aws.protocols#restJson1": {}, "aws.protocols#awsQueryCompatible": {}`},
		edits{`"protocols": ["rest-json"]`, `"protocols": ["rest-json"], "awsQueryCompatible": {}`},
	},
	{"signing name changed", edits{"signingName: runs", "signingName: runkeeper"}, edits{`"aws.auth#sigv4": {"name": "runs"}`, `"aws.auth#sigv4": {"name": "runkeeper"}`}, edits{`"signingName": "runs"`, `"signingName": "runkeeper"`}},
	{"endpoint prefix changed", edits{"endpointPrefix: runs", "endpointPrefix: run"}, edits{`"endpointPrefix": "runs"`, `"endpointPrefix": "run"`}, edits{`"endpointPrefix": "runs"`, `"endpointPrefix": "run"`}},
	{"service documentation changed", edits{"Keeps runs.", "Keeps all runs."}, edits{"Keeps runs.", "Keeps all runs."}, edits{"Keeps runs.", "Keeps all runs."}},
	{"documentation marked up otherwise", nil, edits{"<p>Keeps runs.</p>", "<p>Keeps  <b>runs</b>.</p><p></p>"}, edits{"<p>Keeps runs.</p>", " Keeps   runs. "}},
	{"endpoint rules changed", edits{"https://runs.{Region}.example.com", "https://runs.{Region}.example.net"}, edits{"https://runs.{Region}.example.com", "https://runs.{Region}.example.net"}, edits{"https://runs.{Region}.example.com", "https://runs.{Region}.example.net"}},
	{"endpoint rule documented", edits{"{type: endpoint, conditions", "{type: endpoint, documentation: The only one., conditions"}, edits{`{"type": "endpoint", "conditions"`, `{"type": "endpoint", "documentation": "The only one.", "conditions"`}, edits{`{"type": "endpoint", "conditions"`, `{"type": "endpoint", "documentation": "The only one.", "conditions"`}},
	{
		"endpoint parameter removed", edits{"    Stage: {type: string, documentation: The stage.}\n  rules", "  rules", "x-client-context-params:\n  Stage: {type: string, documentation: The stage.}\n", ""},
		edits{",\n        \"Stage\": {\"type\": \"string\", \"documentation\": \"The stage.\"}}", "}", `"smithy.rules#clientContextParams": {"Stage": {"type": "string", "documentation": "The stage."}},`, ""},
		edits{",\n  \"Stage\": {\"type\": \"string\", \"documentation\": \"The stage.\"}}", "}", `"clientContextParams": {"Stage": {"type": "string", "documentation": "The stage."}},`, ""},
	},
	{
		"endpoint parameter retyped", edits{"Stage: {type: string, documentation: The stage.}\n  rules", "Stage: {type: boolean, documentation: The stage.}\n  rules", "  Stage: {type: string,", "  Stage: {type: boolean,"},
		edits{"        \"Stage\": {\"type\": \"string\"", "        \"Stage\": {\"type\": \"boolean\"", `"Stage": {"type": "string"`, `"Stage": {"type": "boolean"`},
		edits{"  \"Stage\": {\"type\": \"string\"", "  \"Stage\": {\"type\": \"boolean\"", `"Stage": {"type": "string"`, `"Stage": {"type": "boolean"`},
	},
	{
		"endpoint parameter with default", edits{"Region: {builtIn: AWS::Region, type: string, required: true,", "Region: {builtIn: AWS::Region, type: string, required: true, default: here,"},
		edits{`"builtIn": "AWS::Region", "type": "string", "required": true,`, `"builtIn": "AWS::Region", "type": "string", "required": true, "default": "here",`},
		edits{`"builtIn": "AWS::Region", "type": "string", "required": true,`, `"builtIn": "AWS::Region", "type": "string", "required": true, "default": "here",`},
	},
	{"auth scheme added", edits{"security: [{sigv4: []}]", "security: [{sigv4: []}, {bearer: []}]"}, edits{`"aws.auth#sigv4": {"name": "runs"},`, `"aws.auth#sigv4": {"name": "runs"}, "smithy.api#httpBearerAuth": {},`}, edits{`"auth": ["aws.auth#sigv4"]`, `"auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"]`}},
	{"auth scheme added in front", edits{"security: [{sigv4: []}]", "security: [{bearer: []}, {sigv4: []}]"}, edits{`"aws.auth#sigv4": {"name": "runs"},`, `"aws.auth#sigv4": {"name": "runs"}, "smithy.api#httpBearerAuth": {}, "smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"],`}, edits{`"auth": ["aws.auth#sigv4"]`, `"auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]`}},
	{
		"operation without credentials", edits{"      operationId: GetRun\n", "      operationId: GetRun\n      security: [{sigv4: []}, {}]\n"},
		edits{`"smithy.api#documentation": "<p>Returns a run.</p>"`, `"smithy.api#documentation": "<p>Returns a run.</p>", "smithy.api#optionalAuth": {}, "smithy.api#auth": ["aws.auth#sigv4"]`},
		edits{`"GetRun": {"name": "GetRun",`, `"GetRun": {"name": "GetRun", "auth": ["aws.auth#sigv4", "smithy.api#noAuth"],`},
	},
}

// operationChanges change operations and their traits.
var operationChanges = []specChange{
	{
		"operation removed", edits{"  /v1/uploads:\n    post:\n      operationId: UploadRun", "  /v1/uploads:\n    x-none:\n      operationId: UploadRun"},
		edits{`, {"target": "x.runs#UploadRun"}`, ""}, nil,
	},
	{"operation replaced", edits{"operationId: ListRuns", "operationId: QueryRuns"}, nil, edits{`"ListRuns": {"name": "ListRuns"`, `"QueryRuns": {"name": "QueryRuns"`, `{"pagination": {"ListRuns"`, `{"pagination": {"QueryRuns"`}},
	{"method changed", edits{"  /v1/uploads:\n    post:", "  /v1/uploads:\n    put:\n      x-idempotent: false"}, edits{`"method": "POST"`, `"method": "PUT"`}, edits{`"method": "POST"`, `"method": "PUT"`}},
	{"path changed", edits{"  /v1/uploads:", "  /v2/uploads:"}, edits{"/v1/uploads", "/v2/uploads"}, edits{"/v1/uploads", "/v2/uploads"}},
	{"constant query added", nil, edits{"/v1/uploads", "/v1/uploads?now"}, edits{"/v1/uploads", "/v1/uploads?now"}},
	{"status changed", edits{`"201": {description`, `"200": {description`}, edits{`"code": 201`, `"code": 200`}, edits{`"responseCode": 201`, `"responseCode": 200`}},
	{"success redefined", nil, edits{`"code": 201`, `"code": 304`}, edits{`"responseCode": 201`, `"responseCode": 304`}},
	{"host prefix added", edits{"operationId: UploadRun\n", "operationId: UploadRun\n      x-host-prefix: data.\n"}, edits{`"uri": "/v1/uploads", "code": 200}`, `"uri": "/v1/uploads", "code": 200}, "smithy.api#endpoint": {"hostPrefix": "data."}`}, edits{`"UploadRun": {"name": "UploadRun",`, `"UploadRun": {"name": "UploadRun", "endpoint": {"hostPrefix": "data."},`}},
	{"unsigned payload", edits{"operationId: UploadRun\n", "operationId: UploadRun\n      x-unsigned-payload: true\n"}, edits{`"uri": "/v1/uploads", "code": 200}`, `"uri": "/v1/uploads", "code": 200}, "aws.auth#unsignedPayload": {}`}, edits{`"UploadRun": {"name": "UploadRun",`, `"UploadRun": {"name": "UploadRun", "unsignedPayload": true,`}},
	{"checksum required", edits{"operationId: PutRun\n", "operationId: PutRun\n      x-checksum-required: true\n"}, edits{`"smithy.api#idempotent": {}`, `"smithy.api#idempotent": {}, "smithy.api#httpChecksumRequired": {}`}, edits{`"PutRun": {"name": "PutRun",`, `"PutRun": {"name": "PutRun", "httpChecksumRequired": true,`}},
	{"checksums of responses", edits{"operationId: PutRun\n", "operationId: PutRun\n      x-checksum: {responseAlgorithms: [CRC32]}\n"}, edits{`"smithy.api#idempotent": {}`, `"smithy.api#idempotent": {}, "aws.protocols#httpChecksum": {"responseAlgorithms": ["CRC32"]}`}, edits{`"PutRun": {"name": "PutRun",`, `"PutRun": {"name": "PutRun", "httpChecksum": {"responseAlgorithms": ["CRC32"]},`}},
	{"compression added", edits{"operationId: PutRun\n", "operationId: PutRun\n      x-compression: [gzip]\n"}, edits{`"smithy.api#idempotent": {}`, `"smithy.api#idempotent": {}, "smithy.api#requestCompression": {"encodings": ["gzip"]}`}, edits{`"PutRun": {"name": "PutRun",`, `"PutRun": {"name": "PutRun", "requestcompression": {"encodings": ["gzip"]},`}},
	{"endpoints discovered", nil, edits{`"smithy.api#idempotent": {}`, `"smithy.api#idempotent": {}, "aws.api#clientDiscoveredEndpoint": {"required": true}`}, edits{`"PutRun": {"name": "PutRun",`, `"PutRun": {"name": "PutRun", "endpointdiscovery": {"required": true},`}},
	{"endpoint context added", edits{"operationId: PutRun\n", "operationId: PutRun\n      x-static-context-params: {Stage: test}\n"}, edits{`"smithy.api#idempotent": {}`, `"smithy.api#idempotent": {}, "smithy.rules#staticContextParams": {"Stage": {"value": "test"}}`}, edits{`"PutRun": {"name": "PutRun",`, `"PutRun": {"name": "PutRun", "staticContextParams": {"Stage": {"value": "test"}},`}},
	{"endpoint context of a member", edits{"{name: X-Trace, in: header, x-member: trace,", "{name: X-Trace, in: header, x-member: trace, x-context-param: Stage,"}, edits{`"smithy.api#httpHeader": "X-Trace"`, `"smithy.api#httpHeader": "X-Trace", "smithy.rules#contextParam": {"name": "Stage"}`}, edits{`"locationName": "X-Trace"`, `"locationName": "X-Trace", "contextParam": {"name": "Stage"}`}},
	{"no longer idempotent", edits{"operationId: PutRun\n", "operationId: PutRun\n      x-idempotent: false\n"}, edits{`, "smithy.api#idempotent": {}`, ""}, edits{`, "idempotent": true`, ""}},
	{"pagination removed", edits{"      x-paginated: {inputToken: nextToken, outputToken: nextToken, items: items, pageSize: maxResults}\n", ""}, edits{`, "smithy.api#paginated": {"inputToken": "nextToken", "outputToken": "nextToken", "items": "items", "pageSize": "maxResults"}`, ""}, edits{`"ListRuns": {"input_token"`, `"None": {"input_token"`}},
	{
		"page tokens changed",
		edits{"outputToken: nextToken", "outputToken: marker", "        items: {$ref: '#/components/schemas/StatsList'}\n", "        items: {$ref: '#/components/schemas/StatsList'}\n        marker: {$ref: '#/components/schemas/String'}\n"},
		edits{`"outputToken": "nextToken"`, `"outputToken": "marker"`, `"items": {"target": "x.runs#StatsList"},`, `"items": {"target": "x.runs#StatsList"}, "marker": {"target": "smithy.api#String"},`},
		edits{`"output_token": "nextToken"`, `"output_token": "marker"`, `"items": {"shape": "StatsList"},`, `"items": {"shape": "StatsList"}, "marker": {"shape": "String"},`},
	},
	{"page size changed", edits{", pageSize: maxResults", ""}, edits{`, "pageSize": "maxResults"`, ""}, edits{`"limit_key": "maxResults", `, ""}},
	{"waiter changed", edits{"expected: DONE", "expected: NEW"}, edits{`"expected": "DONE"`, `"expected": "NEW"`}, edits{`"expected": "DONE"`, `"expected": "NEW"`}},
	{"waiter waits longer", edits{"minDelay: 5", "minDelay: 7"}, edits{`"minDelay": 5`, `"minDelay": 7`}, edits{`"delay": 5`, `"delay": 7`}},
	{"waiter renamed", edits{"RunDone:", "RunOver:"}, edits{`"RunDone"`, `"RunOver"`}, edits{`"RunDone"`, `"RunOver"`}},
	{"operation deprecated", edits{"operationId: UploadRun\n", "operationId: UploadRun\n      deprecated: true\n"}, edits{`"uri": "/v1/uploads", "code": 200}`, `"uri": "/v1/uploads", "code": 200}, "smithy.api#deprecated": {}`}, edits{`"UploadRun": {"name": "UploadRun",`, `"UploadRun": {"name": "UploadRun", "deprecated": true,`}},
	{"operation documented otherwise", edits{"Returns a run.", "Returns one run."}, edits{"Returns a run.", "Returns one run."}, edits{"Returns a run.", "Returns one run."}},
	{
		"event stream", nil,
		edits{`"traits": {"smithy.api#documentation": "<p>Counts.</p>"}}`, `"traits": {"smithy.api#documentation": "<p>Counts.</p>"}}, "x.runs#Nothing": {"type": "structure", "members": {}}`, `"x.runs#Choice": {"type": "union", "members": {
  "text": {"target": "smithy.api#String"},
  "number": {"target": "smithy.api#Integer"}}}`, `"x.runs#Choice": {"type": "union", "traits": {"smithy.api#streaming": {}}, "members": {
  "text": {"target": "x.runs#Nothing"},
  "number": {"target": "x.runs#Nothing"}}}`},
		nil,
	},
}

// errorChanges change the errors of operations.
var errorChanges = []specChange{
	{
		"error added", edits{`        "404": {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/NotFound'}}}}`, `        "404": {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/NotFound'}}}}
        "409": {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Conflict'}}}}`},
		edits{`"errors": [{"target": "x.runs#NotFound"}`, `"errors": [{"target": "x.runs#Conflict"}, {"target": "x.runs#NotFound"}`},
		edits{`"errors": [{"shape": "NotFound"}`, `"errors": [{"shape": "Conflict"}, {"shape": "NotFound"}`},
	},
	{
		"error removed with its type", edits{"        \"404\": {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/NotFound'}}}}\n", ""},
		edits{`"errors": [{"target": "x.runs#NotFound"}, `, `"errors": [`}, edits{`"errors": [{"shape": "NotFound"}, `, `"errors": [`},
	},
	{"error of the service", nil, edits{`"traits": {
    "aws.api#service"`, `"errors": [{"target": "x.runs#Busy"}], "traits": {
    "aws.api#service"`, `"x.runs#Failure": {`, `"x.runs#Busy": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client", "smithy.api#httpError": 429}},
"x.runs#Failure": {`}, nil},
	{"error status changed", edits{`        "409": {description`, `        "412": {description`}, edits{`"smithy.api#httpError": 409`, `"smithy.api#httpError": 412`}, edits{`"httpStatusCode": 409`, `"httpStatusCode": 412`}},
	{"error code changed", edits{"    Conflict:\n      type: object\n      x-error: {fault: client}", "    Conflict:\n      type: object\n      x-error: {fault: client, code: Clash}"}, nil, nil},
	{"error fault changed", edits{"    Conflict:\n      type: object\n      x-error: {fault: client}", "    Conflict:\n      type: object\n      x-error: {fault: server}"}, edits{`"smithy.api#error": "client", "smithy.api#httpError": 409`, `"smithy.api#error": "server", "smithy.api#httpError": 409`}, edits{`"error": {"httpStatusCode": 409, "senderFault": true}, "exception": true`, `"error": {"httpStatusCode": 409}, "exception": true, "fault": true`}},
	{"error retryable", edits{"    Conflict:\n      type: object\n      x-error: {fault: client}", "    Conflict:\n      type: object\n      x-error: {fault: client, retryable: true, throttling: true}"}, edits{`"smithy.api#httpError": 409`, `"smithy.api#httpError": 409, "smithy.api#retryable": {"throttling": true}`}, edits{`"httpStatusCode": 409, "senderFault": true}, "exception": true`, `"httpStatusCode": 409, "senderFault": true}, "exception": true, "retryable": {"throttling": true}`}},
	{"error member removed", edits{"        message: {$ref: '#/components/schemas/String'}\n        resource: {$ref: '#/components/schemas/String'}\n", "        message: {$ref: '#/components/schemas/String'}\n"}, edits{",\n  \"resource\": {\"target\": \"smithy.api#String\"}}", "}"}, edits{",\n  \"resource\": {\"shape\": \"String\"}}", "}"}},
	{"error is used as a structure", edits{"        at: {$ref: '#/components/schemas/Moment'}\n        size: {$ref: '#/components/schemas/Size'}\n    PutRunInput", "        at: {$ref: '#/components/schemas/Moment'}\n        size: {$ref: '#/components/schemas/Size'}\n        cause: {$ref: '#/components/schemas/Conflict'}\n    PutRunInput"}, edits{`"size": {"target": "x.runs#Size"}}},
"x.runs#PutRunInput"`, `"size": {"target": "x.runs#Size"}, "cause": {"target": "x.runs#Conflict"}}},
"x.runs#PutRunInput"`}, edits{`"size": {"shape": "Size"}}},
"PutRunInput"`, `"size": {"shape": "Size"}, "cause": {"shape": "Conflict"}}},
"PutRunInput"`}},
}

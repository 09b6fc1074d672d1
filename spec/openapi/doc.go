// Package openapi reads OpenAPI documents, 3.0 and 3.1 in YAML or JSON, into the
// model of package spec. It is the format for specs written by hand, and for those that
// other tools write of AWS's models.
//
// # What a document means
//
// Standard vocabulary comes first. An operation is named by its operationId; its
// input, <operationId>Input, has its parameters and then the properties of its
// JSON body; its output, <operationId>Output, has the headers of its one success
// response and then the properties of that body. A body that refers to a schema
// of the message's own name is the message; any other schema lends it its
// properties. Schemas are shapes under their names in components/schemas; a
// schema written out in place has the name of its parent and its key, or of
// Smithy's prelude (String, Integer, …) when it is simple. Member names are keys.
// What cannot be a name becomes its words, joined: the operation "meta/root" is
// MetaRoot, the schema "basic-error" BasicError, the key "X-Amz-Meta" xAmzMeta, "+1"
// plus1 and "1st" x1st. An operation may be chosen by either name.
//
//   - type string is a string, with an enum an enum, with format date-time or
//     http-date a timestamp, with format byte or binary (of whole bodies) or with
//     contentEncoding base64 a blob, with format password sensitive; a whole body is sent as
//     it is, with format byte too;
//   - type integer is a byte, short, integer or long by its format int8, int16,
//     int32 or int64, which is also the default; type number a float or double
//     (the default), with format decimal a bigDecimal; with format epoch-seconds both are timestamps;
//   - type array is a list, type object a structure, or a map when it has
//     additionalProperties and no properties; propertyNames describes a map's keys;
//   - oneOf of objects with one property each, which is required, is a union;
//   - allOf of one $ref, and of schemas that only describe it, is that $ref with what
//     OpenAPI 3.0 lets nobody write beside it;
//   - a schema without a type, or true, is a document: any JSON;
//   - null (nullable in 3.0, a type list with "null" in 3.1) makes lists and maps
//     sparse; for an optional property it means absence;
//   - lists in the query repeat the parameter, lists in headers are separated by
//     commas; a query parameter that is a map of strings, or of lists of strings,
//     carries all query parameters without one of their own;
//   - a body of another type than application/json is a payload: text or bytes;
//   - a response other than 2xx refers to the schema of an error, or with oneOf to
//     those of several; where no schema of a document has x-error, nothing is known
//     of codes, and all errors are generic ones (*smithy.GenericAPIError). Which error has
//     come is known by the code that the service sends, in the header X-Amzn-Errortype or
//     as __type or code in the body, and never by the status, as in official clients: an
//     answer without a code is a generic error, whose code is UnknownError;
//   - security schemes are of type http with scheme AWS4-HMAC-SHA256,
//     AWS4-ECDSA-P256-SHA256 or bearer; {} among the requirements says that
//     credentials are optional, an empty list that there are none;
//   - the endpoint is the first of the servers that is reached over TLS, or else the first;
//   - HTTP says which methods only read, and which may be sent again.
//
// Patterns are ECMA-262, as in JSON Schema and Smithy. They are checked but carried
// as they are written, look-ahead and back references included, since clients
// leave them to the service.
//
// Annotations are allowed and not read: tags, examples, externalDocs, contact,
// license and the like. Extensions of other tools are left alone, unless one is
// nearly ours. Everything else is a problem with its position: what is not
// supported is never dropped. Problems count where they are reached: one in an
// operation, or in what it refers to, stops no other operation; one of the document
// as a whole stops them all.
//
// # What other tools write
//
// Documents that Smithy's converter or API Gateway's export have made are read as they are,
// but for a name to sign for where they have none; those of APIs.guru, too, but for
// operations with a parameter in the query that is also in the body, which needs x-member:
//
//   - {label+} in a path is greedy, whether its parameter is called label or label+;
//   - type apiKey, of the header Authorization and with x-amazon-apigateway-authtype
//     awsSigv4, is SigV4; the headers of signatures are no members; where x-service has no
//     signing name, it is x-aws-signingName in info, or execute-api by the servers;
//   - the schema <Name>ResponseContent of a response that fails is the error <Name>, in a
//     document in which no schema has x-error;
//   - oneOf of a number and of the strings NaN, Infinity and -Infinity is a float;
//   - contentEncoding byte is base64.
//
// # Extensions
//
// At the top of the document:
//
//	x-service                   {id, name, endpointPrefix, signingName, protocol}: the service id, its
//	                            name in code (default: the id), first label of its hosts, name in
//	                            signatures (default: endpointPrefix), protocol (default: restJson1);
//	                            without it the title is the id
//	x-endpoint-rule-set         how endpoints are found: smithy.rules#endpointRuleSet as YAML or JSON.
//	                            Without it the first of servers is made one, whose variable region is
//	                            the client's region and whose other variables have their defaults; for
//	                            one relative to the document the client needs the whole as BaseEndpoint
//	x-client-context-params     {Name: {type, documentation}}: parameters of the rule set that are
//	                            options of the client
//
// In an operation:
//
//	x-name                      its name, when it is not the operationId
//	x-readonly, x-idempotent    true or false where HTTP's meaning of the method is wrong
//	x-host-prefix               what goes before the host, with {labels} of members
//	x-unsigned-payload          true: the body is not part of the signature
//	x-checksum-required         true: the request has a Content-MD5
//	x-checksum                  {required, algorithmMember, modeMember, responseAlgorithms}
//	x-compression               encodings that the request may be compressed with, such as [gzip]
//	x-static-context-params     {Name: value}: endpoint parameters that the operation sets
//	x-operation-context-params  {Name: path}: endpoint parameters, by JMESPath over the input
//	x-paginated                 {inputToken, outputToken, items, pageSize, moreResults}: paths of members
//	x-waiters                   {Name: {documentation, minDelay, maxDelay, deprecated, acceptors}} as in
//	                            smithy.waiters#waitable
//
// In a request body or response:
//
//	x-payload                   the name of the member that is the whole body (default for bodies that
//	                            are not objects: body)
//	x-status-code               the name of the output's member that holds the status; responses only
//
// In a parameter, header or property:
//
//	x-member                    the member's name, when it is not the key
//	x-idempotency-token         true: a random token is sent when the member is not set
//	x-context-param             the endpoint parameter that the member sets
//	x-client-optional           true: clients treat it as optional, required or not
//	x-added-default             true: the default came after the member (properties only)
//	x-host-label                true: it fills a label of x-host-prefix (parameters only)
//	x-greedy                    true: the label keeps its slashes (path parameters only)
//	x-prefix-headers            true: the name is the prefix of headers that are a map's keys
//
// In a schema:
//
//	x-name                      its name, when it is not the key in components/schemas, or not that
//	                            which a schema written out in place would have
//	x-error                     {fault, retryable, throttling, code}: the schema is that of an error;
//	                            fault is client or server (default: by status), code the one on the
//	                            wire (default: the schema's name). What is retryable or throttling
//	                            counts for gen diff alone: as official ones, clients try again by codes
//	                            and statuses that they know; to add codes, wrap Options.Retryer with
//	                            retry.AddWithErrorCodes
//	x-union                     true beside a oneOf that is to be a union; false: it is none
//	x-enum-varnames             names of the enum's values (default: made of the values, where each
//	                            gives a name of its own whatever the order)
//	x-enum-descriptions         their documentation
//	x-streaming                 true: a binary body is not held in memory
//	x-requires-length           true: the length of such a body must be known
//
// Anywhere among these:
//
//	x-sensitive                 true: the value is left out of logs
//	x-deprecated                {message, since}: what to say of something deprecated
package openapi

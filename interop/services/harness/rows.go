package harness

import (
	"path"
	"strings"
)

// Row is an intended difference.
type Row struct {
	// Service is a glob of the service's kind and name, "older lambda"; Operation and
	// Path are globs of those of the differences.
	Service, Operation, Path string
	// Text is part of what one of the clients did.
	Text string
	// Why is what intends it.
	Why string
}

func (r Row) isAbout(s *Service) bool {
	ok, _ := path.Match(r.Service, s.Kind+" "+s.Name)
	return ok
}

func (r Row) intends(d Difference) bool {
	op, _ := path.Match(r.Operation, d.Operation)
	what, _ := path.Match(r.Path, d.Path)
	return op && what && strings.Contains(d.Official+"\n"+d.Ours, r.Text)
}

// Seldom are intended differences that the usual seed need not bring about: one that does not
// occur is no error.
var Seldom = []Row{
	{"*", "*", "*{zero}", "", nullEntry},
	{"*", "*", "error", "<nil>\nunexpected EOF", brokenFrame},
	{"*", "*", "sent", "stream closed, unable to send event]\n[", endedMeanwhile},

	{"*", "*", "requests", "must not have a relative path segment", dotSegment},
	{"*", "*", "error*", "must not have a relative path segment", dotSegment},

	{"older *", "*", "error text", "no matching rule", newerText},

	{"older s3", "*", "host", "-.s3.", outerHyphen},
	{"older s3", "*", "host", "\ns3.us-east-1", outerHyphen},
	{"older s3", "WriteGetObjectResponse", "requests", "RequestRoute", outerHyphen},
	{"older s3", "WriteGetObjectResponse", "error", "RequestRoute", outerHyphen},
	{"older s3", "PutObject", "requests", "unknown checksum algorithm", givenSum},
	{"older s3", "PutObject", "error", "unknown checksum algorithm", givenSum},
	{"older s3", "*", "signed headers", "object-attributes", emptyItem},
	{"older s3", "*", "header Content-Encoding", "aws-chunked", oneLine},

	{"older s3", "ListDirectoryBuckets", "host", "s3express-control", otherRules},

	{"older s3control", "*", "requests", "Enabled.", boxedNumber},
	{"older s3control", "*", "error*", "Enabled.", boxedNumber},
	{"older elasticloadbalancingv2", "Describe* New*Waiter", "error", "<nil>", gaps},
	{"older elasticloadbalancingv2", "Describe* New*Waiter", "output", "", gaps},

	{"older connectcases", "UpdateTemplate", "requests", "FieldId", notRequired},
	{"older connectcases", "UpdateTemplate", "error*", "FieldId", notRequired},
	{"* dynamodb", "* New*Paginator", "body*", "map[string]interface {}{}", nullInToken},
	{"older ec2", "Create*", "error chain", "InvalidParamsError", notRequired},
	{"older ec2", "Describe* New*Waiter", "requests", "", gaps},
	{"older ec2", "Describe* New*Waiter", "error", "<nil>", gaps},
	{"older ec2", "Describe* New*Waiter", "output", "", gaps},
	{"newer acm", "*", "requests", "Invalid Configuration: ", otherRules},
	{"newer acm", "*", "error*", "Invalid Configuration: ", otherRules},
	{"newer organizations", "*", "host", "organizations", otherRules},
	{"newer organizations", "*", "signed headers", "/organizations/", otherRules},
	{"newer rds", "*GlobalCluster", "error chain", "InvalidParamsError", notRequired},
	{"newer lambda", "Invoke*", "header Content-Type", "application/octet-stream", emptyPayload},
	{"newer lambda", "Invoke*", "signed headers", "content-type", emptyPayload},
	{"newer bedrockruntime", "InvokeModel*", "header Content-Type", "application/octet-stream", emptyPayload},
	{"newer bedrockruntime", "InvokeModel*", "signed headers", "content-type", emptyPayload},
	{"newer bedrockruntime", "Converse*", "requests", "missing required field", notRequired},
	{"newer bedrockruntime", "Converse*", "error*", "missing required field", notRequired},
	{"newer bedrockruntime", "*", `*\[]`, "nil", nullUnion},
	{"newer dynamodb", "*", "error *{}", "nil", nullUnion},
	{"newer dynamodb", "*", `error *\[]`, "nil", nullUnion},
	{"newer dynamodb", "CreateTable", "requests", "CreateTableInput.AttributeDefinitions", tableAttributes},
	{"newer dynamodb", "CreateTable", "error", "CreateTableInput.AttributeDefinitions", tableAttributes},

	{"older kinesis", "DescribeStream New*", "panic", "index out of range", byHand},
	{"older kinesis", "DescribeStream New*", "has more", "", byHand},
	{"older kinesis", "DescribeStream New*", "requests", "", byHand},
	{"older kinesis", "DescribeStream New*", "error", "no more pages", byHand},
}

// Rows are the other intended differences. One that does not occur with the usual seed is an
// error.
var Rows = []Row{
	{"older batch", "CreateComputeEnvironment", "requests", "ComputeResources.Subnets", batchSubnets},
	{"older batch", "CreateComputeEnvironment", "error*", "ComputeResources.Subnets", batchSubnets},

	{"newer lambda", "SendDurableExecutionCallbackSuccess", "header Content-Type",
		"application/octet-stream", emptyPayload},
	{"newer lambda", "SendDurableExecutionCallbackSuccess", "signed headers", "content-type", emptyPayload},
	{"older lambda", "Invoke*", "header Content-Type", "application/octet-stream", unsetPayload},
	{"older lambda", "Invoke*", "signed headers", "content-type", unsetPayload},
	{"older dataexchange", "SendApiAsset", "header Content-Type", "text/plain", unsetPayload},
	{"older dataexchange", "SendApiAsset", "signed headers", "content-type", unsetPayload},

	{"newer lambda", "*", "error text", "decode event: stream error", brokenStream},
	{"newer bedrockruntime", "*", "error text", "decode event: stream error", brokenStream},

	{"older bedrockruntime", "InvokeModel*", "header Content-Type", "application/octet-stream", unsetPayload},
	{"older bedrockruntime", "InvokeModel*", "signed headers", "content-type", unsetPayload},
	{"older sagemakerruntime", "InvokeEndpoint*", "header Content-Type", "application/octet-stream", emptyType},
	{"older rds", "*", "requests", "invalid input region", sourceRegion},
	{"older rds", "*", "error", "invalid input region", sourceRegion},
	{"older rds", "*", "error text", "invalid input region", sourceRegion},
	{"older s3", "PutObject", "header Content-Type", "application/octet-stream", emptyType},
	{"older s3", "List* New*", "query", "max-", ownLimit},

	{"older glacier", "Upload*", "header Content-Type", "application/octet-stream", unsetPayload},
	{"older glacier", "Upload*", "signed headers", "content-type", unsetPayload},

	{"older apigateway", "GetExport", "header Accept", "application/json", accept},

	{"newer bedrockruntime", "Converse", "*", ".Format", documentFormat},

	{"older verifiedpermissions", "*", "error text", "[*]", sensitiveKey},
	{"older codecatalyst", "*", "query", "%20", unsignedSpace},

	{"older ecs", "*", "requests", "validation error(s) found", boxedNumber},
	{"older ecs", "*", "error*", "validation error(s) found", boxedNumber},
	{"older ecs", "* New*Paginator", "body.maxResults", "-", plainLimit},
	{"older cloudwatchlogs", "StartLiveTail", "error text", "unexpected output result type", noInitial},
	{"older kinesis", "SubscribeToShard", "error text", "unexpected output result type", noInitial},
	{"older kinesis", "ListStreams New*Paginator", "has more", "", moreResults},
	{"older kinesis", "ListStreams New*Paginator", "requests", "", moreResults},
	{"older kinesis", "ListStreams New*Paginator", "error*", "", moreResults},
	{"older kms", "* New*Paginator", "has more", "", moreResults},
	{"older kms", "* New*Paginator", "requests", "", moreResults},
	{"older kms", "* New*Paginator", "error*", "", moreResults},
	{"older kinesis", "DescribeStream New*", "panic", "nil pointer", byHand},

	{"older sqs", "*", "error code", "SomethingElseException", queryFault},

	{"newer lambda", "*Durable* New*Paginator", "query", "", plainLimit},
	{"* dynamodb", "* New*Paginator", "body", "ExclusiveStartKey", nullInToken},
	{"* dynamodb", "BatchGetItem New*", "body", "RequestItems", nullInToken},

	{"* dynamodb", "*", "error", "did not match expected checksum", wrongSum},
	{"newer dynamodb", "*", "output*{}", "nil", nullUnion},
	{"newer dynamodb", "*", `output*\[]`, "nil", nullUnion},
	{"newer dynamodb", "CreateTable", "error text", "CreateTableInput.AttributeDefinitions", tableAttributes},

	{"older sts", "AssumeRoleWithWebIdentity", "error*", "IDPCommunicationError", identityProvider},
	{"older s3control", "*", "error chain", "hostid.ResponseError", ownType},
	{"older s3control", "*Job*", "error*", "Input.Priority", boxedNumber},
	{"older s3control", "CreateJob", "error text", "validation error(s) found", boxedNumber},
	{"older s3control", "* New*Paginator", "query", "maxResults=-", plainLimit},
	{"older s3control", "*Job*", "requests", "Input.Priority", boxedNumber},
	{"older ec2", "CreateNatGateway", "*", "CreateNatGatewayInput.SubnetId", notRequired},
	{"older ec2", "CreateVolume", "*", "CreateVolumeInput.AvailabilityZone", notRequired},
	{"older route53", "ChangeResourceRecordSets", "path", "/rrset/", trailingSlash},
	{"older cloudwatch", "PutMetricData", "requests", "PutMetricDataInput.MetricData", metricData},
	{"older cloudwatch", "PutMetricData", "error*", "PutMetricDataInput.MetricData", metricData},
	{"older elasticloadbalancingv2", "Describe* New*Waiter", "requests", "", gaps},
	{"older elasticloadbalancingv2", "Describe* New*Waiter", "error", "exceeded max wait time", gaps},
	{"newer iam", "*", "output*.Base32StringSeed", "nil", emptyBlob},
	{"newer iam", "*", "output.Content", "nil", emptyBlob},
	{"newer iam", "*", "output*.QRCodePNG", "nil", emptyBlob},
	{"older route53", "List* New*Paginator", "has more", "", moreResults},
	{"older route53", "List* New*Paginator", "requests", "", moreResults},
	{"older route53", "List* New*Paginator", "error*", "", moreResults},
	{"newer iam", "* New*Paginator", "has more", "", moreResults},
	{"newer iam", "* New*Paginator", "requests", "", moreResults},
	{"newer iam", "* New*Paginator", "error*", "", moreResults},
	{"newer rds", "*GlobalCluster", "*", "GlobalClusterInput.", notRequired},
	{"newer rds", "D*Log*", "error code", "DBInstanceNotReady", notReady},

	{"older s3", "*", "path", "/", bucketInPath},
	{"older s3", "* New*", "path", "/", bucketInPath},
	{"older s3", "*", "error chain", "*hostid.ResponseError", ownType},
	{"older s3", "*Copy", "error", "received empty response payload", emptySuccess},
	{"older s3", "CopyObject", "error", "received empty response payload", emptySuccess},
	{"older s3", "*", "error text", "unknown checksum algorithm", algorithmText},
	{"older s3", "*", "error chain", "*smithy.SerializationError", algorithmText},
	{"older s3", "UploadPart", "error", "unknown checksum algorithm", givenSum},
	{"older s3", "UploadPart", "requests", "unknown checksum algorithm", givenSum},
	{"older s3", "GetBucketLocation", "error text", "LocationConstraint", locationText},
	{"older s3", "GetObject", "output.Body", "checksum did not match", firstSum},
	{"older s3", "*", "header X-Amz-*Object-Attributes", "", oneLine},
	{"older s3", "* New*", "header X-Amz-*Object-Attributes", "", oneLine},
	{"older s3", "*", "requests", "the content length must be at least 0", negativeLength},
	{"older s3", "*", "error*", "the content length must be at least 0", negativeLength},
	{"older s3", "*", "header Expect", "100-continue", withoutBody},
	{"older s3", "*", "length", "", withoutBody},
	{"older s3", "*", "signed headers", "content-length", withoutBody},
	{"older s3", "WriteGetObjectResponse", "error text", "RequestRoute", hostLabel},
}

// Why the rows are there.
const (
	nullEntry      = "an entry that is null is left out of a map that isn't sparse, as Smithy says; the official client keeps a zero value"
	batchSubnets   = "ComputeResource.subnets was required when the official package was made, and isn't in the model"
	emptyPayload   = "an empty blob is sent with its content type, as by the official packages of apigateway and glacier; that of lambda leaves it out"
	unsetPayload   = "a payload that isn't set has no content type, as Smithy says; these official packages send one"
	emptyType      = "a content type that is empty is none, so that the body has the usual one; the official client sends the empty header"
	sourceRegion   = "a region that a copy comes from must be the name of a host, as in newer packages; this one puts anything into the URL"
	ownLimit       = "a limit of none leaves the input's out, as in all paginators; those that are written by hand keep it"
	brokenStream   = "an error of the connection is the stream's as it stands; newer packages say that they were decoding"
	brokenFrame    = "a stream that ends within a frame is broken, which the official client does not see within the first bytes of one"
	endedMeanwhile = "an event that the service has was sent; the official client may say that it was not when the stream ends meanwhile"
	noInitial      = "a stream that ends before its initial response is an error that says so; the official client speaks of the type of nothing"
	byHand         = "the paginator that is written by hand reads a limit, a flag and a last shard that may not be there"
	accept         = "the model binds a member to the header; the official client overwrites it with what all other operations send"
	documentFormat = "DocumentBlock.format is required in the model, and wasn't any more when the official package was made"
	unsignedSpace  = "a space in the query of a request that SigV4 does not sign is %20, as it is in those that it does"
	sensitiveKey   = "the keys of a sensitive map are withheld from errors"
	queryFault     = "an error that the operation does not know has the fault of X-Amzn-Query-Error, as in newer packages"
	nullUnion      = "a union in a list or map whose only member is null is none; newer packages repeat the entry before it"
	nullInToken    = "the token of a page holds a null entry, which the official client sends as no JSON at all"
	plainLimit     = "C2J does not say that the limit is a plain number, of which the official client sends a negative one"
	bucketInPath   = "no bucket has such a name: of one that must be escaped in a path, the official client escapes the key otherwise than of others"
	ownType        = "emitted code has a type of its own, since that of the official package is internal; its methods are the same"
	emptySuccess   = "an empty body is no error, as in newer official packages"
	algorithmText  = "an algorithm that is not known is an error of the input, as all others of it"
	givenSum       = "a checksum that the caller passes is sent, whatever the algorithm is called"
	locationText   = "the error names the member and the place, and quotes no value"
	firstSum       = "of several checksums the first of the model's order is compared, and not the last"
	oneLine        = "a list is one header line"
	emptyItem      = "an item of a list in a header may be empty, as in newer packages"
	newerText      = "the error has the text of newer packages"
	otherRules     = "the package was made with other endpoint rules than those of the model"
	outerHyphen    = "a label of a host neither begins nor ends with a hyphen"
	negativeLength = "a negative length is an error of the input"
	withoutBody    = "a length without a body is not sent, as by net/http"
	hostLabel      = "the error says what a label may be"
	wrongSum       = "an answer whose checksum is wrong is an error; the official client only notes it in the log"

	boxedNumber      = "C2J does not say which numbers are plain; one that is a pointer can be missing"
	notRequired      = "the member was required when the official package was made, and is not in the model"
	trailingSlash    = "C2J has the path with a slash at its end"
	dotSegment       = "a label that is a step of a path is refused"
	metricData       = "C2J has the member as required, which Smithy's models did not any more"
	gaps             = "where a projection finds nothing there is nothing to compare, as JMESPath says; the official waiter finds an empty text"
	identityProvider = "an identity provider that could not be reached is asked again, as by newer official packages"
	emptyBlob        = "an element without content is an empty blob; newer official packages take none from it"
	moreResults      = "C2J has a flag for more pages, which decides; official packages are made of models without it"
	notReady         = "the model blames the service for the error; when the official package was made it blamed the caller"

	tableAttributes = "CreateTableInput.AttributeDefinitions is required in the model, and wasn't any more when the official package was made"
)

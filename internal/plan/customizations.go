package plan

import (
	"cmp"
	"slices"
	"time"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// customization is what a service wants, or what its official package does, that no
// model says.
type customization struct {
	// header is sent with every request; nil for none.
	header func(*spec.API, *protocol.Protocol) protocol.Header
	// contentType is that of bodies of members, where it is not the protocol's.
	contentType string
	// treeHash asks for the tree hash of each body.
	treeHash bool
	// account is the member that names an account and may be left out to mean the
	// caller's.
	account string
	// longPolling are the operations that hold a request open until there is something to
	// answer, where models don't say so.
	longPolling []string
	// quickRetries: calls take milliseconds and are tried again sooner and more often.
	quickRetries bool
	// checkedBodies: responses have a checksum of their body as it travels.
	checkedBodies bool
	// readTimeouts are by operation how long to wait for more of a response's body.
	readTimeouts map[string]time.Duration
	// awaited are the operations with event streams whose official packages wait for the
	// response before they return: those that were published before there was another way
	// (smithy-go, codegen/…/EventStreamGenerator.java).
	awaited []string
	// paginators are by operation those that the official package has and no model declares.
	paginators map[string]paging
	// endpoints are by operation the members that hold the URL to send to.
	endpoints map[string]string
	// messages says by operation how messages are compared with their checksums.
	messages map[string]messageMembers
	// segments are the names of shapes whose values are paths that services write and do
	// not read: they want the last segment.
	segments []string
	// outposts are the parameters of the endpoint whose members of inputs may be ARNs of
	// resources on Outposts: the endpoint takes those whole, and the request their names.
	outposts []string
	// nullEntries are the names of maps in which services write null, although the model rules
	// that out. The keys count.
	nullEntries []string
	// bareErrors are by name the errors that come without an element around them: what
	// their message is, since they have none.
	bareErrors map[string]string
	// retryCode is the code of an error that goes away when a call is tried again.
	retryCode string
	// schemes sign calls in place of those of the model, preferred first.
	schemes []spec.AuthScheme
	// unsigned are the operations whose callers have no credentials yet.
	unsigned []string
	// objects: calls store and fetch objects, in the ways that Amazon S3 has for it.
	objects bool
	// hostIDs: responses name the host that they come from, errors too.
	hostIDs bool
	// dualStack: an option from before endpoint options asks for dual-stack endpoints.
	dualStack bool
	// wholeEndpoints: the endpoint has all of the host, prefixes of operations too.
	wholeEndpoints bool
	// hashHeader: requests carry the hash of their body in a header, signed or not.
	hashHeader bool
	// inEndpoint are members that the endpoint has in its URL, and no path has again.
	inEndpoint []string
	// bareOutputs are operations whose output has no element around its only member.
	bareOutputs []string
	// truncated is the member of outputs that reports whether there are more pages.
	truncated string
	// looseTimes are headers of outputs which need not be a time, and are kept as text
	// besides.
	looseTimes []string
	// tokenVariable names an environment variable: a bearer token in it comes before
	// credentials.
	tokenVariable string
}

// customizations are by service id. Each value is a rule of the service's API reference
// or of its official package: what was found where is in docs/services.md.
var customizations = map[string]customization{
	// Without the header the service answers in HAL, whose members are others than the
	// model's.
	"API Gateway": {
		header: func(_ *spec.API, p *protocol.Protocol) protocol.Header {
			return protocol.Header{Name: "Accept", Value: p.ContentType}
		},
		nullEntries: []string{"MapOfStringToString"},
	},
	"AppStream": {nullEntries: []string{"Metadata"}},
	"Athena":    {nullEntries: []string{"ParametersMap"}},
	"Bedrock":   {tokenVariable: "AWS_BEARER_TOKEN_BEDROCK"},
	"Bedrock Agent Runtime": {awaited: []string{
		"InvokeAgent", "InvokeFlow", "InvokeInlineAgent", "OptimizePrompt", "RetrieveAndGenerateStream",
	}},
	"Bedrock AgentCore": {awaited: []string{"InvokeCodeInterpreter"}},
	"Bedrock Runtime": {
		tokenVariable: "AWS_BEARER_TOKEN_BEDROCK",
		awaited:       []string{"ConverseStream", "InvokeModelWithResponseStream"},
	},
	// All its endpoints want signatures for all regions; resolvers of users don't say so.
	"CloudFront KeyValueStore": {schemes: []spec.AuthScheme{spec.SigV4A, spec.SigV4}},
	"CloudWatch Logs":          {awaited: []string{"GetLogObject", "StartLiveTail"}},
	"Cognito Identity": {
		unsigned: []string{"GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "UnlinkIdentity"},
	},
	"DynamoDB": {
		checkedBodies: true, quickRetries: true,
		paginators: map[string]paging{"BatchGetItem": {
			Pagination: spec.Pagination{InputToken: "RequestItems", OutputToken: "UnprocessedKeys"}, deep: true,
		}},
	},
	"DynamoDB Streams": {quickRetries: true},
	"finspace":         {contentType: awsJSONType},
	"finspace data":    {contentType: awsJSONType},
	"Glacier": {
		// The service refuses requests that don't name their version.
		header: func(api *spec.API, _ *protocol.Protocol) protocol.Header {
			return protocol.Header{Name: "X-Amz-Glacier-Version", Value: api.Version}
		},
		treeHash: true,
		account:  "accountId",
	},
	"IoTSiteWise": {awaited: []string{"InvokeAssistant"}},
	"Kinesis": {
		readTimeouts: map[string]time.Duration{"GetRecords": 5 * time.Second},
		awaited:      []string{"SubscribeToShard"},
		paginators: map[string]paging{"DescribeStream": {
			Pagination: spec.Pagination{
				InputToken: "ExclusiveStartShardId", OutputToken: "StreamDescription.Shards[-1].ShardId",
				Items: "StreamDescription.Shards", PageSize: "Limit", MoreResults: "StreamDescription.HasMoreShards",
			},
			limitPointer: true,
		}},
	},
	"Lambda":         {awaited: []string{"InvokeWithResponseStream"}},
	"Lex Runtime V2": {awaited: []string{"StartConversation"}},
	// Each model for predictions has an endpoint of its own.
	"Machine Learning": {endpoints: map[string]string{"Predict": "PredictEndpoint"}},
	"QBusiness":        {awaited: []string{"Chat"}},
	// Ids are "/hostedzone/Z1" and the like in answers.
	"Route 53": {
		segments:   []string{"ChangeId", "DelegationSetId", "ResourceId"},
		bareErrors: map[string]string{"InvalidChangeBatch": "ChangeBatch errors occurred"},
		paginators: map[string]paging{"ListResourceRecordSets": {
			Pagination: spec.Pagination{
				InputToken: "StartRecordName", OutputToken: "NextRecordName",
				Items: "ResourceRecordSets", PageSize: "MaxItems", MoreResults: "IsTruncated",
			},
			beside: [][2]string{{"StartRecordIdentifier", "NextRecordIdentifier"}, {"StartRecordType", "NextRecordType"}},
		}},
	},
	"S3": {
		objects: true, hostIDs: true, hashHeader: true, dualStack: true,
		inEndpoint: []string{"Bucket"}, bareOutputs: []string{"GetBucketLocation"}, looseTimes: []string{"Expires"},
		truncated: "IsTruncated", awaited: []string{"SelectObjectContent"},
		paginators: map[string]paging{
			"ListMultipartUploads": {
				Pagination: spec.Pagination{
					InputToken: "KeyMarker", OutputToken: "NextKeyMarker",
					Items: "Uploads", PageSize: "MaxUploads", MoreResults: "IsTruncated",
				},
				beside: [][2]string{{"UploadIdMarker", "NextUploadIdMarker"}},
			},
			"ListObjectVersions": {
				Pagination: spec.Pagination{
					InputToken: "KeyMarker", OutputToken: "NextKeyMarker",
					Items: "Versions", PageSize: "MaxKeys", MoreResults: "IsTruncated",
				},
				beside: [][2]string{{"VersionIdMarker", "NextVersionIdMarker"}},
			},
		},
	},
	"S3 Control": {
		hostIDs: true, hashHeader: true, dualStack: true, wholeEndpoints: true,
		outposts: []string{"AccessPointName", "Bucket"},
	},
	"SageMaker Runtime": {awaited: []string{"InvokeEndpointWithResponseStream"}},
	"SFN":               {longPolling: []string{"GetActivityTask"}},
	"SQS": {
		longPolling: []string{"ReceiveMessage"},
		messages: map[string]messageMembers{
			"SendMessage": {body: "MessageBody", sum: "MD5OfMessageBody"},
			"SendMessageBatch": {sent: "Entries", returned: "Successful", key: "Id", body: "MessageBody",
				sum: "MD5OfMessageBody"},
			"ReceiveMessage": {returned: "Messages", body: "Body", sum: "MD5OfBody"},
		},
	},
	"STS": {
		retryCode: "IDPCommunicationError",
		unsigned:  []string{"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"},
	},
	"SWF": {longPolling: []string{"PollForActivityTask", "PollForDecisionTask"}},
	"Transcribe Streaming": {awaited: []string{
		"StartCallAnalyticsStreamTranscription", "StartMedicalScribeStream", "StartMedicalStreamTranscription",
		"StartStreamTranscription",
	}},
}

// custom is what the builder's service wants.
func (b *builder) custom() customization { return customizations[b.api.ID] }

// awsJSONType is what some services that speak another protocol call JSON.
const awsJSONType = "application/x-amz-json-1.1"

// contentType is that of bodies of members.
func (b *builder) contentType() string {
	return cmp.Or(b.custom().contentType, b.protocol.ContentType)
}

// OwnAccount stands for the caller's account in members that name one.
const OwnAccount = "-"

func accountField(api *spec.API, fields map[*spec.Member]*Field) *Field {
	for m, f := range fields {
		if m.Name == customizations[api.ID].account && f.Pointer && f.Value.Kind == KindString {
			return f
		}
	}
	return nil
}

// segmentFields are the fields of an input that are texts of the shapes named.
func segmentFields(input *Struct, shapes []string) (out []*Field) {
	for _, f := range input.Fields {
		if f.Spec != nil && f.Pointer && f.Value.Kind == KindString && slices.Contains(shapes, f.Spec.Target.Name) {
			out = append(out, f)
		}
	}
	return out
}

// OnOutposts is an operation's resource that may be called by its ARN.
type OnOutposts struct {
	// Resource is the input field that names it, and Account that of the account, which the
	// ARN has, too; nil where the operation takes none.
	Resource, Account *Field
}

// onOutposts finds the resource that an input names, if it may be one on Outposts.
func onOutposts(input *Struct, parameters []string) *OnOutposts {
	var found OnOutposts
	for _, f := range input.Fields {
		switch {
		case f.Spec == nil || !f.Pointer || f.Value.Kind != KindString || f.Spec.ContextParam == "":
		case slices.Contains(parameters, f.Spec.ContextParam):
			found.Resource = f
		case f.Spec.ContextParam == accountParameter:
			found.Account = f
		}
	}
	if found.Resource == nil {
		return nil
	}
	return &found
}

// accountParameter is the parameter of the endpoint that names an account.
const accountParameter = "AccountId"

// bareError plans how an error is read that comes without an element around it. It has one
// list of texts, whose elements are called as in the answers of the service: with a capital.
func (b *builder) bareError(s *spec.Shape, st *Struct) *BareError {
	text, ok := b.custom().bareErrors[s.Name]
	if !ok {
		return nil
	}
	for _, f := range st.Fields {
		if f.Value.Kind == KindList && f.Value.Elem.Kind == KindString {
			return &BareError{Root: s.Name, List: f.Name, Item: f.Value.Wire.Element, Texts: f, Text: text}
		}
	}
	return nil
}

// endpointMember returns the member of an operation's input that holds the URL to send
// to, or nil.
func endpointMember(api *spec.API, op *spec.Operation) *spec.Member {
	if op.Input == nil {
		return nil
	}
	return op.Input.Member(customizations[api.ID].endpoints[op.Name])
}

func (b *builder) literalHeaders() []protocol.Header {
	if header := b.custom().header; header != nil {
		return []protocol.Header{header(b.api, b.protocol)}
	}
	return nil
}

// customize plans what the service wants of an operation whose input and output are
// planned.
func (b *builder) customize(op *spec.Operation, p *Operation) {
	custom, n := b.custom(), &b.pkg.Needs
	p.TreeHash = custom.treeHash && p.Request.Body.Kind != NoBody
	p.Segments = segmentFields(p.Input, custom.segments)
	p.OnOutposts = onOutposts(p.Input, custom.outposts)
	p.ReadTimeout = custom.readTimeouts[op.Name]
	p.LongPolling = op.LongPoll || slices.Contains(custom.longPolling, op.Name)
	if members, ok := custom.messages[op.Name]; ok {
		p.Messages = b.messages(members, p)
	}
	n.Messages = n.Messages || p.Messages != nil
	n.Outposts = n.Outposts || p.OnOutposts != nil
	n.CheckedBodies, n.QuickRetries = custom.checkedBodies, custom.quickRetries
	n.ReadTimeout = n.ReadTimeout || p.ReadTimeout != 0
	n.HostIDs, n.HashHeader, n.DualStack = custom.hostIDs, custom.hashHeader, custom.dualStack
	if custom.objects {
		b.objects(p)
	}
	if slices.Contains(custom.bareOutputs, op.Name) {
		p.Response.Body.bare()
	}
}

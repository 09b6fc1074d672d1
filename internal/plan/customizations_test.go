package plan

import (
	"slices"
	"testing"
	"time"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

func TestLiteralHeaders(t *testing.T) {
	for _, tc := range []struct {
		id   string
		want []protocol.Header
	}{
		{"API Gateway", []protocol.Header{{Name: "Accept", Value: "application/json"}}},
		{"Glacier", []protocol.Header{{Name: "X-Amz-Glacier-Version", Value: "2012-06-01"}}},
		{"ApiGatewayV2", nil},
	} {
		b := &builder{api: &spec.API{ID: tc.id, Version: "2012-06-01"}, protocol: &protocol.Protocol{ContentType: "application/json"}}
		if got := b.literalHeaders(); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.id, got, tc.want)
		}
	}
}

func TestAccountField(t *testing.T) {
	account, vault := &spec.Member{Name: "accountId"}, &spec.Member{Name: "vaultName"}
	text := &Value{Kind: KindString}
	fields := map[*spec.Member]*Field{account: {Name: "AccountId", Pointer: true, Value: text}, vault: {Name: "VaultName", Pointer: true, Value: text}}
	if got := accountField(&spec.API{ID: "Glacier"}, fields); got != fields[account] {
		t.Errorf("Glacier: %+v", got)
	}
	if got := accountField(&spec.API{ID: "EKS"}, fields); got != nil {
		t.Errorf("EKS: %+v", got)
	}
}

// TestCustomize plans what services want of their operations.
func TestCustomize(t *testing.T) {
	for _, tc := range []struct {
		id, operation string
		longPolling   bool
		readTimeout   time.Duration
		needs         Needs
	}{
		{"SQS", "ReceiveMessage", true, 0, Needs{}},
		{"SQS", "ListQueues", false, 0, Needs{}},
		{"SFN", "GetActivityTask", true, 0, Needs{}},
		{"SWF", "PollForActivityTask", true, 0, Needs{}},
		{"SWF", "PollForDecisionTask", true, 0, Needs{}},
		{"Kinesis", "GetRecords", false, 5 * time.Second, Needs{ReadTimeout: true}},
		{"Kinesis", "ListShards", false, 0, Needs{}},
		{"DynamoDB", "GetItem", false, 0, Needs{CheckedBodies: true, QuickRetries: true}},
		{"DynamoDB Streams", "GetRecords", false, 0, Needs{QuickRetries: true}},
		{"Glacier", "UploadArchive", false, 0, Needs{}},
		{"S3 Control", "CreateJob", false, 0, Needs{HostIDs: true, HashHeader: true, DualStack: true}},
		{"EKS", "ReceiveMessage", false, 0, Needs{}},
	} {
		b := &builder{api: &spec.API{ID: tc.id}, pkg: &Package{}}
		p := &Operation{Input: &Struct{}, Output: &Struct{}, Request: Request{Body: Body{Kind: Members}}}
		b.customize(&spec.Operation{Name: tc.operation}, p)
		if p.LongPolling != tc.longPolling || p.ReadTimeout != tc.readTimeout || b.pkg.Needs != tc.needs || p.Messages != nil ||
			p.TreeHash != (tc.operation == "UploadArchive") {
			t.Errorf("%s of %s: %+v, %+v", tc.operation, tc.id, p, b.pkg.Needs)
		}
		if b.customize(&spec.Operation{Name: tc.operation, LongPoll: true}, p); !p.LongPolling {
			t.Errorf("%s of %s holds no request open, though its model says so", tc.operation, tc.id)
		}
	}
}

// TestOnOutposts finds the resource and the account of an input by the endpoint's
// parameters.
func TestOnOutposts(t *testing.T) {
	text := &Value{Kind: KindString}
	field := func(name, param string, v *Value) *Field {
		return &Field{Name: name, Pointer: true, Value: v, Spec: &spec.Member{Name: name, ContextParam: param}}
	}
	account, bucket, plain := field("Owner", "AccountId", text), field("Place", "Bucket", text), field("Bucket", "", text)
	params := []string{"AccessPointName", "Bucket"}
	for name, tc := range map[string]struct {
		fields []*Field
		want   *OnOutposts
	}{
		"both":           {[]*Field{account, plain, bucket}, &OnOutposts{bucket, account}},
		"no account":     {[]*Field{bucket}, &OnOutposts{Resource: bucket}},
		"no resource":    {[]*Field{account, plain}, nil},
		"another kind":   {[]*Field{account, field("Bucket", "Bucket", &Value{Kind: KindList})}, nil},
		"what is no one": {[]*Field{{Name: "ResultMetadata"}}, nil},
	} {
		got := onOutposts(&Struct{Fields: tc.fields}, params)
		if (got == nil) != (tc.want == nil) || got != nil && *got != *tc.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := onOutposts(&Struct{Fields: []*Field{account, bucket}}, nil); got != nil {
		t.Errorf("of a service without: %+v", got)
	}
}

// TestHasSecretURL knows sensitive members in the URL from those in headers and bodies.
func TestHasSecretURL(t *testing.T) {
	secret, plain := &spec.Shape{Kind: spec.String, Sensitive: true}, &spec.Shape{Kind: spec.String}
	b := &builder{secret: map[*spec.Shape]bool{secret: true}}
	for at, want := range map[spec.Location]bool{
		spec.InLabel: true, spec.InQuery: true, spec.InQueryParams: true, spec.InHeader: false, spec.InBody: false, spec.InPayload: false,
	} {
		other := &spec.Member{Name: "other", Target: plain, Location: spec.InLabel}
		in := &spec.Shape{Kind: spec.Structure, Members: []*spec.Member{other, {Name: "m", Target: secret, Location: at}}}
		if got := b.hasSecretURL(in); got != want {
			t.Errorf("%v: %t", at, got)
		}
	}
	host := &spec.Shape{Kind: spec.Structure, Members: []*spec.Member{{Name: "m", Target: secret, HostLabel: true}}}
	if !b.hasSecretURL(host) || b.hasSecretURL(nil) {
		t.Error("a label of the host is in the URL, and an operation without input has none")
	}
}

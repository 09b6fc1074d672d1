// Package calls is the table of calls that are measured: what is called, by whom,
// and what comes back. All callers of a case send to the same transport, which
// answers from memory, so that what differs is the client.
package calls

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// The callers.
const (
	Official  = "official"
	Ours      = "ours"
	ByHand    = "by hand"
	Transport = "transport" // the transport alone: a request made and an answer read
	NetHTTP   = "net/http"  // a request with the same headers sent, and an answer read
	Hash      = "SHA-256"   // the hash of the body alone, without which nobody can sign it
)

// The names of the cases.
const (
	WholeCall    = "GetDataSourceRun, all members"
	EmptyCall    = "GetDataSourceRun, empty answer"
	ErrorCall    = "GetDataSourceRun, 404 by header"
	OptionCall   = "GetDataSourceRun, with an option function"
	HookedCall   = "GetDataSourceRun, in a middleware stack"
	DecodeCall   = "the deserializer alone"
	SchemaCall   = "eks DescribeCluster"
	FunctionCall = "lambda GetFunction"
	LoopbackCall = "GetDataSourceRun, over HTTP"
	GetItemCall  = "dynamodb GetItem, 20 attributes"
	PutItemCall  = "dynamodb PutItem, 20 attributes"
	MessageCall  = "sqs SendMessage"
	IdentityCall = "sts GetCallerIdentity"
	MetricsCall  = "cloudwatch PutMetricData, 100 metrics in CBOR"
	StreamCall   = "bedrockruntime ConverseStream, 10,000 events"
	BigResponse  = "ListDataSources, answer of 10,000 elements"
	BigRequest   = "CreateAsset, request of 10,000 forms"
)

// Case is one call and who makes it, the official client first.
type Case struct {
	Name string
	// Size is that of the body that counts, in bytes, where throughput matters.
	Size  int
	Sides []Side
}

// Side makes the call of a case. What it returns is the output, or the error that is
// expected; they are only looked at by tests.
type Side struct {
	Name string
	Call func() any
}

// ModelCases are the names of the cases with small bodies that need models.
func ModelCases() []string {
	return []string{SchemaCall, FunctionCall, GetItemCall, PutItemCall, MessageCall, IdentityCall, MetricsCall, StreamCall}
}

// Cases are those with small bodies. Those of clients that are not committed are
// there when the build has the tag "models", for which go generate makes the clients.
func Cases() []Case { return append(dataZoneCases(), modelCases()...) }

// BigCases are those with big bodies, if the build has the tag "models". They are
// apart because what they hold in memory changes how often the collector runs.
func BigCases() []Case { return bigCases() }

// expect returns the output of a call that must not fail.
func expect[T any](out T, err error) any {
	if err != nil {
		panic(err)
	}
	return out
}

var (
	ctx    = context.Background()
	region = "us-east-1"
	keyID  = "AKIDEXAMPLE"
	secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
)

func key() aws.CredentialsProvider {
	return aws.NewCredentialsCache(credentials.NewStaticCredentialsProvider(keyID, secret, ""))
}

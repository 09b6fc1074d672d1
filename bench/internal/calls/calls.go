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

	// Busy is NetHTTP, and a hash that takes as long as ours takes in memory: what any work
	// between two requests costs, whoever does it.
	Busy     = "net/http, then SHA-256 of 7 KB"
	BusyHash = "SHA-256 of 7 KB"
	// Single is ours with one element in the place of many.
	Single = "ours, 1 metric"
)

// busyBytes is how long what Busy hashes is.
const busyBytes = 7 << 10

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
	GetObject    = "s3 GetObject, 1 KB"
	PutObject    = "s3 PutObject, 1 KB"
	ListObjects  = "s3 ListObjectsV2, 1,000 keys"
	GetStream    = "s3 GetObject, stream of 100 MB"
	PutStream    = "s3 PutObject, stream of 100 MB"
)

// Case is one call and who makes it, the official client first.
type Case struct {
	Name string
	// Size is that of the body that counts, in bytes, where throughput and memory matter.
	Size  int
	Sides []Side
}

// Side makes the call of a case. What it returns is the output, or the error that is
// expected; they are only looked at by tests.
type Side struct {
	Name string
	Call func() any `json:"-"`
}

// Family are the cases that are measured in one process: a program calls one service, or
// two, and what others hold in memory changes how often the collector runs.
type Family struct {
	Name string
	// Cases makes the cases; what goes over HTTP goes to the server.
	Cases func(server string) []Case
}

// Families are all cases. Those of clients that are not committed are there when the build
// has the tag "models", for which go generate makes the clients.
func Families() []Family {
	return append([]Family{{"datazone", inMemory(dataZoneCases)}, {"over HTTP", loopbackCases}}, modelFamilies()...)
}

// inMemory makes cases that need no server.
func inMemory(cases func() []Case) func(string) []Case {
	return func(string) []Case { return cases() }
}

// ModelCases are the names of the cases that need models.
func ModelCases() []string {
	return []string{
		SchemaCall, FunctionCall, MessageCall, IdentityCall, MetricsCall, StreamCall, GetItemCall, PutItemCall,
		GetObject, PutObject, ListObjects, GetStream, PutStream, BigResponse, BigRequest,
	}
}

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

package gocode

// Import paths that emitted code names.
const (
	AWS            = "github.com/aws/aws-sdk-go-v2/aws"
	AWSRetry       = "github.com/aws/aws-sdk-go-v2/aws/retry"
	AWSSigner      = "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	Smithy         = "github.com/aws/smithy-go"
	EventStream    = "github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	SmithyBearer   = "github.com/aws/smithy-go/auth/bearer"
	SmithyDocument = "github.com/aws/smithy-go/document"
	SmithyEndpoint = "github.com/aws/smithy-go/endpoints"
	SmithyLogging  = "github.com/aws/smithy-go/logging"
	SmithyMetadata = "github.com/aws/smithy-go/middleware"
)

// importNames are the package names of paths whose last element says it, so that
// they are imported without an alias.
var importNames = map[string]string{
	AWS: "aws", AWSRetry: "retry", EventStream: "eventstream", SmithyBearer: "bearer", SmithyLogging: "logging",
	SmithyMetadata: "middleware",
	"context":      "context", "log": "log", "strings": "strings", "iter": "iter", "errors": "errors", "time": "time",
	"io": "io", "net/http": "http", "fmt": "fmt", "log/slog": "slog", "strconv": "strconv",
}

// importAliases are those whose last element does not, or says something else.
var importAliases = map[string]string{
	AWSSigner: "v4", Smithy: "smithy", SmithyDocument: "smithydocument", SmithyEndpoint: "smithyendpoints",
}

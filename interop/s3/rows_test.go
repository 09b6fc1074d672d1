package s3

import "regexp"

// row is an intended difference: lines of a transcript that only one side may have.
type row struct {
	line *regexp.Regexp
	why  string
}

// rows are all of them. One that matches no line is an error.
var rows = []row{
	{
		regexp.MustCompile(`^error operation error S3: \w+, resolve auth scheme: resolve endpoint: endpoint rule error, Invalid (ARN|configuration|region)`),
		"without a region the official client looks for a scheme first, with an empty one",
	},
	{
		regexp.MustCompile(`endpoint rule error, A region must be set when sending requests to S3\.$`),
		"without a region every call says so, whatever the bucket is",
	},
	{
		regexp.MustCompile(`unknown checksum algorithm,? "?ROT13"?$`),
		"an algorithm that is not known is an error of the input, as all others of it",
	},
	{
		regexp.MustCompile(`^computed map\[SHA1:mine\]$`),
		"a checksum that the caller passes is one that was sent, whatever the configuration says",
	},
	{
		regexp.MustCompile(`failed to compute payload hash: (failed to seek body to start, request stream is not seekable|unseekable stream is not supported without an unsigned payload)$`),
		"the text says what to do",
	},
	{
		regexp.MustCompile(`^(error .* NoSuchKey: |code NoSuchKey, message )`),
		"an error without members has the message that the service sends, as in newer official packages",
	},
	{
		regexp.MustCompile(`^(code AccessDenied, message words, fault unknown, type \*smithy.GenericAPIError|ids request-1 host-1)$`),
		"the error of a session is wrapped in that of the call which needs it, and not only quoted",
	},
}

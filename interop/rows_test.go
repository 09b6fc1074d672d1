package interop

// difference is something that our client does otherwise.
type difference struct {
	// id names the difference, and the file of its effects.
	id string
	// where says what it concerns, why what it is good for.
	where, why string
}

// differences are all that there are, and all of them are wanted. What each shows
// stands in testdata.
func differences() []difference {
	return []difference{
		{"dot-segment", "a path label that is . or ..", "it would name another resource once a server or proxy removes dot segments"},
		{"label-in-braces", "a path label that reads like the template of a later one", "the official client puts the later value in its place"},
		{"integer-too-big", "an integer in an output that does not fit its type", "the official client wraps it and returns a wrong number"},
		{"decoding-error", "the text and the cause of an error in decoding an output", "it names the member and the place, and the cause is the codec's own"},
		{"snapshot", "the snapshot in an error in decoding a long output", "it is the body's beginning, in place of what was last read"},
		{"undecodable-error", "an error response whose body can't be decoded", "it keeps the code of its header or what could be read of the body, in place of hiding it"},
		{"code-of-another-type", "an error code that is no string", "only text is a code, and another member may have one"},
		{"two-codes", "an error response with two codes", "the one that the operation knows counts, then the order of newer official packages: header, __type, code"},
		{"oversized-error", "an error body of more than a megabyte", "it must not fill the memory; what is read decides"},
		{"announced-too-long", "an output whose announced length is more than 512 MiB", "nothing of it is read but the beginning for the error"},
		{"broken-error", "an error response whose body breaks off", "status, code and what was read say more than the broken connection"},
		{"code-cleaned-once", "a code in an error body with several number signs", "what follows the first is the code, as it is for a header"},
		{"empty-code", "a code in a header of which nothing is left", "no code is an unknown one, as it is for a body"},
		{"attempt-results", "retry.GetAttemptResults of the metadata", "a list that almost nobody reads costs every call"},
		{"endpoint-without-host", "an endpoint without scheme or host", "the mistake is reported at once, in place of three attempts at it"},
		{"endpoint-auth", "an endpoint that asks for an authentication scheme that there is no signer for", "the official client signs with another scheme than the endpoint wants, or has one for SigV4A, which clients get whose rules name it"},
		{"nil-body", "a response without body from an HTTP client of one's own", "the official client panics"},
		{"endpoint-header", "a header of an endpoint resolver whose name is not canonical", "the official client sends it empty"},
		{"signer-of-a-call", "HTTPSignerV4 in the options of a call", "the official client goes on to use that of the client"},
		{"canceled-with-answer", "a context canceled after the response's head, with the body there", "a call whose context has ended fails, whatever has come"},
		{"cause-of-a-retry", "a call that ends between two attempts", "the error names the failure that was to be tried again, beside what ended the call"},
		{"output-breaks-off", "a connection that breaks after the last byte of the JSON", "a length that was announced must come"},
		{"log-content", "logs of requests and responses", "secrets are withheld, and nothing is shown that did not travel so"},
		{"log-text", "warnings about a date that can't be read and a body that can't be closed", "the date is quoted as it came, and errors' bodies count too"},
	}
}

package compare

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// metadata is that of an output of any client.
func metadata(output any) (middleware.Metadata, bool) {
	v := reflect.ValueOf(output)
	if output == nil || v.IsNil() {
		return middleware.Metadata{}, false
	}
	m, ok := reflect.TypeAssert[middleware.Metadata](v.Elem().FieldByName("ResultMetadata"))
	return m, ok
}

// metadataFacts describes what the official accessors find. Times are reported
// relative to the attempt's.
func metadataFacts(m middleware.Metadata, sent request) []Fact {
	facts := []Fact{{"raw response", rawResponse(m)}, {"keys", keys(m)}}
	id, ok := awsmiddleware.GetRequestIDMetadata(m)
	facts = append(facts, Fact{"request id", fmt.Sprintf("%q, %v", id, ok)})
	server, ok := awsmiddleware.GetServerTime(m)
	facts = append(facts, Fact{"server time", fmt.Sprintf("%v, %v", server.Sub(sent.at), ok)})
	at, ok := awsmiddleware.GetResponseAt(m)
	facts = append(facts, Fact{"response at", fmt.Sprintf("%v, %v", at.Sub(sent.at), ok)})
	skew, ok := awsmiddleware.GetAttemptSkew(m)
	facts = append(facts, Fact{"attempt skew", fmt.Sprintf("%v, %v", skew, ok)})
	return facts
}

// attemptResults describes the record of attempts.
func attemptResults(m middleware.Metadata) string {
	results, ok := retry.GetAttemptResults(m)
	return fmt.Sprintf("%d, %v", len(results.Results), ok)
}

func rawResponse(m middleware.Metadata) string {
	raw, ok := awsmiddleware.GetRawResponse(m).(*smithyhttp.Response)
	if !ok {
		return fmt.Sprintf("%T", awsmiddleware.GetRawResponse(m))
	}
	return fmt.Sprintf("%d %s %v length %d", raw.StatusCode, raw.Proto, raw.Header, raw.ContentLength)
}

// keys lists the types of all keys of the metadata, which has no accessor for it.
// The record of attempts is left out, see [Scenario.AttemptResults].
func keys(m middleware.Metadata) string {
	var names []string
	for _, key := range reflect.ValueOf(m).FieldByName("values").MapKeys() {
		if name := typeName(key.Elem().Type()); name != "retry.attemptResultsKey" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

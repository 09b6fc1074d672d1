package protocol

import "example.com/lathe/spec"

// What a service keeps of awsQuery that spoke it once:
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait.

// queryMode are the headers that ask for the error codes of awsQuery.
func queryMode(api *spec.API) []Header {
	if !api.QueryCompatible {
		return nil
	}
	return []Header{{"X-Amzn-Query-Mode", "true"}}
}

// queryCompatible adds those codes to a protocol's errors.
func queryCompatible(api *spec.API, errors Errors) Errors {
	if api.QueryCompatible {
		errors.Info, errors.QueryCode = "QueryCompatibleErrorInfo", true
	}
	return errors
}

package compare

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// requestFacts describes each request.
func (r *Record) requestFacts(s *Scenario) [][]Fact {
	var seen ids
	requests := r.world.transport.requests
	out := make([][]Fact, len(requests))
	for i := range requests {
		out[i] = requests[i].facts(&seen)
		if !s.RandomWaits {
			since := requests[i].at.Sub(r.results[0].Began)
			out[i] = append(out[i], Fact{"sent at", since.String()})
		}
	}
	return out
}

// resultFacts describes what a call did beside its output or error.
func (r *Record) resultFacts(s *Scenario, call int) (out []Fact) {
	result := r.results[call]
	if !s.RandomWaits {
		out = append(out, Fact{"took", result.Took.String()})
	}
	m, ok := metadata(result.Output)
	if !ok {
		return out
	}
	for _, f := range metadataFacts(m, r.lastRequest(call)) {
		out = append(out, Fact{"metadata " + f.Path, f.Value})
	}
	if s.AttemptResults {
		out = append(out, Fact{"metadata attempt results", attemptResults(m)})
	}
	return out
}

// worldFacts describes what is left of the run.
func (r *Record) worldFacts() []Fact {
	open, misused := r.world.transport.open()
	return []Fact{
		{"bodies left open", fmt.Sprint(open)},
		{"bodies read after close", fmt.Sprint(misused)},
		{"notes", strings.Join(r.world.notes, "\n")},
	}
}

// lastRequest is the last request that was sent before a call ended.
func (r *Record) lastRequest(call int) (last request) {
	end := r.results[call].Began.Add(r.results[call].Took)
	for _, sent := range r.world.transport.requests {
		if !sent.at.After(end) {
			last = sent
		}
	}
	return last
}

// Summary says in a few words what came of the calls: "ok" or the error's status
// and code or type, each with the number of requests if it isn't one.
func (r *Record) Summary() string {
	var parts []string
	for _, result := range r.results {
		parts = append(parts, result.summary())
	}
	out := strings.Join(parts, "; ")
	if n := len(r.world.transport.requests); n != len(r.results) {
		out += fmt.Sprintf(" (%d sent)", n)
	}
	return out
}

func (r Result) summary() string {
	if r.Err == nil {
		return "ok"
	}
	status := ""
	if resp, ok := errors.AsType[*awshttp.ResponseError](r.Err); ok && resp.HTTPStatusCode() != 0 {
		status = fmt.Sprint(resp.HTTPStatusCode(), " ")
	}
	if api, ok := errors.AsType[smithy.APIError](r.Err); ok {
		return status + api.ErrorCode()
	}
	for _, link := range links(r.Err) {
		if name := typeName(reflect.TypeOf(link)); !wrappers[name] {
			return status + strings.TrimPrefix(name, "*")
		}
	}
	return status + "error"
}

// wrappers are the types that say nothing of their own in a summary.
var wrappers = map[string]bool{
	"*smithy.OperationError": true, "*awshttp.ResponseError": true, "*fmt.wrapError": true, "*errors.joinError": true,
	"*retry.MaxAttemptsError": true, "*url.Error": true,
}

// Err is the error of a call; nil for none.
func (r *Record) Err(call int) error { return r.results[call].Err }

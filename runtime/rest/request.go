// Package rest binds members to HTTP messages: it builds a request from an
// input's labels, query parameters, headers and payload, and reads an output's
// headers and payload from a response. The rules are those of Smithy's HTTP
// binding traits (https://smithy.io/2.0/spec/http-bindings.html).
//
// Errors stick: after the first, every method does nothing, and [Request.Err] or
// [Response.Err] returns it, so that the code of an operation needs no error
// handling a line. They name members and headers and never quote a value, because it
// may be a secret.
package rest

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Request is a request under construction. The zero value is ready to use; it
// must not be copied after its first use.
type Request struct {
	// Header holds the headers that all attempts have.
	Header Fields

	method     string
	hostPrefix string
	hostErr    error // of a label in the prefix
	hostLabels []string
	raw        []byte // the path as it travels
	path       []byte // the path decoded; nil while nothing in it is escaped
	labels     [typicalLabels]span
	labelCount int
	room       [typicalPath]byte
	// endsWithSlash: a path "/" ends the endpoint's path with a slash.
	endsWithSlash bool
	query         []queryPair
	// encodeQuery is set along with the first pair, so that programs whose
	// operations have no query don't link it.
	encodeQuery func(base string, pairs []queryPair) string
	payload     payload  // nil when there is no body
	parts       [][]byte // of a body in memory
	memory      []byte   // see [Request.Memory]
	// sent is the last [Body] that read from it; nil for none. Its type here would link it into
	// every program.
	sent       interface{ isDone() bool }
	kept       bool // somebody may read from it after the call
	declared   int64
	isDeclared bool // the length, by who calls
	late       Late // nil when there is none, or it is settled
	sum        Sum  // nil unless it is left to who sends the request
	defersSums bool
	// settle is set along with late, so that programs without such checksums don't link it.
	settle func(r *Request, late Late, tls bool)
	// sentHash is the hash of the body, or what takes its place, if it is known.
	sentHash string
	features []string
	err      error
}

// span is where a label stands in the path as it travels.
type span struct{ start, end int }

// typicalLabels is how many labels a path has at most, as a rule.
const typicalLabels = 4

// typicalPath is how long a path may get without an allocation.
const typicalPath = 160

// Err returns the first error, or nil.
func (r *Request) Err() error {
	if r.hostErr != nil {
		return r.hostErr
	}
	return r.err
}

// Use counts a feature, by its code, among those that the request makes use of.
func (r *Request) Use(feature string) { r.features = append(r.features, feature) }

// Features are the codes of what the request makes use of.
func (r *Request) Features() []string { return r.features }

// Fail makes err the request's error unless it already has one.
func (r *Request) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Start sets the method and the beginning of the path, which starts with a slash
// and is written as it stands.
func (r *Request) Start(method, path string) *Request {
	r.method = method
	r.raw = r.room[:0]
	return r.Literal(path)
}

// EndWithSlash has the path end with a slash also where it is "/" and the endpoint has a
// path of its own.
func (r *Request) EndWithSlash() *Request {
	r.endsWithSlash = true
	return r
}

// EndsWithSlash reports whether that was asked for.
func (r *Request) EndsWithSlash() bool { return r.endsWithSlash }

// Literal appends text to the path as it stands.
func (r *Request) Literal(s string) *Request {
	if r.err == nil {
		r.raw = append(r.raw, s...)
		if r.path != nil {
			r.path = append(r.path, s...)
		}
	}
	return r
}

// decodedPath is the path without escapes.
func (r *Request) decodedPath() []byte {
	if r.path != nil {
		return r.path
	}
	return r.raw
}

// Label appends a member's value to the path, escaped so that it stays within
// its segment. A value that is empty, "." or ".." would change the path and is an
// error.
func (r *Request) Label(member, value string) *Request {
	return r.label(member, value, false)
}

// GreedyLabel appends a member's value to the path and keeps its slashes. A value
// with a segment "." or ".." is an error, because it would change the path.
func (r *Request) GreedyLabel(member, value string) *Request {
	return r.label(member, value, true)
}

// PathLabel appends a member's value to the path and keeps its slashes, whatever its
// segments are.
func (r *Request) PathLabel(member, value string) *Request {
	if r.err == nil && value != "" {
		return r.appendLabel(value, true)
	}
	return r.label(member, value, true)
}

func (r *Request) label(member, value string, greedy bool) *Request {
	switch {
	case r.err != nil:
		return r
	case value == "":
		r.err = emptyMember(member)
	case !greedy && isDotSegment(value), greedy && hasDotSegment(value):
		r.err = fmt.Errorf("input member %s must not have a relative path segment", member)
	default:
		return r.appendLabel(value, greedy)
	}
	return r
}

func (r *Request) appendLabel(value string, keepSlash bool) *Request {
	before := len(r.raw)
	r.raw = appendEscaped(r.raw, value, keepSlash)
	r.addSpan(span{before, len(r.raw)})
	if r.path == nil && len(r.raw)-before > len(value) {
		r.path = append(r.path, r.raw[:before]...)
	}
	if r.path != nil {
		r.path = append(r.path, value...)
	}
	return r
}

// addSpan records where a label stands; when there are more of them than there is room
// for, the last spans all the rest of the path.
func (r *Request) addSpan(s span) {
	if r.labelCount < len(r.labels) {
		r.labels[r.labelCount] = s
		r.labelCount++
		return
	}
	r.labels[len(r.labels)-1].end = s.end
}

// emptyMember is the error of the official client, which wraps it once more.
func emptyMember(member string) error {
	return &smithy.SerializationError{Err: fmt.Errorf("input member %s must not be empty", member)}
}

func isDotSegment(s string) bool { return s == "." || s == ".." }

func hasDotSegment(s string) bool {
	for more := true; more; {
		var segment string
		if segment, s, more = strings.Cut(s, "/"); isDotSegment(segment) {
			return true
		}
	}
	return false
}

// HostPrefix puts labels before the endpoint's host: smithy.api#endpoint. The
// prefix with its labels filled in must be valid in a host name; in the value of
// a label a dot is not.
func (r *Request) HostPrefix(prefix string) *Request {
	if r.err == nil {
		r.hostPrefix += prefix
	}
	return r
}

// HostLabel adds a member's value to the host prefix. It must be a single valid
// label of a host name.
func (r *Request) HostLabel(member, value string) *Request {
	switch {
	case r.Err() != nil:
	case value == "":
		r.hostErr = emptyMember(member)
	case !isHostLabel(value):
		r.hostErr = fmt.Errorf("input member %s must be a valid host label (letters, digits and hyphens, at most 63)", member)
	default:
		r.hostPrefix += value
		r.hostLabels = append(r.hostLabels, value)
	}
	return r
}

// isHostLabel reports whether s is a label of a host name by RFC 1123. Of the SDK's
// cores not all refuse a hyphen at its ends.
func isHostLabel(s string) bool {
	return smithyhttp.ValidHostLabel(s) && s[0] != '-' && s[len(s)-1] != '-'
}

// DropHostPrefix sends the request to the endpoint's own host if prefixes are disabled
// for the context, by [smithyhttp.DisableEndpointHostPrefix], or for all. What is wrong
// with a label of the prefix is no error then.
func (r *Request) DropHostPrefix(ctx context.Context, all bool) {
	if r.hostPrefix == "" && r.hostErr == nil {
		return
	}
	if all || smithyhttp.IsEndpointHostPrefixDisabled(ctx) {
		r.hostPrefix, r.hostErr = "", nil
	}
}

// prefixed puts the prefix before a host, unless that is an address, which has no
// subdomains.
func prefixed(prefix, host string) string {
	if prefix == "" || isAddress(host) {
		return host
	}
	return prefix + host
}

// PrefixHost returns a host with the request's prefix before it, where it has one.
func (r *Request) PrefixHost(host string) string { return prefixed(r.hostPrefix, host) }

// HostPrefixed reports whether the request puts labels before its endpoint's host.
func (r *Request) HostPrefixed() bool { return r.hostPrefix != "" }

// isAddress reports whether a host, which may have a port, is an IP address.
func isAddress(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	_, err := netip.ParseAddr((&url.URL{Host: host}).Hostname())
	return err == nil
}

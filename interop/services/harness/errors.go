package harness

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// sameErrors compares text, chain, code, message, fault, status and members.
func (s *Service) sameErrors(official, ours error, tally *tally) []Difference {
	if official == nil || ours == nil {
		return facts("error", fmt.Sprint(official), fmt.Sprint(ours))
	}
	out := facts("error text", official.Error(), ours.Error())
	if sameLines(official.Error(), ours.Error()) {
		out = nil
	}
	if sent(official) != sent(ours) {
		return out // the rest follows from that
	}
	out = append(out, facts("error chain", chain(official), chain(ours))...)
	out = append(out, facts("error code", coded(official), coded(ours))...)
	out = append(out, facts("error status", status(official), status(ours))...)
	a, b := modelled(official), modelled(ours)
	if a.IsValid() && b.IsValid() {
		out = append(out, s.same("error "+a.Type().Elem().Name(), a, b, tally)...)
	}
	return out
}

// sameLines reports whether two texts that name entries of a map have the same lines: the
// official clients go over maps in any order.
func sameLines(a, b string) bool {
	lines := func(text string) []string { return slices.Sorted(strings.SplitSeq(text, "\n")) }
	return strings.Contains(a, `["`) && slices.Equal(lines(a), lines(b))
}

// chain are the exported types of an error and of those that it wraps.
func chain(err error) string {
	var names []string
	for ; err != nil; err = errors.Unwrap(err) {
		name := reflect.TypeOf(err).String()
		if _, base, _ := strings.Cut(name, "."); base[:1] == strings.ToUpper(base[:1]) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

func coded(err error) string {
	var api smithy.APIError
	if !errors.As(err, &api) {
		return ""
	}
	return fmt.Sprintf("%s, %q, %v", api.ErrorCode(), api.ErrorMessage(), api.ErrorFault())
}

// sent reports whether the error is the answer to a request.
func sent(err error) bool { return status(err) != "" }

func status(err error) string {
	var resp *awshttp.ResponseError
	if !errors.As(err, &resp) {
		return ""
	}
	return fmt.Sprint(resp.HTTPStatusCode(), " ", resp.ServiceRequestID())
}

// modelled is the error of the service's own type.
func modelled(err error) reflect.Value {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(reflect.TypeOf(err).String(), "*types.") {
			return reflect.ValueOf(err)
		}
	}
	return reflect.Value{}
}

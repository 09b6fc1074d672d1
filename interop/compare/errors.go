package compare

import (
	"errors"
	"fmt"
	"go/token"
	"hash/crc32"
	"path"
	"reflect"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// chain describes an error and what it wraps, one line each, outermost first.
// Wrappings that only add text are one with what they wrap them in.
func chain(err error) []string {
	text := err.Error()
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		inner := e.Unwrap()
		if inner == nil {
			return []string{describe(err) + clip(text)}
		}
		own := strings.ReplaceAll(text, inner.Error(), "…")
		for onlyText(err) && onlyText(inner) {
			next := errors.Unwrap(inner)
			own = strings.ReplaceAll(text, next.Error(), "…")
			inner = next
		}
		return append([]string{describe(err) + clip(own)}, chain(inner)...)
	case interface{ Unwrap() []error }:
		lines := []string{describe(err)}
		for i, inner := range e.Unwrap() {
			for _, l := range chain(inner) {
				lines = append(lines, fmt.Sprintf("[%d] %s", i, l))
			}
		}
		return lines
	default:
		return []string{describe(err) + clip(text)}
	}
}

// onlyText reports whether an error adds nothing but text to the one that it wraps.
func onlyText(err error) bool { return reflect.TypeOf(err).String() == "*fmt.wrapError" }

// describe reports what a program can find out about one link: its type, if it can be
// named, what the type is known to tell, and the questions that it answers.
func describe(err error) string {
	name := typeName(reflect.TypeOf(err))
	if dot := strings.LastIndexByte(name, '.'); !token.IsExported(name[dot+1:]) {
		name = "error"
	}
	return name + details(err) + behaviour(err) + " "
}

// behaviour are the answers to the questions that retryers ask.
func behaviour(err error) string {
	var out strings.Builder
	answer := func(name string, yes bool) { fmt.Fprintf(&out, " %s=%v", name, yes) }
	if e, ok := err.(interface{ RetryableError() bool }); ok {
		answer("retryable", e.RetryableError())
	}
	if e, ok := err.(interface{ ConnectionError() bool }); ok {
		answer("connection", e.ConnectionError())
	}
	if e, ok := err.(interface{ CanceledError() bool }); ok {
		answer("canceled", e.CanceledError())
	}
	if e, ok := err.(interface{ Timeout() bool }); ok {
		answer("timeout", e.Timeout())
	}
	return out.String()
}

// typeName names a type by the last parts of its package's path, which are the
// same for a generated package and its official model.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		return "*" + typeName(t.Elem())
	}
	switch pkg := t.PkgPath(); {
	case pkg == "":
		return t.Name()
	case strings.HasSuffix(pkg, "/aws/transport/http"):
		return "awshttp." + t.Name()
	case strings.HasSuffix(pkg, "/smithy-go/transport/http"):
		return "smithyhttp." + t.Name()
	default:
		return strings.TrimSuffix(path.Base(pkg), "-go") + "." + t.Name()
	}
}

// details are what an error says beside its text.
func details(err error) string {
	var out strings.Builder
	switch e := err.(type) {
	case *awshttp.ResponseError:
		var plain *smithyhttp.ResponseError
		fmt.Fprintf(&out, "(status %d, request %q, header %v, is smithyhttp.ResponseError %v)",
			e.HTTPStatusCode(), e.ServiceRequestID(), e.HTTPResponse().Header, errors.As(err, &plain) &&
				plain == e.ResponseError)
	case *smithy.OperationError:
		fmt.Fprintf(&out, "(%s, %s)", e.Service(), e.Operation())
	case *smithy.DeserializationError:
		fmt.Fprintf(&out, "(snapshot %s)", clip(fmt.Sprintf("%q", e.Snapshot)))
	case smithy.APIError:
		fmt.Fprintf(&out, "(code %q, message %s, fault %v)", e.ErrorCode(), clip(fmt.Sprintf("%q", e.ErrorMessage())),
			e.ErrorFault())
	}
	return out.String()
}

// clip shortens text without hiding a difference in it.
func clip(text string) string {
	const most = 300
	if len(text) <= most {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes, crc %08x)", text[:most], len(text), crc32.ChecksumIEEE([]byte(text)))
}

// links are the errors that an error is made of, outermost first.
func links(err error) []error {
	if err == nil {
		return nil
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return append([]error{err}, links(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		all := []error{err}
		for _, inner := range e.Unwrap() {
			all = append(all, links(inner)...)
		}
		return all
	default:
		return []error{err}
	}
}

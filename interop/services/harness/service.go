package harness

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/auth/bearer"
	"github.com/aws/smithy-go/middleware"
)

// Service is a service and its two clients.
type Service struct {
	// Name is the service's; Kind is that of its official package, "older" or "newer".
	Name, Kind string
	// Model is the service's file, in C2J or Smithy's JSON.
	Model string
	// Protocol is what both clients speak, by the name of its Smithy trait; empty
	// for that of the model.
	Protocol string
	// Operations are those to compare; all when there are none.
	Operations []string
	// Exact: the official package was made of this very model, so that both clients
	// have the same members, and the same of them are pointers.
	Exact          bool
	Official, Ours Side
}

// Side is one of the clients.
type Side struct {
	// New makes a client; the function is given a pointer to its options.
	New func(func(options any)) any
	// Variants are nil pointers to all variants of unions.
	Variants []any
	// Helpers are the functions that make paginators and waiters, by name.
	Helpers map[string]any
	// Document makes a document of a value; nil if the service has none.
	Document func(any) any
}

func (s *Side) variants() []reflect.Type {
	out := make([]reflect.Type, len(s.Variants))
	for i, v := range s.Variants {
		out[i] = reflect.TypeOf(v)
	}
	return out
}

// variant finds a variant by its name; nil if there is none.
func (s *Side) variant(name string) reflect.Type {
	all := s.variants()
	if i := slices.IndexFunc(all, func(t reflect.Type) bool { return t.Elem().Name() == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// token is an idempotency token provider that has one token.
type token struct{}

func (token) GetIdempotencyToken() (string, error) {
	return "00000000-0000-4000-8000-000000000000", nil
}

// client makes a client that sends to the transport.
func (s *Side) client(t *transport) reflect.Value { return s.clientTo(t, t.settings) }

// clientTo makes a client that sends by an HTTP client.
func (s *Side) clientTo(send any, how settings) reflect.Value {
	return reflect.ValueOf(s.New(func(options any) {
		o := reflect.ValueOf(options).Elem()
		set := func(name string, value any) {
			if f := o.FieldByName(name); f.IsValid() {
				f.Set(reflect.ValueOf(value))
			}
		}
		how.configure(o)
		set("HTTPClient", send)
		set("Retryer", aws.NopRetryer{})
		set("IdempotencyTokenProvider", token{})
		set("BearerAuthTokenProvider", bearer.StaticTokenProvider{Token: bearer.Token{Value: "TOKEN"}})
		set("DisableMessageChecksumValidation", true) // no random answer has the right sums
		if how.hooked {
			set("APIOptions", []func(*middleware.Stack) error{func(*middleware.Stack) error { return nil }})
		}
		set("Credentials", aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET", SessionToken: "SESSION"}, nil
		}))
	}))
}

// call calls an operation and returns its output and error.
func call(client reflect.Value, name string, input reflect.Value) (reflect.Value, error) {
	results := client.MethodByName(name).Call([]reflect.Value{reflect.ValueOf(context.Background()), input})
	err, _ := reflect.TypeAssert[error](results[1])
	return results[0], err
}

// inputOf is the type of the input that a client's operation takes, or nil.
func inputOf(client reflect.Value, name string) reflect.Type {
	m := client.MethodByName(name)
	if !m.IsValid() || m.Type().NumIn() < 2 {
		return nil
	}
	return m.Type().In(1).Elem()
}

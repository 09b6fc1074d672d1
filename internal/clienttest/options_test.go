package clienttest

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/lathe/generated/datazone"
)

// trace is a request in a form that can be compared, without its random id.
func trace(r *http.Request) string {
	h := r.Header.Clone()
	h.Del("Amz-Sdk-Invocation-Id")
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s\n", r.Method, r.URL)
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if name == "Authorization" { // signs the id
			h.Set(name, strings.SplitAfter(h.Get(name), "Signature=")[0])
		}
		fmt.Fprintf(&out, "%s: %q\n", name, h[name])
	}
	return out.String()
}

// unknownEndpoint leaves the endpoint to the resolver of the second kind.
var unknownEndpoint = datazone.EndpointResolverFunc(func(string, datazone.EndpointResolverOptions) (aws.Endpoint, error) {
	return aws.Endpoint{}, &aws.EndpointNotFoundError{}
})

// everything changes all options of a call.
func everything(t *testing.T, client datazone.HTTPClient) func(*datazone.Options) {
	return func(o *datazone.Options) {
		*o = datazone.Options{
			AppID: "other", AuthSchemePreference: []string{"noAuth"}, BaseEndpoint: aws.String("https://other.example.com"),
			ClientLogMode: aws.LogRequest, Credentials: aws.AnonymousCredentials{}, DefaultsMode: aws.DefaultsModeMobile,
			DisableClockSkewCorrection: true, EndpointOptions: datazone.EndpointResolverOptions{DisableHTTPS: true},
			EndpointResolverV2: datazone.NewDefaultEndpointResolverV2(), HTTPClient: client, HTTPSignerV4: &signer{},
			IdempotencyTokenProvider: o.IdempotencyTokenProvider, Logger: &memoryLogger{}, Region: "us-east-1",
			RetryMaxAttempts: 1, RetryMode: aws.RetryModeAdaptive, Retryer: fixed{attempts: 5},
			RuntimeEnvironment: aws.RuntimeEnvironment{Region: "x"},
			AuthSchemeResolver: o.AuthSchemeResolver, AuthSchemes: o.AuthSchemes[:1:1],
			MeterProvider: metrics.NopMeterProvider{}, TracerProvider: &tracing.NopTracerProvider{},
			APIOptions:       []func(*middleware.Stack) error{func(*middleware.Stack) error { return nil }},
			Interceptors:     smithyhttp.InterceptorRegistry{BeforeAttempt: []smithyhttp.BeforeAttemptInterceptor{}},
			EndpointResolver: unknownEndpoint,
		}
		for field, value := range reflect.ValueOf(*o).Fields() {
			if field.IsExported() && value.IsZero() {
				t.Errorf("option %s is not changed here", field.Name)
			}
		}
	}
}

// TestOptionsOfACall sees that what a call changes is gone with it.
func TestOptionsOfACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // one clock time for all signatures
		client, other := play(t, reply(200, "{}")), play(t, reply(503, ""))
		c := newClient(client)
		before := c.Options()
		for _, options := range [][]func(*datazone.Options){nil, {everything(t, other)}, nil, {func(*datazone.Options) {}}} {
			_, err := call(c, options...)
			if failed := len(other.requests) == 1 && len(client.requests) == 1; (err != nil) != failed {
				t.Errorf("error is %v", err)
			}
		}
		if len(client.requests) != 3 || len(other.requests) != 1 {
			t.Fatalf("%d requests through the client's own, %d through the call's, want 3 and 1", len(client.requests), len(other.requests))
		}
		for i, r := range client.requests[1:] {
			if got, want := trace(r), trace(client.requests[0]); got != want {
				t.Errorf("request %d is\n%s\nwant\n%s", i+2, got, want)
			}
		}
		if got := trace(other.last(t)); !strings.HasPrefix(got, "GET http://other.example.com/v2/") || strings.Contains(got, "Authorization") || !strings.Contains(got, " app/other") {
			t.Errorf("the call with options sent\n%s", got)
		}
		after := c.Options()
		if len(before.APIOptions) != len(after.APIOptions) {
			t.Errorf("there were %d APIOptions, and are %d", len(before.APIOptions), len(after.APIOptions))
		}
		before.APIOptions, after.APIOptions = nil, nil // functions can't be compared
		if !reflect.DeepEqual(before, after) {
			t.Errorf("options of the client were %+v\nand are %+v", before, after)
		}
	})
}

// TestOptionsAreACopy changes what Options returned, and what New was given.
func TestOptionsAreACopy(t *testing.T) {
	client := play(t, reply(200, "{}"))
	given := datazone.Options{Region: "eu-west-1", HTTPClient: client, AppID: "mine"}
	c := datazone.New(given, hook)
	got := c.Options()
	for _, o := range []*datazone.Options{&got, &given} {
		o.Region, o.AppID, o.HTTPClient, o.Retryer = "us-east-1", "theirs", nil, nil
	}
	if _, err := call(c); err != nil {
		t.Fatal(err)
	}
	if sent := trace(client.last(t)); !strings.Contains(sent, "datazone.eu-west-1") || !strings.Contains(sent, " app/mine") {
		t.Errorf("sent\n%s", sent)
	}
	if o := c.Options(); o.Region != "eu-west-1" || o.AppID != "mine" || o.HTTPClient != datazone.HTTPClient(client) {
		t.Errorf("options are %+v", o)
	}
}

// TestOptionsFunctionsRunOnce counts the runs of an option of a call that is retried.
func TestOptionsFunctionsRunOnce(t *testing.T) {
	runs := 0
	_, err := call(newClient(play(t, reply(500, ""), reply(500, ""), reply(200, "{}"))), func(*datazone.Options) { runs++ })
	if err != nil || runs != 1 {
		t.Errorf("the option ran %d times: %v", runs, err)
	}
}

// A client may be copied, as official ones; copies share what it has found out.
func TestCopies(t *testing.T) {
	original := newClient(recycled{200, wholeBody})
	for _, c := range []datazone.Client{*original, *original} {
		if _, err := call(&c); err != nil {
			t.Error(err)
		}
	}
}

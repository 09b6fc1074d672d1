// Package outposts compares calls that name their resource by an ARN with those of the
// official client.
package outposts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	official "github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/aws/smithy-go/middleware"

	ours "example.com/interop/s3control"
)

var resources = []string{
	"plain",
	"arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01:bucket:mine",
	"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01/accesspoint/ap",
	"arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-01/bucket/mine",
	"arn:aws-cn:s3-outposts:us-west-2:123456789012:outpost/op-01/bucket/mine",
	"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01",
	"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01/bucket/mine/more",
	"arn:aws:s3-outposts:us-west-2::outpost/op-01/bucket/mine",
	"arn:aws:s3-outposts:fips-us-west-2:123456789012:outpost/op-01/bucket/mine",
	"arn:aws:s3:us-west-2:123456789012:accesspoint/ap",
	"arn:aws:sqs:us-west-2:1:q",
	"arn:a",
}

// settings are by name what clients are configured with.
var settings = map[string]struct {
	official func(*official.Options)
	ours     func(*ours.Options)
}{
	"plain":      {func(*official.Options) {}, func(*ours.Options) {}},
	"hooked":     {func(*official.Options) {}, func(o *ours.Options) { o.APIOptions = append(o.APIOptions, nothing) }},
	"ARN region": {func(o *official.Options) { o.UseARNRegion = true }, func(o *ours.Options) { o.UseARNRegion = true }},
	"dual stack": {
		func(o *official.Options) { o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled },
		func(o *ours.Options) { o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled },
	},
	"FIPS": {
		func(o *official.Options) { o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled },
		func(o *ours.Options) { o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled },
	},
	"base endpoint": {
		func(o *official.Options) { o.BaseEndpoint = aws.String("http://localhost:4566") },
		func(o *ours.Options) { o.BaseEndpoint = aws.String("http://localhost:4566") },
	},
}

func nothing(*middleware.Stack) error { return nil }

// row is an operation that takes ARNs here, and does not in the official package.
const row = "GetAccessPointPolicyStatus"

var volatile = regexp.MustCompile(`Signature=\w+`)

// recorder is an HTTP client that notes what is sent and fails.
type recorder struct{ sent string }

var errSent = errors.New("sent")

func (c *recorder) Do(r *http.Request) (*http.Response, error) {
	h := r.Header.Clone()
	for _, name := range []string{"X-Amz-Date", "User-Agent", "Amz-Sdk-Invocation-Id"} {
		h.Del(name)
	}
	h.Set("Authorization", volatile.ReplaceAllString(h.Get("Authorization"), ""))
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	elements := strings.Split(string(body), "<") // in any order
	if slices.Sort(elements); len(elements) > 1 {
		for _, sum := range []string{"X-Amz-Content-Sha256", "Content-Md5"} {
			h.Set(sum, fmt.Sprint(len(h.Get(sum))))
		}
	}
	c.sent = fmt.Sprintf("%s %s %q %q", r.Method, r.URL, h, elements)
	return nil, errSent
}

// call calls an operation with an input that has a resource and an account, and returns
// what was sent, or else the error.
func call(t *testing.T, client any, c *recorder, operation, resource, account string) string {
	t.Helper()
	method := reflect.ValueOf(client).MethodByName(operation)
	in := reflect.New(method.Type().In(1).Elem())
	both, _ := reflect.TypeFor[*ours.Client]().MethodByName(operation)
	fill(in.Elem(), both.Type.In(2).Elem())
	for _, name := range []string{"Bucket", "Name"} {
		if f := in.Elem().FieldByName(name); f.IsValid() {
			f.Set(reflect.ValueOf(&resource))
			break
		}
	}
	if f := in.Elem().FieldByName("AccountId"); f.IsValid() {
		f.SetZero()
		if account != "" {
			f.Set(reflect.ValueOf(&account))
		}
	}
	before := fmt.Sprintf("%+v", in.Elem())
	c.sent = ""
	err, _ := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), in})[1].Interface().(error)
	if after := fmt.Sprintf("%+v", in.Elem()); after != before {
		t.Errorf("the caller's input was %s and is %s", before, after)
	}
	if errors.Is(err, errSent) {
		return c.sent
	}
	return fmt.Sprint(err)
}

// fill fills texts and what is required below structures, where ours has the same.
func fill(v reflect.Value, ours reflect.Type) {
	for field, f := range v.Fields() {
		same, ok := ours.FieldByName(field.Name)
		switch {
		case !ok || !f.CanSet(): // of a newer model
		case f.Kind() == reflect.String && strings.HasPrefix(f.Type().String(), "types."):
			f.SetString("x")
		case f.Kind() == reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		case f.Kind() != reflect.Pointer:
		case f.Type().Elem().Kind() == reflect.String:
			f.Set(reflect.ValueOf(aws.String("x")))
		case f.Type().Elem().Kind() == reflect.Struct && f.Type().Elem().Name() != "Time":
			f.Set(reflect.New(f.Type().Elem()))
			fill(f.Elem(), same.Type.Elem())
		}
	}
}

// operations are those that name a bucket or something else.
func operations() (names []string) {
	client := reflect.TypeFor[*ours.Client]()
	theirs := reflect.TypeFor[*official.Client]()
	for m := range client.Methods() {
		if _, ok := theirs.MethodByName(m.Name); !ok || m.Type.NumIn() < 3 {
			continue
		}
		in := m.Type.In(2).Elem()
		_, bucket := in.FieldByName("Bucket")
		if _, name := in.FieldByName("Name"); bucket || name {
			names = append(names, m.Name)
		}
	}
	return names
}

// TestResources makes the same calls with both.
func TestResources(t *testing.T) {
	credentials := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}, nil
	})
	cfg := aws.Config{Region: "us-west-2", Credentials: credentials, RetryMaxAttempts: 1}
	calls, sent, differs := 0, 0, 0
	for _, setting := range slices.Sorted(maps.Keys(settings)) {
		var c recorder
		cfg.HTTPClient = &c
		their, our := official.NewFromConfig(cfg, settings[setting].official), ours.NewFromConfig(cfg, settings[setting].ours)
		for _, operation := range operations() {
			for _, resource := range resources {
				for _, account := range []string{"", "123456789012", "999999999999"} {
					want, got := call(t, their, &c, operation, resource, account), call(t, our, &c, operation, resource, account)
					calls++
					if c.sent != "" {
						sent++
					}
					switch {
					case want == got:
					case operation == row && strings.HasPrefix(resource, "arn:"):
						differs++
					default:
						t.Errorf("%s, %s of %q with the account %q\n  official %s\n  ours     %s", setting, operation, resource, account, want, got)
					}
				}
			}
		}
	}
	if sent < 500 || differs == 0 {
		t.Errorf("%d of %d calls were sent, %d differ by the row", sent, calls, differs)
	}
	t.Logf("%d calls, %d sent", calls, sent)
}

package hooks

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	lathe "example.com/lathe/generated/datazone"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type stackFunc = func(*middleware.Stack) error

func options(fns ...stackFunc) func(*notes) hooks {
	return func(*notes) hooks { return hooks{"APIOptions": fns} }
}

// TestSteps compares the ids of the middlewares, in order.
func TestSteps(t *testing.T) {
	list := func(n *notes) hooks {
		return hooks{"APIOptions": []stackFunc{func(s *middleware.Stack) error {
			for _, id := range s.List() {
				n.add("%s", id)
			}
			return nil
		}}}
	}
	var got, want []string
	for i, s := range sides() {
		text := strings.Split(s.play(t, scene{make: list}), "\n")
		if i == 0 {
			want = text
		} else {
			got = text
		}
	}
	// What only one of them has, with the reason.
	only := map[string]string{
		"EndpointHostPrefix":            "of operations with a host prefix in the official package",
		"RetryCause":                    "names the failure that was to be tried again",
		"AddTimeOffsetMiddleware":       "keeps the difference of the clocks, which newer cores do themselves",
		"SetCredentialSourceMiddleware": "the source of credentials is known when the stack is made",
		"spanRetryLoop":                 "newer cores start the span themselves",
	}
	common := func(ids []string) string {
		var kept []string
		for _, id := range ids {
			if only[strings.TrimSpace(id)] == "" && !strings.HasPrefix(id, "sent") && !strings.HasPrefix(id, "\t") {
				kept = append(kept, id)
			}
		}
		return strings.Join(kept, "\n")
	}
	if a, b := common(got), common(want); a != b {
		t.Errorf("ours:\n%s\n\nofficial:\n%s", a, b)
	}
	for id := range only {
		if !strings.Contains(strings.Join(got, "\n")+strings.Join(want, "\n"), id) {
			t.Errorf("neither has %s", id)
		}
	}
}

// noteID is a middleware of the Finalize step that writes down that it was called.
func noteID(n *notes, id string) middleware.FinalizeMiddleware {
	return middleware.FinalizeMiddlewareFunc(id, func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
		middleware.FinalizeOutput, middleware.Metadata, error,
	) {
		r := in.Request.(*smithyhttp.Request)
		n.add("%s: %s, host %q, signed %v, hash %q", id, r.Method, r.URL.Host, r.Header.Get("Authorization") != "", v4.GetPayloadHash(ctx))
		out, md, err := next.HandleFinalize(ctx, in)
		requestID, _ := awsmiddleware.GetRequestIDMetadata(md)
		_, isResponse := out.Result.(*smithyhttp.Response)
		n.add("%s: back with %T, request id %q, error %v", id, err, requestID, isResponse)
		return out, md, err
	})
}

// TestPlaces inserts a middleware before and after each of the steps that published code
// refers to.
func TestPlaces(t *testing.T) {
	for _, place := range []string{
		"Retry", "RetryMetricsHeader", "ResolveAuthScheme", "GetIdentity", "ResolveEndpointV2", "ComputePayloadHash", "Signing", "disableHTTPS",
		"setLegacyContextSigningOptions",
	} {
		for _, at := range []middleware.RelativePosition{middleware.Before, middleware.After} {
			t.Run(fmt.Sprint(place, at), func(t *testing.T) {
				compare(t, scene{replies: []reply{throttled, gone}, make: func(n *notes) hooks {
					return hooks{"APIOptions": []stackFunc{func(s *middleware.Stack) error { return s.Finalize.Insert(noteID(n, "mine"), place, at) }}}
				}})
			})
		}
	}
}

// TestHelpers calls what smithy and the core offer for hooks.
func TestHelpers(t *testing.T) {
	for name, c := range map[string]scene{
		"nothing":              {make: options()},
		"header":               {make: options(smithyhttp.SetHeaderValue("X-Own", "a b"), smithyhttp.AddHeaderValue("X-Own", "c"))},
		"content type":         {make: options(smithyhttp.SetHeaderValue("Content-Type", "text/plain"))},
		"user agent":           {make: options(awsmiddleware.AddUserAgentKey("mine"), awsmiddleware.AddUserAgentKeyValue("mine", "1.0"))},
		"SDK agent":            {make: options(awsmiddleware.AddSDKAgentKey(awsmiddleware.FrameworkMetadata, "mine"), awsmiddleware.AddSDKAgentKeyValue(awsmiddleware.FeatureMetadata, "a", "b"))},
		"unsigned payload":     {make: options(v4.SwapComputePayloadSHA256ForUnsignedPayloadMiddleware)},
		"payload header":       {make: options(v4.AddContentSHA256HeaderMiddleware)},
		"dynamic payload":      {make: options(v4.UseDynamicPayloadSigningMiddleware)},
		"without payload hash": {make: options(v4.RemoveComputePayloadSHA256Middleware)},
		"checksum":             {make: options(smithyhttp.AddContentChecksumMiddleware)},
		"minimum protocol":     {make: options(func(s *middleware.Stack) error { return smithyhttp.AddRequireMinimumProtocol(s, 2, 0) })},
		"two of one id":        {make: options(awsmiddleware.AddClientRequestIDMiddleware)},
		"option that fails":    {make: options(func(*middleware.Stack) error { return errors.New("no") })},
		"no such place": {make: options(func(s *middleware.Stack) error {
			return s.Finalize.Insert(noteID(&notes{}, "x"), "nowhere", middleware.After)
		})},
		"without retries": {replies: []reply{throttled, found}, make: options(func(s *middleware.Stack) error { _, err := s.Finalize.Remove("Retry"); return err })},
		"without signing": {make: options(func(s *middleware.Stack) error { _, err := s.Finalize.Remove("Signing"); return err })},
		"without serializer": {make: options(func(s *middleware.Stack) error {
			_, err := s.Serialize.Remove("OperationSerializer")
			return err
		})},
		"attempts": {replies: []reply{throttled, throttled, found}, make: func(*notes) hooks {
			return hooks{"Retryer": retry.AddWithMaxAttempts(retry.NewStandard(func(o *retry.StandardOptions) { o.Backoff = steady }), 2), "APIOptions": []stackFunc{func(*middleware.Stack) error { return nil }}}
		}},
		"signing name": {make: func(*notes) hooks {
			return hooks{"call name": perSide(func(s *side) any { return s.signingName("other") })}
		}},
		"signing region": {perCall: true, make: func(*notes) hooks {
			return hooks{"call region": perSide(func(s *side) any { return s.signingRegion("eu-west-1") })}
		}},
		"configuration": {config: func(n *notes) *aws.Config {
			return &aws.Config{APIOptions: []stackFunc{smithyhttp.SetHeaderValue("X-Config", "1")}, Interceptors: everyInterceptor(n, ""), ServiceOptions: []func(string, any){
				func(id string, o any) {
					n.add("options of %s", id)
					switch o := o.(type) {
					case *official.Options:
						official.WithAPIOptions(smithyhttp.SetHeaderValue("X-Service", "2"))(o)
					case *lathe.Options:
						lathe.WithAPIOptions(smithyhttp.SetHeaderValue("X-Service", "2"))(o)
					}
				},
			}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			compare(t, c)
			c.perCall = !c.perCall
			compare(t, c)
		})
	}
}

// TestMocks answers in the place of the service, at every step.
func TestMocks(t *testing.T) {
	id := "mocked"
	result := func(s *side) any {
		if s.name == "ours" {
			return &lathe.GetDataSourceRunOutput{Id: &id}
		}
		return &official.GetDataSourceRunOutput{Id: &id}
	}
	failure := errors.New("mocked")
	for name, mock := range map[string]func(s *side) stackFunc{
		"initialize": func(s *side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("mock", func(context.Context, middleware.InitializeInput, middleware.InitializeHandler) (out middleware.InitializeOutput, md middleware.Metadata, err error) {
					out.Result = result(s)
					return out, md, nil
				}), middleware.Before)
			}
		},
		"serialize": func(s *side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Serialize.Add(middleware.SerializeMiddlewareFunc("mock", func(context.Context, middleware.SerializeInput, middleware.SerializeHandler) (out middleware.SerializeOutput, md middleware.Metadata, err error) {
					out.Result = result(s)
					return out, md, nil
				}), middleware.Before)
			}
		},
		"finalize": func(s *side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Finalize.Add(middleware.FinalizeMiddlewareFunc("mock", func(context.Context, middleware.FinalizeInput, middleware.FinalizeHandler) (out middleware.FinalizeOutput, md middleware.Metadata, err error) {
					out.Result = result(s)
					return out, md, nil
				}), middleware.Before)
			}
		},
		"finalize, an error": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Finalize.Add(middleware.FinalizeMiddlewareFunc("mock", func(context.Context, middleware.FinalizeInput, middleware.FinalizeHandler) (out middleware.FinalizeOutput, md middleware.Metadata, err error) {
					return out, md, failure
				}), middleware.After)
			}
		},
		"deserialize": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("mock", func(context.Context, middleware.DeserializeInput, middleware.DeserializeHandler) (out middleware.DeserializeOutput, md middleware.Metadata, err error) {
					resp, err := (&service{replies: []reply{{200, http.Header{}, `{"id":"from below"}`}}, notes: &notes{}}).Do(&http.Request{URL: new(url.URL)})
					out.RawResponse = &smithyhttp.Response{Response: resp}
					return out, md, err
				}), middleware.After)
			}
		},
		"deserialize, no response": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("mock", func(context.Context, middleware.DeserializeInput, middleware.DeserializeHandler) (out middleware.DeserializeOutput, md middleware.Metadata, err error) {
					return out, md, nil
				}), middleware.After)
			}
		},
		"another input": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("mock", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
					other := "other"
					switch in := in.Parameters.(type) {
					case *lathe.GetDataSourceRunInput:
						in.Identifier = &other
					case *official.GetDataSourceRunInput:
						in.Identifier = &other
					}
					return next.HandleInitialize(ctx, in)
				}), middleware.Before)
			}
		},
		"an input of another type": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("mock", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
					in.Parameters = new(int)
					return next.HandleInitialize(ctx, in)
				}), middleware.Before)
			}
		},
		"an input of another type, later": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Serialize.Add(middleware.SerializeMiddlewareFunc("mock", func(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (middleware.SerializeOutput, middleware.Metadata, error) {
					in.Parameters = new(int)
					return next.HandleSerialize(ctx, in)
				}), middleware.Before)
			}
		},
		"twice": func(*side) stackFunc {
			return func(stack *middleware.Stack) error {
				return stack.Finalize.Add(middleware.FinalizeMiddlewareFunc("mock", func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
					_, _, _ = next.HandleFinalize(ctx, in)
					return next.HandleFinalize(ctx, in)
				}), middleware.Before)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			compare(t, scene{make: func(*notes) hooks {
				return hooks{"APIOptions": perSide(func(s *side) any { return []stackFunc{mock(s)} })}
			}})
		})
	}
}

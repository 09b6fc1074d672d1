package clienttest

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/lathe/generated/datazone/types"
)

// fault is an error that the operation knows.
type fault struct {
	code   string
	status int
	fault  smithy.ErrorFault
	// find looks for the error in a chain, as errors.As does.
	find func(error) (smithy.APIError, bool)
	// none is a nil pointer of the error's type.
	none smithy.APIError
}

func faultOf[T smithy.APIError](code string, status int, f smithy.ErrorFault) fault {
	var none T
	find := func(err error) (smithy.APIError, bool) { return errors.AsType[T](err) }
	return fault{code, status, f, find, none}
}

// faults are all errors of the operation.
func faults() []fault {
	return []fault{
		faultOf[*types.AccessDeniedException]("AccessDeniedException", 403, smithy.FaultClient),
		faultOf[*types.ConflictException]("ConflictException", 409, smithy.FaultClient),
		faultOf[*types.InternalServerException]("InternalServerException", 500, smithy.FaultServer),
		faultOf[*types.ResourceNotFoundException]("ResourceNotFoundException", 404, smithy.FaultClient),
		faultOf[*types.ServiceQuotaExceededException]("ServiceQuotaExceededException", 402, smithy.FaultClient),
		faultOf[*types.ThrottlingException]("ThrottlingException", 429, smithy.FaultClient),
		faultOf[*types.UnauthorizedException]("UnauthorizedException", 401, smithy.FaultClient),
		faultOf[*types.ValidationException]("ValidationException", 400, smithy.FaultClient),
	}
}

// member reads a member of an error, a string or nil.
func member(e smithy.APIError, name string) *string {
	return reflect.ValueOf(e).Elem().FieldByName(name).Interface().(*string)
}

// carrier is a way in which a code and a message travel.
type carrier struct {
	name string
	// header is that of the error type, empty for none; %s is the code.
	header, body string
	message      string
}

func carriers() []carrier {
	return []carrier{
		{"header", "%s", `{"message":"no luck"}`, "no luck"},
		{"header with a URI", "%s:http://internal.example.com/coral/", `{"message":"no luck"}`, "no luck"},
		{"header with a namespace", "com.example.datazone#%s", `{"message":"no luck"}`, "no luck"},
		{"header with both", "com.example.datazone#%s:http://internal.example.com/", `{"message":"no luck"}`, "no luck"},
		{"header before the body", "%s", `{"code":"Other","__type":"Another","message":"no luck"}`, "no luck"},
		{"header without a body", "%s", "", ""},
		{"header and an empty object", "%s", "{}", ""},
		{"header and HTML", "%s", "<html><body>Bad Gateway</body></html>", ""},
		{"header and half a body", "%s", `{"message":"no lu`, ""},
		{"header and a message of another type", "%s", `{"message":7}`, ""},
		{"header and no message", "%s", `{"message":null}`, ""},
		{"body code", "", `{"code":"%s","message":"no luck"}`, "no luck"},
		{"body code with a namespace", "", `{"message":"no luck","code":"com.example.datazone#%s"}`, "no luck"},
		{"body code beside another type", "", `{"__type":"Other","code":"%s","message":"no luck"}`, "no luck"},
		{"body code beside another header", "Other", `{"code":"%s","message":"no luck"}`, "no luck"},
		{"body type beside another header", "Other", `{"__type":"%s","code":"Another","message":"no luck"}`, "no luck"},
		{"body type beside a status as code", "", `{"__type":"%s","code":404,"message":"no luck"}`, "no luck"},
		{"body type", "", `{"__type":"%s","message":"no luck"}`, "no luck"},
		{"body type with namespace and URI", "", `{"__type":"com.example.datazone#%s:http://x/","message":"no luck"}`, "no luck"},
		{"capital message", "", `{"__type":"%s","Message":"no luck"}`, "no luck"},
		{"unknown members", "", `{"a":[{"message":"x"}],"__type":"%s","message":"no luck","b":{"code":"x"}}`, "no luck"},
		{"escapes in the message", "%s", `{"message":"n\u006f \"l\u00fcck\"\n"}`, "no \"lück\"\n"},
	}
}

func fill(format, code string) string { return strings.ReplaceAll(format, "%s", code) }

// TestErrors has a server send every error in every way.
func TestErrors(t *testing.T) {
	for _, f := range faults() {
		for _, c := range carriers() {
			t.Run(f.code+"/"+c.name, func(t *testing.T) {
				client := newClient(nil, once, serve(t, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("X-Amzn-Requestid", requestID)
					if c.header != "" {
						w.Header().Set("X-Amzn-Errortype", fill(c.header, f.code))
					}
					w.WriteHeader(f.status)
					fmt.Fprint(w, fill(c.body, f.code))
				}))
				out, err := call(client)
				if out != nil {
					t.Errorf("there is an output: %+v", out)
				}
				f.check(t, err, c.message)
			})
		}
	}
}

// check compares an error with what the service said.
func (f fault) check(t *testing.T, err error, message string) {
	t.Helper()
	check(t, err, failure(fmt.Sprint(f.status), f.code+": "+message))
	found, ok := f.find(err)
	if !ok {
		t.Fatalf("no %T in %v", f.none, err)
	}
	if got := aws.ToString(member(found, "Message")); got != message {
		t.Errorf("Message is %q, want %q", got, message)
	}
	if member(found, "ErrorCodeOverride") != nil {
		t.Error("ErrorCodeOverride is set")
	}
	checkAPIError(t, err, f.code, message, f.fault)
	checkChain(t, err, f.status, fmt.Sprintf("%T", f.none))
}

// checkAPIError compares what the interface of all service errors returns.
func checkAPIError(t *testing.T, err error, code, message string, f smithy.ErrorFault) {
	t.Helper()
	api, ok := errors.AsType[smithy.APIError](err)
	if !ok {
		t.Fatalf("no smithy.APIError in %v", err)
	}
	got := []any{api.ErrorCode(), api.ErrorMessage(), api.ErrorFault(), strings.TrimPrefix(api.Error(), "api error ")}
	if want := []any{code, message, f, code + ": " + message}; !slices.Equal(got, want) {
		t.Errorf("error says %q\n     want %q", got, want)
	}
}

// checkChain compares the types of an error's chain, which goes on with rest, and what
// the wrappers report call and response.
func checkChain(t *testing.T, err error, status int, rest ...string) {
	t.Helper()
	var chain []string
	for e := err; e != nil; e = errors.Unwrap(e) {
		chain = append(chain, fmt.Sprintf("%T", e))
	}
	if want := append([]string{"*smithy.OperationError", "*http.ResponseError"}, rest...); len(chain) < len(want) || !slices.Equal(chain[:len(want)], want) {
		t.Errorf("chain is %v\n    want %v", chain, want)
	}
	if op, ok := errors.AsType[*smithy.OperationError](err); !ok || op.Service() != "DataZone" || op.Operation() != "GetDataSourceRun" {
		t.Errorf("operation error is %+v", op)
	}
	resp, ok := errors.AsType[*awshttp.ResponseError](err)
	if !ok || resp.HTTPStatusCode() != status || resp.ServiceRequestID() != requestID {
		t.Fatalf("response error is %+v, want status %d and %s", resp, status, requestID)
	}
	if got := resp.HTTPResponse().Header.Get("X-Amzn-Requestid"); got != requestID {
		t.Errorf("request ID in the raw response is %q", got)
	}
	if plain, ok := errors.AsType[*smithyhttp.ResponseError](err); !ok || plain.HTTPStatusCode() != status {
		t.Errorf("smithy's response error is %+v", plain)
	}
}

// TestUnknownErrors sends errors that the operation does not know.
func TestUnknownErrors(t *testing.T) {
	for name, c := range map[string]struct {
		status        int
		header, body  string
		code, message string
	}{
		"code in the header":     {400, "NewException", `{"message":"hm"}`, "NewException", "hm"},
		"code in the body":       {409, "", `{"code":"ns#NewException","message":"hm"}`, "NewException", "hm"},
		"type in the body":       {409, "", `{"__type":"NewException:x","Message":"hm"}`, "NewException", "hm"},
		"code that is a number":  {400, "", `{"code":42,"message":"hm"}`, "UnknownError", "hm"},
		"type, then a code":      {400, "", `{"code":"Other","__type":"NewException","message":"hm"}`, "NewException", "hm"},
		"code that is an object": {400, "", `{"code":{"a":1},"__type":"NewException"}`, "NewException", "UnknownError"},
		"code that is null":      {400, "", `{"code":null,"__type":"NewException"}`, "NewException", "UnknownError"},
		"no code":                {418, "", `{"message":"hm"}`, "UnknownError", "hm"},
		"empty object":           {400, "", `{}`, "UnknownError", "UnknownError"},
		"no body":                {404, "", "", "UnknownError", "UnknownError"},
		"blanks":                 {404, "", " \r\n\t", "UnknownError", "UnknownError"},
		"HTML":                   {403, "", "<html>\n<b>Forbidden</b></html>", "UnknownError", "unreadable error response: <html> <b>Forbidden</b></html>"},
		"array":                  {400, "", `["x"]`, "UnknownError", `unreadable error response: ["x"]`},
		"half a body":            {400, "", `{"code":"New`, "UnknownError", `unreadable error response: {"code":"New`},
		"code, then half a body": {400, "", `{"code":"NewException","message":"h`, "NewException", `unreadable error response: {"code":"NewException","message":"h`},
		"bytes":                  {400, "", "\x00\x01\xff", "UnknownError", "unreadable error response: ..\ufffd"},
		"header with HTML":       {503, "NewException", "<html>", "NewException", "unreadable error response: <html>"},
		"redirect":               {301, "", "", "UnknownError", "UnknownError"},
		"not modified":           {304, "", "", "UnknownError", "UnknownError"},
		"informational":          {199, "", "", "UnknownError", "UnknownError"},
		"beyond all classes":     {999, "", "{}", "UnknownError", "UnknownError"},
	} {
		t.Run(name, func(t *testing.T) {
			header := []string{}
			if c.header != "" {
				header = []string{"X-Amzn-Errortype", c.header}
			}
			out, err := call(newClient(play(t, reply(c.status, c.body, header...)), once))
			if out != nil {
				t.Errorf("there is an output: %+v", out)
			}
			check(t, err, failure(fmt.Sprint(c.status), "api error "+c.code+": "+c.message))
			checkAPIError(t, err, c.code, c.message, smithy.FaultUnknown)
			checkChain(t, err, c.status, "*smithy.GenericAPIError")
		})
	}
}

// TestErrorMethods asks errors that a user made.
func TestErrorMethods(t *testing.T) {
	for _, f := range faults() {
		t.Run(f.code, func(t *testing.T) {
			if got := f.none.ErrorCode(); got != f.code {
				t.Errorf("code of a nil error is %q", got)
			}
			value := reflect.New(reflect.TypeOf(f.none).Elem())
			e := value.Interface().(smithy.APIError)
			if got, want := e.Error(), f.code+": "; got != want || e.ErrorMessage() != "" || e.ErrorFault() != f.fault {
				t.Errorf("an error without members is %q, message %q, fault %v", got, e.ErrorMessage(), e.ErrorFault())
			}
			value.Elem().FieldByName("Message").Set(reflect.ValueOf(aws.String("hm")))
			value.Elem().FieldByName("ErrorCodeOverride").Set(reflect.ValueOf(aws.String("Other")))
			if got, want := e.Error(), "Other: hm"; got != want || e.ErrorCode() != "Other" {
				t.Errorf("error is %q with code %q, want %q", got, e.ErrorCode(), want)
			}
		})
	}
}

// TestRequestIDOfErrors takes the id from either header, and does without.
func TestRequestIDOfErrors(t *testing.T) {
	for name, c := range map[string]struct {
		header http.Header
		want   string
	}{
		"amzn":  {http.Header{"X-Amzn-Requestid": {"a"}, "X-Amz-Request-Id": {"c"}}, "a"},
		"amz":   {http.Header{"X-Amz-Requestid": {"b"}}, "b"},
		"both":  {http.Header{"X-Amzn-Requestid": {"a"}, "X-Amz-Requestid": {"b"}}, "a"},
		"none":  {http.Header{}, ""},
		"other": {http.Header{"X-Request-Id": {"d"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(t, func(*http.Request) (*http.Response, error) {
				resp := respond(404, strings.NewReader(""))
				resp.Header = c.header
				return resp, nil
			})
			_, err := call(newClient(client, once))
			resp, ok := errors.AsType[*awshttp.ResponseError](err)
			if !ok || resp.ServiceRequestID() != c.want {
				t.Errorf("request ID of %v is %q, want %q", err, resp.ServiceRequestID(), c.want)
			}
		})
	}
}

package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Answer is what the service replies.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Script answers requests in turn, the last answer again and again, and writes down what
// was sent.
type Script struct {
	Answers []Answer
	log     *strings.Builder
}

// volatile are headers that differ from call to call, or with the package's version.
var volatile = []string{"Amz-Sdk-Invocation-Id", "User-Agent", "X-Amz-Date"}

// features are what of User-Agent depends on the call.
var features = regexp.MustCompile(` m/\S*`)

var signature = regexp.MustCompile(`Credential=[^/]*/\d{8}/|Signature=[0-9a-f]+`)

// Do answers.
func (s *Script) Do(r *http.Request) (*http.Response, error) {
	fmt.Fprintf(s.log, "> %s %s length %d\n", r.Method, r.URL, r.ContentLength)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		if !slices.Contains(volatile, name) {
			fmt.Fprintf(s.log, "> %s: %s\n", name, signature.ReplaceAllString(strings.Join(r.Header[name], ","), "…/"))
		}
	}
	fmt.Fprintf(s.log, "> features%s\n", features.FindString(r.Header.Get("User-Agent")))
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if len(body) > 0 {
			fmt.Fprintf(s.log, "> %.300q\n", body)
		}
	}
	a := s.Answers[0]
	if len(s.Answers) > 1 {
		s.Answers = s.Answers[1:]
	}
	if a.Header == nil {
		a.Header = http.Header{}
	}
	if a.Header.Get("X-Amz-Request-Id") == "" {
		a.Header.Set("X-Amz-Request-Id", "request-1")
		a.Header.Set("X-Amz-Id-2", "host-1")
	}
	if a.Status == 0 {
		a.Status = 200
	}
	return &http.Response{
		StatusCode: a.Status, Header: a.Header.Clone(), Body: io.NopCloser(strings.NewReader(a.Body)),
		ContentLength: int64(len(a.Body)), Request: r,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// Run writes down what all scenarios come to.
func Run(hooked bool) map[string]string {
	out := map[string]string{}
	for name, scenario := range scenarios() {
		p := &play{hooked: hooked}
		scenario(p)
		out[name] = p.log.String()
	}
	return out
}

type play struct {
	hooked bool
	log    strings.Builder
}

var background = context.Background()

type option = func(*s3.Options)

func (p *play) client(answers []Answer, optFns ...option) *s3.Client {
	all := []option{func(o *s3.Options) {
		o.Region = "us-west-2"
		o.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET", SessionToken: "TOKEN"}, nil
		})
		o.Retryer = retryer{}
		if len(answers) == 0 {
			answers = []Answer{{}}
		}
		o.HTTPClient = &Script{Answers: answers, log: &p.log}
		o.Logger = logging.LoggerFunc(func(c logging.Classification, format string, v ...any) {
			fmt.Fprintf(&p.log, "log %s %s\n", c, fmt.Sprintf(format, v...))
		})
		if p.hooked {
			o.APIOptions = append(o.APIOptions, func(*middleware.Stack) error { return nil })
		}
	}}
	return s3.New(s3.Options{}, append(all, optFns...)...)
}

// retryer tries everything once more that the standard one would.
type retryer struct{ aws.NopRetryer }

func (retryer) MaxAttempts() int { return 2 }
func (retryer) IsErrorRetryable(err error) bool {
	var answered *smithyhttp.ResponseError
	return errors.As(err, &answered) && answered.HTTPStatusCode() >= 500
}
func (retryer) RetryDelay(int, error) (time.Duration, error) { return 0, nil }
func (retryer) GetRetryToken(context.Context, error) (func(error) error, error) {
	return func(error) error { return nil }, nil
}

var packagePath = regexp.MustCompile(`\*?[\w./-]*\b(s3|types|s3shared|hostid)\.`)

// result writes down an output and an error.
func (p *play) result(out any, md middleware.Metadata, err error) {
	if err != nil {
		fmt.Fprintf(&p.log, "error %v\n", err)
		if api, ok := errors.AsType[smithy.APIError](err); ok {
			fmt.Fprintf(&p.log, "code %s, message %s, fault %v, type %s\n", api.ErrorCode(), api.ErrorMessage(),
				api.ErrorFault(), packagePath.ReplaceAllString(fmt.Sprintf("%T", api), ""))
		}
		if ids, ok := errors.AsType[s3.ResponseError](err); ok {
			fmt.Fprintf(&p.log, "ids %s %s\n", ids.ServiceRequestID(), ids.ServiceHostID())
		}
		return
	}
	fmt.Fprintf(&p.log, "output %s\n", sorted(out))
	if id, ok := s3.GetHostIDMetadata(md); ok {
		fmt.Fprintf(&p.log, "host %s\n", id)
	}
	if sums, ok := s3.GetComputedInputChecksumsMetadata(md); ok {
		fmt.Fprintf(&p.log, "computed %v\n", sums.ComputedChecksums)
	}
	if used, ok := s3.GetChecksumValidationMetadata(md); ok {
		fmt.Fprintf(&p.log, "validated %v\n", used.AlgorithmsUsed)
	}
}

// sorted is the JSON of a value, members in the order of their names.
func sorted(v any) []byte {
	text, err := json.Marshal(v)
	var members any
	if err == nil {
		err = json.Unmarshal(text, &members)
	}
	if err == nil {
		text, err = json.Marshal(members)
	}
	if err != nil {
		return []byte(err.Error())
	}
	return text
}

func (p *play) say(format string, args ...any) { fmt.Fprintf(&p.log, "# "+format+"\n", args...) }

func (p *play) get(c *s3.Client, in *s3.GetObjectInput) {
	out, err := c.GetObject(background, in)
	if err != nil {
		p.result(nil, middleware.Metadata{}, err)
		return
	}
	body, failed := io.ReadAll(out.Body)
	md := out.ResultMetadata
	out.Body, out.ResultMetadata = nil, middleware.Metadata{}
	p.result(out, md, nil)
	fmt.Fprintf(&p.log, "body %q %v\n", body, failed)
}

func (p *play) put(c *s3.Client, in *s3.PutObjectInput) {
	out, err := c.PutObject(background, in)
	if err != nil {
		p.result(nil, middleware.Metadata{}, err)
		return
	}
	md := out.ResultMetadata
	out.ResultMetadata = middleware.Metadata{}
	p.result(out, md, nil)
}

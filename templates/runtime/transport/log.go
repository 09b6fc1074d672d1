package transport

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/smithy-go/logging"
)

// withheld takes the place of what a log must not show.
const withheld = "[withheld]"

func (c *call) log(ctx context.Context, class logging.Classification, format string, args ...any) {
	logging.WithContext(ctx, c.settings.Logger).Logf(class, format, args...)
}

func (c *call) logRetry(ctx context.Context, format string, args ...any) {
	if c.settings.LogMode.IsRetries() {
		c.log(ctx, logging.Debug, format, args...)
	}
}

// logRequest logs the request as it is about to be sent, if the mode asks for it.
// Streams are not read for it.
func (c *call) logRequest(ctx context.Context) {
	mode := c.settings.LogMode
	if !mode.IsRequest() && !mode.IsRequestWithBody() {
		return
	}
	var out strings.Builder
	target := c.http.URL.RequestURI()
	if c.info.SensitiveInput {
		target = withheld
	}
	fmt.Fprintf(&out, "%s %s HTTP/1.1\r\nHost: %s\r\n", c.http.Method, target, cmp.Or(c.http.Host, c.http.URL.Host))
	writeHeader(&out, c.http.Header, c.info.SensitiveInput)
	if n := c.http.ContentLength; n > 0 {
		fmt.Fprintf(&out, "Content-Length: %d\r\n", n)
	}
	out.WriteString("\r\n")
	if mode.IsRequestWithBody() {
		writeBody(&out, c.request.Body(), c.http.ContentLength, c.request.IsStream(), c.info.SensitiveInput)
	}
	c.log(ctx, logging.Debug, "Request\n%v", out.String())
}

// logResponse logs the response, if the mode asks for it.
func (c *call) logResponse(ctx context.Context) {
	mode := c.settings.LogMode
	if !mode.IsResponse() && !mode.IsResponseWithBody() {
		return
	}
	resp := c.response.Response
	var out strings.Builder
	fmt.Fprintf(&out, "HTTP/%d.%d %03d %s\r\n", resp.ProtoMajor, resp.ProtoMinor, resp.StatusCode, http.StatusText(resp.StatusCode))
	writeHeader(&out, resp.Header, c.info.SensitiveOutput)
	out.WriteString("\r\n")
	if mode.IsResponseWithBody() {
		writeBody(&out, c.reply.Body, resp.ContentLength, c.isStream(), c.info.SensitiveOutput)
	}
	c.log(ctx, logging.Debug, "Response\n%v", out.String())
}

// writeHeader writes a header in the order of its names.
func writeHeader(out *strings.Builder, header http.Header, sensitive bool) {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		canonical := http.CanonicalHeaderKey(name)
		secret := slices.Contains(secretHeaders(), canonical) || sensitive && !slices.Contains(publicHeaders(), canonical)
		for _, value := range header[name] {
			if secret {
				value = withheld
			}
			fmt.Fprintf(out, "%s: %s\r\n", name, value)
		}
	}
}

// secretHeaders prove someone's identity.
func secretHeaders() []string {
	return []string{"Authorization", "Proxy-Authorization", "X-Amz-Security-Token", "Cookie", "Set-Cookie"}
}

// publicHeaders are known not to carry a member of an input or output that holds
// sensitive ones.
func publicHeaders() []string {
	return []string{
		"User-Agent", "Amz-Sdk-Invocation-Id", "Amz-Sdk-Request", "X-Amz-Date", "X-Amzn-Trace-Id",
		"Content-Type", "Content-Length", "Content-Encoding", "Date", "Connection", "Server",
		"X-Amzn-Requestid", "X-Amz-Requestid", "X-Amzn-Errortype",
	}
}

func writeBody(out *strings.Builder, body []byte, length int64, stream, sensitive bool) {
	switch {
	case stream && length < 0:
		out.WriteString("[stream of unknown length, not logged]")
	case stream:
		fmt.Fprintf(out, "[stream of %d bytes, not logged]", length)
	case sensitive && len(body) > 0:
		fmt.Fprintf(out, "[%d bytes with sensitive members, withheld]", len(body))
	default:
		out.Write(body)
	}
}

// redactor is a logger that withholds a secret.
type redactor struct {
	logger logging.Logger
	secret string
}

// Logf logs the message without the secret.
func (r redactor) Logf(class logging.Classification, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if r.secret != "" {
		text = strings.ReplaceAll(text, r.secret, withheld)
	}
	r.logger.Logf(class, "%s", text)
}

// WithContext hands the context on to loggers that take one.
func (r redactor) WithContext(ctx context.Context) logging.Logger {
	return redactor{logging.WithContext(ctx, r.logger), r.secret}
}

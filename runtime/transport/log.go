package transport

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strconv"
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
	r, target := c.http, withheld
	if !c.info.hidesInput() {
		target = r.URL.RequestURI()
	}
	head := r.Method + " " + target + " HTTP/1.1\r\nHost: " + c.publicHost() + "\r\n"
	if r.ContentLength > 0 {
		head += "Content-Length: " + strconv.FormatInt(r.ContentLength, 10) + "\r\n"
	}
	m := message{head, r.Header, nil, r.ContentLength, c.request.IsStream(), c.info.hidesInput()}
	if mode.IsRequestWithBody() {
		m.body = c.request.Body()
	}
	c.logMessage(ctx, "Request\n%s", &m, mode.IsRequestWithBody())
}

// publicHost is the host of the request without the labels in it that may be secret.
func (c *call) publicHost() string {
	switch {
	case c.info.HidesEndpoint():
		return withheld
	case c.info.hidesInput() && c.request.HasHostLabels():
		return withheld + c.endpoint.URL.Host
	default:
		return cmp.Or(c.http.Host, c.http.URL.Host)
	}
}

// logResponse logs the response, if the mode asks for it.
func (c *call) logResponse(ctx context.Context) {
	mode := c.settings.LogMode
	if !mode.IsResponse() && !mode.IsResponseWithBody() {
		return
	}
	r := c.response.Response
	head := fmt.Sprintf("HTTP/%d.%d %03d %s\r\n", r.ProtoMajor, r.ProtoMinor, r.StatusCode, http.StatusText(r.StatusCode))
	m := message{head, r.Header, c.reply.Body, r.ContentLength, c.isStream(), c.info.hidesOutput()}
	c.logMessage(ctx, "Response\n%s", &m, mode.IsResponseWithBody())
}

// message is a request or response to be logged.
type message struct {
	head      string // its first lines
	header    http.Header
	body      []byte
	length    int64 // of the body; -1 when it is unknown
	stream    bool  // the body is not at hand
	sensitive bool  // some members must not be shown
}

func (c *call) logMessage(ctx context.Context, format string, m *message, withBody bool) {
	text := m.appendHeader([]byte(m.head))
	text = append(text, "\r\n"...)
	if withBody {
		text = m.appendBody(text)
	}
	c.log(ctx, logging.Debug, format, text)
}

// appendHeader appends the header in the order of its names. Of a message with sensitive
// members it counts what may be one: not even the name is shown, for the keys of a map
// may be in it.
func (m *message) appendHeader(text []byte) []byte {
	names := make([]string, 0, len(m.header))
	for name := range m.header {
		names = append(names, name)
	}
	sort.Strings(names) // of package sort, which is compiled already
	hidden := 0
	for _, name := range names {
		canonical := http.CanonicalHeaderKey(name)
		secret := slices.Contains(secretHeaders, canonical)
		if m.sensitive && !secret && !slices.Contains(publicHeaders, canonical) {
			hidden++
			continue
		}
		for _, value := range m.header[name] {
			if secret {
				value = withheld
			}
			text = fmt.Appendf(text, "%s: %s\r\n", name, value)
		}
	}
	if hidden > 0 {
		text = fmt.Appendf(text, "[%d headers that may hold sensitive members, withheld]\r\n", hidden)
	}
	return text
}

func (m *message) appendBody(text []byte) []byte {
	switch {
	case m.stream && m.length < 0:
		return append(text, "[stream of unknown length, not logged]"...)
	case m.stream:
		return fmt.Appendf(text, "[stream of %d bytes, not logged]", m.length)
	case m.sensitive && len(m.body) > 0:
		return fmt.Appendf(text, "[%d bytes with sensitive members, withheld]", len(m.body))
	default:
		return append(text, m.body...)
	}
}

// secretHeaders prove someone's identity.
var secretHeaders = []string{
	"Authorization", "Proxy-Authorization", "X-Amz-Security-Token", "X-Amz-S3session-Token", "Cookie", "Set-Cookie",
}

// publicHeaders are known not to carry a member of an input or output that holds
// sensitive ones.
var publicHeaders = []string{
	"User-Agent", "Amz-Sdk-Invocation-Id", "Amz-Sdk-Request", "X-Amz-Date", "X-Amzn-Trace-Id",
	"Content-Type", "Content-Length", "Content-Encoding", "Date", "Connection", "Server",
	"X-Amzn-Requestid", "X-Amz-Requestid", "X-Amzn-Errortype",
}

// redactor is a logger that withholds a secret.
type redactor struct {
	logger logging.Logger
	secret string
}

// Logf logs the message without the secret.
func (r *redactor) Logf(class logging.Classification, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if r.secret != "" {
		text = strings.ReplaceAll(text, r.secret, withheld)
	}
	r.logger.Logf(class, "%s", text)
}

// WithContext hands the context on to loggers that take one.
func (r *redactor) WithContext(ctx context.Context) logging.Logger {
	return &redactor{logging.WithContext(ctx, r.logger), r.secret}
}

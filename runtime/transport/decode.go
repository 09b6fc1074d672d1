package transport

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"example.com/lathe/runtime/rest"
	"github.com/aws/smithy-go"
)

// receive reads the response's body and closes it, unless it is a stream that
// the caller will read.
func (c *call) receive(ctx context.Context) {
	resp := c.response.Response
	c.reply = rest.Response{HTTP: resp, Sent: c.http.Header}
	c.readErr = nil
	if c.isStream() {
		return
	}
	length, limit := resp.ContentLength, int64(maxErrorBody)
	if isSuccess(resp) {
		limit = c.settings.bodyLimit
	}
	if c.http.Method == http.MethodHead {
		length = 0 // it is that of a body which is not sent
	}
	if length > limit && isSuccess(resp) { // the beginning is enough for the error
		c.readErr = c.buffer.readFrom(ctx, io.LimitReader(resp.Body, maxSnapshot), maxSnapshot, limit)
		if c.readErr == nil {
			c.readErr = &bodyTooLongError{limit: limit}
		}
	} else {
		c.readErr = c.buffer.readFrom(ctx, resp.Body, length, limit)
	}
	c.reply.Body = c.buffer.bytes
	if _, tooLong := itself[*bodyTooLongError](c.readErr); tooLong {
		c.discard(ctx)
	} else {
		c.closeBody(ctx)
	}
}

// releaseBody lets go of the response, so that nothing reads its body any more.
func (c *call) releaseBody() { c.reply = rest.Response{} }

func isSuccess(resp *http.Response) bool { return resp.StatusCode >= 200 && resp.StatusCode < 300 }

func (c *call) isStream() bool { return c.info.StreamOutput && isSuccess(c.response.Response) }

// deserialize makes of the response the operation's output, or the error that it
// describes.
func (c *call) deserialize(ctx context.Context) error {
	if !isSuccess(c.response.Response) {
		return c.deserializeError(ctx)
	}
	if c.readErr != nil {
		return c.undecodable(c.readErr)
	}
	err := c.op.decode(&c.reply, c.out)
	if err == nil {
		return nil
	}
	if c.isStream() {
		c.discard(ctx)
	}
	return c.undecodable(err)
}

// maxSnapshot is how much of a body an error carries, in bytes.
const maxSnapshot = 1 << 10

func (c *call) undecodable(err error) error {
	out := &smithy.DeserializationError{Err: wrap("failed to decode response body, ", err)}
	if !c.info.hidesOutput() {
		out.Snapshot = bytes.Clone(c.reply.Body[:min(len(c.reply.Body), maxSnapshot)])
	}
	return out
}

// deserializeError finds the error in a response without success. Whatever its
// body is, the result is an error of the service with the best code and message
// that can be had. Of several codes the first that the operation knows counts, because
// one place may name a kind of errors and another the error.
func (c *call) deserializeError(ctx context.Context) error {
	if c.readErr != nil && ctx.Err() != nil {
		return &smithy.DeserializationError{Err: wrap("failed to copy error response body, ", c.readErr)}
	}
	info := c.settings.ErrorInfo
	if info == nil {
		return c.genericError(smithy.GenericAPIError{}, nil)
	}
	c.findRequestID()
	header := c.reply.HTTP.Header
	inHeader, _, _ := info(header, nil)
	if err := c.typedError(inHeader); err != nil {
		return err // without a look at the body, whose code may be another
	}
	codes, unknown, broken := info(header, c.reply.Body)
	if c.settings.StatusErrors && unknown.Code == "" && unknown.Message == "" {
		codes[0], unknown = statusError(c.response.StatusCode)
	}
	if err := c.typedError(codes); err != nil {
		return err
	}
	return c.genericError(unknown, broken)
}

// statusError is the error that a status stands for: "NotFound".
func statusError(status int) (code string, unknown smithy.GenericAPIError) {
	unknown.Message = http.StatusText(status)
	unknown.Code = strings.ReplaceAll(unknown.Message, " ", "")
	return unknown.Code, unknown
}

// findRequestID looks for the id of the request in the body where no header has it.
func (c *call) findRequestID() {
	if find := c.settings.ErrorRequestID; find != nil && c.requestID == "" {
		c.requestID = find(c.reply.Body)
		c.metadata = c.exchange.metadata(officialKeys())
	}
}

// typedError returns the operation's own error for the first code that it knows, or nil.
func (c *call) typedError(codes [3]string) error {
	for _, code := range codes {
		if code == "" {
			continue
		}
		if err := c.info.error(code, &c.reply); err != nil {
			return err
		}
	}
	return nil
}

// unknownError is the official client's word for a code or message that is not
// there.
const unknownError = "UnknownError"

// genericError describes an error that the operation does not know. When the
// body could not be read, its beginning takes the place of a message.
func (c *call) genericError(unknown smithy.GenericAPIError, broken error) error {
	if unknown.Code == "" {
		unknown.Code = unknownError
	}
	if unknown.Message == "" && broken != nil {
		unknown.Message = "unreadable error response: " + c.excerpt()
	}
	if unknown.Message == "" {
		unknown.Message = unknownError
	}
	return &unknown
}

// maxExcerpt is the length of an excerpt in bytes, before its end is marked.
const maxExcerpt = 256

// excerpt is the beginning of the response's body in printable form and on one line. Of
// an operation with sensitive members, which a service may send back, it is not shown.
func (c *call) excerpt() string {
	if c.info.hidesInput() || c.info.hidesOutput() {
		return fmt.Sprintf("[%d bytes, withheld]", len(c.reply.Body))
	}
	return excerpt(c.reply.Body)
}

func excerpt(body []byte) string {
	text := strings.Map(printable, string(body[:min(len(body), maxExcerpt)]))
	text = strings.Join(strings.Fields(text), " ")
	if len(body) > maxExcerpt {
		text += "…"
	}
	return text
}

// printable puts a space in place of all white space, and a point in place of what
// can't be seen.
func printable(r rune) rune {
	switch {
	case '\t' <= r && r <= '\r':
		return ' '
	case !strconv.IsPrint(r):
		return '.'
	default:
		return r
	}
}

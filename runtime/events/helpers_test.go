package events

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/jsoncodec"
	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/smithy-go"
)

// frameOf returns a frame as the SDK's module writes it. Headers are names and values by
// turns.
func frameOf(t testing.TB, payload string, headers ...any) []byte {
	t.Helper()
	m := eventstream.Message{Payload: []byte(payload)}
	for i := 0; i < len(headers); i += 2 {
		value, ok := headers[i+1].(eventstream.Value)
		if !ok {
			value = eventstream.StringValue(headers[i+1].(string))
		}
		m.Headers.Set(headers[i].(string), value)
	}
	var b bytes.Buffer
	if err := eventstream.NewEncoder().Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// eventOf returns the frame of an event.
func eventOf(t testing.TB, kind, payload string) []byte {
	t.Helper()
	return frameOf(t, payload, ":event-type", kind, ":content-type", "application/json", ":message-type", "event")
}

// textErrors are the errors of the streams of these tests.
var textErrors = Errors{
	Known: []Error{{"brokenException", &transport.Error{Code: "Broken", Decode: func(r *rest.Response) error {
		return &smithy.GenericAPIError{Code: "Broken", Message: string(r.Body)}
	}}}},
	Info: jsoncodec.ErrorInfo,
	Unknown: func(kind string, m *eventstream.Message) error {
		return &unknownMessageError{kind, m}
	},
}

type unknownMessageError struct {
	kind    string
	message *eventstream.Message
}

func (e *unknownMessageError) Error() string { return "unknown event stream message type, " + e.kind }

// decodeText makes of an event its type and its payload.
func decodeText(m *Message) (string, error) {
	kind := m.Kind("text", "number")
	if kind == "number" && len(m.Payload) > 0 && m.Payload[0] > '9' {
		return "", io.ErrUnexpectedEOF
	}
	return kind + ":" + string(m.Payload), nil
}

// noLeaks fails the test if there are more goroutines of this package at its end than at
// its beginning.
func noLeaks(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		t.Helper()
		deadline := time.Now().Add(5 * time.Second)
		for {
			left := ours()
			if left == "" {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("goroutines are left:\n%s", left)
			}
			time.Sleep(time.Millisecond)
		}
	})
}

// ours returns the stacks of goroutines that run code of this package or of an HTTP
// connection, but for tests.
func ours() string {
	buf := make([]byte, 1<<20)
	buf = buf[:runtime.Stack(buf, true)]
	var left []string
	for stack := range strings.SplitSeq(string(buf), "\n\n") {
		if strings.Contains(stack, "testing.tRunner") || strings.Contains(stack, "testing.(*T)") {
			continue
		}
		if strings.Contains(stack, "runtime/events.") || strings.Contains(stack, "net/http.") {
			left = append(left, stack)
		}
	}
	return strings.Join(left, "\n\n")
}

// prelude returns the beginning of a frame.
func prelude(length, headers uint32) []byte {
	b := binary.BigEndian.AppendUint32(nil, length)
	b = binary.BigEndian.AppendUint32(b, headers)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// repaired returns data as a frame of the right length and with the right checksums, as
// far as its headers fit.
func repaired(data []byte) []byte {
	frame := slices.Clone(data)
	headers := binary.BigEndian.Uint32(frame[4:]) % uint32(len(frame)-minFrame+1)
	copy(frame, prelude(uint32(len(frame)), headers))
	sum := len(frame) - checksumLength
	binary.BigEndian.PutUint32(frame[sum:], crc32.ChecksumIEEE(frame[:sum]))
	return frame
}

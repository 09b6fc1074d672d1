package events

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"testing/iotest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/google/go-cmp/cmp"
)

// readAll reads all frames of a body, as copies, and the error that ended them.
func readAll(body io.Reader) (list []string, err error) {
	f := frames{body: body}
	for {
		frame, err := f.next()
		if err != nil {
			return list, err
		}
		list = append(list, string(frame))
	}
}

func TestFramesInPieces(t *testing.T) {
	var want []string
	var all []byte
	for _, payload := range []string{"", "a", string(make([]byte, 300)), string(make([]byte, 40<<10)), "z"} {
		frame := eventOf(t, "text", payload)
		want = append(want, string(frame))
		all = append(all, frame...)
	}
	for name, body := range map[string]io.Reader{
		"whole": bytes.NewReader(all), "byte by byte": iotest.OneByteReader(bytes.NewReader(all)),
		"halves": iotest.HalfReader(bytes.NewReader(all)), "end with data": iotest.DataErrReader(bytes.NewReader(all)),
		"empty reads": io.MultiReader(&idle{n: 50}, bytes.NewReader(all[:77]), &idle{n: 50}, bytes.NewReader(all[77:])),
	} {
		got, err := readAll(body)
		if diff := cmp.Diff(want, got); diff != "" || !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

// idle is a reader that yields nothing n times, and then the end of what it has.
type idle struct{ n int }

func (r *idle) Read([]byte) (int, error) {
	if r.n--; r.n < 0 {
		return 0, io.EOF
	}
	return 0, nil
}

func TestFramesNoProgress(t *testing.T) {
	if _, err := readAll(&idle{n: 1000}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

// A stream that breaks off between frames is at its end, one that breaks off within a
// frame is broken. What broke the connection is the error of either.
func TestFramesBreakOff(t *testing.T) {
	first, second := eventOf(t, "text", "one"), eventOf(t, "number", "2")
	all := slices.Concat(first, second)
	reset := fmt.Errorf("reset: %w", io.EOF) // which is no end by itself
	for n := range all {
		got, err := readAll(bytes.NewReader(all[:n]))
		wantFrames, wantErr := 0, io.ErrUnexpectedEOF
		if n >= len(first) {
			wantFrames = 1
		}
		if n == 0 || n == len(first) {
			wantErr = io.EOF
		}
		if len(got) != wantFrames || !errors.Is(err, wantErr) {
			t.Errorf("%d bytes: %d frames, %v", n, len(got), err)
		}
		got, err = readAll(io.MultiReader(bytes.NewReader(all[:n]), iotest.ErrReader(reset)))
		if len(got) != wantFrames || !errors.Is(err, reset) {
			t.Errorf("reset after %d bytes: %d frames, %v", n, len(got), err)
		}
	}
}

// Whatever byte is wrong, it is noticed.
func TestFramesDamaged(t *testing.T) {
	frame := frameOf(t, "payload", ":event-type", "text", "n", eventstream.Int32Value(7))
	for i := range frame {
		for _, bit := range []byte{1, 0x80} {
			damaged := slices.Clone(frame)
			damaged[i] ^= bit
			_, err := readAll(bytes.NewReader(damaged))
			if !errors.As(err, new(eventstream.ChecksumError)) {
				t.Errorf("byte %d: got %v", i, err)
			}
		}
	}
}

func TestFramesOfImpossibleLengths(t *testing.T) {
	for _, lengths := range [][2]uint32{{0, 0}, {15, 0}, {16, 1}, {100, 85}, {1<<32 - 1, 0}, {maxFrame + 1, 0}, {20, 1<<32 - 1}} {
		_, err := readAll(bytes.NewReader(prelude(lengths[0], lengths[1])))
		if !errors.As(err, new(eventstream.LengthError)) {
			t.Errorf("%v: got %v", lengths, err)
		}
	}
}

// A length alone is no reason to allocate.
func TestFramesGrowWithWhatArrives(t *testing.T) {
	f := frames{body: bytes.NewReader(prelude(maxFrame, 0))}
	if _, err := f.next(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
	if cap(f.buf) > minBuffer {
		t.Errorf("%d bytes were allocated", cap(f.buf))
	}
}

// The memory of a long frame is not kept.
func TestFramesForgetLongOnes(t *testing.T) {
	long := eventOf(t, "text", string(make([]byte, 3<<20)))
	f := frames{body: io.MultiReader(bytes.NewReader(long), bytes.NewReader(eventOf(t, "text", "x")))}
	for range 2 {
		if _, err := f.next(); err != nil {
			t.Fatal(err)
		}
	}
	if cap(f.buf) > maxKept {
		t.Errorf("%d bytes are kept", cap(f.buf))
	}
}

func TestFramesAllocateNothing(t *testing.T) {
	frame := eventOf(t, "text", "payload")
	f := frames{body: &endless{frame: frame}}
	if got := testing.AllocsPerRun(1000, func() {
		if _, err := f.next(); err != nil {
			t.Fatal(err)
		}
	}); got != 0 {
		t.Errorf("%v allocations a frame", got)
	}
}

// endless repeats a frame.
type endless struct {
	frame []byte
	at    int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.frame[e.at:])
	e.at = (e.at + n) % len(e.frame)
	return n, nil
}

// everyHeader has a header of each kind.
func everyHeader(t testing.TB) []byte {
	return frameOf(t, "p", ":event-type", "text", ":message-type", "event",
		"true", eventstream.BoolValue(true), "false", eventstream.BoolValue(false),
		"int8", eventstream.Int8Value(-8), "int16", eventstream.Int16Value(-16), "int32", eventstream.Int32Value(-32), "int64", eventstream.Int64Value(-64),
		"bytes", eventstream.BytesValue("\x00\x01"), "text", "words", "time", eventstream.TimestampValue(time.UnixMilli(1234567)),
		"uuid", eventstream.UUIDValue{1, 2, 3})
}

func TestHeaders(t *testing.T) {
	var m Message
	if err := m.parse(everyHeader(t)); err != nil {
		t.Fatal(err)
	}
	check := func(name string, got, want any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	check("true", *Header(&m, "true", ParseBool), true)
	check("false", *Header(&m, "false", ParseBool), false)
	check("int8", *Header(&m, "int8", ParseInt8), int8(-8))
	check("int16", *Header(&m, "int16", ParseInt16), int16(-16))
	check("int32", *Header(&m, "int32", ParseInt32), int32(-32))
	check("int64", HeaderValue(&m, "int64", ParseInt64), int64(-64))
	check("bytes", HeaderValue(&m, "bytes", ParseBlob), []byte{0, 1})
	check("text", HeaderValue(&m, "text", ParseText[string]), "words")
	check("time", HeaderValue(&m, "time", ParseTime), time.UnixMilli(1234567).UTC())
	check("absent", Header(&m, "absent", ParseBool), (*bool)(nil))
	check("absent", HeaderValue(&m, "absent", ParseInt8), int8(0))
	if m.Err() != nil {
		t.Error(m.Err())
	}
	wrong := []func(){
		func() { Header(&m, "text", ParseBool) }, func() { Header(&m, "text", ParseInt8) }, func() { Header(&m, "text", ParseInt16) },
		func() { Header(&m, "int8", ParseInt32) }, func() { Header(&m, "int8", ParseInt64) }, func() { Header(&m, "int8", ParseTime) },
		func() { Header(&m, "int8", ParseText[string]) }, func() { Header(&m, "int8", ParseBlob) },
	}
	for i, read := range wrong {
		if m.err = nil; m.Err() != nil {
			t.Fatal(m.Err())
		}
		if read(); m.Err() == nil {
			t.Errorf("%d: no error", i)
		}
	}
}

// What the official module reads of a message, we read, and the other way round.
func FuzzMessage(f *testing.F) {
	f.Add(everyHeader(f))
	f.Add(eventOf(f, "text", "payload"))
	f.Add(frameOf(f, ""))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < minFrame {
			return
		}
		frame := repaired(data)
		var m Message
		if err := m.parse(frame); err != nil {
			return // the module panics, or takes what breaks off for the end
		}
		want, err := eventstream.NewDecoder().Decode(bytes.NewReader(frame), nil)
		if err != nil {
			t.Fatalf("the module fails: %v", err)
		}
		if string(want.Payload) != string(m.Payload) {
			t.Errorf("payload %q, want %q", m.Payload, want.Payload)
		}
		for _, h := range want.Headers {
			if got := m.text(h.Name); string(got) != h.Value.String() {
				t.Errorf("header %q: %q, want %q", h.Name, got, h.Value)
			}
		}
	})
}

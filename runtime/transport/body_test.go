package transport

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadFrom(t *testing.T) {
	boom := errors.New("boom")
	for name, c := range map[string]struct {
		body   io.Reader
		length int64
		want   string
		err    string
	}{
		"empty":            {strings.NewReader(""), 0, "", ""},
		"known length":     {strings.NewReader("12345"), 5, "12345", ""},
		"unknown length":   {strings.NewReader("12345"), -1, "12345", ""},
		"longer than said": {strings.NewReader("12345"), 2, "12345", ""},
		"less than said":   {strings.NewReader("12345"), 9, "12345", ""},
		"byte by byte":     {iotest.OneByteReader(strings.NewReader("12345")), -1, "12345", ""},
		"end with data":    {iotest.DataErrReader(strings.NewReader("12345")), 5, "12345", ""},
		"at the limit":     {strings.NewReader(strings.Repeat("x", 100)), 100, strings.Repeat("x", 100), ""},
		"over the limit":   {strings.NewReader(strings.Repeat("x", 101)), 101, strings.Repeat("x", 100), "response body is longer than 100 bytes"},
		"error":            {io.MultiReader(strings.NewReader("12"), iotest.ErrReader(boom)), 5, "12", "boom"},
		"no progress":      {stuck{}, 5, "", io.ErrNoProgress.Error()},
		"few idle reads":   {&hesitant{text: "12345"}, 5, "12345", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var b buffer
			for round := range 2 { // the second one uses the memory of the first
				if round == 1 {
					c.body = strings.NewReader("again")
					c.want, c.err, c.length = "again", "", 5
				}
				err := b.readFrom(context.Background(), c.body, c.length, 100)
				if string(b.bytes) != c.want || text(err) != c.err {
					t.Errorf("read %q, %v; want %q, %s", b.bytes, err, c.want, c.err)
				}
			}
		})
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// hesitant yields a byte after many reads without one.
type hesitant struct {
	text string
	n    int
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.n++; h.n%maxIdleReads != 0 {
		return 0, nil
	}
	if h.text == "" {
		return 0, io.EOF
	}
	p[0], h.text = h.text[0], h.text[1:]
	return 1, nil
}

func TestReadFromStopsWhenCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	reads := 0
	body := readerFunc(func(p []byte) (int, error) {
		if reads++; reads == 3 {
			cancel()
		}
		return copy(p, "x"), nil
	})
	var b buffer
	if err := b.readFrom(ctx, body, -1, 1<<20); !errors.Is(err, context.Canceled) || reads != 3 {
		t.Errorf("error %v after %d reads", err, reads)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestBufferGrowth(t *testing.T) {
	const mb = 1 << 20
	for name, c := range map[string]struct {
		have   int
		length int64
		limit  int64
		room   int // for bytes to come
		apart  bool
	}{
		"unknown":                    {0, -1, maxBody, minBuffer, false},
		"unknown, full":              {minBuffer, -1, maxBody, minBuffer, true},
		"unknown, much":              {4 * mb, -1, maxBody, maxChunk, true},
		"known":                      {0, 10 * mb, maxBody, 10*mb + 1, false},
		"known, small buffer":        {minBuffer, 10 * mb, maxBody, 10*mb + 1 - minBuffer, false},
		"known, full":                {100, 100, maxBody, 1, false},
		"wrong":                      {8192, 100, maxBody, 8192, true},
		"large on its word":          {0, 400 * mb, maxBody, maxTrustedLength, false},
		"large after so much":        {maxTrustedLength, 40 * mb, maxBody, 24*mb + 1, false},
		"over the limit":             {0, 40 * mb, mb, mb + 1, false},
		"unknown, next to the limit": {mb, -1, mb + 10, 11, true},
	} {
		t.Run(name, func(t *testing.T) {
			b, full := buffer{bytes: make([]byte, c.have)}, chunks{}
			if c.have > 0 {
				b.bytes[c.have-1] = 7
			}
			b.makeRoom(&full, c.length, c.limit)
			if room := cap(b.bytes) - len(b.bytes); room != c.room || (full.list != nil) != c.apart {
				t.Errorf("room for %d, %d chunks full; want %d, %v", room, len(full.list), c.room, c.apart)
			}
			b.bytes = append(b.bytes, 8)
			all := full.join(b.bytes)
			if len(all) != c.have+1 || all[c.have] != 8 || c.have > 0 && all[c.have-1] != 7 {
				t.Error("lost what was read")
			}
		})
	}
}

// TestUnknownLength reads a long body whose length nobody knows: all of it must be
// there, at the cost of twice its size, chunks and whole.
func TestUnknownLength(t *testing.T) {
	text := strings.Repeat("0123456789abcdef", 300_000)
	var b buffer
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := b.readFrom(context.Background(), iotest.HalfReader(strings.NewReader(text)), -1, maxBody)
	runtime.ReadMemStats(&after)
	if err != nil || string(b.bytes) != text {
		t.Fatalf("read %d bytes, %v; want %d", len(b.bytes), err, len(text))
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > uint64(2*len(text)+2*maxChunk) {
		t.Errorf("%d bytes were allocated for a body of %d", used, len(text))
	}
}

func TestLargeBuffersAreNotKept(t *testing.T) {
	for size, kept := range map[int]bool{maxPooled: true, maxPooled + 1: false} {
		b := buffer{bytes: make([]byte, 1, size)}
		b.reset()
		if len(b.bytes) != 0 || (cap(b.bytes) > 0) != kept {
			t.Errorf("of %d bytes %d are kept", size, cap(b.bytes))
		}
	}
}

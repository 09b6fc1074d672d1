package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
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
		"error of an end": {io.MultiReader(strings.NewReader("12"), iotest.ErrReader(fmt.Errorf("lost: %w", io.EOF))), 5,
			"12", "lost: EOF"},
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

// TestPeakHeap reads bodies that are longer than the limit, and one that breaks off
// before it: none costs more than the limit.
func TestPeakHeap(t *testing.T) {
	const limit, slack = 64 << 20, 4 << 20
	for name, c := range map[string]struct {
		length int64
		body   io.Reader
		most   int64
	}{
		"endless":         {-1, zeros{}, limit + slack},
		"longer and said": {2 * limit, zeros{}, slack},
		"longer than 0":   {0, zeros{}, limit + slack},
		"breaks off":      {-1, io.MultiReader(io.LimitReader(zeros{}, limit-100), iotest.ErrReader(io.ErrUnexpectedEOF)), limit + slack},
		"said, cut off":   {limit, io.LimitReader(zeros{}, maxTrustedLength-1), 2*maxTrustedLength + slack}, // with the output
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		s := testSettings(play(respondWith(200, c.body, c.length)))
		s.bodyLimit = limit
		_, err := Do(context.Background(), s, testInfo(), &fakeOp{})
		runtime.ReadMemStats(&after)
		if err == nil && name != "said, cut off" {
			t.Errorf("%s: no error", name)
		}
		if took := int64(after.TotalAlloc - before.TotalAlloc); took > c.most {
			t.Errorf("%s: %d bytes were allocated, want at most %d", name, took, c.most)
		}
	}
}

// TestDrainTakesNoTime calls servers that answer too much and then dawdle: the call
// returns all the same, whatever the body does when it is closed.
func TestDrainTakesNoTime(t *testing.T) {
	slow := func(p []byte) (int, error) {
		time.Sleep(20 * time.Millisecond)
		return copy(p, "x"), nil
	}
	for name, rest := range map[string]func(released <-chan struct{}) io.Reader{
		"drop by drop": func(<-chan struct{}) io.Reader { return readerFunc(slow) },
		"nothing": func(released <-chan struct{}) io.Reader {
			return readerFunc(func([]byte) (int, error) { <-released; return 0, io.EOF })
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			released := make(chan struct{})
			body := io.MultiReader(strings.NewReader(strings.Repeat("x", 200)), rest(released))
			s := testSettings(play(respondWith(200, body, -1)))
			s.bodyLimit = 100
			start := time.Now()
			_, err := Do(t.Context(), s, testInfo(), &fakeOp{})
			if took := time.Since(start); err == nil || took > maxDrainTime {
				t.Errorf("%s: the call took %v, %v", name, took, err)
			}
			close(released)
			time.Sleep(time.Second) // by then nobody reads any more
		})
	}
}

// TestDrainOfAServer is [TestDrainTakesNoTime] over HTTP.
func TestDrainOfAServer(t *testing.T) {
	done := make(chan struct{})
	s, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 200))
		for {
			w.(http.Flusher).Flush()
			select {
			case <-done:
				return
			case <-r.Context().Done():
				return
			case <-time.After(20 * time.Millisecond):
				_, _ = io.WriteString(w, "x")
			}
		}
	})
	defer close(done)
	settings := testSettings(&http.Client{Transport: &http.Transport{}}, toServer(s))
	settings.bodyLimit = 100
	returned := make(chan error, 1)
	go func() {
		_, err := Do(t.Context(), settings, testInfo(), &fakeOp{})
		returned <- err
	}()
	select {
	case err := <-returned:
		if !strings.Contains(text(err), "longer than 100 bytes") {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the call waits for the rest of the body")
	}
}

package transport

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"example.com/lathe/runtime/rest"
)

// TestBodiesStayApart makes calls side by side whose transports read bodies before they
// answer, at the same time, and not at all: what they read must be of their own call.
func TestBodiesStayApart(t *testing.T) {
	const callers, calls, length = 8, 60, 10_000
	var late sync.WaitGroup
	check := func(r *http.Request, least int) {
		want := strings.Repeat(r.Header.Get("Want"), length)
		if got, _ := io.ReadAll(r.Body); len(got) < least || string(got) != want[:len(got)] {
			t.Errorf("%d bytes are sent, some of other calls", len(got))
		}
	}
	client := clientFunc(func(r *http.Request) (*http.Response, error) {
		switch r.Header.Get("When") {
		case "before":
			check(r, length)
			_ = r.Body.Close()
		case "meanwhile":
			late.Go(func() { check(r, 0) }) // the call closes the body when it ends
		default:
			_ = r.Body.Close()
		}
		return respond(200, "{}"), nil
	})
	settings := testSettings(client)
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			letter, when := string(rune('a'+i)), []string{"before", "meanwhile", "never"}[i%3]
			for range calls {
				op := &fakeOp{serialize: func(r *rest.Request) {
					r.Start("PUT", "/things").Header.Set("Want", letter)
					r.Header.Set("When", when)
					r.SetWritten("text/plain", append(r.Memory(), strings.Repeat(letter, length)...))
				}}
				if _, err := Do(context.Background(), settings, testInfo(), op); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	late.Wait()
}

package calls

import (
	"net/http"
	"runtime"
	"strings"
)

// probe is a transport that counts the frames of the stack from the call of a client
// to itself, and answers as another transport.
type probe struct {
	http.RoundTripper

	frames int
}

// RoundTrip counts the frames below [Depth], its own included.
func (p *probe) RoundTrip(r *http.Request) (*http.Response, error) {
	pcs := make([]uintptr, 256)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	p.frames = 0
	for frame, more := frames.Next(); more && !strings.HasSuffix(frame.Function,
		"calls.Depth"); frame, more = frames.Next() {
		p.frames++
	}
	return p.RoundTripper.RoundTrip(r)
}

// Depth is how many frames lie between the program's call of GetDataSourceRun and the
// transport of an *http.Client, that one included, by caller.
func Depth() map[string]int {
	depth := map[string]int{}
	p := &probe{RoundTripper: reply(200, "", []byte(wholeRun)).Transport}
	h := &http.Client{Transport: p}
	for _, s := range []Side{officialRun(h), ourRun(h), runByHand(h)} {
		s.Call()
		depth[s.Name] = p.frames - 1 // the function of the side is not the client's
	}
	return depth
}

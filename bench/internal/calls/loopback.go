package calls

import (
	"crypto/sha256"
	"io"
	"net/http"

	"example.com/lathe/generated/datazone"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
)

// Handler answers every request with all members of the output of GetDataSourceRun.
func Handler() http.Handler {
	body := []byte(wholeRun)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = []string{"application/json"}
		w.Header()["X-Amzn-Requestid"] = []string{"01234567-89ab-cdef-0123-456789abcdef"}
		_, _ = w.Write(body) // the client reports what goes wrong
	})
}

// loopbackCases is the call of GetDataSourceRun over HTTP, to a server that answers as
// [Handler] does. Each caller has connections of its own; net/http alone sends the
// request that our client has sent first.
func loopbackCases(server string) []Case {
	theirs := official.New(official.Options{
		Region: region, Credentials: key(), BaseEndpoint: &server, HTTPClient: overHTTP(),
	})
	sent := &recorder{RoundTripper: overHTTP().Transport}
	ours := datazone.New(datazone.Options{
		Region: region, Credentials: key(), BaseEndpoint: &server, HTTPClient: overHTTP(),
	})
	theirInput := &official.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	ourInput := &datazone.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	expect(ours.GetDataSourceRun(
		ctx, ourInput, func(o *datazone.Options) { o.HTTPClient = &http.Client{Transport: sent} }))
	work := make([]byte, busyBytes)
	return []Case{{Name: LoopbackCall, Sides: []Side{
		{Official, func() any { return expect(theirs.GetDataSourceRun(ctx, theirInput)) }},
		{Ours, func() any { return expect(ours.GetDataSourceRun(ctx, ourInput)) }},
		{NetHTTP, func() any { return expect(sent.again()) }},
		{Busy, func() any { expect(sent.again()); return sha256.Sum256(work) }},
		{BusyHash, func() any { return sha256.Sum256(work) }},
	}}}
}

// overHTTP is an HTTP client with connections of its own.
func overHTTP() *http.Client {
	return &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
}

// recorder keeps the last request.
type recorder struct {
	http.RoundTripper

	request *http.Request
}

// RoundTrip keeps the request and sends it.
func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.request = request
	return r.RoundTripper.RoundTrip(request)
}

// again sends the request once more and reads the answer.
func (r *recorder) again() ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, r.request.Method, r.request.URL.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header = r.request.Header.Clone()
	resp, err := (&http.Client{Transport: r.RoundTripper}).Do(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return body, resp.Body.Close()
}

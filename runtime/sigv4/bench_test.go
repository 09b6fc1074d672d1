package sigv4

import (
	"context"
	"net/http"
	"strings"
	"testing"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// signers are what is compared: each signs a request that has no signature yet.
func signers() map[string]func(r *http.Request, p *Params) {
	official := v4.NewSigner()
	return map[string]func(r *http.Request, p *Params){
		"ours": new(Signer).Sign,
		"official": func(r *http.Request, p *Params) {
			_ = official.SignHTTP(context.Background(), p.Credentials, r, p.PayloadHash, p.Service, p.Region, p.Time)
		},
	}
}

// testCall is a request and what it is signed with.
type testCall struct {
	r *http.Request
	p *Params
}

// testCalls are like what clients send: the least, and all that costs.
func testCalls() map[string]testCall {
	r, p := testRequest(), testParams()
	p.Credentials.SessionToken = strings.Repeat("AQoDYXdzEPT//////////wEXAMPLE", 30)
	r.Method, r.ContentLength = http.MethodPost, 1234
	r.Header["Content-Type"] = []string{"application/json"}
	r.URL.Path = "/tags/arn:aws:datazone:us-east-1:123456789012:domain/dzd_1"
	r.URL.RawPath = "/tags/arn%3Aaws%3Adatazone%3Aus-east-1%3A123456789012%3Adomain%2Fdzd_1"
	r.URL.RawQuery = "maxResults=50&nextToken=a%2Bb%3D%3D&filter=x"
	return map[string]testCall{"small": {testRequest(), testParams()}, "large": {r, p}}
}

// BenchmarkSignHeaders signs what clients send most, with memory for the headers
// at hand.
func BenchmarkSignHeaders(b *testing.B) {
	for kind, call := range testCalls() {
		b.Run(kind, func(b *testing.B) {
			var s Signer
			r, p := copyOf(call.r), *call.p
			m := &message{header: r.Header}
			p.Headers = m
			b.ReportAllocs()
			for b.Loop() {
				m.forget()
				unsign(r)
				s.Sign(r, &p)
			}
		})
	}
}

// unsign takes from r what a signature adds, except for the order of the query.
func unsign(r *http.Request) {
	for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		delete(r.Header, name)
	}
}

func BenchmarkSign(b *testing.B) {
	for kind, call := range testCalls() {
		for name, sign := range signers() {
			b.Run(kind+"/"+name, func(b *testing.B) {
				r := copyOf(call.r)
				b.ReportAllocs()
				for b.Loop() {
					unsign(r)
					sign(r, call.p)
				}
			})
		}
	}
}

// BenchmarkSignShared has many goroutines share a signer: 64 on two processors.
func BenchmarkSignShared(b *testing.B) {
	for name, sign := range signers() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				r, p := testRequest(), testParams()
				for pb.Next() {
					unsign(r)
					sign(r, p)
				}
			})
		})
	}
}

// BenchmarkDeriveKey is what the first signature of a day costs more.
func BenchmarkDeriveKey(b *testing.B) {
	p := testParams()
	b.ReportAllocs()
	for b.Loop() {
		deriveKey(p, dayOf(p))
	}
}

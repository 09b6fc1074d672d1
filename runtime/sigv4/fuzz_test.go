package sigv4

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// FuzzSignLikeOfficial signs any request at any time, ours and the official way:
// the whole request must be the same then. Each is signed twice, the second time in
// used memory and by a key from the cache.
func FuzzSignLikeOfficial(f *testing.F) {
	const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
	add := func(method, address, host, path, opaque, header, token, region string, length, seconds int64, zone int16, raw bool) {
		f.Add(method, address, host, path, opaque, header, length, "AKID", secret, token, "datazone", region, emptyHash, seconds, zone, raw, raw && length == 0)
	}
	add("GET", "https://datazone.us-east-1.api.aws/v2/domains/d?a=1", "datazone.us-east-1.api.aws", "", "", "User-Agent:x\nAmz-Sdk-Request:attempt=1; max=3", "", "us-east-1", 0, 1440938160, 0, false)
	add("POST", "http://h:80/a%20b/%C3%A4%2f?b=2&a=1&b=1&c", "", "", "", "Content-Type: application/json \nX-Multi:b  c\nX-Multi: a\nX-Amz-Security-Token:old", "token", "eu-west-1", 17, 1709251199, 840, true)
	add("POST", "https://h/", "h", "", "", "Accept-Encoding:identity\nX-Amz-Target:Shop.Buy\nX-Amzn-Query-Mode:true\nContent-Type:x\nUser-Agent:x", "token", "r", 9, 1, 0, true)
	add("POST", "https://h/", "h", "", "", "X-Amz-Target:Shop.Buy\nX-Amz-Later:x", "token", "r", 9, 1, 0, true)
	add("", "HTTPS://[::1]:443//a/../b/.?x=a+b&y=%2B&z=%zz&;", "", "", "", "X-Amz-Date:1\nX-Amz-Date:2\nAuthorization:x\nHost:h", "", "", -1, -62135596801, -720, false)
	add("PUT", "https://u:p@h:8443/a;b,c?%20=%20&=&&q=~*'()#f", "virtual:443", "", "", "content-length:3\nx-low:1\nX-\u212a:\u00a0v\u2003\nNone", "t", "r/s", 1<<40, 253402300800, 1, false)
	add("DELETE", "https://h/a$b", " h  i ", "/a$c", "", "", "", "r", 0, 0, 0, false)
	add("HEAD", "https://h/*?X-Amz-Date=1", "h", "*", "//host/p q/%20?x", "Expect:100-continue\nTransfer-Encoding:chunked\nX-Amzn-Trace-Id:1", "", "r", 0, 1, 0, true)
	add("GET", "https://h/?a=b&A=B&a%62=1&ab=0&%e4=%E4", "]b:80", "/\x00\xff/ä", "", "X: \t \nY:\na:  b  ", "", "r", 0, 1, 0, false)

	f.Fuzz(func(t *testing.T, method, address, host, path, opaque, header string, length int64,
		accessKey, secret, token, service, region, payloadHash string, seconds int64, zone int16, raw, noToken bool,
	) {
		u, err := url.Parse(address)
		if err != nil {
			u = &url.URL{Scheme: "https", Host: "host", Path: "/" + address, RawQuery: address}
		}
		if path != "" {
			u.Path = path
		}
		u.Opaque = opaque
		r := &http.Request{Method: method, URL: u, Host: host, Header: parseHeader(header), ContentLength: length}
		p := &Params{
			Credentials: aws.Credentials{AccessKeyID: accessKey, SecretAccessKey: secret, SessionToken: token},
			PayloadHash: payloadHash, Service: service, Region: region,
			Time:                   time.Unix(seconds, 0).In(time.FixedZone("", int(zone)*60)),
			DisableURIPathEscaping: raw, DisableSessionToken: noToken,
		}
		var s Signer
		compare(t, &s, r, p)
		r.Header.Add("X-Later", "1")
		compare(t, &s, r, p) // sign what is signed already
	})
}

// parseHeader reads a header a line, with names as they are written. Of names that
// differ only in case the first stays: the official signer takes the others in the
// order of the map. (TestSignTwiceOneName has them.)
func parseHeader(text string) http.Header {
	h := http.Header{}
	names := map[string]string{"x-amz-date": dateHeader, "x-amz-security-token": tokenHeader, "x-later": "X-Later"}
	for line := range strings.SplitSeq(text, "\n") {
		name, value, hasValue := strings.Cut(line, ":")
		lower := strings.ToLower(name)
		if first, ok := names[lower]; ok && first != name {
			continue
		}
		names[lower] = name
		h[name] = slices.Clip(h[name])
		if hasValue {
			h[name] = append(h[name], value)
		}
	}
	return h
}

package compare

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// request is a request as it came to the transport.
type request struct {
	at   time.Time
	http *http.Request // with a header of its own; its body was read
	body []byte
}

func record(r *http.Request) request {
	kept := r.Clone(r.Context())
	out := request{at: time.Now(), http: kept}
	if r.Body != nil {
		out.body, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	return out
}

// Fact is one thing that was seen.
type Fact struct{ Path, Value string }

// dateFormat is that of X-Amz-Date.
const dateFormat = "20060102T150405Z"

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// ids numbers invocation ids in the order in which they appear: the same number
// means the same id, and what is no UUID is shown.
type ids []string

func (s *ids) name(id string) string {
	if !uuid.MatchString(id) {
		return "no UUID: " + id
	}
	i := slices.Index(*s, id)
	if i < 0 {
		i = len(*s)
		*s = append(*s, id)
	}
	return fmt.Sprintf("UUID %d", i+1)
}

// facts describes the request. What differs from run to run is replaced by what
// must hold for it.
func (r *request) facts(seen *ids) []Fact {
	header := r.http.Header.Clone()
	replace(header, "User-Agent", agent)
	replace(header, "Amz-Sdk-Invocation-Id", seen.name)
	replace(header, "X-Amz-Date", r.date)
	replace(header, "Authorization", func(string) string { return r.signature() })
	u := r.http.URL
	facts := []Fact{
		{"method", r.http.Method},
		{"url", u.String()},
		{"escaped path", u.EscapedPath()},
		{"path", u.Path},
		{"query", u.RawQuery},
		{"host", host(r.http)},
		{"body", string(r.body)},
		{"length", fmt.Sprint(r.http.ContentLength)},
		{"transfer encoding", strings.Join(r.http.TransferEncoding, ",")},
		{"on the wire", r.wire()},
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		facts = append(facts, Fact{"header " + name, strings.Join(header[name], "\n")})
	}
	return facts
}

func replace(header http.Header, name string, with func(string) string) {
	for i, value := range header[name] {
		header[name][i] = with(value)
	}
}

// host is where net/http says that it goes.
func host(r *http.Request) string {
	if r.Host != "" {
		return r.Host
	}
	return r.URL.Host
}

// date reports X-Amz-Date relative to the time at which the request was sent.
func (r *request) date(value string) string {
	t, err := time.Parse(dateFormat, value)
	if err != nil {
		return value
	}
	return fmt.Sprintf("sent%+d", int(t.Sub(r.at.Truncate(time.Second)).Seconds()))
}

// wire is the request as net/http writes it, without the values of the headers,
// which are facts of their own.
func (r *request) wire() string {
	again := r.http.Clone(r.http.Context())
	if r.http.Body != nil && r.http.Body != http.NoBody {
		again.Body = io.NopCloser(bytes.NewReader(r.body))
	}
	var out strings.Builder
	if err := again.Write(&out); err != nil {
		return err.Error()
	}
	lines := strings.Split(out.String(), "\r\n")
	for i := 1; i < len(lines) && lines[i] != ""; i++ {
		if name, _, _ := strings.Cut(lines[i], ":"); name != "Host" {
			lines[i] = name
		}
	}
	return strings.Join(lines, "\n")
}

// agent is the User-Agent without the versions of the client's own package.
func agent(value string) string {
	tokens := strings.Fields(value)
	for i, token := range tokens {
		if name, _, ok := strings.Cut(token, "#"); ok && strings.HasPrefix(name, "api/") {
			tokens[i] = name + "#version"
		}
	}
	return strings.Join(tokens, " ")
}

package spec

import (
	"strings"
	"testing"
)

func TestCheckHeaders(t *testing.T) {
	header := func(name string) *Member {
		return &Member{Pos: Pos{File: "a", Line: 1}, Name: "m", Location: InHeader, LocationName: name, Target: &Shape{Kind: String}}
	}
	tests := []struct {
		headers []string
		sent    string
		read    string
	}{
		{[]string{"X-A", "x-b", "!#$%&'*+-.^_`|~"}, "", ""},
		{[]string{"Host"}, "made by the HTTP client", ""},
		{[]string{"content-length"}, "made by the HTTP client", ""},
		{[]string{"Transfer-encoding"}, "made by the HTTP client", ""},
		{[]string{"TE"}, "made by the HTTP client", ""},
		{[]string{"Trailer"}, "made by the HTTP client", ""},
		{[]string{"Connection"}, "made by the HTTP client", ""},
		{[]string{"User-Agent", "Content-Type", "Accept", "Authorization"}, "", ""},
		{[]string{"X Y"}, "cannot be the name of a header", "cannot be the name of a header"},
		{[]string{"X\r\nY"}, "cannot be the name of a header", "cannot be the name of a header"},
		{[]string{"Ä"}, "cannot be the name of a header", "cannot be the name of a header"},
		{[]string{""}, "cannot be the name of a header", "cannot be the name of a header"},
		{[]string{"X-Id", "x-ID"}, "x-ID is the same as X-Id at a:1", "x-ID is the same as X-Id at a:1"},
	}
	for _, c := range tests {
		s := &Shape{Kind: Structure}
		for _, name := range c.headers {
			s.Members = append(s.Members, header(name))
		}
		for want, op := range map[*string]*Operation{&c.sent: {Input: s}, &c.read: {Output: s}} {
			got := CheckHeaders(op)
			if *want == "" && len(got) > 0 || *want != "" && (len(got) != 1 || !strings.Contains(got[0].Message, *want)) {
				t.Errorf("%q: got %v, want %q", c.headers, got, *want)
			}
		}
	}
	stream := &Member{Name: "b", Location: InPayload, Target: &Shape{Kind: Blob, Streaming: true}}
	length := header("Content-length")
	length.Target = &Shape{Kind: Long}
	if got := CheckHeaders(&Operation{Input: &Shape{Kind: Structure, Members: []*Member{length, stream}}}); len(got) > 0 {
		t.Errorf("the length of a stream: got %v", got)
	}
	prefix := &Shape{Kind: Structure, Members: []*Member{{Location: InPrefixHeaders, LocationName: "x a"}, {Location: InPrefixHeaders}}}
	if got := CheckHeaders(&Operation{Input: prefix}); len(got) != 1 {
		t.Errorf("got %v, want one problem", got)
	}
}

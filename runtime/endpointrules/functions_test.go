package endpointrules

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

func TestParseARN(t *testing.T) {
	for s, want := range map[string]ARN{
		"arn:aws:sns:us-west-2:012345678910:example-sns-topic-name":    {"aws", "sns", "us-west-2", "012345678910", []string{"example-sns-topic-name"}},
		"arn:aws:ec2:us-east-1:012345678910:vpc/vpc-0e9801d129EXAMPLE": {"aws", "ec2", "us-east-1", "012345678910", []string{"vpc", "vpc-0e9801d129EXAMPLE"}},
		"arn:aws:iam::012345678910:user/johndoe":                       {"aws", "iam", "", "012345678910", []string{"user", "johndoe"}},
		"arn:aws:s3:::bucket_name":                                     {"aws", "s3", "", "", []string{"bucket_name"}},
		"arn:aws:s3:::a:b/c::":                                         {"aws", "s3", "", "", []string{"a", "b", "c", "", ""}},
		"arn:p:s:::/":                                                  {"p", "s", "", "", []string{"", ""}},
	} {
		if got, ok := ParseARN(s); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("ParseARN(%q) = %v, %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"", "arn", "arn:", "11111111-2222-3333-4444-555555555555", "arn:aws:s3::", "arn:aws:s3:::", "arn::s3:::x", "arn:aws::::x",
		"ARN:aws:s3:::x", "xarn:aws:s3:::x",
	} {
		if got, ok := ParseARN(s); ok || !reflect.DeepEqual(got, ARN{}) {
			t.Errorf("ParseARN(%q) = %v, %v, want nothing", s, got, ok)
		}
	}
}

func TestParseURL(t *testing.T) {
	for s, want := range map[string]URL{
		"https://example.com":                {"https", "example.com", "", "/", false},
		"https://example.com/":               {"https", "example.com", "/", "/", false},
		"http://example.com:80/foo/bar":      {"http", "example.com:80", "/foo/bar", "/foo/bar/", false},
		"https://127.0.0.1":                  {"https", "127.0.0.1", "", "/", true},
		"https://127.0.0.1:8443":             {"https", "127.0.0.1:8443", "", "/", true},
		"https://[fe80::1]":                  {"https", "[fe80::1]", "", "/", true},
		"https://[fe80::1%25en0]:8443":       {"https", "[fe80::1%25en0]:8443", "", "/", true},
		"https://user:secret@example.com/a/": {"https", "example.com", "/a/", "/a/", false},
		"https://example.com/a%2Fb%20c":      {"https", "example.com", "/a%2Fb%20c", "/a%2Fb%20c/", false},
		"https://1.2.3":                      {"https", "1.2.3", "", "/", false},
	} {
		if got, ok := ParseURL(s); !ok || got != want {
			t.Errorf("ParseURL(%q) = %+v, %v, want %+v", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"", "example.com", "/path", "ftp://example.com", "https://example.com:8443?foo=bar&faz=baz", "https://example.com:abc",
		"https://exa mple.com", "https://[fe80::1", "https://h/%zz", "http://h/\x7f",
	} {
		if got, ok := ParseURL(s); ok || got != (URL{}) {
			t.Errorf("ParseURL(%q) = %+v, %v, want nothing", s, got, ok)
		}
	}
}

func TestIsValidHostLabel(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, c := range []struct {
		s               string
		single, several bool
	}{
		{"abc123", true, true}, {"A", true, true}, {"0", true, true}, {"a-b", true, true}, {long, true, true}, {"us-east-1", true, true},
		{"abc.123", false, true}, {"a.b.c", false, true}, {long + "." + long, false, true},
		{"", false, false}, {"-", false, false}, {"-a", false, false}, {"a-", false, false}, {long + "a", false, false},
		{"a_b", false, false}, {"a b", false, false}, {"é", false, false}, {".", false, false}, {"a.", false, false}, {".a", false, false},
		{"a..b", false, false}, {"abc.-123", false, false}, {"abc.123-", false, false}, {"a.b_", false, false}, {"a/b", false, false}, {"a@b", false, false},
	} {
		if got := IsValidHostLabel(c.s, false); got != c.single {
			t.Errorf("IsValidHostLabel(%q, false) = %v", c.s, got)
		}
		if got := IsValidHostLabel(c.s, true); got != c.several {
			t.Errorf("IsValidHostLabel(%q, true) = %v", c.s, got)
		}
	}
}

func TestIsVirtualHostableS3Bucket(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, c := range []struct {
		s               string
		single, several bool
	}{
		{"abc", true, true}, {"my-bucket", true, true}, {"123", true, true}, {long, true, true},
		{"abc.def", false, true}, {"abc.def.ghi", false, true},
		{"", false, false}, {"ab", false, false}, {long + "a", false, false}, {"aBc", false, false}, {"a_b", false, false},
		{"-abc", false, false}, {"abc-", false, false}, {"192.168.5.4", false, false}, {"abc.de", false, false}, {"abc..def", false, false},
		{"::1", false, false}, {"abc.DEF", false, false},
	} {
		if got := IsVirtualHostableS3Bucket(c.s, false); got != c.single {
			t.Errorf("IsVirtualHostableS3Bucket(%q, false) = %v", c.s, got)
		}
		if got := IsVirtualHostableS3Bucket(c.s, true); got != c.several {
			t.Errorf("IsVirtualHostableS3Bucket(%q, true) = %v", c.s, got)
		}
	}
}

func TestSubstring(t *testing.T) {
	for _, c := range []struct {
		s          string
		start, end int
		reverse    bool
		want       string
		ok         bool
	}{
		{"abcde", 0, 3, false, "abc", true}, {"abcde", 1, 4, false, "bcd", true}, {"abcde", 0, 5, false, "abcde", true},
		{"abcde", 0, 3, true, "cde", true}, {"abcde", 1, 3, true, "cd", true}, {"abcde", 0, 5, true, "abcde", true},
		{"abcde\x7f", 0, 3, false, "abc", true},
		{"ab", 0, 3, false, "", false}, {"ab", 0, 3, true, "", false}, {"ab", -1, 1, false, "", false}, {"ab", 0, 0, false, "", false},
		{"ab", 1, 1, false, "", false}, {"ab", 2, 1, false, "", false}, {"", 0, 1, false, "", false},
		{"ab🐱", 0, 1, false, "", false}, {"abcé", 0, 1, true, "", false},
	} {
		if got, ok := Substring(c.s, c.start, c.end, c.reverse); got != c.want || ok != c.ok {
			t.Errorf("Substring(%q, %d, %d, %v) = %q, %v", c.s, c.start, c.end, c.reverse, got, ok)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		s, delimiter string
		limit        int
		want         []string
	}{
		{"a--b--c", "--", 0, []string{"a", "b", "c"}}, {"a--b--c", "--", 2, []string{"a", "b--c"}}, {"a--b--c", "--", 1, []string{"a--b--c"}},
		{"", "--", 0, []string{""}}, {"--", "--", 0, []string{"", ""}}, {"----", "--", 0, []string{"", "", ""}}, {"--b--", "--", 0, []string{"", "b", ""}},
		{"--x-s3--azid--suffix", "--", 0, []string{"", "x-s3", "azid", "suffix"}}, {"--x-s3--azid--suffix", "--", 2, []string{"", "x-s3--azid--suffix"}},
		{"abc", "x", 0, []string{"abc"}}, {"mybucket", "--", 1, []string{"mybucket"}},
	} {
		if got := Split(c.s, c.delimiter, c.limit); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Split(%q, %q, %d) = %q, want %q", c.s, c.delimiter, c.limit, got, c.want)
		}
	}
}

func TestAt(t *testing.T) {
	list := []string{"a", "b", "c"}
	for index, want := range map[int]string{0: "a", 2: "c", -1: "c", -3: "a"} {
		if got, ok := At(list, index); got != want || !ok {
			t.Errorf("At(%d) = %q, %v, want %q", index, got, ok, want)
		}
	}
	for _, index := range []int{3, -4} {
		if got, ok := At(list, index); got != "" || ok {
			t.Errorf("At(%d) = %q, %v, want nothing", index, got, ok)
		}
	}
	if _, ok := At(nil, 0); ok {
		t.Error("nil has an element")
	}
}

func TestURIEncode(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "a-zA-Z0-9-_.~": "a-zA-Z0-9-_.~", "🐛 becomes 🦋": "%F0%9F%90%9B%20becomes%20%F0%9F%A6%8B",
		"/:,?#[]{}|@! $&'()*+;=%<>\"^`\\": "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C",
		"\x00\n":                          "%00%0A",
	} {
		if got := URIEncode(s); got != want {
			t.Errorf("URIEncode(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestBindRegion(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-1": "us-east-1", "fips-us-east-1": "us-east-1", "us-east-1-fips": "us-east-1", "us-fips-east-1": "us-east-1", "aws-global": "aws-global",
		"rest.of.world": "rest.of.world",
	} {
		got, fips, err := BindRegion(region)
		if err != nil || *got != want || fips != (region != want) {
			t.Errorf("BindRegion(%q) = %v, %v, %v, want %q", region, got, fips, err, want)
		}
	}
	if got, fips, err := BindRegion(""); got != nil || fips || err != nil {
		t.Errorf("no region: %v, %v, %v", got, fips, err)
	}
	for _, region := range []string{"us east", "us-east-1/", "-us", "x@example.com", "a..b"} {
		if got, _, err := BindRegion(region); got != nil || err == nil || err.Error() != "invalid input region "+region {
			t.Errorf("BindRegion(%q) = %v, %v", region, got, err)
		}
	}
}

func TestClone(t *testing.T) {
	text := strings.Repeat("x", 8)
	for _, o := range []Option[string]{{}, Some(""), Some(text)} {
		if got := Clone(o); got != o {
			t.Errorf("the clone of %v is %v", o, got)
		}
	}
	if v, _ := Clone(Some(text)).Get(); unsafe.StringData(v) == unsafe.StringData(text) {
		t.Error("the clone shares the text's memory")
	}
}

func TestOption(t *testing.T) {
	one, two := 1, 2
	if v, ok := FromPtr(&one).Get(); v != 1 || !ok {
		t.Errorf("FromPtr: %d, %v", v, ok)
	}
	if v, ok := FromPtr[int](nil).Get(); v != 0 || ok || FromPtr[int](nil).IsSet() {
		t.Errorf("FromPtr(nil): %d, %v", v, ok)
	}
	if Maybe("dropped", false) != (Option[string]{}) || Maybe("x", true) != Some("x") {
		t.Error("Maybe")
	}
	if got := FromPtr[int](nil).Or(3); got != 3 {
		t.Errorf("Or: %d", got)
	}
	if got := Some(0).Or(3); got != 0 {
		t.Errorf("Or with a zero: %d", got)
	}
	if got := FromPtr[int](nil).OrElse(FromPtr(&two)); got != Some(2) {
		t.Errorf("OrElse: %v", got)
	}
	if got := Some(1).OrElse(FromPtr(&two)); got != Some(1) {
		t.Errorf("OrElse with a value: %v", got)
	}
	if If(true, 1, 2) != 1 || If(false, 1, 2) != 2 {
		t.Error("If")
	}
	if NonEmpty("") != nil || *NonEmpty("x") != "x" {
		t.Error("NonEmpty")
	}
	if FromList(nil).IsSet() || !FromList([]string{}).IsSet() {
		t.Error("FromList")
	}
}

func TestListKey(t *testing.T) {
	seen := map[Option[string]][]string{}
	for _, list := range [][]string{nil, {}, {""}, {"", ""}, {"a"}, {"a", ""}, {"", "a"}, {"ab"}, {"a", "b"}, {"1:a"}, {"a1:b"}, {"a", "1:b"}} {
		key := ListKey(list)
		if other, ok := seen[key]; ok {
			t.Errorf("%q and %q have one key", other, list)
		}
		seen[key] = list
		if key.IsSet() != (list != nil) {
			t.Errorf("%q: IsSet is %v", list, key.IsSet())
		}
	}
}

func FuzzParseURL(f *testing.F) {
	for _, s := range []string{"https://example.com", "http://[fe80::1%25en0]:80/a%2Fb?", "http://u:p@h/#f", "https://1.2.3.4:99999", "http:///x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, ok := ParseURL(s)
		if !ok {
			if u != (URL{}) {
				t.Errorf("%+v without a value", u)
			}
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(u.Authority, "/@") {
			t.Errorf("%+v", u)
		}
		if !strings.HasPrefix(u.NormalizedPath, "/") || !strings.HasSuffix(u.NormalizedPath, "/") || !strings.Contains(u.NormalizedPath, u.Path) {
			t.Errorf("path %q, normalized %q", u.Path, u.NormalizedPath)
		}
	})
}

func FuzzParseARN(f *testing.F) {
	for _, s := range []string{"arn:aws:s3:::bucket/key", "arn:aws:iam::012345678910:user/johndoe", "arn:::::", "arn:a:b:c:d:e:f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		arn, ok := ParseARN(s)
		if !ok {
			return
		}
		prefix := strings.Join([]string{"arn", arn.Partition, arn.Service, arn.Region, arn.AccountID, ""}, ":")
		rest, has := strings.CutPrefix(s, prefix)
		want := strings.FieldsFunc(rest, func(r rune) bool { return r == ':' || r == '/' })
		got := strings.FieldsFunc(strings.Join(arn.ResourceID, "/"), func(r rune) bool { return r == '/' })
		if !has || arn.Partition == "" || arn.Service == "" || len(arn.ResourceID) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("ParseARN(%q) = %+v", s, arn)
		}
	})
}

func FuzzHostLabels(f *testing.F) {
	for _, s := range []string{"a", "a.b", "-", "a..b", "1.2.3.4", strings.Repeat("x.", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		several := true
		for label := range strings.SplitSeq(s, ".") {
			several = several && IsValidHostLabel(label, false)
		}
		if got := IsValidHostLabel(s, true); got != several {
			t.Errorf("IsValidHostLabel(%q, true) = %v, its labels say %v", s, got, several)
		}
		if IsVirtualHostableS3Bucket(s, true) && !IsValidHostLabel(s, true) {
			t.Errorf("%q is hostable but no host", s)
		}
	})
}

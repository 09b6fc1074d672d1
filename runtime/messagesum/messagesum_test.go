package messagesum

import "testing"

// The digests are what md5sum prints.
var (
	hello      = "hello"
	helloSum   = "5d41402abc4b2a76b9719d911017c592"
	another    = "5d41402abc4b2a76b9719d911017c593"
	id, second = "m-1", "m-2"
)

func TestOne(t *testing.T) {
	for _, tc := range []struct {
		name          string
		body, sum, id *string
		want          string
	}{
		{"the same", &hello, &helloSum, &id, ""},
		{"no body", nil, &another, &id, ""},
		{"no checksum", &hello, nil, &id, ""},
		{
			"another", &hello, &another, &id,
			"message checksum validation failed, message m-1 has invalid checksum, expected MD5 checksum " + another + ", got " + helloSum,
		},
		{
			"without an id", &hello, &another, nil,
			"message checksum validation failed, message has invalid checksum, expected MD5 checksum " + another + ", got " + helloSum,
		},
	} {
		if got := text(One(tc.body, tc.sum, tc.id)); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestBatch(t *testing.T) {
	first, other, gone := "a", "b", "c"
	var b Batch
	b.Returned(&other, &another, &second)
	b.Returned(&first, &another, &id)
	b.Returned(nil, &another, &id)
	b.Sent(&first, &hello)
	b.Sent(&other, &hello)
	b.Sent(&gone, &hello)
	b.Sent(nil, &hello)
	b.Add(&hello, &helloSum, nil)
	const want = "message checksum validation failed, message checksum errors" +
		"\n\tmessage m-1 has invalid checksum, expected MD5 checksum 5d41402abc4b2a76b9719d911017c593, got 5d41402abc4b2a76b9719d911017c592" +
		"\n\tmessage m-2 has invalid checksum, expected MD5 checksum 5d41402abc4b2a76b9719d911017c593, got 5d41402abc4b2a76b9719d911017c592"
	if got := text(b.Err()); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if err := new(Batch).Err(); err != nil {
		t.Errorf("an empty batch: %v", err)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

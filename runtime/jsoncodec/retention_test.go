//go:build !race

package jsoncodec_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/jsoncodec"
)

// maxKept is how much of its siblings a value that outlives them may keep alive.
const maxKept = 64 << 10

// bag is what an answer of all kinds is decoded to.
type bag struct {
	S     *string
	Text  string
	List  []string
	Ptrs  []*string
	Map   map[string]string
	N     *int32
	L     *int64
	F     *float64
	B     *bool
	T     *time.Time
	Blob  []byte
	Rec   *bag
	Recs  []bag
	ByKey map[string]*bag
}

func decodeBag(d *jsoncodec.Decoder, out *bag) {
	for more := d.Object(); more && d.NextMember(); {
		switch string(d.Name()) {
		case "s":
			out.S = d.String()
		case "text":
			out.Text = d.Text()
		case "list":
			out.List = decodeStrings(d)
		case "ptrs":
			for more := d.Array(); more && d.NextElement(); {
				out.Ptrs = append(jsoncodec.Grow(d, out.Ptrs), d.String())
			}
		case "map":
			out.Map = map[string]string{}
			for more := d.Object(); more && d.NextMember(); {
				key := d.Key()
				out.Map[key] = d.Text()
			}
		case "n":
			out.N = d.Int32()
		case "l":
			out.L = d.Int64()
		case "f":
			out.F = d.Float64()
		case "b":
			out.B = d.Bool()
		case "t":
			out.T = d.DateTime()
		case "blob":
			out.Blob = d.Blob()
		case "rec":
			out.Rec = &bag{}
			decodeBag(d, out.Rec)
		case "recs":
			for more := d.Array(); more && d.NextElement(); {
				out.Recs = append(jsoncodec.Grow(d, out.Recs), bag{})
				decodeBag(d, &out.Recs[len(out.Recs)-1])
			}
		case "byKey":
			out.ByKey = map[string]*bag{}
			for more := d.Object(); more && d.NextMember(); {
				key := d.Key()
				v := &bag{}
				decodeBag(d, v)
				out.ByKey[key] = v
			}
		default:
			d.Skip()
		}
	}
}

// siblings is an object with texts of a length in all places, and in the middle of them
// one with small values.
func siblings(length int) []byte {
	text := strings.Repeat("x", length)
	escaped := strings.Repeat("x", max(length-1, 0)) + `\n`
	around := fmt.Sprintf(`"s":%q,"text":"%s","list":[%[1]q,"%[2]s",%[1]q],"ptrs":[%[1]q,"%[2]s"],"map":{"%[1]s1":%[1]q,"%[1]s2":"%[2]s"},`+
		`"blob":"%[3]s","n":1,"l":2,"f":3.5,"b":true,"t":"2024-01-02T03:04:05Z"`, text, escaped, strings.Repeat("AAAA", length/4))
	const small = `"s":"a","text":"b","list":["c","d"],"ptrs":["e"],"map":{"f":"g"},"n":1,"l":2,"f":3.5,"b":true,"t":"2024-01-02T03:04:05Z","blob":"AAAA"`
	many := min(max(3, 500_000/(12*length+200)), 1000)
	half := strings.Repeat("{"+around+"},", many/2+1)
	return []byte(`{"recs":[` + half + `{` + small + `,"rec":{` + small + `},"byKey":{"h":{` + small + `}}},` + half + `{` + around + `}]}`)
}

// TestRetention keeps one value of an answer and lets go of all others. What is alive
// then must not depend on how long they were.
func TestRetention(t *testing.T) {
	keep := map[string]func(*bag) any{
		"string":             func(b *bag) any { return b.S },
		"text":               func(b *bag) any { return b.Text },
		"list":               func(b *bag) any { return b.List },
		"element":            func(b *bag) any { return b.List[1] },
		"list of pointers":   func(b *bag) any { return b.Ptrs },
		"map":                func(b *bag) any { return b.Map },
		"key and value":      func(b *bag) any { return oneOf(b.Map) },
		"int32":              func(b *bag) any { return b.N },
		"int64":              func(b *bag) any { return b.L },
		"float64":            func(b *bag) any { return b.F },
		"bool":               func(b *bag) any { return b.B },
		"time":               func(b *bag) any { return b.T },
		"blob":               func(b *bag) any { return b.Blob },
		"structure":          func(b *bag) any { return b.Rec },
		"structure of a map": func(b *bag) any { return b.ByKey["h"] },
	}
	for _, length := range []int{0, 1, 16, 100, 255, 256, 257, 1000, 2048, 2049, 4096, 64 << 10, 256 << 10} {
		body := siblings(length)
		before := heap()
		for name, pick := range keep {
			var kept any
			size := func() int {
				var all bag
				d := jsoncodec.NewDecoder(body)
				if decodeBag(d, &all); d.Err() != nil {
					t.Fatal(d.Err())
				}
				kept = pick(&all.Recs[(len(all.Recs)-2)/2])
				return len(all.Recs)
			}()
			if got := heap() - before; got > maxKept {
				t.Errorf("a small %s among %d objects with texts of %d bytes keeps %d bytes alive, want at most %d", name, size, length, got, maxKept)
			}
			runtime.KeepAlive(kept)
		}
		runtime.KeepAlive(body)
	}
}

func oneOf(m map[string]string) [2]string {
	for key, value := range m {
		return [2]string{key, value}
	}
	return [2]string{}
}

// heap is how many bytes are alive.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestRetentionOfOneString is the case that was reported.
func TestRetentionOfOneString(t *testing.T) {
	body := []byte(`{"s":"small","rec":{"s":"` + strings.Repeat("x", 50_000_000) + `"}}`)
	before := heap()
	small := func() *string {
		var all bag
		decodeBag(jsoncodec.NewDecoder(body), &all)
		return all.S
	}()
	if got := heap() - before; got > maxKept || *small != "small" {
		t.Errorf("%q keeps %d bytes alive", *small, got)
	}
	runtime.KeepAlive(body)
}

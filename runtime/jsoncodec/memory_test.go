package jsoncodec

import (
	"fmt"
	"strings"
	"testing"
)

// TestGrow sees how much room lists end up with.
func TestGrow(t *testing.T) {
	numbers := func(n int) string { return "[" + strings.Repeat("12345,", n) + "0]" }
	type big [10]string
	read := func(body string) (length, capacity int) {
		d := NewDecoder([]byte(body))
		d.Array()
		var list []big
		for d.NextElement() {
			list = append(Grow(d, list), big{})
			d.Skip()
		}
		if d.Err() != nil {
			t.Fatal(d.Err())
		}
		return len(list), cap(list)
	}
	for _, n := range []int{1, 2, 5, 20, 100, 1000, 4097, 10_000, 100_000} {
		length, capacity := read(numbers(n))
		if length != n+1 {
			t.Fatalf("read %d of %d elements", length, n+1)
		}
		if most := max(n+n/10, 4*n); n < 100 && capacity > most {
			t.Errorf("a list of %d has room for %d", length, capacity)
		}
		if most := n + n/10; n >= 1000 && capacity > most {
			t.Errorf("a list of %d that is the whole input has room for %d", length, capacity)
		}
	}
	// What follows a list may be long.
	body := numbers(10) + strings.Repeat(" ", 1<<20)
	if length, capacity := read(body); capacity > 4*length {
		t.Errorf("a list of %d before other things has room for %d", length, capacity)
	}
}

func TestGrowEmptyType(t *testing.T) {
	d := NewDecoder([]byte("[{}]"))
	if list := Grow(d, []struct{}{}); cap(list) < 1 {
		t.Error("no room")
	}
}

// TestGrowMap: a map that is the whole input grows once, and a key that comes again makes
// no room.
func TestGrowMap(t *testing.T) {
	read := func(body string) map[string]bool {
		d := NewDecoder([]byte(body))
		d.Object()
		m := map[string]bool{}
		for d.NextMember() {
			key := d.Key()
			m = GrowMap(d, m, key)
			m[key] = d.BoolValue()
		}
		if d.Err() != nil {
			t.Fatal(d.Err())
		}
		return m
	}
	entries := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,"key %02d":true`, i)
		}
		return b.String()
	}
	for body, want := range map[string]struct {
		length int
		allocs float64 // a growth without GrowMap is one more
	}{
		"{" + entries(7)[1:] + "}":  {7, 4},
		"{" + entries(8)[1:] + "}":  {8, 4},
		"{" + entries(20)[1:] + "}": {20, 8},
		"{" + entries(8)[1:] + strings.Repeat(`,"key 03":true`, 100) + "}": {8, 7},
	} {
		m := read(body)
		if len(m) != want.length || !m["key 03"] || !m["key 06"] {
			t.Errorf("%s: got %v", body, m)
		}
		if got := testing.AllocsPerRun(10, func() { read(body) }); got > want.allocs {
			t.Errorf("%.80s: %v allocations, want %v", body, got, want.allocs)
		}
	}
}

// TestLongPath sees that an error names a member at a distance, and not more than
// can be read.
func TestLongPath(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"short", "member short/leaf: "},
		{strings.Repeat("a", 1000), "member " + strings.Repeat("a", 100) + "…" + strings.Repeat("a", 95) + "/leaf: "},
		{strings.Repeat("é", 1000), "member " + strings.Repeat("é", 50) + "…" + strings.Repeat("é", 47) + "/leaf: "},
	} {
		d := NewDecoder(fmt.Appendf(nil, `{%q:{"leaf":[]}}`, c.name))
		d.Object()
		d.NextMember()
		d.Object()
		d.NextMember()
		d.Int32Value()
		if got, want := fmt.Sprint(d.Err()), c.want+"expected an integer, got an array"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// TestScalars sees that values which share memory keep apart.
func TestScalars(t *testing.T) {
	const rounds = 300
	d := NewDecoder([]byte(`[` + strings.Repeat(`true,1,"a",2,"bc",3,4,5.5,6.5,`, rounds) + `0]`))
	next := func() { d.NextElement() }
	d.Array()
	var got []func() string
	add := func(show func() string) { got = append(got, show) }
	for range rounds {
		next()
		b := d.Bool()
		next()
		i8 := d.Int8()
		next()
		s1 := d.String()
		next()
		i16 := d.Int16()
		next()
		s2 := d.String()
		next()
		i32 := d.Int32()
		next()
		i64 := d.Int64()
		next()
		f32 := d.Float32()
		next()
		f64 := d.Float64()
		add(func() string { return fmt.Sprint(*b, *i8, *s1, *i16, *s2, *i32, *i64, *f32, *f64) })
	}
	if d.Err() != nil {
		t.Fatal(d.Err())
	}
	want := fmt.Sprint(true, 1, "a", 2, "bc", 3, 4, 5.5, 6.5)
	for i, show := range got {
		if show() != want {
			t.Fatalf("round %d: got %s, want %s", i, show(), want)
		}
	}
}

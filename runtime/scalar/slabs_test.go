package scalar_test

import (
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/scalar"
)

// TestValues sees that values which share memory keep apart, whatever is stored later.
func TestValues(t *testing.T) {
	const rounds = 300
	var s scalar.Slabs
	type values struct {
		text  string
		texts *string
		time  *time.Time
		i32   *int32
		i64   *int64
		f64   *float64
		flag  *bool
	}
	var all []values
	buf := make([]byte, 20)
	for i := range rounds {
		for at := range buf {
			buf[at] = byte('a' + i%26)
		}
		all = append(all, values{
			s.Text(buf, 1000), s.String(string(buf), 1000), s.Time(time.Unix(int64(i), 0), 1000), s.Int32(int32(i), 1000),
			s.Int64(int64(i), 1000), s.Float64(float64(i), 1000), s.Bool(i%2 == 0, 1000),
		})
	}
	clear(buf)
	for i, v := range all {
		want := strings.Repeat(string(rune('a'+i%26)), 20)
		if v.text != want || *v.texts != want || v.time.Unix() != int64(i) || *v.i32 != int32(i) || *v.i64 != int64(i) ||
			*v.f64 != float64(i) || *v.flag != (i%2 == 0) {
			t.Fatalf("round %d: %+v", i, v)
		}
	}
}

// TestShort sees that a short answer takes no slab for more than it has.
func TestShort(t *testing.T) {
	var s scalar.Slabs
	if got := testing.AllocsPerRun(100, func() {
		s = scalar.Slabs{}
		s.Text([]byte("abc"), 0)
		s.Text([]byte("defg"), 0)
	}); got != 2 {
		t.Errorf("two texts with nothing left between them are %v allocations", got)
	}
	if got := testing.AllocsPerRun(100, func() {
		s = scalar.Slabs{}
		for range 8 {
			s.Int64(1, 200)
		}
	}); got != 1 {
		t.Errorf("8 numbers are %v allocations", got)
	}
}

// TestLong sees that what is long shares no memory.
func TestLong(t *testing.T) {
	var s scalar.Slabs
	long := []byte(strings.Repeat("x", scalar.MaxShared+1))
	if got := testing.AllocsPerRun(100, func() { s.Text(long, 1<<20) }); got != 1 {
		t.Errorf("a long text is %v allocations", got)
	}
}

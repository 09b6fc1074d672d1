package measure

import (
	"runtime"
	"testing"
	"time"
)

func TestSummarize(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		want   Summary
	}{
		{[]float64{7}, Summary{7, 7, 7}},
		{[]float64{4, 1, 3, 2, 5}, Summary{2, 3, 4}},
		{[]float64{2, 1}, Summary{1.25, 1.5, 1.75}},
	} {
		if got := Summarize(tt.values); got != tt.want {
			t.Errorf("%v gives %v, want %v", tt.values, got, tt.want)
		}
	}
}

// TestRatio sees that ratios are taken within a round: here every one is 2.
func TestRatio(t *testing.T) {
	same := func(x float64) float64 { return x }
	if got, want := Ratio([]float64{2, 20, 200}, []float64{1, 10, 100}, same), (Summary{2, 2, 2}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTimes(t *testing.T) {
	made := 0
	if n := Times(time.Millisecond, func() { made++ }); n < 1 || made < 1 {
		t.Errorf("%d times after %d", n, made)
	}
}

func TestThroughput(t *testing.T) {
	l := Throughput(4, 10*time.Millisecond, func() { runtime.Gosched() })
	if l.Rate <= 0 || l.CPU <= 0 {
		t.Errorf("nothing was done: %+v", l)
	}
}

func TestSize(t *testing.T) {
	type inner struct{ a, b *string }
	text := "12345"
	const pointer = 8
	for _, tt := range []struct {
		value any
		want  float64
	}{
		{&text, 16 + 5},
		{&inner{a: &text}, 2*pointer + 16 + 5},
		{&[]inner{{}, {b: &text}}, 24 + 2*2*pointer + 16 + 5},
		{&map[string]int64{"ab": 1}, pointer + 16 + 2 + 8},
		{(*inner)(nil), 0},
		{&time.Time{}, 24},
	} {
		if got := Size(tt.value); got != tt.want {
			t.Errorf("%T: %v bytes, want %v", tt.value, got, tt.want)
		}
	}
}

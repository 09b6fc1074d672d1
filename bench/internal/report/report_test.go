package report

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/bench/internal/measure"
)

// TestUpdate writes sections in another order than that of the file, and one twice.
func TestUpdate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "B.md")
	for _, s := range [][2]string{{"processes", "## P\n\none\n"}, {"calls", "## C\n"}, {"processes", "## P\n\ntwo"}} {
		if err := Update(file, s[0], s[1]); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	want := head + "\n<!-- calls -->\n## C\n<!-- end of calls -->\n\n<!-- processes -->\n## P\n\ntwo\n<!-- end of processes -->\n"
	if err != nil || string(got) != want {
		t.Errorf("got\n%s\nwant\n%s\n%v", got, want, err)
	}
}

func TestTargets(t *testing.T) {
	got := Targets([]Target{
		{What: "a", Most: 0.12, Measured: measure.Summary{Low: 0.1, Median: 0.12, High: 0.13}, Format: Ratio},
		{What: "b", Most: 40, Measured: measure.Summary{Low: 41, Median: 41, High: 41}, Format: Count},
		{What: "c", Least: 8, Measured: measure.Summary{Low: 7, Median: 9, High: 9}, Format: Ratio},
	}).String()
	want := `| target | limit          | measured               |            |
| ------ | -------------- | ---------------------- | ---------- |
| a      | at most 0.120  | 0.120 (0.100 to 0.130) | met        |
| b      | at most 40     | 41                     | **missed** |
| c      | at least 8.000 | 9.000 (7.000 to 9.000) | met        |
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct {
		format func(float64) string
		value  float64
		want   string
	}{
		{Nanos, 1234, "1.23 µs"},
		{Nanos, 2_340_000, "2.3 ms"},
		{Nanos, 39_600_000, "40 ms"},
		{Nanos, 1_500_000_000, "1.50 s"},
		{Nanos, 38_000_000_000, "38.0 s"},
		{Bytes, 999, "999 B"},
		{Bytes, 30_460, "30.5 kB"},
		{Bytes, 6_400_000, "6.40 MB"},
		{Ratio, 0.0512, "0.051"},
		{Ratio, 12.34, "12.3"},
	} {
		if got := tt.format(tt.value); got != tt.want {
			t.Errorf("%v is %s, want %s", tt.value, got, tt.want)
		}
	}
}

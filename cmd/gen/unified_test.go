package main

import (
	"strings"
	"testing"
)

// Hunks stand where their lines do, on both sides, whatever lies before them.
func TestUnifiedPlaces(t *testing.T) {
	const rest = "c\nd\ne\nf\ng\nh\ni\nj\nk\n"
	for _, tt := range []struct {
		name, old, now string
		want           []string
	}{
		{"changes apart in one hunk", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n", "A\nb\nC\nd\ne\nf\ng\nh\ni\nj\nk\nl\nM\nn\n", []string{"@@ -1,6 +1,6 @@", "@@ -10,5 +10,5 @@"}},
		{"lines more", "a\n" + rest, "a\nb\n" + rest + "l\n", []string{"@@ -1,4 +1,5 @@", "@@ -8,3 +9,4 @@"}},
		{"lines less", "a\nb\n" + rest + "l\n", "a\n" + rest, []string{"@@ -1,5 +1,4 @@", "@@ -9,4 +8,3 @@"}},
		{"a new file", "", "a\n", []string{"@@ -0,0 +1 @@"}},
		{"no file any more", "a\n", "", []string{"@@ -1 +0,0 @@"}},
	} {
		var got []string
		for line := range strings.Lines(unified("x", tt.old, tt.now)) {
			if strings.HasPrefix(line, "@@") {
				got = append(got, strings.TrimSpace(line))
			}
		}
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

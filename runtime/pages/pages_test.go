package pages_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"example.com/lathe/runtime/pages"
)

type page struct{ items []int }

// walk returns the functions of a paginator over pages, of which one may fail.
func walk(all []*page, fails int) (more func() bool, next func() (*page, error)) {
	at := 0
	return func() bool { return at < len(all) }, func() (*page, error) {
		if at == fails {
			fails = -1
			return nil, errors.New("broken")
		}
		at++
		return all[at-1], nil
	}
}

func TestIterators(t *testing.T) {
	three := []*page{{[]int{1, 2}}, {nil}, {[]int{3, 4}}}
	for _, c := range []struct {
		name         string
		fails, stop  int
		pages, items string
	}{
		{"whole", -1, 0, "2 0 2", "1 2 3 4"},
		{"an error", 1, 0, "2 broken", "1 2 broken"},
		{"an error at once", 0, 0, "broken", "broken"},
		{"stopped", -1, 1, "2", "1"},
	} {
		var got []string
		more, next := walk(three, c.fails)
		for p, err := range pages.All(more, next) {
			if err != nil {
				got = append(got, err.Error())
				if p != nil {
					t.Errorf("%s: a page comes with an error", c.name)
				}
			} else {
				got = append(got, fmt.Sprint(len(p.items)))
			}
			if len(got) == c.stop {
				break
			}
		}
		if text := join(got); text != c.pages {
			t.Errorf("%s: pages %q, want %q", c.name, text, c.pages)
		}
		got = nil
		more, next = walk(three, c.fails)
		for item, err := range pages.Items(pages.All(more, next), func(p *page) []int { return p.items }) {
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, fmt.Sprint(item))
			}
			if len(got) == c.stop {
				break
			}
		}
		if text := join(got); text != c.items {
			t.Errorf("%s: items %q, want %q", c.name, text, c.items)
		}
	}
}

func join(texts []string) string {
	all := fmt.Sprint(texts)
	return all[1 : len(all)-1]
}

// TestIteratorGoesOn sees that a second loop begins with the page after the one that the
// first stopped at, and that a failed page may be asked for again.
func TestIteratorGoesOn(t *testing.T) {
	more, next := walk([]*page{{[]int{1}}, {[]int{2}}, {[]int{3}}}, 1)
	items := pages.Items(pages.All(more, next), func(p *page) []int { return p.items })
	var got []int
	for range 3 {
		for item, err := range items {
			if err == nil {
				got = append(got, item)
			}
			if item != 3 {
				break
			}
		}
	}
	if !slices.Equal(got, []int{1, 2}) {
		t.Errorf("got %v", got)
	}
}

func TestTokens(t *testing.T) {
	empty, a, other, zero, two := "", "a", "a", int64(0), int64(2)
	if pages.HasToken[string](nil) || pages.HasToken(&empty) || pages.HasToken(&zero) || !pages.HasToken(&a) || !pages.HasToken(&two) {
		t.Error("HasToken is wrong")
	}
	if pages.Same(nil, &a) || pages.Same(&a, nil) || pages.Same(&a, &empty) || !pages.Same(&a, &other) || pages.Same[string](nil, nil) {
		t.Error("Same is wrong")
	}
}

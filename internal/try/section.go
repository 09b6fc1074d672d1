package try

import (
	"fmt"
	"strings"
)

// ReplaceSection returns a page with another text in its section of that name, which
// stands between the comments "<!-- name -->" and "<!-- /name -->": what is made from
// something else, and may stand beside what somebody has written.
func ReplaceSection(page, name, text string) (string, error) {
	begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->\n"
	before, rest, hasBegin := strings.Cut(page, begin)
	_, after, hasEnd := strings.Cut(rest, end)
	if !hasBegin || !hasEnd {
		return "", fmt.Errorf("the page has no section %s", name)
	}
	return before + begin + "\n" + strings.Trim(text, "\n") + "\n\n" + end + after, nil
}

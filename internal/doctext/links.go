package doctext

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// running returns a block's text in one line. Links are written as "[text]" with
// their addresses in the description, or with the address in parentheses where that
// cannot be read as a link.
func (r *reader) running(spans []span, mayRefer bool) string {
	var b strings.Builder
	for _, s := range spans {
		text, url := s.text, destination(s.url)
		if url == "" {
			b.WriteString(sober(text))
			continue
		}
		word := sober(fold(text))
		lead := text[:len(text)-len(strings.TrimLeftFunc(text, unicode.IsSpace))]
		trail := text[len(strings.TrimRightFunc(text, unicode.IsSpace)):]
		b.WriteString(lead)
		b.WriteString(r.reference(b.String(), word, url, mayRefer))
		if word != "" {
			b.WriteString(trail)
		}
	}
	text := fold(b.String())
	if !strings.Contains(text, "..") {
		return text
	}
	return twoStops.ReplaceAllString(text, "$1.$2")
}

// twoStops matches the full stop of a title in italics, and that of its sentence.
var twoStops = regexp.MustCompile(`([\p{L})\]])\.\.( |$)`)

// reference returns a link's text with what leads to its address. before is the text
// of the block before it.
func (r *reader) reference(before, word, url string, mayRefer bool) string {
	address := strings.TrimPrefix(url, "mailto:")
	inText := word + " (" + address + ")"
	isOpen := strings.LastIndexByte(before, '[') > strings.LastIndexByte(before, ']')
	switch {
	case word == "":
		return url
	case strings.Contains(word, address):
		return word
	case !mayRefer || isOpen || r.addressesInText || strings.ContainsAny(word, "[]") || !strings.Contains(url, "://"):
		return inText
	}
	at := slices.IndexFunc(r.doc.Links, func(l Link) bool { return l.Text == word })
	if at >= 0 && r.doc.Links[at].URL != url {
		return inText
	}
	if at < 0 {
		r.doc.Links = append(r.doc.Links, Link{word, url})
	}
	return "[" + word + "]"
}

// escapes are the characters of addresses that have a meaning in comments.
var escapes = strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", "[", "%5B", "]", "%5D", "`", "%60",
	"''", "%27%27")

// destination returns the address of a link as it stands in a comment. It is empty
// for one inside the document or relative to it, which leads nowhere from here.
func destination(link string) string {
	link = escapes.Replace(fold(link))
	if strings.HasPrefix(link, "//") && len(link) > 2 {
		return "https:" + link
	}
	scheme, rest, _ := strings.Cut(link, ":")
	switch scheme = strings.ToLower(scheme); scheme {
	case "http", "https", "ftp":
		if strings.HasPrefix(rest, "//") && len(rest) > 2 {
			return scheme + ":" + rest
		}
	case "mailto":
		if rest != "" {
			return scheme + ":" + rest
		}
	}
	return ""
}

// sober replaces the typewriter's double quotes, which Go's comments turn into other
// characters.
func sober(text string) string {
	text = strings.ReplaceAll(text, "''", `""`)
	for strings.Contains(text, "``") {
		text = strings.ReplaceAll(text, "``", "`")
	}
	return text
}

package doctext

import (
	"regexp"
	"strings"
)

// tagPattern matches a tag with its name and its attributes. A "<" that begins none is
// text. Attributes have a value, but for those that HTML knows without: "a <b or c> d"
// has no tag.
var tagPattern = regexp.MustCompile(
	`</?([A-Za-z][A-Za-z0-9]*)(?:\s*[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>` + "`" + `]+)|` +
		`\s+(?:compact|nowrap|reversed|hidden|open|border)\b)*\s*/?>`,
)

// hiddenPattern matches what is never shown.
var hiddenPattern = regexp.MustCompile(`(?is)<script\b.*?(?:</script\s*>|$)|<style\b.*?(?:</style\s*>|$)`)

// entityPattern matches a character by its name or number, at the beginning.
var entityPattern = regexp.MustCompile(`^&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);`)

// elementOf returns the element that the reader knows an element as, one of those of
// HTML or of those that AWS's documents add. It is empty for a placeholder like
// "<region>".
func elementOf(name string) string {
	switch name {
	case "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "pre", "a", "img", "code", "sup",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption":
		return name
	case "b", "strong":
		return "b"
	case "tt", "kbd", "samp", "literal":
		return "code"
	case "programlisting", "screen", "listing":
		return "pre"
	case "h1", "h2", "h3", "h4", "h5", "h6", "title":
		return "h3"
	case "para", "simpara":
		return "p"
	case "div", "blockquote", "hr", "section", "article", "header", "footer", "center", "body", "html", "details",
		"summary", "note", "important", "caution", "warning", "tip", "fullname", "examples", "example", "request", "response":
		return "div"
	case "i", "u", "em", "var", "span", "sub", "small", "big", "font", "cite", "q", "abbr", "s", "del", "ins", "mark",
		"replaceable", "link", "emphasis":
		return "i"
	default:
		return ""
	}
}

// needsEnd reports whether an element is one only together with its end. Alone it is
// a placeholder, such as "<name>", or a comparison, such as "a<b>c".
func needsEnd(name string) bool {
	switch elementOf(name) {
	case "p", "br", "li", "dt", "dd", "img", "ul", "ol", "dl", "pre", "a", "code", "thead", "tbody", "tfoot",
		"tr", "td", "th":
		return false
	default:
		return name != "div" && name != "hr" && name != "blockquote"
	}
}

// isBlock reports whether an element begins and ends a block.
func isBlock(element string) bool {
	switch element {
	case "", "b", "i", "a", "code", "sup", "img", "br":
		return false
	default:
		return true
	}
}

// beginsWithBlock reports whether a text begins with the tag of a block.
func beginsWithBlock(source string) bool {
	source = strings.TrimSpace(source)
	if !strings.HasPrefix(source, "<") {
		return false
	}
	at := tagPattern.FindStringSubmatchIndex(source)
	return at != nil && at[0] == 0 && isBlock(elementOf(strings.ToLower(source[at[2]:at[3]])))
}

// normalized returns HTML that has only elements that the reader knows. All else that
// looks like markup becomes text.
func normalized(source string) string {
	source = hiddenPattern.ReplaceAllString(withoutComments(source), "")
	tags := tagPattern.FindAllStringSubmatchIndex(source, -1)
	ended := map[string]bool{}
	for _, at := range tags {
		if source[at[0]+1] == '/' || source[at[1]-2] == '/' {
			ended[strings.ToLower(source[at[2]:at[3]])] = true
		}
	}
	var out strings.Builder
	begun := map[string]bool{}
	from := 0
	for _, at := range tags {
		writeEscaped(&out, source[from:at[0]])
		from = at[1]
		tag, name := source[at[0]:at[1]], strings.ToLower(source[at[2]:at[3]])
		isEnd := tag[1] == '/'
		switch element := elementOf(name); {
		case element == "", needsEnd(name) && (!ended[name] || isEnd && !begun[name]):
			writeEscaped(&out, tag)
		default:
			begun[name] = true
			writeTag(&out, element, source[at[3]:at[1]], isEnd)
		}
	}
	writeEscaped(&out, source[from:])
	return out.String()
}

// writeTag writes a tag under the name that the reader knows; rest is what follows
// the name. The space before a cell keeps words apart where a cell has no table.
func writeTag(out *strings.Builder, element, rest string, isEnd bool) {
	switch element {
	case "td", "th", "tr", "caption":
		out.WriteByte(' ')
	}
	if isEnd {
		out.WriteString("</" + element + ">")
		return
	}
	out.WriteString("<" + element)
	switch element {
	case "a", "img", "ol":
		out.WriteString(strings.TrimRight(rest, "/>") + ">")
	default:
		out.WriteByte('>')
	}
	if strings.HasSuffix(rest, "/>") && element != "br" && element != "img" {
		out.WriteString("</" + element + ">") // which HTML would leave open
	}
}

// writeEscaped writes text. Entities are left to the parser, but only those that are
// whole: "&notify" has none.
func writeEscaped(out *strings.Builder, text string) {
	for {
		i := strings.IndexAny(text, "<&")
		if i < 0 {
			out.WriteString(text)
			return
		}
		out.WriteString(text[:i])
		switch {
		case text[i] == '<':
			out.WriteString("&lt;")
		case entityPattern.MatchString(text[i:]):
			out.WriteByte('&')
		default:
			out.WriteString("&amp;")
		}
		text = text[i+1:]
	}
}

// withoutComments returns HTML without its comments.
func withoutComments(source string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(source, "<!--")
		_, after, ends := strings.Cut(rest, "-->")
		if !found || !ends {
			out.WriteString(source)
			return out.String()
		}
		out.WriteString(before)
		source = after
	}
}

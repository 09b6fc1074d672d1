package tree

import (
	"errors"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"example.com/lathe/spec"
)

// mistake is a syntax error: where the library has stopped, and in what.
type mistake struct {
	*text

	message string
	// at is the offset at which the library has stopped, in the one at which what
	// it was reading begins.
	at, in int
}

// explanation says what a mistake probably is, and where.
type explanation struct {
	at         int
	what, hint string
}

// yamlSyntax reports a syntax error at the place that holds the mistake.
func (t *text) yamlSyntax(err error, limits Limits, ps *spec.Problems) {
	if second, ok := errors.AsType[secondDocumentError](err); ok {
		ps.Add(t.at(t.offset(second.line, second.column)), "write one document a file", "a second document begins here")
		return
	}
	located, ok := errors.AsType[*yaml.LoadError](err)
	if !ok || located.Mark.Line == 0 {
		ps.Add(t.start(), "write the document as JSON", "%v", err)
		return
	}
	m := mistake{text: t, message: located.Message}
	m.at = t.offset(located.Mark.Line, located.Mark.Column)
	if m.in = m.at; located.ContextMark.Line > 0 {
		m.in = t.offset(located.ContextMark.Line, located.ContextMark.Column)
	}
	if errors.Is(err, errDepth) || strings.Contains(m.message, errDepth.Error()) {
		// the mark of a block is behind its first character
		if m.at > 0 && !strings.ContainsAny(t.src[m.at:min(m.at+1, len(t.src))], "[{") {
			m.at = len(strings.TrimRight(t.src[:m.at], " ")) - 1
		}
		limits.tooDeep(t.at(m.at), ps)
		return
	}
	if alias := unknownAnchor.FindStringSubmatch(m.message); alias != nil {
		ps.Add(t.at(m.at), "write the value out", "there is no anchor &%s before the alias *%s", alias[1], alias[1])
		return
	}
	e := m.explain()
	ps.Add(t.at(e.at), e.hint, "not YAML: %s", e.what)
}

var unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)

// explain finds the likely mistake behind the library's message.
func (m mistake) explain() explanation {
	for _, known := range [...]struct {
		message string
		explain func(mistake) explanation
	}{
		{"mapping values are not allowed", mistake.colon},
		{"did not find expected key", mistake.key},
		{"did not find expected <document start>", mistake.key},
		{"did not find expected '-' indicator", func(m mistake) explanation {
			return explanation{
				m.at, "there is text where the next item of a list should be",
				"indent it like the text above it, or begin it with a dash",
			}
		}},
		{"could not find expected ':'", func(m mistake) explanation { return noKey(m.in) }},
		{"found unexpected end of stream", func(m mistake) explanation {
			return explanation{m.in, "a quoted string is never closed", "add the closing quote"}
		}},
		{"did not find expected ','", mistake.comma},
		{"did not find expected node content", mistake.content},
		{"found character that cannot start any token", mistake.start},
		{"found unknown escape character", func(m mistake) explanation {
			return explanation{
				m.at + 1, "a double-quoted string has an unknown escape", `use single quotes, or write \\ for a backslash`,
			}
		}},
		{"block sequence entries are not allowed", func(m mistake) explanation {
			return explanation{m.at, "a list begins on the line of its key", "begin the list on a line of its own"}
		}},
	} {
		if strings.Contains(m.message, known.message) {
			return known.explain(m)
		}
	}
	return explanation{m.at, m.message, ""}
}

func noKey(at int) explanation {
	return explanation{at, "there is text where a key should be", "write key: value, with a space after the colon"}
}

func moreText(at int) explanation {
	return explanation{at, "there is more text after a value that is complete", "check the indentation and the quotes"}
}

func neverClosed(at int) explanation {
	return explanation{at, "a bracket or brace is never closed", "close it"}
}

// colon explains a colon that makes no key of what is before it.
func (m mistake) colon() explanation {
	line, text := m.lineOf(m.at)
	first := line + len(text) - len(strings.TrimLeft(text, " \t"))
	if value := strings.Index(text[:m.at-line], ": "); value >= 0 {
		return explanation{
			m.afterBlanks(line + value + 1), "a value without quotes contains a colon and a space", "put the value in quotes",
		}
	}
	if above, ok := m.above(line); ok && m.indentation(above) >= m.indentation(line) {
		return noKey(above)
	}
	return explanation{first, "a key does not fit the indentation above it", "indent it like the keys beside it"}
}

// key explains text that is no key where one should be.
func (m mistake) key() explanation {
	line, text := m.lineOf(m.at)
	if m.at < len(m.src) && (m.src[m.at] == ']' || m.src[m.at] == '}') {
		return explanation{m.at, string(m.src[m.at]) + " closes nothing", "remove it"}
	}
	if len(strings.TrimSpace(text[:m.at-line])) > 0 { // in the middle of a line
		if quote, ok := m.openingQuote(); ok {
			return explanation{quote, "a quoted string ends on a later line, in the middle of other text",
				"add the closing quote"}
		}
		return moreText(m.at)
	}
	above, ok := m.above(line)
	switch {
	case m.text.at(m.at).Column == m.text.at(m.in).Column:
		return noKey(m.at)
	case ok && m.indentation(above) > m.indentation(line):
		return explanation{m.at, "the indentation fits nothing above it", "indent it like what stands beside it"}
	default:
		return moreText(m.at)
	}
}

// openingQuote is where a quoted string of several lines begins that ends at the
// mistake.
func (m mistake) openingQuote() (at int, found bool) {
	end := len(strings.TrimRight(m.src[:m.at], " \t"))
	if end == 0 || m.src[end-1] != '"' && m.src[end-1] != '\'' {
		return 0, false
	}
	at = strings.LastIndexByte(m.src[:end-1], m.src[end-1])
	return at, at >= 0 && m.line(at) < m.line(m.at)
}

// comma explains what follows an item of a list or mapping in brackets.
func (m mistake) comma() explanation {
	opened, _ := m.lineOf(m.in)
	line, _ := m.lineOf(m.at)
	if m.at >= len(strings.TrimSpace(m.src)) || line > opened && m.indentation(line) <= m.indentation(opened) {
		return neverClosed(m.in)
	}
	return explanation{m.at, "there is no comma between two items", "add it before this place"}
}

// content explains a value that is missing in brackets: at the end of the document
// they are still open.
func (m mistake) content() explanation {
	if m.at < len(strings.TrimSpace(m.src)) {
		return explanation{m.at, "a value is missing", "remove the comma, or add the value"}
	}
	closed := 0
	for at := len(m.src) - 1; at >= 0; at-- {
		switch m.src[at] {
		case ']', '}':
			closed++
		case '[', '{':
			if closed == 0 {
				return neverClosed(at)
			}
			closed--
		}
	}
	return explanation{m.at, m.message, ""}
}

// start explains a character that no value begins with.
func (m mistake) start() explanation {
	switch c := m.src[min(m.at, len(m.src)-1)]; c {
	case '\t':
		return explanation{m.at, "a tab is used for indentation", "indent with spaces"}
	case '%':
		return explanation{m.at, "a value without quotes begins with a percent sign", "put the value in quotes"}
	default:
		return explanation{m.at, "a value without quotes begins with a reserved character", "put the value in quotes"}
	}
}

// above is the offset of the first text of the last line above a line that has any,
// comments left out.
func (t *text) above(start int) (at int, found bool) {
	for line := t.line(start) - 1; line > 0; line-- {
		at, text := t.lineOf(int(t.lines[line-1]))
		if rest := strings.TrimLeft(text, " \t"); len(rest) > 0 && rest[0] != '#' {
			return at + len(text) - len(rest), true
		}
	}
	return 0, false
}

// indentation is how far the text of the line that holds an offset is indented.
func (t *text) indentation(at int) int {
	_, text := t.lineOf(at)
	return len(text) - len(strings.TrimLeft(text, " "))
}

// afterBlanks is the first offset from at on that holds no space or tab.
func (t *text) afterBlanks(at int) int {
	for at < len(t.src) && (t.src[at] == ' ' || t.src[at] == '\t') {
		at++
	}
	return at
}

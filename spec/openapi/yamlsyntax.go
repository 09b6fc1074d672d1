package openapi

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml/token"

	"example.com/lathe/spec"
)

// unsupportedTokens are what YAML has beyond JSON and what no OpenAPI document
// needs.
var unsupportedTokens = [...]struct {
	kind       token.Type
	what, hint string
}{
	{token.MappingKeyType, "YAML's complex keys (?) are not supported", "write the key before a colon"},
	{token.DirectiveType, "YAML directives (%) are not supported", "remove the line"},
	{token.TagType, "YAML tags (!) are not supported", "quote the value to make it a string"},
}

// checkTokens refuses what the parser should not see: unsupported syntax, more
// than one document, nesting and mappings out of bounds. It reports whether the
// tokens may be parsed.
func checkTokens(s *source, tokens token.Tokens, ps *spec.Problems) bool {
	before := len(*ps)
	var b blocks
	content := false
	for i, tk := range tokens {
		for _, u := range unsupportedTokens {
			if tk.Type == u.kind {
				ps.Add(s.pos(s.place(tk)), u.hint, "%s", u.what)
			}
		}
		switch entry := b.see(tokens, i); {
		case tk.Type == token.InvalidType:
			return len(*ps) == before // what follows is no token at all; the parser says why
		case tk.Type == token.DocumentHeaderType && content:
			ps.Add(s.pos(s.place(tk)), "write one document a file", "a second document begins here")
			return false
		case b.depth() > maxDepth:
			tooDeep(ps, s.pos(s.place(entry)))
			return false
		case b.longest > maxBlock:
			ps.Add(s.pos(s.place(entry)), "write the document as JSON, which has no such limit", "a block mapping has more than %d keys", maxBlock)
			return false
		}
		content = content || tk.Type != token.CommentType && tk.Type != token.DirectiveType && tk.Type != token.DocumentHeaderType
	}
	return len(*ps) == before
}

// blocks follows the nesting of a token stream by the columns of its block
// collections and the brackets of its flow collections.
type blocks struct {
	columns, counts []int
	flow, longest   int
}

func (b *blocks) depth() int { return len(b.columns) + b.flow }

// see takes the next token and gives the one that an entry of a collection begins
// with: for a colon, the key before it.
func (b *blocks) see(tokens token.Tokens, i int) *token.Token {
	tk := tokens[i]
	switch tk.Type {
	case token.MappingStartType, token.SequenceStartType:
		b.flow++
	case token.MappingEndType, token.SequenceEndType:
		b.flow = max(b.flow-1, 0)
	case token.SequenceEntryType:
		b.enter(tk.Position.Column)
	case token.MappingValueType:
		tk = tokens[max(i-1, 0)]
		b.enter(tk.Position.Column)
	}
	return tk
}

// enter notes an entry of the block collection at a column.
func (b *blocks) enter(column int) {
	if b.flow > 0 {
		return
	}
	last := len(b.columns) - 1
	for ; last >= 0 && b.columns[last] > column; last-- {
		b.columns, b.counts = b.columns[:last], b.counts[:last]
	}
	if last < 0 || b.columns[last] < column {
		b.columns, b.counts = append(b.columns, column), append(b.counts, 0)
		last++
	}
	b.counts[last]++
	b.longest = max(b.longest, b.counts[last])
}

// where is the place of a mistake in relation to the token that the parser names.
type where uint8

const (
	atToken where = iota
	// atBlanks is before the blanks that lead to the token.
	atBlanks
	// atLastLine is where a token of several lines ends: the parser took a key
	// for more text of the value above it.
	atLastLine
	// atQuote is the quoted string of several lines before the token.
	atQuote
	// atOpening is the bracket that is still open, when the token stands outside
	// of what the bracket could hold.
	atOpening
)

// yamlMistakes explain the parser's complaints. The first whose text is part of
// the complaint and whose place can be found is used.
var yamlMistakes = [...]struct {
	text       string
	where      where
	what, hint string
}{
	{"mapping value is not allowed", atLastLine, "a key does not fit the indentation above it", "indent it like the keys beside it"},
	{"mapping value is not allowed", atToken, "a value without quotes contains a colon and a space", "put the value in quotes"},
	{"unexpected key name", atToken, "there is text where a key should be", "write key: value, with a space after the colon"},
	{"non-map value is specified", atToken, "there is text where a key should be", "write key: value, with a space after the colon"},
	{"map key-value is pre-defined", atQuote, "a quoted string ends on a later line, in the middle of other text", "add the closing quote"},
	{"map key-value is pre-defined", atToken, "there is more text after a value that is complete", "check the indentation and the quotes"},
	{"value is not allowed in this context", atToken, "the indentation fits nothing above it", "indent it like what stands beside it"},
	{"could not find end character", atToken, "a quoted string is never closed", "add the closing quote"},
	{"must be specified", atOpening, "a bracket or brace is never closed", "close it"},
	{"must be specified", atToken, "there is no comma between two items", "add it before this place"},
	{"end token '}'", atToken, "a bracket or brace is never closed", "close it"},
	{"end token ']'", atToken, "a bracket or brace is never closed", "close it"},
	{"that cannot start any token", atBlanks, "a tab is used for indentation", "indent with spaces"},
	{"reserved character", atToken, "a value without quotes begins with a reserved character", "put the value in quotes"},
	{"unexpected directive value", atToken, "a value without quotes begins with a percent sign", "put the value in quotes"},
	{"block sequence entries are not allowed", atToken, "a list begins on the line of its key", "begin the list on a line of its own"},
	{"unknown escape character", atToken, "a double-quoted string has an unknown escape", `use single quotes, or write \\ for a backslash`},
}

// yamlSyntax reports a syntax error at the line that holds the mistake.
func yamlSyntax(s *source, err error, ps *spec.Problems) {
	var located interface {
		GetMessage() string
		GetToken() *token.Token
	}
	if !errors.As(err, &located) || located.GetToken() == nil {
		ps.Add(s.pos(mark{1, 1}), "", "not YAML: %v", err)
		return
	}
	tk, message := located.GetToken(), located.GetMessage()
	if text := strings.TrimSpace(tk.Origin); text == "]" || text == "}" {
		ps.Add(s.pos(s.place(tk)), "remove it", "not YAML: %s closes nothing", text)
		return
	}
	for _, m := range yamlMistakes {
		at, found := s.mistake(tk, m.where)
		if found && strings.Contains(message, m.text) {
			ps.Add(s.pos(at), m.hint, "not YAML: %s", m.what)
			return
		}
	}
	ps.Add(s.pos(s.place(tk)), "", "not YAML: %s", message)
}

// mistake finds the place of a mistake.
func (s *source) mistake(tk *token.Token, w where) (at mark, found bool) {
	at = s.place(tk)
	switch w {
	case atBlanks:
		return s.mark(s.offset(tk.Position.Line, tk.Position.Column)), true
	case atLastLine:
		more := strings.Count(strings.TrimSpace(tk.Origin), "\n")
		return s.mark(s.afterBlanks(s.offset(at.line+more, 1))), more > 0
	case atQuote:
		quote := tk.Prev
		if quote == nil || quote.Type != token.SingleQuoteType && quote.Type != token.DoubleQuoteType {
			return at, false
		}
		return s.place(quote), strings.Contains(strings.TrimSpace(quote.Origin), "\n")
	case atOpening:
		open := opening(tk)
		if open == nil {
			return at, false
		}
		bracket := s.place(open)
		indent := s.mark(s.afterBlanks(s.offset(bracket.line, 1)))
		return bracket, at.line > bracket.line && at.column <= indent.column
	default:
		return at, true
	}
}

// opening is the bracket or brace that is open before a token, nil when there is
// none.
func opening(tk *token.Token) *token.Token {
	closed := 0
	for tk = tk.Prev; tk != nil; tk = tk.Prev {
		switch tk.Type {
		case token.MappingEndType, token.SequenceEndType:
			closed++
		case token.MappingStartType, token.SequenceStartType:
			if closed == 0 {
				return tk
			}
			closed--
		}
	}
	return nil
}

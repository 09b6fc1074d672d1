package reach

import (
	"go/scanner"
	"go/token"
)

// word is a token of Go, with where it stands in its text.
type word struct {
	is         token.Token
	begin, end int32
}

// of returns the word as it stands in its text.
func (w word) of(text string) string { return text[w.begin:w.end] }

// declarations are those of a text, which is Go that compiles, by their words. A syntax tree has
// the same, and takes twice as long.
func declarations(text []byte) (all [][]word) {
	file := token.NewFileSet().AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	words := make([]word, 0, len(text)/4) // enough for most texts
	begin, depth := 0, 0
	for {
		pos, is, literal := s.Scan()
		if is == token.EOF {
			return all
		}
		if is == token.SEMICOLON && depth == 0 {
			all = append(all, words[begin:])
			begin = len(words)
			continue
		}
		if literal == "" {
			literal = is.String()
		}
		depth += nesting(is)
		at := int32(file.Offset(pos))
		words = append(words, word{is, at, at + int32(len(literal))})
	}
}

// nesting is 1 for what opens, -1 for what closes.
func nesting(is token.Token) int {
	switch is {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		return 1
	case token.RPAREN, token.RBRACK, token.RBRACE:
		return -1
	default:
		return 0
	}
}

// closing is where what opens at a word is closed.
func closing(words []word, at int) int {
	for depth := 0; ; at++ {
		if depth += nesting(words[at].is); depth == 0 {
			return at
		}
	}
}

// receiver is the name of the type of a receiver, whose words these begin with.
func receiver(text string, words []word) string {
	i := 0
	for words[i].is != token.RPAREN && words[i].is != token.LBRACK {
		i++
	}
	return words[i-1].of(text)
}

// declared are the names of types, variables or constants that a declaration has.
func declared(text string, words []word) (names []string) {
	if words[1].is != token.LPAREN {
		return listed(text, words[1:])
	}
	depth := 0
	for i, w := range words {
		if depth += nesting(w.is); depth == 1 && (w.is == token.LPAREN || w.is == token.SEMICOLON) {
			names = append(names, listed(text, words[i+1:])...)
		}
	}
	return names
}

// listed are the names that words begin with.
func listed(text string, words []word) (names []string) {
	for i := 0; words[i].is == token.IDENT; i += 2 {
		names = append(names, words[i].of(text))
		if i+2 >= len(words) || words[i+1].is != token.COMMA {
			break
		}
	}
	return names
}

// isQualifier reports whether a word stands before a dot.
func isQualifier(words []word, at int) bool {
	return at+2 < len(words) && words[at+1].is == token.PERIOD
}

// isMethod reports whether a word of an interface is the name of a method.
func isMethod(words []word, at int) bool {
	before := words[at-1].is
	return (before == token.LBRACE || before == token.SEMICOLON) && words[at+1].is == token.LPAREN
}

// isNamed reports whether a word is the name of a field, a parameter or a variable: a type stands
// behind it, or behind those that are listed with it.
func isNamed(words []word, at int) bool {
	switch words[at-1].is {
	case token.LPAREN, token.LBRACE, token.LBRACK, token.COMMA, token.SEMICOLON, token.VAR:
	default:
		return false
	}
	for at+3 < len(words) && words[at+1].is == token.COMMA && words[at+2].is == token.IDENT {
		at += 2
	}
	return at+2 < len(words) && isType(words[at:])
}

// isType reports whether a type stands behind the first word. gofmt has space before it, and on
// both sides of an operator or on none.
func isType(words []word) bool {
	if words[1].begin == words[0].end {
		return false
	}
	switch words[1].is {
	case token.IDENT, token.FUNC, token.MAP, token.STRUCT, token.INTERFACE, token.CHAN, token.LBRACK, token.ELLIPSIS:
		return true
	case token.MUL, token.ARROW:
		return words[1].end == words[2].begin
	default:
		return false
	}
}

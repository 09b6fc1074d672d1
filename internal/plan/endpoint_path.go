package plan

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// pathOp is a step of a path: an expression of the part of JMESPath that Smithy
// allows for operation context parameters
// (https://smithy.io/2.0/additional-specs/rules-engine/parameters.html).
type pathOp struct {
	kind pathOpKind
	name string     // of a member
	list [][]pathOp // of a multi-select list
}

type pathOpKind uint8

const (
	pathMember  pathOpKind = iota // name
	pathEach                      // [*], the elements of a list
	pathValues                    // *, the values of a map
	pathFlatten                   // []
	pathSelect                    // [a, b]
	pathKeys                      // keys(…), of what the steps before lead to
)

// maxPathDepth bounds the nesting of a path.
const maxPathDepth = 20

// parsePath reads a path.
func parsePath(s string) ([]pathOp, error) {
	p := &pathParser{rest: s}
	ops, err := p.path(0)
	if rest := strings.TrimSpace(p.rest); err == nil && rest != "" {
		err = fmt.Errorf("%q is not expected", rest)
	}
	return ops, err
}

type pathParser struct{ rest string }

// take consumes a token if it comes next, with spaces around it.
func (p *pathParser) take(token string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(p.rest, " \t\r\n"), token)
	if ok {
		p.rest = strings.TrimLeft(rest, " \t\r\n")
	}
	return ok
}

func (p *pathParser) path(depth int) ([]pathOp, error) {
	if depth > maxPathDepth {
		return nil, errors.New("it is nested too deep")
	}
	ops, err := p.first(depth)
	for err == nil {
		var next []pathOp
		if next, err = p.postfix(depth); next == nil {
			break
		}
		ops = append(ops, next...)
	}
	return ops, err
}

// first reads what a path, and what follows a dot in one, begins with.
func (p *pathParser) first(depth int) ([]pathOp, error) {
	switch {
	case p.take("keys("):
		ops, err := p.path(depth + 1)
		if err == nil && !p.take(")") {
			err = errors.New(`"keys(" is never closed`)
		}
		return append(ops, pathOp{kind: pathKeys}), err
	case p.take("*"):
		return []pathOp{{kind: pathValues}}, nil
	case p.bracketStarts():
		return p.bracket(depth)
	}
	name, err := p.identifier()
	return []pathOp{{kind: pathMember, name: name}}, err
}

func (p *pathParser) postfix(depth int) ([]pathOp, error) {
	switch {
	case p.take("."):
		return p.first(depth)
	case p.bracketStarts():
		return p.bracket(depth)
	default:
		return nil, nil
	}
}

func (p *pathParser) bracketStarts() bool { return strings.HasPrefix(p.rest, "[") }

func (p *pathParser) bracket(depth int) ([]pathOp, error) {
	switch {
	case p.take("[]"):
		return []pathOp{{kind: pathFlatten}}, nil
	case p.take("[*]"):
		return []pathOp{{kind: pathEach}}, nil
	}
	p.take("[")
	op := pathOp{kind: pathSelect}
	for {
		item, err := p.path(depth + 1)
		if err != nil {
			return nil, err
		}
		op.list = append(op.list, item)
		if p.take("]") {
			return []pathOp{op}, nil
		}
		if !p.take(",") {
			return nil, errors.New(`"[" is never closed`)
		}
	}
}

// identifier reads a name, bare or in double quotes.
func (p *pathParser) identifier() (string, error) {
	if quoted, ok := strings.CutPrefix(p.rest, `"`); ok {
		name, rest, closed := strings.Cut(quoted, `"`)
		if !closed || name == "" || strings.Contains(name, `\`) {
			return "", fmt.Errorf("%s is no name", p.rest)
		}
		p.rest = rest
		return name, nil
	}
	n := 0
	for n < len(p.rest) && isPathByte(p.rest[n], n == 0) {
		n++
	}
	if n == 0 {
		_, size := utf8.DecodeRuneInString(p.rest)
		return "", fmt.Errorf("a name is missing before %q", p.rest[:size])
	}
	name := p.rest[:n]
	p.rest = p.rest[n:]
	return name, nil
}

func isPathByte(c byte, first bool) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || !first && '0' <= c && c <= '9'
}

package endpoints

import (
	"strconv"
	"strings"

	"example.com/lathe/internal/doctext"
)

// The limits of a rendered function.
const (
	maxLines = 45 // of its body
	maxTests = 28 // conditions
	maxStmts = 16 // if statements take three lines at least
	maxDepth = 4  // nested blocks
	// maxWeight bounds the if statements, each counted with the blocks
	// that it stands in.
	maxWeight = 28
	// maxLead is how many lines may stand around an if statement whose
	// body becomes a function in place of the body around it.
	maxLead = 8
)

const rootName = "resolveRules"

// splitter cuts compiled rules into functions of readable size.
type splitter struct {
	funcs []Function
	names map[string]int // how often a name was asked for
	taken map[string]bool
}

// split makes a function of statements, and further ones of what is too much for
// it. Its place in the list is before those that it calls.
func (s *splitter) split(name, path string, body []Stmt) Call {
	at := len(s.funcs)
	s.funcs = append(s.funcs, Function{})
	if len(body) > maxStmts+1 {
		body = s.cut(name, path, body, maxStmts)
	}
	for s.shrink(body) {
	}
	if n := cutAt(body); n > 0 {
		body = s.cut(name, path, body, n)
	}
	f := newFunction(name, path, body)
	s.funcs[at] = f
	return Call{Func: name, UsesParams: f.UsesParams, Args: f.Args}
}

// cut puts what follows the first n statements into a function.
func (s *splitter) cut(name, path string, body []Stmt, n int) []Stmt {
	rest := s.split(s.name(name), path, body[n:])
	return append(body[:n:n], Stmt{Call: &rest})
}

// shrink puts one body into a function if the statements are too much, and says
// whether it did.
func (s *splitter) shrink(body []Stmt) bool {
	if sizeOf(body).fits() {
		return false
	}
	var biggest *If
	most := size{}
	for _, stmt := range body {
		size := sizeOf([]Stmt{stmt})
		deeper := size.depth > maxDepth && size.depth > most.depth
		if stmt.If != nil && (deeper || most.depth <= maxDepth && size.lines > most.lines) && findTarget(stmt.If, 1) != nil {
			biggest, most = stmt.If, size
		}
	}
	if biggest == nil {
		return false
	}
	target := findTarget(biggest, 1)
	called := s.split(s.name(rootName+target.label), target.path, target.Body)
	target.Body = []Stmt{{Call: &called}}
	return true
}

// findTarget finds the body to put into a function in order to make a
// statement smaller: the statement's own, or where that does little but lead to
// another if statement the body of that. It returns nil when every body is short
// already. level is how deep the statement nests.
func findTarget(stmt *If, level int) *If {
	var own *If
	if returns(stmt.Body) && len(stmt.Body) > 1 {
		own = stmt
	}
	if own != nil && level >= maxDepth-1 {
		return own
	}
	inner, around := largestIf(stmt.Body)
	if inner != nil && (own == nil || around <= maxLead) {
		if target := findTarget(inner, level+1); target != nil {
			return target
		}
	}
	return own
}

// largestIf finds the if statement with the longest body, and says how many
// lines stand around that body.
func largestIf(body []Stmt) (largest *If, around int) {
	most, total := -1, 0
	for _, s := range body {
		total += lineCount([]Stmt{s})
		if s.If != nil {
			if lines := lineCount(s.If.Body); lines > most {
				largest, most = s.If, lines
			}
		}
	}
	return largest, total - most
}

// name makes a function's name unique by a number behind it.
func (s *splitter) name(base string) string {
	base = strings.TrimRight(base, "0123456789")
	for {
		s.names[base]++
		name := base
		if n := s.names[base]; n > 1 {
			name += strconv.Itoa(n)
		}
		if !s.taken[name] {
			s.taken[name] = true
			return name
		}
	}
}

// newFunction finds out what the statements take from outside.
func newFunction(name, path string, body []Stmt) Function {
	f := Function{Name: name, Root: name == rootName, Body: body}
	if f.Root {
		f.Doc = doctext.Of(name + " applies the first rule of the service's model that holds.").Comment()
	} else {
		f.Doc = doctext.Of(name + " applies " + path + " of the rule set.").Comment()
	}
	inner := map[string]bool{}
	defined(body, inner)
	seen := map[string]bool{}
	walk(body, func(e *Expr) {
		switch e.Op {
		case ParamValue, ParamSet, ParamOption:
			f.UsesParams = true
		case VarValue:
			if !inner[e.Name] && !seen[e.Name] {
				seen[e.Name] = true
				f.Args = append(f.Args, Var{e.Name, e.Kind})
			}
		}
	})
	return f
}

// defined collects the variables that statements define. Names are unique
// among those that are visible together, so that a name is either inner or outer.
func defined(body []Stmt, names map[string]bool) {
	for _, stmt := range body {
		if stmt.Let != nil {
			names[stmt.Let.Var.Name] = true
		}
		if stmt.If != nil {
			if stmt.If.Init != nil {
				names[stmt.If.Init.Var.Name] = true
			}
			defined(stmt.If.Body, names)
		}
	}
}

// cutAt says where the rest of a list that is too long becomes a function of
// its own; zero when there is no need or too little left.
func cutAt(body []Stmt) int {
	if sizeOf(body).fits() {
		return 0
	}
	for i := 1; i+1 < len(body); i++ {
		size := sizeOf(body[:i+1])
		size.lines++ // the call of the rest
		if !size.fits() {
			return i
		}
	}
	return 0
}

// size measures how hard statements are to read.
type size struct {
	lines, tests, depth, weight int
}

func (s size) fits() bool {
	return s.lines <= maxLines && s.tests <= maxTests && s.depth <= maxDepth && s.weight <= maxWeight
}

// sizeOf measures the statements of a function.
func sizeOf(body []Stmt) size {
	size := size{lines: lineCount(body)}
	size.add(body, 1)
	return size
}

// add counts all but the lines of statements that are nested so many blocks deep,
// the first being 1.
func (s *size) add(body []Stmt, level int) {
	for _, stmt := range body {
		if stmt.If == nil {
			continue
		}
		s.tests += max(1, len(stmt.If.Tests))
		s.weight += level
		if len(stmt.If.Tests) > 1 {
			s.weight++
		}
		s.depth = max(s.depth, level)
		s.add(stmt.If.Body, level+1)
	}
}

// lineCount estimates how many lines statements take.
func lineCount(body []Stmt) int {
	lines := 0
	for _, stmt := range body {
		lines++
		if stmt.If != nil {
			lines += 1 + lineCount(stmt.If.Body)
		}
		if r := stmt.Resolve; r != nil && (r.Headers != nil || r.AuthSchemes != nil || r.Properties != nil) {
			lines += 2 + len(r.Headers) + 3*len(r.AuthSchemes) + len(r.Properties)
		}
	}
	return lines
}

package plan

import (
	"example.com/lathe/internal/doctext"
	"strconv"
	"strings"
)

// The limits of a rendered function.
const (
	maxEndpointLines = 45 // of its body
	maxEndpointTests = 28 // conditions
	maxEndpointStmts = 16 // if statements take three lines at least
	maxEndpointDepth = 4  // nested blocks
	// maxEndpointWeight bounds the if statements, each counted with the blocks
	// that it stands in.
	maxEndpointWeight = 28
	// maxEndpointLead is how many lines may stand around an if statement whose
	// body becomes a function in place of the body around it.
	maxEndpointLead = 8
)

const endpointRoot = "resolveRules"

// endpointSplitter cuts compiled rules into functions of readable size.
type endpointSplitter struct {
	funcs []EndpointFunc
	names map[string]int // how often a name was asked for
	taken map[string]bool
}

// split makes a function of statements, and further ones of what is too much for
// it. Its place in the list is before those that it calls.
func (s *endpointSplitter) split(name, path string, body []EndpointStmt) EndpointCall {
	at := len(s.funcs)
	s.funcs = append(s.funcs, EndpointFunc{})
	if len(body) > maxEndpointStmts+1 {
		body = s.cut(name, path, body, maxEndpointStmts)
	}
	for s.shrink(body) {
	}
	if n := endpointCut(body); n > 0 {
		body = s.cut(name, path, body, n)
	}
	f := endpointFunc(name, path, body)
	s.funcs[at] = f
	return EndpointCall{Func: name, UsesParams: f.UsesParams, Args: f.Args}
}

// cut puts what follows the first n statements into a function.
func (s *endpointSplitter) cut(name, path string, body []EndpointStmt, n int) []EndpointStmt {
	rest := s.split(s.name(name), path, body[n:])
	return append(body[:n:n], EndpointStmt{Call: &rest})
}

// shrink puts one body into a function if the statements are too much, and says
// whether it did.
func (s *endpointSplitter) shrink(body []EndpointStmt) bool {
	if endpointSizeOf(body).fits() {
		return false
	}
	var biggest *EndpointIf
	most := endpointSize{}
	for _, stmt := range body {
		size := endpointSizeOf([]EndpointStmt{stmt})
		deeper := size.depth > maxEndpointDepth && size.depth > most.depth
		if stmt.If != nil && (deeper || most.depth <= maxEndpointDepth && size.lines > most.lines) && endpointTarget(stmt.If, 1) != nil {
			biggest, most = stmt.If, size
		}
	}
	if biggest == nil {
		return false
	}
	target := endpointTarget(biggest, 1)
	called := s.split(s.name(endpointRoot+target.label), target.path, target.Body)
	target.Body = []EndpointStmt{{Call: &called}}
	return true
}

// endpointTarget finds the body to put into a function in order to make a
// statement smaller: the statement's own, or where that does little but lead to
// another if statement the body of that. It gives nil when every body is short
// already. level is how deep the statement nests.
func endpointTarget(stmt *EndpointIf, level int) *EndpointIf {
	var own *EndpointIf
	if endpointEnds(stmt.Body) && len(stmt.Body) > 1 {
		own = stmt
	}
	if own != nil && level >= maxEndpointDepth-1 {
		return own
	}
	inner, around := largestEndpointIf(stmt.Body)
	if inner != nil && (own == nil || around <= maxEndpointLead) {
		if target := endpointTarget(inner, level+1); target != nil {
			return target
		}
	}
	return own
}

// largestEndpointIf finds the if statement with the longest body, and says how many
// lines stand around that body.
func largestEndpointIf(body []EndpointStmt) (largest *EndpointIf, around int) {
	most, total := -1, 0
	for _, s := range body {
		total += endpointLines([]EndpointStmt{s})
		if s.If != nil {
			if lines := endpointLines(s.If.Body); lines > most {
				largest, most = s.If, lines
			}
		}
	}
	return largest, total - most
}

// name makes a function's name unique by a number behind it.
func (s *endpointSplitter) name(base string) string {
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

// endpointFunc finds out what the statements take from outside.
func endpointFunc(name, path string, body []EndpointStmt) EndpointFunc {
	f := EndpointFunc{Name: name, Root: name == endpointRoot, Body: body}
	if f.Root {
		f.Doc = comment(doctext.Of(name + " applies the first rule of the service's model that holds."))
	} else {
		f.Doc = comment(doctext.Of(name + " applies " + path + " of the rule set."))
	}
	inner := map[string]bool{}
	endpointDefined(body, inner)
	seen := map[string]bool{}
	walkEndpoint(body, func(e *EndpointExpr) {
		switch e.Op {
		case EndpointParamValue, EndpointParamSet, EndpointParamOption:
			f.UsesParams = true
		case EndpointVarValue:
			if !inner[e.Name] && !seen[e.Name] {
				seen[e.Name] = true
				f.Args = append(f.Args, EndpointVar{e.Name, e.Kind})
			}
		}
	})
	return f
}

// endpointDefined collects the variables that statements define. Names are unique
// among those that are visible together, so that a name is either inner or outer.
func endpointDefined(body []EndpointStmt, names map[string]bool) {
	for _, stmt := range body {
		if stmt.Let != nil {
			names[stmt.Let.Var.Name] = true
		}
		if stmt.If != nil {
			if stmt.If.Init != nil {
				names[stmt.If.Init.Var.Name] = true
			}
			endpointDefined(stmt.If.Body, names)
		}
	}
}

// endpointCut says where the rest of a list that is too long becomes a function of
// its own; zero when there is no need or too little left.
func endpointCut(body []EndpointStmt) int {
	if endpointSizeOf(body).fits() {
		return 0
	}
	for i := 1; i+1 < len(body); i++ {
		size := endpointSizeOf(body[:i+1])
		size.lines++ // the call of the rest
		if !size.fits() {
			return i
		}
	}
	return 0
}

// endpointSize measures how hard statements are to read.
type endpointSize struct {
	lines, tests, depth, weight int
}

func (s endpointSize) fits() bool {
	return s.lines <= maxEndpointLines && s.tests <= maxEndpointTests && s.depth <= maxEndpointDepth && s.weight <= maxEndpointWeight
}

// endpointSizeOf measures the statements of a function.
func endpointSizeOf(body []EndpointStmt) endpointSize {
	size := endpointSize{lines: endpointLines(body)}
	size.add(body, 1)
	return size
}

// add counts all but the lines of statements that are nested so many blocks deep,
// the first being 1.
func (s *endpointSize) add(body []EndpointStmt, level int) {
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

// endpointLines estimates how many lines statements take.
func endpointLines(body []EndpointStmt) int {
	lines := 0
	for _, stmt := range body {
		lines++
		if stmt.If != nil {
			lines += 1 + endpointLines(stmt.If.Body)
		}
		if r := stmt.Resolve; r != nil && (r.Headers != nil || r.AuthSchemes != nil || r.Properties != nil) {
			lines += 2 + len(r.Headers) + 3*len(r.AuthSchemes) + len(r.Properties)
		}
	}
	return lines
}

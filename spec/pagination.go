package spec

import (
	"fmt"
	"slices"
	"strings"
)

// Paginate sets the operation's pagination, in the way of Smithy's own index: none
// where the tokens can't be used, and without the other paths that can't.
func (op *Operation) Paginate(p Pagination) {
	for _, problem := range p.Problems(op) {
		switch problem.Key {
		case "pageSize":
			p.PageSize = ""
		case "items":
			p.Items = ""
		case "moreResults":
			p.MoreResults = ""
		default:
			return
		}
	}
	op.Pagination = &p
}

// PathProblem is what is wrong with a path of a [Pagination].
type PathProblem struct {
	// Key names the path as Smithy's trait does: "inputToken".
	Key           string
	Message, Hint string
}

// Problems returns what is wrong with the paths for an operation, at most one problem a
// path. The tokens must be there. As in Smithy (https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait),
// inputs are members of the input itself, and the others may lie in structures of the
// output, and besides in the last element of a list ([LastOf]).
func (p *Pagination) Problems(op *Operation) []PathProblem {
	var problems []PathProblem
	for _, at := range [...]struct {
		key, path string
		shape     *Shape
		input     bool
		kinds     []Kind
		what      string
	}{
		{"inputToken", p.InputToken, op.Input, true, tokenKinds, "a string, a number or a map"},
		{"outputToken", p.OutputToken, op.Output, false, tokenKinds, "a string, a number or a map"},
		{"items", p.Items, op.Output, false, []Kind{List, Map}, "a list or a map"},
		{"pageSize", p.PageSize, op.Input, true, integers, "a whole number"},
		{"moreResults", p.MoreResults, op.Output, false, []Kind{Boolean}, "a boolean"},
	} {
		isToken := at.key == "inputToken" || at.key == "outputToken"
		if at.path == "" && !isToken {
			continue
		}
		m, message, hint := follow(op, at.shape, at.path)
		switch {
		case at.path == "":
			message, hint = at.key+" is missing", "name the member that carries it"
		case m == nil:
		case at.input && strings.Contains(at.path, "."):
			message, hint = at.path+" lies in a structure of the input", "name a member of the input itself"
		case !slices.Contains(at.kinds, m.Target.Kind):
			message = fmt.Sprintf("%s is %s, not %s", at.path, article(m.Target.Kind), at.what)
		case at.key == "outputToken":
			message = p.tokensDiffer(op, m)
		}
		if message != "" {
			problems = append(problems, PathProblem{Key: at.key, Message: message, Hint: hint})
		}
	}
	return problems
}

var (
	integers   = []Kind{Byte, Short, Integer, Long}
	tokenKinds = append([]Kind{String, Map}, integers...)
)

// tokensDiffer returns what is wrong where the token of a page is no token to ask with,
// and nothing otherwise.
func (p *Pagination) tokensDiffer(op *Operation, out *Member) string {
	in, _, _ := follow(op, op.Input, p.InputToken)
	switch {
	case in == nil, in.Target == out.Target:
		return ""
	case in.Target.Kind != out.Target.Kind:
		return fmt.Sprintf("%s is %s, but %s is %s", p.OutputToken, article(out.Target.Kind), p.InputToken,
			article(in.Target.Kind))
	case in.Target.Kind == Map && in.Target.Value.Target != out.Target.Value.Target:
		return fmt.Sprintf("%s and %s are maps of different shapes", p.OutputToken, p.InputToken)
	default:
		return ""
	}
}

// article is a kind as one says it in a sentence: "a string", "an enum".
func article(k Kind) string {
	if strings.ContainsRune("aeiou", rune(k.String()[0])) {
		return "an " + k.String()
	}
	return "a " + k.String()
}

// follow returns the member at a path, or nil and why there is none.
func follow(op *Operation, s *Shape, path string) (m *Member, message, hint string) {
	if strings.HasSuffix(path, LastOf) {
		return nil, path + " ends at an item", "name a member of the item"
	}
	for part := range strings.SplitSeq(path, ".") {
		name, last := strings.CutSuffix(part, LastOf)
		if s == nil {
			return nil, fmt.Sprintf("the operation has no member %q", name), ""
		}
		if m = s.Member(name); s.Kind != Structure {
			return nil, fmt.Sprintf("%s is no structure, so that %q leads nowhere", s.Name, name), ""
		} else if m == nil {
			what := s.Name
			if what == "" {
				what = op.Name
			}
			return nil, fmt.Sprintf("%s has no member %q", what, name), didYouMean(name, s)
		}
		if last && (m.Target.Kind != List || m.Target.Sparse) {
			return nil, name + " is no list of items that are all there", ""
		} else if last {
			m = m.Target.Element
		}
		s = m.Target
	}
	return m, "", ""
}

// LastOf stands behind the name of a list in a path, for its last element: the key of a
// page's last item may be the token of the next page.
const LastOf = "[-1]"

// maxSuggested bounds the names that are worth a suggestion, in bytes.
const maxSuggested = 100

// didYouMean is a hint that asks whether the nearest member was meant, or "".
func didYouMean(name string, s *Shape) string {
	if len(name) > maxSuggested {
		return ""
	}
	near := Nearest(name, func(yield func(string) bool) {
		for _, m := range s.Members {
			if !yield(m.Name) {
				return
			}
		}
	})
	return hintNear(near)
}

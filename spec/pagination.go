package spec

import "strings"

// Paginate sets the operation's pagination, in the way of Smithy's own index: it
// needs an input and an output in which the tokens are found, and the paths of
// items and page size that lead nowhere are left out.
func (op *Operation) Paginate(p Pagination) {
	if op.Input == nil || op.Output == nil || MemberAt(op.Input, p.InputToken) == nil || MemberAt(op.Output, p.OutputToken) == nil {
		return
	}
	if MemberAt(op.Input, p.PageSize) == nil {
		p.PageSize = ""
	}
	if MemberAt(op.Output, p.Items) == nil {
		p.Items = ""
	}
	if MemberAt(op.Output, p.MoreResults) == nil {
		p.MoreResults = ""
	}
	op.Pagination = &p
}

// MemberAt follows a path of member names with dots between them through
// structures, and returns the last member, or nil when there is none.
func MemberAt(s *Shape, path string) *Member {
	var m *Member
	for name := range strings.SplitSeq(path, ".") {
		if m = s.Member(name); m == nil {
			return nil
		}
		s = m.Target
	}
	return m
}

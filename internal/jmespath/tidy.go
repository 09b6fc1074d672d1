package jmespath

// tidy takes out what Go would refuse or nobody needs: variables that nothing reads,
// and statements that do nothing.
func (c *Code) tidy() {
	for {
		read := map[string]bool{}
		c.X.reads(read)
		for i := range c.Present {
			c.Present[i].reads(read)
		}
		reads(c.Stmts, read)
		if !clean(&c.Stmts, read) {
			return
		}
	}
}

// reads collects the variables that statements read.
func reads(stmts []*Stmt, into map[string]bool) {
	for _, s := range stmts {
		switch {
		case s.grows():
			s.X.Args[1].reads(into)
		case s.Kind != Do:
			s.X.reads(into)
		}
		if s.Init != nil {
			s.Init.reads(into)
		}
		reads(s.Body, into)
		reads(s.Else, into)
	}
}

// grows reports whether a statement appends to its own variable.
func (s *Stmt) grows() bool {
	return s.Kind == Assign && s.X.Op == Call && s.X.Name == "append" && s.X.Import == "" &&
		s.X.Args[0].Op == Var && s.X.Args[0].Name == s.Name
}

func (x *Expr) reads(into map[string]bool) {
	if x.Op == Var {
		into[x.Name] = true
	}
	for i := range x.Args {
		x.Args[i].reads(into)
	}
}

// clean drops statements without use and reports whether it did.
func clean(stmts *[]*Stmt, read map[string]bool) bool {
	changed := false
	kept := (*stmts)[:0:0]
	for _, s := range *stmts {
		changed = clean(&s.Body, read) || changed
		changed = clean(&s.Else, read) || changed
		if s.useless(read) {
			changed = true
			continue
		}
		kept = append(kept, s)
	}
	*stmts = kept
	return changed
}

// useless reports whether a statement does nothing, and drops the variables of loops
// that are not read.
func (s *Stmt) useless(read map[string]bool) bool {
	switch s.Kind {
	case Do:
		return !read[s.X.Args[0].Name]
	case Declare, Assign:
		return !read[s.Name]
	case Define:
		return !read[s.Name] && (s.Second == "" || !read[s.Second])
	case Range:
		if s.Second != "" && !read[s.Second] {
			s.Second = ""
		}
		if s.Second == "" && !read[s.Name] {
			s.Name = ""
		}
		return len(s.Body) == 0
	case If:
		if s.Init != nil && s.Name != "_" && !read[s.Name] {
			s.Name = "_"
		}
		return len(s.Body) == 0 && len(s.Else) == 0
	default:
		return len(s.Body) == 0
	}
}

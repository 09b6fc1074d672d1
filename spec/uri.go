package spec

import (
	"errors"
	"fmt"
	"strings"
)

// URI is the pattern of an operation's path and its constant query, in the
// syntax of smithy.api#http: "/a/{label}/{greedy+}?key=value&flag".
type URI struct {
	// Source is the pattern as it was written.
	Source string
	// Path alternates as the pattern does: literal text between labels. It
	// starts with a literal that begins with a slash.
	Path []URIPart
	// Query are the constant query parameters in order.
	Query []QueryLiteral
}

// URIPart is either literal text or a label.
type URIPart struct {
	// Literal is the text, slashes included, as it stands in the URI; empty
	// for a label.
	Literal string
	// Label names the member; empty for a literal.
	Label string
	// Greedy labels keep their slashes.
	Greedy bool
}

// QueryLiteral is a constant query parameter.
type QueryLiteral struct {
	Key, Value string
}

// Labels are the names of the path's labels, in order.
func (u URI) Labels() []string {
	var names []string
	for _, p := range u.Path {
		if p.Label != "" {
			names = append(names, p.Label)
		}
	}
	return names
}

// ParseURI reads a pattern. The error says what is wrong without naming the
// pattern.
func ParseURI(s string) (URI, error) {
	u := URI{Source: s}
	path, query, hasQuery := strings.Cut(s, "?")
	if !strings.HasPrefix(path, "/") {
		return u, errors.New("a path must begin with a slash")
	}
	if strings.Contains(s, "#") {
		return u, errors.New("a path must not have a fragment")
	}
	var err error
	if u.Path, err = parsePath(path); err != nil {
		return u, err
	}
	if hasQuery {
		for pair := range strings.SplitSeq(query, "&") {
			if strings.ContainsAny(pair, "{}") {
				return u, errors.New("a label stands in the query; bind the member with a query parameter instead")
			}
			if key, value, _ := strings.Cut(pair, "="); key != "" {
				u.Query = append(u.Query, QueryLiteral{key, value})
			}
		}
	}
	return u, nil
}

func parsePath(path string) ([]URIPart, error) {
	var parts []URIPart
	seen := map[string]bool{}
	for path != "" {
		open := strings.IndexByte(path, '{')
		if open < 0 {
			open = len(path)
		}
		if strings.IndexByte(path[:open], '}') >= 0 {
			return nil, errors.New("a label is closed that was never opened")
		}
		if open > 0 {
			parts = append(parts, URIPart{Literal: path[:open]})
		}
		if open == len(path) {
			break
		}
		end := strings.IndexByte(path[open:], '}')
		if end < 0 {
			return nil, fmt.Errorf("label %q is never closed", path[open:])
		}
		name, greedy := strings.CutSuffix(path[open+1:open+end], "+")
		switch {
		case name == "" || strings.ContainsAny(name, "{/"):
			return nil, fmt.Errorf("%q is not a label", path[open:open+end+1])
		case seen[name]:
			return nil, fmt.Errorf("label %q stands twice", name)
		case open == 0:
			return nil, fmt.Errorf("label %q follows another without text between them", name)
		}
		seen[name] = true
		parts = append(parts, URIPart{Label: name, Greedy: greedy})
		path = path[open+end+1:]
	}
	return parts, nil
}

package rest

import "strings"

// LastSegment returns what follows the last slash of a path, for services that name things
// by paths and ask for them without; nil for nil.
func LastSegment(path *string) *string {
	if path == nil {
		return nil
	}
	segment := (*path)[strings.LastIndexByte(*path, '/')+1:]
	return &segment
}

package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// problemsOf returns what an error of any stage says as problems with a file and,
// where it is known, a place; none for nil. Nothing is said twice.
func problemsOf(err error) spec.Problems {
	var all spec.Problems
	for _, p := range collect(err) {
		p.Pos.File = paths.Show(p.Pos.File)
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

func collect(err error) spec.Problems {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all spec.Problems
		for _, e := range joined.Unwrap() {
			all = append(all, collect(e)...)
		}
		return all
	}
	var ofSpec spec.Problems
	var ofFormat *emit.FormatError
	var ofPath *fs.PathError
	switch {
	case errors.As(err, &ofSpec):
		return ofSpec
	case errors.As(err, &ofFormat):
		return spec.Problems{{Message: err.Error(), Hint: "this is a fault of Lathe: please report it with the spec"}}
	case errors.As(err, &ofPath):
		return spec.Problems{pathProblem(err, ofPath)}
	default:
		return spec.Problems{{Message: err.Error()}}
	}
}

// pathProblem puts the file's name where that of every problem stands.
func pathProblem(err error, at *fs.PathError) spec.Problem {
	message := strings.Replace(err.Error(), at.Error(), at.Err.Error(), 1)
	if err.Error() == at.Error() {
		message = "cannot " + at.Op + ": " + at.Err.Error()
	}
	return spec.Problem{Pos: spec.Pos{File: at.Path}, Message: message}
}

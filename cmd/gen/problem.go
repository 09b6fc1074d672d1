package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// problemsOf returns what an error of any stage says as problems with a file and,
// where it is known, a place; none for nil. Nothing is said twice.
func problemsOf(err error) spec.Problems {
	var all spec.Problems
	seen := map[spec.Problem]bool{}
	for _, p := range collect(err) {
		p.Pos.File = paths.Show(p.Pos.File)
		if !seen[p] {
			all = append(all, p)
		}
		seen[p] = true
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

type problemReport struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Pointer string `json:"pointer"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// doneReport is what any command says when it fails, and one that has nothing to say when it
// does not.
type doneReport struct {
	OK       bool            `json:"ok"`
	Problems []problemReport `json:"problems"`
}

// fail prints what an error says, and returns the exit code.
func (a *app) fail(err error) int {
	if errors.Is(err, errDrift) {
		return exitDrift
	}
	problems := problemsOf(err)
	if a.flags.json {
		if printJSON(a.stdout, doneReport{Problems: problemReports(problems)}) == nil {
			return exitFailed
		}
	}
	problems = problems.Fold()
	var text strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&text, p.Error())
	}
	if _, isUsage := errors.AsType[usage](err); !isUsage {
		fmt.Fprintln(&text, plural.Of(len(problems), "problem")+a.written(err))
	}
	a.warn(text.String())
	return exitFailed
}

// written says what a failed run left on disk.
func (a *app) written(err error) string {
	var partial *emit.PartialError
	switch {
	case a.reads:
		return ""
	case errors.As(err, &partial):
		return "; some files were written"
	default:
		return "; nothing written"
	}
}

func problemReports(ps spec.Problems) []problemReport {
	reports := make([]problemReport, len(ps))
	for i, p := range ps {
		reports[i] = problemReport{
			File: filepath.ToSlash(p.Pos.File), Line: p.Pos.Line, Column: p.Pos.Column,
			Pointer: p.Pos.Pointer, Message: p.Message, Hint: p.Hint,
		}
	}
	return reports
}

// text is the problem as it is printed.
func (p problemReport) text() string {
	pos := spec.Pos{File: filepath.FromSlash(p.File), Line: p.Line, Column: p.Column, Pointer: p.Pointer}
	return spec.Problem{Pos: pos, Message: p.Message, Hint: p.Hint}.Error()
}

// printJSON prints one object. Text is left as it is: it is not meant for HTML.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

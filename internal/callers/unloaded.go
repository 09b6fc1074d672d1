package callers

import (
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/spec"
)

// NotLoaded is what a package that the go command can't find means where the program needs it.
const NotLoaded = "the program can't be loaded"

// Unloaded are the problems that the go command has with a package, at the imports that lead
// to it. Where it proposes a command, that is the hint. The text is what it means.
func Unloaded(p *packages.Package, text string) spec.Problems {
	var problems spec.Problems
	for _, e := range p.Errors {
		message, hint := said(e.Msg)
		problems.Add(positionOf(e.Pos, p.PkgPath), hint, "%s: %s", text, message)
	}
	return problems
}

// said takes what the go command says apart. What go.sum lacks is one problem with one
// remedy, of which it speaks at each import in other words.
func said(text string) (message, hint string) {
	if strings.Contains(text, "missing go.sum entry") {
		return "go.sum has no entry for what is imported", `run "go mod tidy" first`
	}
	message, command, isProposed := strings.Cut(text, "; to ")
	if !isProposed {
		return strings.TrimSpace(text), `"go vet ./..." reports the same; fix it there first`
	}
	return strings.TrimSpace(message), "to " + strings.Join(strings.Fields(command), " ")
}

// positionOf reads "file:line:column", of which the go command may know less; nothing of it
// is the package.
func positionOf(text, pkgPath string) spec.Pos {
	var numbers []int
	for len(numbers) < 2 {
		at := strings.LastIndexByte(text, ':')
		if at < 0 {
			break
		}
		n, err := strconv.Atoi(text[at+1:])
		if err != nil {
			break
		}
		text, numbers = text[:at], append([]int{n}, numbers...)
	}
	if text == "" || text == "-" {
		return spec.Pos{File: pkgPath}
	}
	pos := spec.Pos{File: text}
	if len(numbers) > 0 {
		pos.Line = numbers[0]
	}
	if len(numbers) > 1 {
		pos.Column = numbers[1]
	}
	return pos
}

// Failed is what the go command says when it loads nothing at all, without what package
// packages puts around it.
func Failed(err error) spec.Problem {
	text := err.Error()
	if _, said, ok := strings.Cut(text, "stderr: "); ok {
		text = said
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return spec.Problem{
		Message: NotLoaded + ": " + strings.Join(lines, " "), Hint: `"go vet ./..." reports the same; fix it there first`,
	}
}

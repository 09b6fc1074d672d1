package templates

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
	"example.com/lathe/runtime"
)

// renderDoc writes doc.go of the client package.
func renderDoc(p *plan.Package) *jen.File {
	f := clientFile(p)
	packageComment(f, slices.Concat(p.Service.Doc, requirements(p)))
	return f
}

// requirements says what a client needs, and what it does not do.
func requirements(p *plan.Package) []string {
	lines := []string{
		"",
		"# Requirements",
		"",
		"The package needs Go " + runtime.MinGo + ", github.com/aws/aws-sdk-go-v2 " + runtime.MinCore + " and",
		"github.com/aws/smithy-go " + runtime.MinSmithy + ", or newer ones.",
	}
	if p.Needs.Events {
		lines = append(lines, "Its event streams need "+gocode.EventStream+" "+runtime.MinEventStream+".")
	}
	if p.Lean {
		lines = append(lines,
			"",
			"It was generated without middleware and interceptors: with APIOptions or Interceptors",
			"in the aws.Config, or an endpoint resolver of the first kind, every call returns an",
			"error that says so.",
		)
	}
	return lines
}

func packageComment(f *jen.File, lines []string) {
	for _, line := range lines {
		f.PackageComment(gocode.CommentLine(line))
	}
}

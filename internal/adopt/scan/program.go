// Package scan finds what a program uses of the AWS SDK.
//
// It compiles nothing. The go command says which packages there are; what they declare
// is type-checked from source, and the bodies of functions only where they can reach a
// client of a service.
package scan

import (
	"runtime"

	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// Options say what is looked at.
type Options struct {
	// Dir is the folder that the patterns are relative to.
	Dir string
	// Patterns name packages as the go command does; without any it is "./...".
	Patterns []string
	// Flags are passed to the go command, such as "-modfile=FILE".
	Flags []string
	// Builds are what the program is built as. What any of them uses is used. Without
	// any it is the build of this machine.
	Builds []Build
	// Keep are operations that count as used, as "service.Operation".
	Keep []string
}

// Build is a platform and the tags to build with.
type Build struct {
	GOOS, GOARCH string
	Tags         []string
}

// Host is the build of this machine.
func Host() Build { return Build{GOOS: runtime.GOOS, GOARCH: runtime.GOARCH} }

// Program is what a program uses of the SDK.
type Program struct {
	// Module is the path of the program's module.
	Module string
	// Services are in the order of their import paths.
	Services []Service
	// Missing are names that the program uses and that a service does not have.
	Missing []Missing
	// Warnings are places where more may be used than was found: through reflection, or
	// in files of builds that were not looked at.
	Warnings spec.Problems
}

// Service is what a program uses of one service.
type Service struct {
	// ImportPath is the official one, and Package its last element.
	ImportPath string
	Package    string
	// Module and Version are the module that has it, as the program selects it, and Dir
	// is the package's folder on disk.
	Module  string
	Version string
	Dir     string
	// ServiceID and APIVersion are the constants of the package; older ones have none.
	ServiceID  string
	APIVersion string
	// Operations are those that are used, by name, and Total is how many there are.
	Operations []Operation
	Total      int
	// Paginators and Waiters that are named, without prefix and suffix, and Presigned
	// operations.
	Paginators []string
	Waiters    []string
	Presigned  []string
	// Pages are how those paginators go on, as far as their source shows it.
	Pages []Pages
	// Names are the objects that the program names, in order.
	Names []Name
	// Lines are the places by objects, as gen diff weighs changes by them: those of
	// [callers.Any] and of calls through interfaces among them.
	Lines callers.Uses
}

// Operation is an operation and what uses it.
type Operation struct {
	Name string
	Uses []Use
}

// Use is a place that uses an operation.
type Use struct {
	Pos spec.Pos
	How How
}

// How says by what an operation is used.
type How string

// What uses an operation.
const (
	Called      How = "call"
	MethodValue How = "method value"
	MethodExpr  How = "method expression"
	// Interface: the client becomes a value of an interface that has the operation.
	Interface How = "interface"
	// Constraint: the client is a type argument, and the constraint has the operation.
	Constraint How = "constraint"
	Paginated  How = "paginator"
	Waited     How = "waiter"
	Presigned  How = "presign"
	// APIClient: the interface of the service that has just this operation is named.
	APIClient How = "API client"
	// Shape: the operation's input or output is named.
	Shape How = "input or output"
	// ByName: reflection gets the method by a name that is constant.
	ByName How = "by name"
	// Kept: a comment or an option says so.
	Kept How = "kept"
)

// Name is an object of a service and where the program names it. Object is what callers
// write: "New", "Options.Region", "GetItemOutput.Item", "(*Client).GetItem",
// "types.StatusNew". Of a field Type is its type, as the service's package writes it; of a
// constant Constant is what it is, where that is a value of an enum.
type Name struct {
	Object   string
	Uses     []spec.Pos
	Type     string
	Constant callers.Constant
}

// Missing is a name that a service does not have, with the service's import path.
type Missing struct {
	ImportPath string
	Object     string
	Pos        spec.Pos
}

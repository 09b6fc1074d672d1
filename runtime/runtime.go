// Package runtime holds the packages that Lathe copies into the clients that need
// them. They are ordinary Go, compiled and tested where they stand.
package runtime

import "embed"

// Home is the import path of the runtime packages here; in a client they live
// below its own.
const Home = "example.com/lathe/runtime/"

// Sources are the packages as they stand in this repository, a folder each.
//
//go:embed */*.go
var Sources embed.FS

// Packages are the names of the packages that clients import.
func Packages() []string {
	entries, err := Sources.ReadDir(".")
	if err != nil {
		panic(err) // never: the folder is embedded
	}
	var names []string
	for _, e := range entries {
		if e.Name() != "client" {
			names = append(names, e.Name())
		}
	}
	return names
}

// The oldest versions that clients compile and work with. Each emitted doc.go states
// them, TestFloor compiles with them, and interop runs its scenarios at them.
const (
	// MinCore is that of the SDK's core, github.com/aws/aws-sdk-go-v2: the first whose
	// aws.Config has AuthSchemePreference and ServiceOptions.
	MinCore = "v1.38.0"
	// MinSmithy is that of github.com/aws/smithy-go: what MinCore requires.
	MinSmithy = "v1.22.5"
	// MinEventStream is that of github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream, which
	// only clients with event streams need: one without limits on the length of messages.
	MinEventStream = "v1.6.10"
	// MinGo is that of Go, in the form of go.mod's go line: the first with iterators over
	// maps and their keys.
	MinGo = "1.23"
)

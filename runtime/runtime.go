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

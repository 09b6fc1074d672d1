package conformance

import "embed"

// Harness holds the source files of package harness, to be copied beside the
// clients under test.
//
//go:embed harness
var Harness embed.FS

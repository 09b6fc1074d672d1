package adopt

import (
	"testing"

	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/spec"
)

// Of a module's packages one command and one that others can import are named.
func TestPackagesOf(t *testing.T) {
	command, library := packagesOf("p example.com/m/internal/p\nmain example.com/m/cmd/a\nmain example.com/m\ninternal example.com/m/internal\nq example.com/m/q\n", "example.com/m")
	if command != "example.com/m/cmd/a" || library != "example.com/m/q" {
		t.Errorf("got %q and %q", command, library)
	}
	if command, library := packagesOf("p example.com/internal/m\n", "example.com/internal/m"); command != "" || library != "example.com/internal/m" {
		t.Errorf("got %q and %q", command, library)
	}
}

// Where a method is named is found by what it is called in a client.
func TestServiceOf(t *testing.T) {
	svc := serviceOf(scan.Service{Names: []scan.Name{{Object: "(*Client).Invoke", Uses: []spec.Pos{{File: "main.go", Line: 3}}}}})
	if at := svc.Names["Client.Invoke"]; len(at) != 1 || at[0].Line != 3 {
		t.Errorf("the method is named in %v", svc.Names)
	}
}

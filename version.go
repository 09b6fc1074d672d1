package lathe

import (
	_ "embed" // go.mod
	"slices"

	"golang.org/x/mod/modfile"
)

// Version is a module and a version of it.
type Version struct{ Module, Version string }

//go:embed go.mod
var goMod []byte

// Newest are the versions of the SDK's core and of smithy-go that clients are tested
// with, beside the oldest ones that they state themselves.
func Newest() []Version {
	mod, err := modfile.ParseLax("go.mod", goMod, nil)
	if err != nil {
		panic(err) // it was built with it
	}
	var all []Version
	for _, require := range mod.Require {
		if slices.Contains([]string{"github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go"}, require.Mod.Path) {
			all = append(all, Version{require.Mod.Path, require.Mod.Version})
		}
	}
	return all
}

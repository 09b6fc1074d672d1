package lathe

import (
	_ "embed" // go.mod
	"slices"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

//go:embed go.mod
var goMod []byte

// Newest are the versions of the SDK's core and of smithy-go that clients are tested
// with, beside the oldest ones that they state themselves.
func Newest() []module.Version {
	mod, err := modfile.ParseLax("go.mod", goMod, nil)
	if err != nil {
		panic(err) // it was built with it
	}
	var all []module.Version
	for _, require := range mod.Require {
		if slices.Contains([]string{"github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go"}, require.Mod.Path) {
			all = append(all, require.Mod)
		}
	}
	return all
}

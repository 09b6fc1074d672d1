package interop

import (
	"flag"
	"reflect"
	"strings"
	"testing"

	"example.com/lathe/interop/compare"
	"example.com/lathe/interop/fuzz"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
)

var (
	scripts = flag.Int("scripts", 2000, "how many random scenarios are run")
	seed    = flag.Uint64("seed", 1, "the seed of the first one; those of the others follow")
)

// TestFuzz runs random scenarios. What differs is to be fixed, or has a row.
func TestFuzz(t *testing.T) {
	if atFloor() {
		t.Skip("the SDK has changed since in what scenarios do")
	}
	ours := ourClient()
	clients := fuzz.Clients{
		Operation: fuzz.Operation{
			Output: reflect.TypeFor[official.GetDataSourceRunOutput](), Key: lowerFirst,
			Errors: []string{"AccessDeniedException", "InternalServerException", "ResourceNotFoundException", "ThrottlingException", "UnauthorizedException", "ValidationException"},
		},
		Official: officialClient(), Flat: ours, Hooked: compare.Hooked(ours),
	}
	clients.Run(t, *seed, *scripts)
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }

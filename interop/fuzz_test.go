package interop

import (
	"reflect"
	"testing"

	"example.com/lathe/interop/compare"
	"example.com/lathe/interop/fuzz"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
)

// TestFuzz runs random scenarios. What differs is to be fixed, or has a row.
func TestFuzz(t *testing.T) {
	if atFloor() {
		t.Skip("the SDK has changed since in what scenarios do")
	}
	ours := ourClient()
	clients := fuzz.Clients{
		Operation: fuzz.Operation{
			Output: reflect.TypeFor[official.GetDataSourceRunOutput](), Key: fuzz.LowerFirst,
			Errors: []string{"AccessDeniedException", "InternalServerException", "ResourceNotFoundException", "ThrottlingException", "UnauthorizedException", "ValidationException"},
		},
		Official: officialClient(), Flat: ours, Hooked: compare.Hooked(ours),
	}
	clients.Run(t, *fuzz.Seed, *fuzz.Scripts)
}

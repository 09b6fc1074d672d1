package smithy_test

import (
	"fmt"
	"slices"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// TestServiceAuth: the schemes of a service are those that its traits define, in the order of
// their ids unless it lists them, and also those that clients have no signer for: such a client
// must not be one that signs nothing.
func TestServiceAuth(t *testing.T) {
	const sigv4 = `"aws.auth#sigv4": {"name": "s"}`
	for traits, want := range map[string][]spec.AuthScheme{
		sigv4 + `, "smithy.api#httpBearerAuth": {}, "a.b#own": {}`: {"a.b#own", spec.SigV4, spec.HTTPBearer},
		`"smithy.api#httpApiKeyAuth": {}, "aws.auth#cognitoUserPools": {}`: {
			"aws.auth#cognitoUserPools", "smithy.api#httpApiKeyAuth"},
		`"a.b#other": {}`: nil,
		sigv4 + `, "smithy.api#httpBearerAuth": {}, "smithy.api#auth": ["smithy.api#httpBearerAuth"]`: {spec.HTTPBearer},
	} {
		model := fmt.Sprintf(`{"smithy": "2.0", "shapes": {
			"a.b#S": {"type": "service", "version": "1", "traits": {"aws.protocols#awsJson1_0": {}, %s}},
			"a.b#own": {"type": "structure", "members": {}, "traits": {"smithy.api#trait": {}, "smithy.api#authDefinition": {}}},
			"a.b#other": {"type": "structure", "members": {}, "traits": {"smithy.api#trait": {}}}
		}}`, traits)
		api, err := smithy.Load("m.json", []byte(model), smithy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(api.Auth, want) {
			t.Errorf("%s: got %v, want %v", traits, api.Auth, want)
		}
	}
}

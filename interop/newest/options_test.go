// Package newest compares the options of a generated client with those of the newest
// official packages, which have some that older ones do not have.
package newest

import (
	"slices"
	"strings"
	"testing"

	"example.com/lathe/interop/goapi"
	_ "github.com/aws/aws-sdk-go-v2/service/eks" // which keeps it in go.mod
)

const (
	officialPath = "github.com/aws/aws-sdk-go-v2/service/eks"
	ourPath      = "example.com/lathe/generated/datazone"
)

// shared are the exported names that do not depend on a service's operations.
func shared() []string {
	return []string{
		"AuthResolverParameters", "AuthSchemeResolver", "EndpointResolver", "EndpointResolverFromURL", "EndpointResolverFunc",
		"EndpointResolverOptions", "EndpointResolverV2", "HTTPClient", "HTTPSignerV4", "IdempotencyTokenProvider",
		"NewDefaultEndpointResolverV2", "NewFromConfig", "Options", "ResolveEndpoint", "WithAPIOptions", "WithEndpointResolver",
		"WithEndpointResolverV2", "WithSigV4SigningName", "WithSigV4SigningRegion",
	}
}

// missing are the options that clients do not have, and why.
func missing() map[string]string {
	return map[string]string{
		"Options.Protocol": "the protocol is compiled in",
	}
}

// TestOptions compares the fields and methods of what all services share. A client has
// every option but those that the table names, and none of its own.
func TestOptions(t *testing.T) {
	all, err := goapi.Load(officialPath, ourPath)
	if err != nil {
		t.Fatal(err)
	}
	known := missing()
	for _, d := range goapi.Compare(all[0], all[1]) {
		name, _, _ := strings.Cut(d.Name, ".")
		d.Official = strings.ReplaceAll(d.Official, all[0].Name()+".", all[1].Name()+".")
		switch {
		case !slices.Contains(shared(), name) || d.Official == d.Ours:
		case d.Ours == "" && known[d.Name] != "":
			delete(known, d.Name)
		case d.Name == "EndpointResolverOptions" && d.Official == "alias struct": // of an internal type
		default:
			t.Errorf("%s differs: official %q, ours %q", d.Name, d.Official, d.Ours)
		}
	}
	for name := range known {
		t.Errorf("the row %s does not hold", name)
	}
	for _, name := range shared() {
		if all[0].Scope().Lookup(name) == nil || all[1].Scope().Lookup(name) == nil {
			t.Errorf("not both packages have %s", name)
		}
	}
}

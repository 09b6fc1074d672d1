package endpointrules

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestPartitionOf(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-1": "aws", "mx-central-1": "aws", "us-new-9": "aws", "aws-global": "aws", "cn-north-1": "aws-cn", "aws-cn-global": "aws-cn",
		"eusc-de-east-1": "aws-eusc", "eusc-fr-east-1": "aws", "us-iso-east-1": "aws-iso", "us-isob-east-1": "aws-iso-b", "eu-isoe-west-1": "aws-iso-e",
		"us-isof-south-1": "aws-iso-f", "us-gov-west-1": "aws-us-gov", "aws-us-gov-global": "aws-us-gov",
		"": "aws", "nowhere": "aws", "cn-": "aws", "cn-x": "aws", "cn-x-": "aws", "cn-x-1-2": "aws", "cn-x_9-12": "aws-cn", "cn-é-1": "aws", "CN-north-1": "aws", "cn-north-1a": "aws",
	} {
		if got := PartitionOf(region).Name; got != want {
			t.Errorf("PartitionOf(%q) is %s, want %s", region, got, want)
		}
	}
}

// published is the table of partitions that AWS publishes.
type published struct {
	Partitions []struct {
		ID          string
		RegionRegex string
		Regions     map[string]map[string]any
		Outputs     struct {
			Name, DNSSuffix, DualStackDNSSuffix, ImplicitGlobalRegion string
			SupportsFIPS, SupportsDualStack                           bool
		}
	}
}

func readPublished(t *testing.T) published {
	t.Helper()
	data, err := os.ReadFile("../../../../shared/models/partitions.json")
	if err != nil {
		t.Skip("skipped: the published partitions are not at ../shared/models/partitions.json")
	}
	var p published
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPartitionsArePublished compares our table with the published one: every
// fact, every region, and what the patterns say of made-up regions.
func TestPartitionsArePublished(t *testing.T) {
	p := readPublished(t)
	if len(p.Partitions) != len(partitions) {
		t.Errorf("%d partitions, want %d", len(partitions), len(p.Partitions))
	}
	patterns := make([]*regexp.Regexp, len(p.Partitions))
	for i, want := range p.Partitions {
		patterns[i] = regexp.MustCompile(want.RegionRegex)
		o := want.Outputs
		facts := Partition{o.Name, o.DNSSuffix, o.DualStackDNSSuffix, o.ImplicitGlobalRegion, o.SupportsFIPS, o.SupportsDualStack}
		if got := partitions[i].Partition; got != facts || want.ID != o.Name {
			t.Errorf("partition %s is %+v, want %+v", want.ID, got, facts)
		}
		for region, facts := range want.Regions {
			if got := PartitionOf(region).Name; got != want.ID {
				t.Errorf("region %s is in %s, want %s", region, got, want.ID)
			}
			delete(facts, "description")
			if len(facts) > 0 {
				t.Errorf("region %s has facts of its own, which PartitionOf can't give: %v", region, facts)
			}
		}
	}
	for range 20000 {
		region := madeUpRegion()
		want := "aws"
		for i, pattern := range slices.Backward(patterns) {
			if _, listed := p.Partitions[i].Regions[region]; listed || pattern.MatchString(region) {
				want = p.Partitions[i].ID
			}
		}
		if got := PartitionOf(region).Name; got != want {
			t.Errorf("region %q is in %s, want %s", region, got, want)
		}
	}
}

func madeUpRegion() string {
	parts := []string{"us", "eu", "cn", "gov", "iso", "isob", "isoe", "isof", "eusc", "de", "east", "1", "22", "-", "_", "x", "aws", "global", "", " "}
	words := make([]string, 1+rand.IntN(5))
	for i := range words {
		words[i] = parts[rand.IntN(len(parts))]
	}
	return strings.Join(words, "-")
}

func BenchmarkPartitionOf(b *testing.B) {
	for b.Loop() {
		if PartitionOf("us-gov-west-1").Name != "aws-us-gov" {
			b.Fatal("wrong partition")
		}
	}
}

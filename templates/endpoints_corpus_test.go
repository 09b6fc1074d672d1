package templates

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

const publishedModels = "../../shared/models/smithy"

// TestEndpointCorpus compiles the endpoint rules of every published service and
// runs all their published test cases against the result.
//
// The models are of April 2025. Since then the isolated partitions have got
// dual-stack endpoints, which the cases can't know. So the cases run twice: with
// the partitions of the models' date all must pass, and with those that clients
// get all must that are not about isolated regions.
func TestEndpointCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: the endpoint corpus takes a minute, and -short is set")
	}
	files, err := filepath.Glob(filepath.Join(publishedModels, "*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the published models are not at ../shared/models")
	}
	c := newCorpus(t)
	for _, file := range files {
		c.addModel(file)
	}
	c.addRunner()
	c.agePartitions()
	if len(c.cases) < 195 || c.total < 7829 {
		t.Errorf("found %d services with %d cases, want at least 195 and 7829", len(c.cases), c.total)
	}
	t.Run("partitions of today", func(t *testing.T) {
		failed := c.run(t)
		for _, name := range failed {
			if !c.isolated[name] {
				t.Errorf("%s fails", name)
			}
		}
		t.Logf("%d services: %d cases pass, %d expect isolated regions to be as they were", len(c.cases), c.total-len(failed), len(failed))
	})
	t.Run("partitions of the models", func(t *testing.T) {
		for _, name := range c.run(t, agedPartitions+"=1") {
			t.Errorf("%s fails", name)
		}
		t.Logf("%d services: %d cases", len(c.cases), c.total)
	})
}

// BenchmarkEndpointDataZone measures how DataZone's endpoint is found, when it is
// known already and when it is not: it runs the benchmarks of testdata in the
// emitted package and shows what they print.
func BenchmarkEndpointDataZone(b *testing.B) {
	const file = "../../shared/models/c2j/datazone/2018-05-10/endpoint-rule-set-1.json"
	if _, err := os.Stat(file); err != nil {
		b.Skip("skipped: the published models are not at ../shared/models")
	}
	set, problems, _ := rules.Parse(asTree(b, readFile(b, file)), tree.Value.Pos)
	if err := problems.Err(); err != nil {
		b.Fatal(err)
	}
	c := newCorpus(b)
	c.add(&spec.API{Name: "DataZone", ID: "DataZone", Endpoint: set}, "datazone", nil)
	c.write("datazone/bench_test.go", readFile(b, "testdata/endpoints/bench_test.go"))
	out, err := c.command("test", "-run", "^$", "-bench", ".", "-benchmem", "./datazone")
	b.Logf("%s", out)
	if err != nil {
		b.Error(err)
	}
}

// endpointTraits are what the corpus takes from a model.
type endpointTraits struct {
	Rules         json.RawMessage           `json:"smithy.rules#endpointRuleSet"`
	Tests         json.RawMessage           `json:"smithy.rules#endpointTests"`
	ClientContext map[string]map[string]any `json:"smithy.rules#clientContextParams"`
	Service       struct{ SDKID string }    `json:"aws.api#service"`
}

func (c *corpus) addModel(file string) {
	var model struct {
		Shapes map[string]struct {
			Type   string
			Traits json.RawMessage
		}
	}
	if err := json.Unmarshal(readFile(c.t, file), &model); err != nil {
		c.t.Fatal(err)
	}
	for _, shape := range model.Shapes {
		if shape.Type != "service" {
			continue
		}
		var traits endpointTraits
		if err := json.Unmarshal(shape.Traits, &traits); err != nil {
			c.t.Fatal(err)
		}
		if traits.Rules != nil {
			c.addService(file, traits)
		}
	}
}

func (c *corpus) addService(file string, traits endpointTraits) {
	name := packageOf(filepath.Base(file))
	set, problems, _ := rules.Parse(asTree(c.t, traits.Rules), tree.Value.Pos)
	tests, more := rules.ParseTests(asTree(c.t, traits.Tests), tree.Value.Pos)
	if err := append(problems, more...).Err(); err != nil {
		c.t.Fatal(err)
	}
	for i, param := range set.Parameters {
		_, set.Parameters[i].Client = traits.ClientContext[param.Name]
	}
	c.add(&spec.API{Name: name, ID: traits.Service.SDKID, Endpoint: set}, name, tests)
	for i, test := range tests {
		region, _ := test.Params["Region"].(string)
		if strings.Contains(region, "-iso") {
			c.isolated[fmt.Sprintf("%s[%d]", name, i)] = true
		}
	}
}

func packageOf(file string) string {
	return "s" + strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.TrimSuffix(file, ".json"))
}

// agedPartitions is the variable of the environment with which the corpus's program has the
// partitions of April 2025.
const agedPartitions = "AGED_PARTITIONS"

// aged is what brings them about, as a file of package endpointrules.
const aged = `package endpointrules

import (
	"os"
	"strings"
)

func init() {
	for i := range partitions {
		if p := &partitions[i].Partition; strings.HasPrefix(p.Name, "aws-iso") && os.Getenv("` + agedPartitions + `") != "" {
			p.DualStackDNSSuffix, p.SupportsDualStack = p.DNSSuffix, false
		}
	}
}
`

// agePartitions adds them to the runtime, so that nothing is compiled twice.
func (c *corpus) agePartitions() {
	c.write("aged/aged.go.txt", []byte(aged))
	visible, err := filepath.Abs("../runtime/endpointrules/aged.go")
	if err != nil {
		c.t.Fatal(err)
	}
	c.overlay[visible] = filepath.Join(c.dir, "aged", "aged.go.txt")
}

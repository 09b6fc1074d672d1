package lathe_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// TestCompareClients changes the options of a client whose model stays as it is.
func TestCompareClients(t *testing.T) {
	plain, err := lathe.ClientOf(lathe.Config{Spec: "spec/datazone.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	lean, presigning, module := plain, plain, plain
	lean.Lean, presigning.Presign, module.Module = true, []string{"GetDataSourceRun"}, "example.com/other@v1.2.3"
	both := lean
	both.Presign = presigning.Presign
	newer := module
	newer.Module = "example.com/other@v1.3.0"
	for name, c := range map[string]struct {
		before, after lathe.Client
		severity      rules.Severity
		text          string // of the first change, empty for none
		object        string // of its Go changes, empty for none
	}{
		"nothing":                 {plain, plain, rules.None, "", ""},
		"lean":                    {plain, lean, rules.Breaking, "the client is lean instead of whole", "Options.APIOptions"},
		"whole again":             {lean, plain, rules.Strict, "the client is whole instead of lean", "Options.APIOptions"},
		"presigning":              {plain, presigning, rules.None, "lathe.yaml has GetDataSourceRun to presign instead of nothing", "NewPresignClient"},
		"presigning no more":      {presigning, plain, rules.Breaking, "lathe.yaml has nothing to presign instead of GetDataSourceRun", "NewPresignClient"},
		"lean, presigning before": {presigning, lean, rules.Breaking, "the client is lean instead of whole", "Options.APIOptions"},
		"lean and presigning":     {both, both, rules.None, "", ""},
		"a module":                {plain, module, rules.Breaking, "the client is the module example.com/other instead of a package of the module around it", ""},
		"a newer module":          {module, newer, rules.None, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := lathe.CompareClients(c.before, c.after)
			if err != nil {
				t.Fatal(err)
			}
			if c.text == "" {
				if len(report.Changes) > 0 {
					t.Errorf("got %+v", report.Changes)
				}
				return
			}
			first := report.Changes[0]
			has := func(g diff.GoChange) bool { return g.Object == c.object }
			if first.Text != c.text || first.Go != c.severity || c.object != "" && !slices.ContainsFunc(first.GoChanges, has) {
				t.Errorf("got %s on Go: %s %+v", first.Go, first.Text, first.GoChanges)
			}
			for _, other := range report.Changes {
				if !strings.HasPrefix(other.Place, "option:") {
					t.Errorf("the model has not changed: %s", other.Text)
				}
			}
		})
	}
}

// A service that speaks several protocols: that a client changes over is no loss for those
// that are out there.
func TestCompareProtocols(t *testing.T) {
	file := filepath.Join(t.TempDir(), "jobs.json")
	model := `{"smithy": "2.0", "shapes": {
		"a#Jobs": {"type": "service", "version": "1", "operations": [{"target": "a#Run"}], "traits": {
			"aws.api#service": {"sdkId": "Jobs"}, "aws.auth#sigv4": {"name": "jobs"},
			"aws.protocols#awsJson1_0": {}, "smithy.protocols#rpcv2Cbor": {}}},
		"a#Run": {"type": "operation"}}}`
	if err := os.WriteFile(file, []byte(model), 0o600); err != nil {
		t.Fatal(err)
	}
	client := func(protocol string) lathe.Client {
		c, err := lathe.ClientOf(lathe.Config{Spec: file, Protocol: protocol})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	before, after := client("awsJson1_0"), client("rpcv2Cbor")
	report, err := lathe.CompareClients(before, after)
	if err != nil {
		t.Fatal(err)
	}
	rule := func(id string) bool {
		return slices.ContainsFunc(report.Changes, func(c diff.Change) bool { return c.Rule.ID == id })
	}
	if !rule("protocol-chosen-changed") || rule("protocol-removed") || report.Fails(rules.Breaking) {
		t.Errorf("got %+v", report.Changes)
	}
	after.Protocols = []spec.Protocol{"rpcv2Cbor"}
	if report, err = lathe.CompareClients(before, after); err != nil || !rule("protocol-removed") {
		t.Errorf("the service has given the old protocol up: %v, %+v", err, report.Changes)
	}
}

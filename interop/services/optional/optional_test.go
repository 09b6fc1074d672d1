package optional

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

var all = flag.Bool("all", false, "compare with all packages of official.txt")

// models are the models of April 2025.
const models = "../../../../shared/models/smithy/"

// usual are the packages that are compared in every run: small ones of each protocol,
// and those whose members have shown something.
var usual = []string{
	"acm", "autoscaling", "backup", "batch", "cloudtrail", "codeartifact", "dataexchange", "dynamodb", "dynamodbstreams", "ebs",
	"eks", "elasticloadbalancing", "glacier", "guardduty", "lambda", "mediaconnect", "mq", "networkmanager", "oam", "rbin",
	"route53recoverycontrolconfig", "scheduler", "sns", "sqs", "sts", "synthetics", "waf",
}

// changedSince are members that were plain values in April 2025, and became pointers
// with a BREAKING CHANGE in the version that its changelog names.
var changedSince = map[string]bool{
	"dataexchange UpdateRevisionInput.Finalized":     true, // v1.34.3
	"networkmanager VpcOptions.ApplianceModeSupport": true, // v1.37.1
	"networkmanager VpcOptions.Ipv6Support":          true, // v1.37.1
}

// TestOfficial compares the numbers and booleans of models with those of the official
// packages.
func TestOfficial(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skip("skipped: the models are not in ../shared")
	}
	compared, total := 0, 0
	for _, row := range rows(t) {
		if !*all && !slices.Contains(usual, row.pkg) {
			continue
		}
		official, err := Official(download(t, row))
		if err != nil {
			t.Fatal(err)
		}
		compared++
		total += compare(t, row, official, Ours(load(t, row.model)))
	}
	if want := len(usual); compared < want {
		t.Errorf("%d packages were compared, not %d: official.txt lacks some", compared, want)
	}
	t.Logf("%d members of %d packages", total, compared)
}

// compare counts the members that both sides have. A package that is younger or older
// than the model has most of them.
func compare(t *testing.T, r row, official, ours Members) int {
	t.Helper()
	both := 0
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		pointer, ok := official[name]
		if !ok {
			continue
		}
		if both++; (pointer != ours[name]) != changedSince[r.pkg+" "+name] {
			t.Errorf("%s %s: official %s, ours %s", r.pkg, name, form(pointer), form(ours[name]))
		}
	}
	if least := len(ours) / 3; both < least { // datasync has lost most of its operations since
		t.Errorf("%s: only %d of %d members are in the official package", r.pkg, both, len(ours))
	}
	return both
}

func form(pointer bool) string {
	if pointer {
		return "a pointer"
	}
	return "a plain value"
}

// row is a line of official.txt.
type row struct{ model, pkg, version, sum string }

func rows(t *testing.T) []row {
	t.Helper()
	text, err := os.ReadFile("official.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for line := range strings.Lines(string(text)) {
		var r row
		if strings.HasPrefix(line, "#") {
			continue
		}
		if n, err := fmt.Sscan(line, &r.model, &r.pkg, &r.version, &r.sum); n != 4 {
			t.Fatalf("official.txt: %q: %v", line, err)
		}
		rows = append(rows, r)
	}
	return rows
}

// download returns the folder of an official package's source.
func download(t *testing.T, r row) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", "github.com/aws/aws-sdk-go-v2/service/"+r.pkg+"@"+r.version)
	cmd.Dir = t.TempDir() // outside of every module
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.Output()
	var module struct{ Dir, Sum, Error string }
	if decodeErr := json.Unmarshal(out, &module); cmp.Or(err, decodeErr) != nil || module.Error != "" {
		t.Fatalf("%s@%s: %v %s", r.pkg, r.version, cmp.Or(err, decodeErr), module.Error)
	}
	if module.Sum != r.sum {
		t.Fatalf("%s@%s has the hash %s, not %s", r.pkg, r.version, module.Sum, r.sum)
	}
	return module.Dir
}

func load(t *testing.T, model string) *spec.API {
	t.Helper()
	file := filepath.Join(models, model+".json")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	api, err := smithy.Load(file, data, smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

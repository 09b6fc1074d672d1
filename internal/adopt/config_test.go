package adopt

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/config"
	"example.com/lathe/spec"
)

func client(name, version string, operations ...string) *Client {
	part := &lathe.Trimmed{Main: name + "-2015-03-31.json", Files: map[string][]byte{name + "-2015-03-31.json": []byte("{}")}}
	return &Client{Service: &Service{Path: scan.ServicePrefix + name, Version: version}, Operations: operations, Trimmed: part}
}

const twoClients = `# What gen adopt found to be called; gen adopt brings it up to date. All other keys are yours.
packages:
  - spec: third_party/aws/models/lambda.json
    out: third_party/aws/lambda
    module: github.com/aws/aws-sdk-go-v2/service/lambda@v1.71.1
    operations:
      - Invoke
  - spec: third_party/aws/models/sqs.json
    out: third_party/aws/sqs
    module: github.com/aws/aws-sdk-go-v2/service/sqs
    operations:
      - ReceiveMessage
      - SendMessage
models: ../models
runtime: third_party/aws/lathe
`

// A lathe.yaml says what is called; what somebody has added to it stays.
func TestConfig(t *testing.T) {
	l := LayoutIn("third_party/aws/")
	lambda, sqs := client("lambda", "v1.71.1", "Invoke"), client("sqs", "", "ReceiveMessage", "SendMessage")
	write := func(old string, source string, clients ...*Client) string {
		t.Helper()
		data, err := l.config([]byte(old), clients, source, config.Adopt{})
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if diff := cmp.Diff(twoClients, write("", "../models", sqs, lambda)); diff != "" {
		t.Errorf("new (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(twoClients, write(twoClients, "", lambda, sqs)); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
	edited := strings.Replace(twoClients, "    operations:\n      - Invoke\n", "    lean: true # small\n    operations:\n      - Invoke\n", 1) + "budget: {lines: 5}\n"
	want := strings.NewReplacer("      - Invoke\n", "      - GetFunction\n      - Invoke\n", "lambda@v1.71.1", "lambda@v1.72.0").Replace(edited)
	if diff := cmp.Diff(want, write(edited, "", client("lambda", "v1.72.0", "GetFunction", "Invoke"), sqs)); diff != "" {
		t.Errorf("another operation (-want +got):\n%s", diff)
	}
	if got := write(edited, "", lambda); strings.Contains(got, "sqs") || !strings.Contains(got, "lean: true # small") || !strings.Contains(got, "budget: {lines: 5}") {
		t.Errorf("without sqs it is\n%s", got)
	}
	kept, err := l.config([]byte(twoClients), []*Client{lambda, sqs}, "", config.Adopt{Keep: []string{"sqs.PurgeQueue"}, Platforms: []string{"linux/arm64"}})
	want = twoClients + "adopt:\n  keep:\n    - sqs.PurgeQueue\n  platforms:\n    - linux/arm64\n"
	if diff := cmp.Diff(want, string(kept)); err != nil || diff != "" {
		t.Errorf("what was looked at: %v (-want +got):\n%s", err, diff)
	}
	const foreign = "packages:\n  - spec: api.yaml\n    out: internal/api\n"
	_, err = l.config([]byte(foreign), []*Client{lambda}, "", config.Adopt{})
	if err == nil || !strings.HasPrefix(err.Error(), "lathe.yaml:2:5: the package in internal/api is none that gen adopt brought\n\thint: a runtime is one for all packages of a file: name another one with --config") {
		t.Errorf("got %v", err)
	}
	for _, broken := range []string{"packages: {}\n", "packages: [\n"} {
		if _, err := l.config([]byte(broken), nil, "", config.Adopt{}); err == nil {
			t.Errorf("%q is no error", broken)
		}
	}
}

// A model with files beside it has a folder of its own, for they go by its name; lathe.yaml
// follows when the format of the models changes.
func TestModelFiles(t *testing.T) {
	l := LayoutIn("third_party/aws")
	lambda, sqs := client("lambda", "v1.71.1", "Invoke"), client("sqs", "", "ReceiveMessage", "SendMessage")
	if diff := cmp.Diff(map[string][]byte{"third_party/aws/models/sqs.json": []byte("{}")}, l.modelFiles(sqs)); diff != "" {
		t.Errorf("one file (-want +got):\n%s", diff)
	}
	lambda.Trimmed = &lathe.Trimmed{Main: "service-2.json", Files: map[string][]byte{"service-2.json": []byte("{}"), "waiters-2.json": []byte("[]")}}
	want := map[string][]byte{"third_party/aws/models/lambda/service-2.json": []byte("{}"), "third_party/aws/models/lambda/waiters-2.json": []byte("[]")}
	if diff := cmp.Diff(want, l.modelFiles(lambda)); diff != "" {
		t.Errorf("two files (-want +got):\n%s", diff)
	}
	got, err := l.config([]byte(twoClients), []*Client{lambda, sqs}, "", config.Adopt{})
	if diff := cmp.Diff(strings.Replace(twoClients, "models/lambda.json", "models/lambda/service-2.json", 1), string(got)); err != nil || diff != "" {
		t.Errorf("lathe.yaml: %v (-want +got):\n%s", err, diff)
	}
}

// What is said of operations and shapes that the client no longer has goes, and nothing else.
func TestForget(t *testing.T) {
	l := LayoutIn("third_party/aws")
	lambda, sqs := client("lambda", "v1.71.1", "Invoke"), client("sqs", "", "ReceiveMessage", "SendMessage")
	sqs.Trimmed.Without = []string{"Gone", "Purge"}
	const first = "      - SendMessage\n"
	old := strings.Replace(twoClients, first, first+"    defaults:\n      Purge.input.Max: 0\n      Message.Done: false # ours\n      Gone.x: 0\n"+
		"    paginators:\n      Purge:\n        inputToken: in\n        outputToken: out\n    renames:\n      values:\n        Gone.Elb.New: New\n"+
		"      shapes:\n        Mesage: Gone\n", 1)
	want := strings.Replace(twoClients, first, first+"    defaults:\n      Message.Done: false # ours\n    renames:\n      shapes:\n        Mesage: Gone\n", 1)
	got, err := l.config([]byte(old), []*Client{lambda, sqs}, "", config.Adopt{})
	if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	lost, err := dropped([]byte(old), got)
	wantLost := []string{"paginators Purge; defaults Purge.input.Max, Gone.x; renames.values Gone.Elb.New of third_party/aws/sqs"}
	if diff := cmp.Diff(wantLost, lost); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	old = strings.Replace(twoClients, first, first+"    renames:\n      values:\n        Gone.Elb.New: New\n", 1)
	got, err = l.config([]byte(old), []*Client{lambda, sqs}, "", config.Adopt{})
	if diff := cmp.Diff(twoClients, string(got)); err != nil || diff != "" {
		t.Errorf("with nothing left: %v (-want +got):\n%s", err, diff)
	}
}

// Packages and operations that go are named, too; of a new file nothing is.
func TestDropped(t *testing.T) {
	less := strings.Replace(twoClients, "      - SendMessage\n", "", 1)
	for _, tt := range []struct {
		old, now string
		want     []string
	}{
		{twoClients, less, []string{"operations SendMessage of third_party/aws/sqs"}},
		{twoClients, "packages: []\n", []string{"third_party/aws/lambda", "third_party/aws/sqs"}},
		{less, twoClients, nil},
		{"", twoClients, nil},
	} {
		got, err := dropped([]byte(tt.old), []byte(tt.now))
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	if _, err := dropped([]byte("packages: ["), nil); err == nil {
		t.Error("what is no YAML is no error")
	}
}

// Names of values and paginators that the program needs are added, too.
func TestAdditions(t *testing.T) {
	l := LayoutIn("third_party/aws")
	lambda, sqs := client("lambda", "v1.71.1", "Invoke"), client("sqs", "", "ReceiveMessage", "SendMessage")
	lambda.Renames = []spec.Rename{{Kind: spec.RenameValue, From: "Reason.Elb.New", To: "New"}}
	lambda.Paginations = []spec.AddedPagination{
		{Operation: "Invoke", Pagination: spec.Pagination{InputToken: "in", OutputToken: "out", PageSize: "size"}},
		{Operation: "List", Pagination: spec.Pagination{InputToken: "in", OutputToken: "out"}},
	}
	const added = "    paginators:\n      Invoke:\n        inputToken: in\n        outputToken: out\n        pageSize: size\n" +
		"      List:\n        inputToken: in\n        outputToken: out\n    renames:\n      values:\n        Reason.Elb.New: New\n"
	want := strings.Replace(twoClients, "      - Invoke\n", "      - Invoke\n"+added, 1)
	for _, old := range []string{"", twoClients, want} {
		got, err := l.config([]byte(old), []*Client{lambda, sqs}, "../models", config.Adopt{})
		if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

// Defaults that the program needs are added to those that are there.
func TestDefaults(t *testing.T) {
	l := LayoutIn("third_party/aws")
	lambda, sqs := client("lambda", "v1.71.1", "Invoke"), client("sqs", "", "ReceiveMessage", "SendMessage")
	sqs.Defaults = []spec.AddedDefault{{Member: "ReceiveMessage.input.MaxNumberOfMessages", Value: json.Number("0")}, {Member: "Message.Done", Value: false}}
	const added = "    defaults:\n      ReceiveMessage.input.MaxNumberOfMessages: 0\n      Message.Done: false\n"
	want := strings.Replace(twoClients, "      - SendMessage\n", "      - SendMessage\n"+added, 1)
	for _, old := range []string{"", twoClients, want} {
		got, err := l.config([]byte(old), []*Client{lambda, sqs}, "../models", config.Adopt{})
		if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	edited := strings.Replace(want, "Messages: 0", "Messages: 10 # ours", 1)
	got, err := l.config([]byte(edited), []*Client{lambda, sqs}, "", config.Adopt{})
	if diff := cmp.Diff(edited, string(got)); err != nil || diff != "" {
		t.Errorf("edited: %v (-want +got):\n%s", err, diff)
	}
}

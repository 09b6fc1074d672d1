package services

import (
	"bytes"
	_ "embed"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/template"
)

var scripts = flag.Int("scripts", 300, "how many random scenarios are run of each operation, whose seeds follow each other")

// fuzzed is a service of which calls run in random scenarios.
type fuzzed struct {
	service

	calls []fuzzedCall
	// key is the function of package fuzz that makes keys in JSON of fields.
	key string
	// checksums: each answer has the checksum of its body.
	checksums bool
}

// fuzzedCall is an operation with the input that it needs, and codes of its errors.
type fuzzedCall struct {
	Name   string
	Input  []fuzzedField
	Errors []string
}

type fuzzedField struct{ Field, Value string }

// fuzzedServices are of both JSON protocols, with members in bodies, headers, paths and
// queries.
var fuzzedServices = []fuzzed{
	{service{name: "lambda", model: "smithy/lambda-2015-03-31.json", version: "v1.71.1"}, []fuzzedCall{
		{"GetFunctionConfiguration", []fuzzedField{{"FunctionName", "fn"}}, []string{"ResourceNotFoundException", "TooManyRequestsException"}},
		{"UpdateFunctionCode", []fuzzedField{{"FunctionName", "fn"}}, []string{"ResourceConflictException", "CodeStorageExceededException"}},
		{"PutFunctionEventInvokeConfig", []fuzzedField{{"FunctionName", "a:b"}}, []string{"ServiceException"}},
		{"ListFunctions", nil, []string{"InvalidParameterValueException"}},
		{"Invoke", []fuzzedField{{"FunctionName", "fn"}, {"Payload", "{}"}}, []string{"EC2ThrottledException", "ResourceNotReadyException"}},
	}, "Same", false},
	{service{name: "eks", model: "smithy/eks-2017-11-01.json", version: "v1.63.1"}, []fuzzedCall{
		{"DescribeCluster", []fuzzedField{{"Name", "c"}}, []string{"ResourceNotFoundException", "ServerException"}},
		{"UpdateNodegroupConfig", []fuzzedField{{"ClusterName", "c"}, {"NodegroupName", "n/g"}, {"ClientRequestToken", "token"}}, []string{"ResourceInUseException", "InvalidRequestException"}},
		{"ListNodegroups", []fuzzedField{{"ClusterName", "c"}}, []string{"ServiceUnavailableException"}},
	}, "LowerFirst", false},
	{service{name: "dynamodb", model: "smithy/dynamodb-2012-08-10.json", version: "v1.42.4"}, []fuzzedCall{
		{"ListTables", nil, []string{"InternalServerError", "InvalidEndpointException"}},
		{"DescribeTable", []fuzzedField{{"TableName", "t"}}, []string{"ResourceNotFoundException", "ProvisionedThroughputExceededException"}},
		{"UpdateContributorInsights", []fuzzedField{{"TableName", "t"}, {"ContributorInsightsAction", "ENABLE"}}, []string{"ResourceNotFoundException"}},
	}, "Same", true},
	{service{name: "sqs", model: "smithy/sqs-2012-11-05.json", version: "v1.38.5"}, []fuzzedCall{
		{"SendMessage", []fuzzedField{{"QueueUrl", "https://q.example/1/q"}, {"MessageBody", "m"}}, []string{"QueueDoesNotExist", "RequestThrottled"}},
		{"GetQueueAttributes", []fuzzedField{{"QueueUrl", "https://q.example/1/q"}}, []string{"InvalidAddress"}},
		{"ListQueues", nil, []string{"UnsupportedOperation"}},
	}, "Same", false},
}

//go:embed testdata/fuzz.go.tmpl
var fuzzText string

// TestFuzz runs random scenarios through official clients and ours, which are generated.
func TestFuzz(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	all := set{name: "fuzzed"}
	for _, f := range fuzzedServices {
		all.services = append(all.services, f.service)
	}
	root := all.module(t)
	for _, name := range []string{"compare", "fuzz"} {
		copyPackage(t, filepath.Join("..", name), filepath.Join(root, name))
	}
	for _, f := range fuzzedServices {
		for _, call := range f.calls {
			f.operations = append(f.operations, call.Name)
		}
		generate(t, root, f.service)
		var out bytes.Buffer
		if err := template.Must(template.New("fuzz").Parse(fuzzText)).Execute(&out, map[string]any{
			"Official": officialModule + f.name, "Ours": temporary + "/" + f.name, "Operations": f.calls, "Key": f.key, "Checksums": f.checksums,
		}); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(root, "drive", f.name, "fuzz_test.go"), out.Bytes())
	}
	out, err := goTest(root, "-timeout=2h", "./drive/...",
		"-args", "-scripts", strconv.Itoa(*scripts), "-seed", strconv.FormatUint(*seed, 10))
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	all.checkSums(t, root)
}

// copyPackage copies a package of the module above this one.
func copyPackage(t *testing.T, from, to string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(from, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", from, err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			text := bytes.ReplaceAll(readFile(t, file), []byte(`"example.com/lathe/interop/`), []byte(`"`+temporary+"/"))
			writeFile(t, filepath.Join(to, filepath.Base(file)), text)
		}
	}
}

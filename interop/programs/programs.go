package main

// program is a public module that is adopted.
type program struct {
	Name    string `json:"name"`
	Module  string `json:"module"`
	Version string `json:"version"`
	// Source is the folder of a program of our own, which no module proxy has.
	Source string `json:"source,omitempty"`
	// Kind says what it is, and what of the SDK makes it one of the table.
	Kind string `json:"kind"`
	// Skip is an expression for names of tests that are not run, because they need a
	// network or a service that is not there.
	Skip string `json:"skip,omitempty"`
}

// programs are all of them.
var programs = []program{
	{
		Name: "ecr-login", Module: "github.com/awslabs/amazon-ecr-credential-helper/ecr-login", Version: "v0.12.0",
		Kind: "command for Docker's credentials, with interfaces and fakes of its own",
	},
	{
		Name: "sops", Module: "github.com/getsops/sops/v3", Version: "v3.13.3",
		Kind: "command for secrets in files, with KMS and S3",
	},
	{Name: "tusd", Module: "github.com/tus/tusd/v2", Version: "v2.9.1", Kind: "server for uploads to S3, with mocks"},
	{Name: "litestream", Module: "github.com/benbjohnson/litestream", Version: "v0.5.18",
		Kind: "replicas of SQLite in S3"},
	{
		Name: "go-pmtiles", Module: "github.com/protomaps/go-pmtiles", Version: "v1.31.2",
		Kind: "command for maps, of which a dependency uses S3",
	},
	{
		Name: "velero-plugin-for-aws", Module: "github.com/vmware-tanzu/velero-plugin-for-aws", Version: "v1.14.3",
		Kind: "backups of Kubernetes, with S3 and EC2",
	},
	{
		Name: "external-dns", Module: "sigs.k8s.io/external-dns", Version: "v0.19.0",
		Kind: "controller for Kubernetes, with interfaces and fakes of its own",
	},
	{
		Name: "aws-iam-authenticator", Module: "sigs.k8s.io/aws-iam-authenticator", Version: "v0.7.8",
		Kind: "command and controller for Kubernetes, with EC2, interfaces and fakes of its own",
	},
	{
		Name: "karpenter-provider-aws", Module: "github.com/aws/karpenter-provider-aws", Version: "v1.6.3",
		Kind: "operator for Kubernetes, with EC2 and fakes",
	},
	{
		Name: "alertmanager", Module: "github.com/prometheus/alertmanager", Version: "v0.35.0",
		Kind: "server that notifies by SNS; figures of amtool, as the server needs pages made by other tools",
	},
	{
		Name: "ecsobserver", Version: "v0.165.0",
		Module: "github.com/open-telemetry/opentelemetry-collector-contrib/extension/observer/ecsobserver",
		Kind:   "what an exporter of metrics finds its targets with, with EC2 and fakes",
	},
	{
		Name: "sigv4authextension", Version: "v0.165.1",
		Module: "github.com/open-telemetry/opentelemetry-collector-contrib/extension/sigv4authextension",
		Kind:   "what a collector signs requests with, with STS",
	},
	{
		Name: "dynamo", Module: "github.com/guregu/dynamo/v2", Version: "v2.1.1",
		Kind: "library over DynamoDB and attributevalue",
	},
	{Name: "minidyn", Module: "github.com/truora/minidyn", Version: "v0.8.2",
		Kind: "fake of DynamoDB, with attributevalue"},
	{
		Name: "gofakes3", Module: "github.com/johannesboyne/gofakes3", Version: "v1.2.0",
		Kind: "fake of S3, whose tests call it through the SDK and its manager",
	},
	{
		Name: "langchaingo", Module: "github.com/tmc/langchaingo", Version: "v0.1.14",
		Kind: "library over language models, with event streams of Bedrock",
	},
	{
		Name: "aws-sdk-go-base", Module: "github.com/hashicorp/aws-sdk-go-base/v2", Version: "v2.0.0-beta.74",
		Kind: "library under Terraform's provider",
	},
	{
		Name: "otelaws", Version: "v0.72.0",
		Module: "go.opentelemetry.io/contrib/instrumentation/github.com/aws/aws-sdk-go-v2/otelaws",
		Kind:   "instrumentation that hooks into clients, whose tests read inputs, errors and JSON of structs",
	},
	{
		Name: "kcl", Module: "github.com/vmware/vmware-go-kcl-v2", Version: "v1.0.0",
		Kind: "library over Kinesis, with event streams and fakes",
	},
	{
		Name: byHand, Source: "programs/testdata/exporter",
		Kind: "ours: what an exporter for CloudWatch calls, with clients in interfaces",
	},
}

// byHand is the program that has a second command, which holds values of the clients'
// methods, as some programs do so that the linker drops the other methods.
const byHand = "exporter"

// Package services compares clients that Lathe generates of published models with the
// official packages of those services.
package services

import "embed"

// service is a row of the comparison.
type service struct {
	// name is that of the official package.
	name string
	// model is the file below ../../../shared/models.
	model string
	// version is that of the official package's module.
	version string
	// operations are those to compare; all when there are none.
	operations []string
	// exact: the package was made of this very model, so that no member and no pointer
	// may differ.
	exact bool
}

// set are services that one program links.
type set struct {
	kind     string
	services []service
}

// sets are all services, by the codec of their official packages: a program can link
// only one version of a package.
//
// After a change of versions, go test -update writes their sums into testdata.
var sets = []set{
	// The older packages have serializers of straight code.
	{"older", []service{
		{name: "lambda", model: "smithy/lambda-2015-03-31.json", version: "v1.71.1", exact: true},
		{name: "eks", model: "smithy/eks-2017-11-01.json", version: "v1.63.1", exact: true},
		{name: "batch", model: "c2j/batch/2016-08-10/service-2.json", version: "v1.65.2"},
		{name: "apigateway", model: "c2j/apigateway/2015-07-09/service-2.json", version: "v1.40.2"},
		{name: "glacier", model: "c2j/glacier/2012-06-01/service-2.json", version: "v1.33.0"},
		// Unions, and lists and maps that are sparse.
		{name: "connectcases", model: "smithy/connectcases-2022-10-03.json", version: "v1.42.2"},
		// Headers with a prefix.
		{name: "dataexchange", model: "smithy/dataexchange-2017-07-25.json", version: "v1.42.2", operations: []string{"SendApiAsset", "CreateJob", "GetJob"}},
	}},
	// The newer ones have schemas, and a codec that reads them at run time.
	{"newer", []service{
		{name: "lambda", model: "c2j/lambda/2015-03-31/service-2.json", version: "v1.114.4"},
		{name: "eks", model: "c2j/eks/2017-11-01/service-2.json", version: "v1.105.6"},
		// Streams with checksums in headers.
		{name: "ebs", model: "smithy/ebs-2019-11-02.json", version: "v1.43.5"},
		// Unions and documents.
		{name: "bedrockruntime", model: "smithy/bedrock-runtime-2023-09-30.json", version: "v1.63.13"},
	}},
}

// harnessFiles are the files of package harness, which the module of the generated
// clients gets a copy of.
//
//go:embed harness/*.go
var harnessFiles embed.FS

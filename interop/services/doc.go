// Package services compares clients that Lathe generates of five services' C2J
// models with the official packages of those services.
package services

import (
	"embed"

	// The official packages, which the tests that are written beside the generated
	// clients import.
	_ "github.com/aws/aws-sdk-go-v2/service/apigateway"
	_ "github.com/aws/aws-sdk-go-v2/service/batch"
	_ "github.com/aws/aws-sdk-go-v2/service/eks"
	_ "github.com/aws/aws-sdk-go-v2/service/glacier"
	_ "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// harnessFiles are the files of package harness, which the module of the generated
// clients gets a copy of.
//
//go:embed harness/*.go
var harnessFiles embed.FS

package services

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// severalRegions are services with endpoints of several regions.
var severalRegions = set{name: "sigv4a", kind: "older", services: []service{
	{name: "s3", model: "smithy/s3-2006-03-01.json", version: "v1.79.2"},
	{name: "eventbridge", model: "models/apis/eventbridge/2015-10-07/api-2.json", version: "v1.36.11", operations: []string{"PutEvents"}},
	{name: "sesv2", model: "c2j/sesv2/2019-09-27/service-2.json", version: "v1.41.5", operations: []string{"SendEmail"}},
}}

// TestSigV4A has the official signer verify what our clients sign for several regions, and
// our signer what official clients do. The module's path is one below the SDK's, whose
// signer is internal to it.
func TestSigV4A(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	root := severalRegions.module(t)
	mod := filepath.Join(root, "go.mod")
	writeFile(t, mod, bytes.Replace(readFile(t, mod), []byte(temporary), []byte(sdk+"lathe"), 1))
	if err := os.CopyFS(filepath.Join(root, "sigv4a"), os.DirFS("testdata/sigv4a")); err != nil {
		t.Fatal(err)
	}
	for _, row := range severalRegions.services {
		generate(t, root, row)
	}
	out, err := goTest(root, "./sigv4a")
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	severalRegions.checkSums(t, root)
}

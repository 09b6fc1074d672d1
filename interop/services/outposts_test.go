package services

import (
	"os"
	"path/filepath"
	"testing"
)

// onOutposts is the service whose resources may be called by ARNs.
var onOutposts = set{name: "outposts", kind: "older", services: []service{
	{name: "s3control", model: "models/apis/s3control/2018-08-20/api-2.json", version: "v1.58.0"},
}}

// TestOutposts compares calls that name their resource by an ARN.
func TestOutposts(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	root := onOutposts.module(t)
	if err := os.CopyFS(filepath.Join(root, "outposts"), os.DirFS("testdata/outposts")); err != nil {
		t.Fatal(err)
	}
	for _, row := range onOutposts.services {
		generate(t, root, row)
	}
	out, err := goTest(root, "-v", "./outposts")
	if err != nil {
		t.Errorf("%v", err)
	}
	t.Logf("%s", out)
	onOutposts.checkSums(t, root)
}

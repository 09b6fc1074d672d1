package services

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe"
)

// presigned are the services whose official packages presign requests.
var presigned = set{name: "presign", kind: "older", services: []service{
	{name: "sts", model: "smithy/sts-2011-06-15.json", version: "v1.33.20"},
	{name: "rds", model: "smithy/rds-2014-10-31.json", version: "v1.97.0", operations: []string{
		"CopyDBClusterSnapshot", "CopyDBSnapshot", "CreateDBCluster", "CreateDBInstanceReadReplica",
	}},
	{name: "s3", model: "smithy/s3-2006-03-01.json", version: "v1.80.1", operations: []string{
		"CreateSession", "DeleteBucket", "DeleteObject", "GetObject", "HeadBucket", "HeadObject", "ListObjectVersions", "PutObject", "UploadPart",
	}},
	{name: "polly", model: "c2j/polly/2016-06-10/service-2.json", version: "v1.57.7", operations: []string{"SynthesizeSpeech"}},
}}

// presignedAtFloor are those whose packages the oldest core can link.
var presignedAtFloor = set{name: "presign-floor", kind: "older", services: presigned.services[:3], atFloor: true}

// TestPresign compares presigned requests, through whole and lean clients, with those of
// the official packages.
func TestPresign(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	for _, s := range []set{presigned, presignedAtFloor} {
		t.Run(s.name, func(t *testing.T) {
			root := s.module(t)
			if err := os.CopyFS(filepath.Join(root, "presign"), os.DirFS("testdata/presign")); err != nil {
				t.Fatal(err)
			}
			if s.atFloor {
				if err := os.Remove(filepath.Join(root, "presign", "polly_test.go")); err != nil {
					t.Fatal(err)
				}
			}
			for _, row := range s.services {
				generate(t, root, row)
				generateBelow(t, root, filepath.Join(root, "lean"), row, lathe.Config{Lean: true})
			}
			out, err := goTest(root, "./presign")
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			s.checkSums(t, root)
		})
	}
}

package datazone_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// A program calls GetDataSourceRun. Here it talks to a server of its own, which knows
// one run; without BaseEndpoint it would talk to the service in the region.
func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v2/domains/dzd_example/data-source-runs/run-1" {
			w.Header().Set("X-Amzn-ErrorType", "ResourceNotFoundException")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"message": "there is no such run"}`)
			return
		}
		fmt.Fprint(w, `{"id": "run-1", "status": "SUCCESS", "runStatisticsForAssets": {"added": 7}}`)
	}))
	defer server.Close()

	client := datazone.NewFromConfig(aws.Config{
		Region:       "eu-west-1",
		Credentials:  aws.AnonymousCredentials{}, // a program takes its own, from package config
		BaseEndpoint: aws.String(server.URL),
	})
	for _, id := range []string{"run-1", "run-2"} {
		run, err := client.GetDataSourceRun(context.Background(), &datazone.GetDataSourceRunInput{
			DomainIdentifier: aws.String("dzd_example"),
			Identifier:       aws.String(id),
		})
		var missing *types.ResourceNotFoundException
		switch {
		case errors.As(err, &missing):
			fmt.Println(id, "is missing:", missing.ErrorMessage())
		case err != nil:
			fmt.Println(id, "failed:", err)
		default:
			fmt.Println(id, run.Status, "with", *run.RunStatisticsForAssets.Added, "assets added")
		}
	}
	// Output:
	// run-1 SUCCESS with 7 assets added
	// run-2 is missing: there is no such run
}

// Command gate fails unless a run of a DataZone data source was a success.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/config"

	"example.com/lathe/examples/clients/datazone"
	"example.com/lathe/examples/clients/datazone/types"
)

// runs is what the program needs of the client; its tests have another.
type runs interface {
	GetDataSourceRun(context.Context, *datazone.GetDataSourceRunInput, ...func(*datazone.Options)) (*datazone.GetDataSourceRunOutput, error)
}

// check returns why the run does not pass, or nil.
func check(ctx context.Context, client runs, domain, id string) error {
	run, err := client.GetDataSourceRun(ctx, &datazone.GetDataSourceRunInput{DomainIdentifier: &domain, Identifier: &id})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return fmt.Errorf("there is no run %s in %s", id, domain)
	case err != nil:
		return err
	case run.Status != types.DataSourceRunStatusSuccess:
		return fmt.Errorf("run %s is %s", id, run.Status)
	}
	return nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: gate DOMAIN RUN")
	}
	cfg, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	if err := check(context.Background(), datazone.NewFromConfig(cfg), os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

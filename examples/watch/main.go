// Command watch waits for the end of a run of a DataZone data source:
//
//	watch dzd_1234 run-1
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"

	"example.com/lathe/examples/clients/datazone"
	"example.com/lathe/examples/clients/datazone/types"
)

// wait returns the run as it is when it has ended. It asks again after each pause.
func wait(ctx context.Context, c *datazone.Client, in *datazone.GetDataSourceRunInput, pause time.Duration) (*datazone.GetDataSourceRunOutput, error) {
	for {
		run, err := c.GetDataSourceRun(ctx, in)
		if err != nil || run.Status != types.DataSourceRunStatusRequested && run.Status != types.DataSourceRunStatusRunning {
			return run, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func watch(ctx context.Context, domain, id string, pause time.Duration) (types.DataSourceRunStatus, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return "", err
	}
	in := &datazone.GetDataSourceRunInput{DomainIdentifier: &domain, Identifier: &id}
	run, err := wait(ctx, datazone.NewFromConfig(cfg), in, pause)
	if err != nil {
		return "", err
	}
	return run.Status, nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: watch DOMAIN RUN")
	}
	status, err := watch(context.Background(), os.Args[1], os.Args[2], 10*time.Second)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(os.Stdout, status)
}

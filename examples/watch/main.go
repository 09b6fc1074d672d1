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

// watch waits until the run has ended, or for so long at most, and returns its status. A
// run that failed is an error. It looks after a pause that grows from least.
func watch(ctx context.Context, domain, id string, least, atMost time.Duration) (types.DataSourceRunStatus, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return "", err
	}
	waiter := datazone.NewDataSourceRunFinishedWaiter(datazone.NewFromConfig(cfg), func(o *datazone.DataSourceRunFinishedWaiterOptions) {
		o.MinDelay = least
	})
	run, err := waiter.WaitForOutput(ctx, &datazone.GetDataSourceRunInput{DomainIdentifier: &domain, Identifier: &id}, atMost)
	if err != nil {
		return "", err
	}
	return run.Status, nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: watch DOMAIN RUN")
	}
	status, err := watch(context.Background(), os.Args[1], os.Args[2], 10*time.Second, time.Hour)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(os.Stdout, status)
}

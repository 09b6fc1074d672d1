// Command lambda is a function for AWS Lambda that says what came of a run of a DataZone
// data source, for example as a step of a state machine.
package main

import (
	"context"
	"log"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"

	"example.com/lathe/examples/clients/datazone"
)

// request is the event; report is the answer.
type (
	request struct{ Domain, Run string }
	report  struct {
		Status string
		Failed int32
	}
)

// function keeps its client from one event to the next.
type function struct{ client *datazone.Client }

func newFunction(ctx context.Context) (*function, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return &function{datazone.NewFromConfig(cfg)}, nil
}

func (f *function) handle(ctx context.Context, r request) (report, error) {
	run, err := f.client.GetDataSourceRun(ctx, &datazone.GetDataSourceRunInput{DomainIdentifier: &r.Domain, Identifier: &r.Run})
	if err != nil {
		return report{}, err
	}
	answer := report{Status: string(run.Status)}
	if s := run.RunStatisticsForAssets; s != nil && s.Failed != nil {
		answer.Failed = *s.Failed
	}
	return answer, nil
}

func main() {
	f, err := newFunction(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	lambda.Start(f.handle)
}

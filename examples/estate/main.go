// Command estate lists what an account runs in a region: Lambda functions and EKS
// clusters. The two clients share their runtime.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"

	"example.com/lathe/examples/clients/eks"
	"example.com/lathe/examples/clients/lambda"
)

func list(ctx context.Context, w io.Writer) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	functions := lambda.NewListFunctionsPaginator(lambda.NewFromConfig(cfg), nil)
	for functions.HasMorePages() {
		page, err := functions.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, f := range page.Functions {
			fmt.Fprintf(w, "function %s %s %d MB\n", aws.ToString(f.FunctionName), aws.ToString(f.Runtime), aws.ToInt32(f.MemorySize))
		}
	}
	clusters := eks.NewListClustersPaginator(eks.NewFromConfig(cfg), nil)
	for clusters.HasMorePages() {
		page, err := clusters.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, name := range page.Clusters {
			fmt.Fprintf(w, "cluster %s\n", name)
		}
	}
	return nil
}

func main() {
	if err := list(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

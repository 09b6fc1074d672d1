// Command interfaces calls what an exporter of metrics calls of CloudWatch and of what it
// watches, through interfaces, as programs do for their tests.
package main

import (
	"context"
	"log"
	"os"
	"text/template"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/amp"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/databasemigrationservice"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/shield"
	"github.com/aws/aws-sdk-go-v2/service/storagegateway"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

type ampClient interface {
	ListWorkspaces(context.Context, *amp.ListWorkspacesInput, ...func(*amp.Options)) (*amp.ListWorkspacesOutput, error)
}

type apigatewayClient interface {
	GetRestApis(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error)
}

type apigatewayv2Client interface {
	GetApis(context.Context, *apigatewayv2.GetApisInput, ...func(*apigatewayv2.Options)) (*apigatewayv2.GetApisOutput, error)
}

type autoscalingClient interface {
	DescribeAutoScalingGroups(context.Context, *autoscaling.DescribeAutoScalingGroupsInput, ...func(*autoscaling.Options)) (*autoscaling.DescribeAutoScalingGroupsOutput, error)
}

type cloudwatchClient interface {
	GetMetricData(context.Context, *cloudwatch.GetMetricDataInput, ...func(*cloudwatch.Options)) (*cloudwatch.GetMetricDataOutput, error)
	ListMetrics(context.Context, *cloudwatch.ListMetricsInput, ...func(*cloudwatch.Options)) (*cloudwatch.ListMetricsOutput, error)
}

type databasemigrationserviceClient interface {
	DescribeReplicationInstances(context.Context, *databasemigrationservice.DescribeReplicationInstancesInput, ...func(*databasemigrationservice.Options)) (*databasemigrationservice.DescribeReplicationInstancesOutput, error)
	DescribeReplicationTasks(context.Context, *databasemigrationservice.DescribeReplicationTasksInput, ...func(*databasemigrationservice.Options)) (*databasemigrationservice.DescribeReplicationTasksOutput, error)
}

type iamClient interface {
	ListAccountAliases(context.Context, *iam.ListAccountAliasesInput, ...func(*iam.Options)) (*iam.ListAccountAliasesOutput, error)
}

type resourcegroupstaggingapiClient interface {
	GetResources(context.Context, *resourcegroupstaggingapi.GetResourcesInput, ...func(*resourcegroupstaggingapi.Options)) (*resourcegroupstaggingapi.GetResourcesOutput, error)
}

type shieldClient interface {
	ListProtections(context.Context, *shield.ListProtectionsInput, ...func(*shield.Options)) (*shield.ListProtectionsOutput, error)
}

type storagegatewayClient interface {
	ListGateways(context.Context, *storagegateway.ListGatewaysInput, ...func(*storagegateway.Options)) (*storagegateway.ListGatewaysOutput, error)
}

type stsClient interface {
	GetCallerIdentity(context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error)
}

// clients are what is called.
type clients struct {
	amp                      ampClient
	apigateway               apigatewayClient
	apigatewayv2             apigatewayv2Client
	autoscaling              autoscalingClient
	cloudwatch               cloudwatchClient
	databasemigrationservice databasemigrationserviceClient
	iam                      iamClient
	resourcegroupstaggingapi resourcegroupstaggingapiClient
	shield                   shieldClient
	storagegateway           storagegatewayClient
	sts                      stsClient
}

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	page, err := template.New("page").Parse(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	show := func(out any, err error) {
		if err != nil {
			log.Print(err)
			return
		}
		if err := page.Execute(os.Stdout, out); err != nil {
			log.Print(err)
		}
	}
	c := clients{
		amp:                      amp.NewFromConfig(cfg),
		apigateway:               apigateway.NewFromConfig(cfg),
		apigatewayv2:             apigatewayv2.NewFromConfig(cfg),
		autoscaling:              autoscaling.NewFromConfig(cfg),
		cloudwatch:               cloudwatch.NewFromConfig(cfg),
		databasemigrationservice: databasemigrationservice.NewFromConfig(cfg),
		iam:                      iam.NewFromConfig(cfg),
		resourcegroupstaggingapi: resourcegroupstaggingapi.NewFromConfig(cfg),
		shield:                   shield.NewFromConfig(cfg),
		storagegateway:           storagegateway.NewFromConfig(cfg),
		sts:                      sts.NewFromConfig(cfg),
	}
	show(c.amp.ListWorkspaces(ctx, &amp.ListWorkspacesInput{}))
	show(c.apigateway.GetRestApis(ctx, &apigateway.GetRestApisInput{}))
	show(c.apigatewayv2.GetApis(ctx, &apigatewayv2.GetApisInput{}))
	show(c.autoscaling.DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{}))
	show(c.cloudwatch.GetMetricData(ctx, &cloudwatch.GetMetricDataInput{}))
	show(c.cloudwatch.ListMetrics(ctx, &cloudwatch.ListMetricsInput{}))
	show(c.databasemigrationservice.DescribeReplicationInstances(ctx, &databasemigrationservice.DescribeReplicationInstancesInput{}))
	show(c.databasemigrationservice.DescribeReplicationTasks(ctx, &databasemigrationservice.DescribeReplicationTasksInput{}))
	show(c.iam.ListAccountAliases(ctx, &iam.ListAccountAliasesInput{}))
	show(c.resourcegroupstaggingapi.GetResources(ctx, &resourcegroupstaggingapi.GetResourcesInput{}))
	show(c.shield.ListProtections(ctx, &shield.ListProtectionsInput{}))
	show(c.storagegateway.ListGateways(ctx, &storagegateway.ListGatewaysInput{}))
	show(c.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}))
}

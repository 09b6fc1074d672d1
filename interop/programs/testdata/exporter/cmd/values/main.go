// Command values does what interfaces does, but holds values of the clients' methods. No
// client becomes the value of an interface, so that the linker drops all other methods.
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

// clients are what is called.
type clients struct {
	ampListWorkspaces                                    func(context.Context, *amp.ListWorkspacesInput, ...func(*amp.Options)) (*amp.ListWorkspacesOutput, error)
	apigatewayGetRestApis                                func(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error)
	apigatewayv2GetApis                                  func(context.Context, *apigatewayv2.GetApisInput, ...func(*apigatewayv2.Options)) (*apigatewayv2.GetApisOutput, error)
	autoscalingDescribeAutoScalingGroups                 func(context.Context, *autoscaling.DescribeAutoScalingGroupsInput, ...func(*autoscaling.Options)) (*autoscaling.DescribeAutoScalingGroupsOutput, error)
	cloudwatchGetMetricData                              func(context.Context, *cloudwatch.GetMetricDataInput, ...func(*cloudwatch.Options)) (*cloudwatch.GetMetricDataOutput, error)
	cloudwatchListMetrics                                func(context.Context, *cloudwatch.ListMetricsInput, ...func(*cloudwatch.Options)) (*cloudwatch.ListMetricsOutput, error)
	databasemigrationserviceDescribeReplicationInstances func(context.Context, *databasemigrationservice.DescribeReplicationInstancesInput, ...func(*databasemigrationservice.Options)) (*databasemigrationservice.DescribeReplicationInstancesOutput, error)
	databasemigrationserviceDescribeReplicationTasks     func(context.Context, *databasemigrationservice.DescribeReplicationTasksInput, ...func(*databasemigrationservice.Options)) (*databasemigrationservice.DescribeReplicationTasksOutput, error)
	iamListAccountAliases                                func(context.Context, *iam.ListAccountAliasesInput, ...func(*iam.Options)) (*iam.ListAccountAliasesOutput, error)
	resourcegroupstaggingapiGetResources                 func(context.Context, *resourcegroupstaggingapi.GetResourcesInput, ...func(*resourcegroupstaggingapi.Options)) (*resourcegroupstaggingapi.GetResourcesOutput, error)
	shieldListProtections                                func(context.Context, *shield.ListProtectionsInput, ...func(*shield.Options)) (*shield.ListProtectionsOutput, error)
	storagegatewayListGateways                           func(context.Context, *storagegateway.ListGatewaysInput, ...func(*storagegateway.Options)) (*storagegateway.ListGatewaysOutput, error)
	stsGetCallerIdentity                                 func(context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error)
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
	ampClient := amp.NewFromConfig(cfg)
	apigatewayClient := apigateway.NewFromConfig(cfg)
	apigatewayv2Client := apigatewayv2.NewFromConfig(cfg)
	autoscalingClient := autoscaling.NewFromConfig(cfg)
	cloudwatchClient := cloudwatch.NewFromConfig(cfg)
	databasemigrationserviceClient := databasemigrationservice.NewFromConfig(cfg)
	iamClient := iam.NewFromConfig(cfg)
	resourcegroupstaggingapiClient := resourcegroupstaggingapi.NewFromConfig(cfg)
	shieldClient := shield.NewFromConfig(cfg)
	storagegatewayClient := storagegateway.NewFromConfig(cfg)
	stsClient := sts.NewFromConfig(cfg)
	c := clients{
		ampListWorkspaces:                                    ampClient.ListWorkspaces,
		apigatewayGetRestApis:                                apigatewayClient.GetRestApis,
		apigatewayv2GetApis:                                  apigatewayv2Client.GetApis,
		autoscalingDescribeAutoScalingGroups:                 autoscalingClient.DescribeAutoScalingGroups,
		cloudwatchGetMetricData:                              cloudwatchClient.GetMetricData,
		cloudwatchListMetrics:                                cloudwatchClient.ListMetrics,
		databasemigrationserviceDescribeReplicationInstances: databasemigrationserviceClient.DescribeReplicationInstances,
		databasemigrationserviceDescribeReplicationTasks:     databasemigrationserviceClient.DescribeReplicationTasks,
		iamListAccountAliases:                                iamClient.ListAccountAliases,
		resourcegroupstaggingapiGetResources:                 resourcegroupstaggingapiClient.GetResources,
		shieldListProtections:                                shieldClient.ListProtections,
		storagegatewayListGateways:                           storagegatewayClient.ListGateways,
		stsGetCallerIdentity:                                 stsClient.GetCallerIdentity,
	}
	show(c.ampListWorkspaces(ctx, &amp.ListWorkspacesInput{}))
	show(c.apigatewayGetRestApis(ctx, &apigateway.GetRestApisInput{}))
	show(c.apigatewayv2GetApis(ctx, &apigatewayv2.GetApisInput{}))
	show(c.autoscalingDescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{}))
	show(c.cloudwatchGetMetricData(ctx, &cloudwatch.GetMetricDataInput{}))
	show(c.cloudwatchListMetrics(ctx, &cloudwatch.ListMetricsInput{}))
	show(c.databasemigrationserviceDescribeReplicationInstances(ctx, &databasemigrationservice.DescribeReplicationInstancesInput{}))
	show(c.databasemigrationserviceDescribeReplicationTasks(ctx, &databasemigrationservice.DescribeReplicationTasksInput{}))
	show(c.iamListAccountAliases(ctx, &iam.ListAccountAliasesInput{}))
	show(c.resourcegroupstaggingapiGetResources(ctx, &resourcegroupstaggingapi.GetResourcesInput{}))
	show(c.shieldListProtections(ctx, &shield.ListProtectionsInput{}))
	show(c.storagegatewayListGateways(ctx, &storagegateway.ListGatewaysInput{}))
	show(c.stsGetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}))
}

// Package services compares clients that Lathe generates of published models with the
// official packages of those services.
package services

import "embed"

// service is a row of the comparison.
type service struct {
	// name is that of the official package.
	name string
	// model is the file below ../../../shared/models, in the module of other models, or in
	// testdata.
	model string
	// version is that of the official package's module.
	version string
	// protocol is what the official package speaks, by the name of its Smithy trait, where
	// the model has several.
	protocol string
	// operations are those to compare; all when there are none.
	operations []string
	// exact: the package was made of this very model, so that no member and no pointer
	// may differ.
	exact bool
}

// set are services that one program links.
type set struct {
	// name is the set's, and kind that of its packages: "older" or "newer".
	name, kind string
	services   []service
	// slow: the official packages take a compiler minutes; they are compared with -slow.
	slow bool
	// atFloor: with the oldest core and smithy-go that clients work with, instead of those
	// of this module. Steps of the middleware stack are theirs.
	atFloor bool
}

// sets are all services, by the codec of their official packages: a program can link
// only one version of a package.
//
// After a change of versions, go test -update writes their sums into testdata.
var sets = []set{
	// The older packages have serializers of straight code.
	{name: "older", kind: "older", services: []service{
		{name: "lambda", model: "smithy/lambda-2015-03-31.json", version: "v1.71.1", exact: true},
		{name: "eks", model: "smithy/eks-2017-11-01.json", version: "v1.63.1", exact: true},
		{name: "batch", model: "c2j/batch/2016-08-10/service-2.json", version: "v1.65.2"},
		{name: "apigateway", model: "c2j/apigateway/2015-07-09/service-2.json", version: "v1.40.2"},
		{name: "glacier", model: "c2j/glacier/2012-06-01/service-2.json", version: "v1.33.0"},
		// Unions, and lists and maps that are sparse.
		{name: "connectcases", model: "smithy/connectcases-2022-10-03.json", version: "v1.42.2"},
		// Headers with a prefix.
		{
			name: "dataexchange", model: "smithy/dataexchange-2017-07-25.json", version: "v1.42.2",
			operations: []string{"SendApiAsset", "CreateJob", "GetJob"},
		},
		{name: "dynamodb", model: "smithy/dynamodb-2012-08-10.json", version: "v1.42.4", exact: true},
		// Errors that have the codes of another protocol, too.
		{name: "sqs", model: "smithy/sqs-2012-11-05.json", version: "v1.38.5", exact: true},
		{name: "ssm", model: "smithy/ssm-2014-11-06.json", version: "v1.58.2", exact: true},
		{name: "acm", model: "smithy/acm-2015-12-08.json", version: "v1.32.1"},
		{name: "organizations", model: "smithy/organizations-2016-11-28.json", version: "v1.38.3", exact: true},
		// Prefixes of hosts.
		{name: "servicediscovery", model: "smithy/servicediscovery-2017-03-14.json", version: "v1.40.2"},
		// Unions in themselves, and timestamps as text.
		{name: "verifiedpermissions", model: "smithy/verifiedpermissions-2021-12-01.json", version: "v1.24.0"},
		// Waiters with all matchers.
		{name: "neptunegraph", model: "smithy/neptune-graph-2023-11-29.json", version: "v1.22.1", operations: []string{
			"GetExportTask", "GetGraph", "GetGraphSnapshot", "GetImportTask", "GetPrivateGraphEndpoint", "ListGraphs",
		}},
		{
			name: "emr", model: "smithy/emr-2009-03-31.json", version: "v1.49.1",
			operations: []string{"DescribeCluster", "DescribeStep", "ListClusters"},
		},
		{name: "codegurureviewer", model: "smithy/codeguru-reviewer-2019-09-19.json", version: "v1.35.1",
			operations: []string{
				"DescribeCodeReview", "DescribeRepositoryAssociation", "ListCodeReviews",
			}},
		{
			name: "amp", model: "smithy/amp-2020-08-01.json", version: "v1.34.1",
			operations: []string{"DescribeScraper", "DescribeWorkspace", "ListWorkspaces"},
		},
		{
			name: "rekognition", model: "smithy/rekognition-2016-06-27.json", version: "v1.47.0",
			operations: []string{"DescribeProjectVersions"},
		},
		// Bearer tokens alone, and timestamps as text that members ask for.
		{
			name: "codecatalyst", model: "smithy/codecatalyst-2022-09-28.json", version: "v1.22.0",
			operations: []string{"GetUserDetails", "ListEventLogs", "ListWorkflowRuns", "VerifySession"},
		},
	}},
	// Those that speak awsJson, and are not among the shared models.
	{name: "older-json", kind: "older", services: []service{
		{name: "kms", model: "models/apis/kms/2014-11-01/api-2.json", version: "v1.38.3"},
		{name: "secretsmanager", model: "models/apis/secretsmanager/2017-10-17/api-2.json", version: "v1.35.4"},
		{name: "ecs", model: "models/apis/ecs/2014-11-13/api-2.json", version: "v1.56.1"},
		{name: "cloudwatchlogs", model: "models/apis/logs/2014-03-28/api-2.json", version: "v1.47.3"},
		{name: "kinesis", model: "models/apis/kinesis/2013-12-02/api-2.json", version: "v1.33.3"},
	}},
	// Those that speak Query, whose answers are XML.
	{name: "older-query", kind: "older", services: []service{
		{name: "sts", model: "smithy/sts-2011-06-15.json", version: "v1.33.19", exact: true},
		{name: "sns", model: "smithy/sns-2010-03-31.json", version: "v1.34.4", exact: true},
		{name: "autoscaling", model: "smithy/auto-scaling-2011-01-01.json", version: "v1.52.4", exact: true},
		{name: "iam", model: "smithy/iam-2010-05-08.json", version: "v1.41.1", exact: true},
		{name: "ses", model: "smithy/ses-2010-12-01.json", version: "v1.30.2", exact: true},
		{name: "rds", model: "smithy/rds-2014-10-31.json", version: "v1.95.0"},
		{name: "elasticache", model: "smithy/elasticache-2015-02-02.json", version: "v1.46.0"},
		{name: "elasticloadbalancing", model: "smithy/elastic-load-balancing-2012-06-01.json",
			version: "v1.29.3", exact: true},
	}},
	{name: "older-xml", kind: "older", services: []service{
		{name: "route53", model: "models/apis/route53/2013-04-01/api-2.json", version: "v1.51.1"},
		{name: "s3control", model: "models/apis/s3control/2018-08-20/api-2.json", version: "v1.58.0"},
		{name: "cloudfront", model: "smithy/cloudfront-2020-05-31.json", version: "v1.46.0"},
		{name: "cloudformation", model: "models/apis/cloudformation/2010-05-15/api-2.json", version: "v1.59.2"},
		{name: "elasticloadbalancingv2", model: "models/apis/elasticloadbalancingv2/2015-12-01/api-2.json",
			version: "v1.45.2"},
		{name: "cloudwatch", model: "models/apis/monitoring/2010-08-01/api-2.json", version: "v1.44.3"},
	}},
	{
		name: "older-s3", kind: "older", services: []service{{
			name: "s3", model: "smithy/s3-2006-03-01.json", version: "v1.79.2", exact: true,
		}},
	},
	{name: "older-ec2", kind: "older", slow: true, services: []service{
		{name: "ec2", model: "c2j/ec2/2016-11-15/service-2.json", version: "v1.210.1", operations: []string{
			"AllocateAddress", "AttachVolume", "AuthorizeSecurityGroupIngress", "CreateFleet", "CreateFlowLogs", "CreateImage",
			"CreateInternetGateway", "CreateIpam", "CreateKeyPair", "CreateLaunchTemplate", "CreateNatGateway",
			"CreateNetworkAcl",
			"CreateNetworkInterface", "CreateRoute", "CreateRouteTable", "CreateSecurityGroup", "CreateSnapshot", "CreateSubnet",
			"CreateTags", "CreateTransitGateway", "CreateVolume", "CreateVpc", "CreateVpcEndpoint",
			"CreateVpnConnection", "DeleteTags",
			"DeleteVpc", "DescribeAddresses", "DescribeAvailabilityZones", "DescribeImages", "DescribeInstanceAttribute",
			"DescribeInstanceStatus", "DescribeInstanceTypes", "DescribeInstances", "DescribeKeyPairs",
			"DescribeLaunchTemplateVersions", "DescribeNatGateways", "DescribeRegions", "DescribeRouteTables",
			"DescribeSecurityGroups", "DescribeSnapshots", "DescribeSpotPriceHistory", "DescribeSubnets", "DescribeTags",
			"DescribeVolumes", "DescribeVpcs", "GetConsoleOutput", "GetPasswordData", "GetSpotPlacementScores", "ImportKeyPair",
			"ImportSnapshot", "ModifyInstanceAttribute", "ModifyReservedInstances", "ModifySubnetAttribute", "ModifyVolume",
			"ModifyVpcEndpoint", "ProvisionByoipCidr", "RegisterImage", "ReleaseAddress", "RequestSpotFleet",
			"RevokeSecurityGroupEgress", "RunInstances", "SearchTransitGatewayRoutes", "StartInstances", "StopInstances",
			"TerminateInstances", "UpdateSecurityGroupRuleDescriptionsIngress",
		}},
	}},
	{name: "newer-xml", kind: "newer", services: []service{
		{name: "sts", model: "c2j/sts/2011-06-15/service-2.json", version: "v1.52.0"},
		{name: "sns", model: "c2j/sns/2010-03-31/service-2.json", version: "v1.48.0"},
		{name: "iam", model: "c2j/iam/2010-05-08/service-2.json", version: "v1.65.0"},
		{name: "cloudwatch", model: "c2j/cloudwatch/2010-08-01/service-2.json", version: "v1.76.0"},
		{name: "ses", model: "smithy/ses-2010-12-01.json", version: "v1.43.0"},
		{name: "rds", model: "smithy/rds-2014-10-31.json", version: "v1.133.0"},
	}},
	// Those with event streams.
	{name: "older-streams", kind: "older", services: []service{
		{name: "bedrockruntime", model: "smithy/bedrock-runtime-2023-09-30.json", version: "v1.28.1"},
		{
			name: "iotsitewise", model: "smithy/iotsitewise-2019-12-02.json", version: "v1.44.1",
			operations: []string{"InvokeAssistant"},
		},
		{name: "sagemakerruntime", model: "smithy/sagemaker-runtime-2017-05-13.json", version: "v1.32.7"},
	}},
	// The newer ones have schemas, and a codec that reads them at run time.
	{name: "newer", kind: "newer", services: []service{
		{name: "lambda", model: "c2j/lambda/2015-03-31/service-2.json", version: "v1.114.4"},
		{name: "eks", model: "c2j/eks/2017-11-01/service-2.json", version: "v1.105.6"},
		// Streams with checksums in headers.
		{name: "ebs", model: "smithy/ebs-2019-11-02.json", version: "v1.43.5"},
		// Unions and documents.
		{name: "bedrockruntime", model: "smithy/bedrock-runtime-2023-09-30.json", version: "v1.63.13"},
		{name: "dynamodb", model: "smithy/dynamodb-2012-08-10.json", version: "v1.74.0"},
		{name: "sqs", model: "smithy/sqs-2012-11-05.json", version: "v1.53.0"},
		// One operation for each form of members.
		{name: "ssm", model: "c2j/ssm/2014-11-06/service-2.json", version: "v1.82.1", operations: []string{
			"CreateAssociation", "CreateDocument", "CreateOpsItem", "GetAutomationExecution", "GetExecutionPreview",
			"GetInventory",
			"GetMaintenanceWindowTask", "GetOpsSummary", "GetParameter", "ListNodesSummary", "PutInventory", "PutParameter",
			"SendCommand", "StartChangeRequestExecution", "StartExecutionPreview", "UpdateMaintenanceWindowTask",
		}},
		{name: "acm", model: "smithy/acm-2015-12-08.json", version: "v1.51.5"},
		{name: "organizations", model: "smithy/organizations-2016-11-28.json", version: "v1.62.8", operations: []string{
			"CreateAccount", "DescribePolicy", "InviteAccountToOrganization", "ListAccounts", "ListRoots", "TagResource",
		}},
		// Documents, in the body alone.
		{name: "identitystore", model: "smithy/identitystore-2020-06-15.json", version: "v1.50.0"},
	}},
}

// harnessFiles are the files of package harness, which the module of the generated
// clients gets a copy of.
//
//go:embed harness/*.go
var harnessFiles embed.FS

//go:build models

package calls

import (
	"example.com/lathe/bench/internal/clients/eks"
	official "github.com/aws/aws-sdk-go-v2/service/eks"
)

// cluster is an answer of DescribeCluster as a cluster in use gives it.
const cluster = `{"cluster":{"name":"prod","arn":"arn:aws:eks:us-east-1:123456789012:cluster/prod","createdAt":1704164645.678,"version":"1.31",` +
	`"endpoint":"https://0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com","roleArn":"arn:aws:iam::123456789012:role/eks",` +
	`"resourcesVpcConfig":{"subnetIds":["subnet-0a","subnet-0b","subnet-0c"],"securityGroupIds":["sg-0a"],"clusterSecurityGroupId":"sg-0b",` +
	`"vpcId":"vpc-0a","endpointPublicAccess":true,"endpointPrivateAccess":true,"publicAccessCidrs":["10.0.0.0/8","192.168.0.0/16"]},` +
	`"kubernetesNetworkConfig":{"serviceIpv4Cidr":"172.20.0.0/16","ipFamily":"ipv4","elasticLoadBalancing":{"enabled":false}},` +
	`"logging":{"clusterLogging":[{"types":["api","audit"],"enabled":true},{"types":["authenticator","controllerManager","scheduler"],"enabled":false}]},` +
	`"identity":{"oidc":{"issuer":"https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF"}},"status":"ACTIVE",` +
	`"certificateAuthority":{"data":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUREUFlGUFRBVEJnTlZCQW9NREVGdFlYcHZiaUJYWldJZ1UyVnlkbWxqWlhNd0hoY05NalF3"},` +
	`"clientRequestToken":"token","platformVersion":"eks.12","tags":{"team":"a","stage":"prod","cost":"1234"},` +
	`"encryptionConfig":[{"resources":["secrets"],"provider":{"keyArn":"arn:aws:kms:us-east-1:123456789012:key/0a"}}],` +
	`"id":"0a1b","health":{"issues":[{"code":"AccessDenied","message":"no access","resourceIds":["a","b"]}]},` +
	`"accessConfig":{"bootstrapClusterCreatorAdminPermissions":true,"authenticationMode":"API"},"upgradePolicy":{"supportType":"STANDARD"},` +
	`"zonalShiftConfig":{"enabled":true},"computeConfig":{"enabled":true,"nodePools":["general","system"],"nodeRoleArn":"arn:aws:iam::123456789012:role/node"},` +
	`"storageConfig":{"blockStorage":{"enabled":true}},"deletionProtection":true}}`

// clusterCases are a call of the official SDK's newer, schema-driven generation.
func clusterCases() []Case {
	name, h := "prod", reply(200, "", []byte(cluster))
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := eks.New(eks.Options{Region: region, Credentials: key(), HTTPClient: h})
	return []Case{{Name: SchemaCall, Sides: []Side{
		{Official, func() any { return expect(theirs.DescribeCluster(ctx, &official.DescribeClusterInput{Name: &name})) }},
		{Ours, func() any { return expect(ours.DescribeCluster(ctx, &eks.DescribeClusterInput{Name: &name})) }},
	}}}
}

//go:build models

package calls

import (
	"example.com/lathe/bench/internal/clients/lambda"
	official "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// function is an answer of GetFunction as a function in use has it.
const function = `{"Configuration":{"FunctionName":"resize","FunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:resize","Runtime":"provided.al2023",` +
	`"Role":"arn:aws:iam::123456789012:role/lambda","Handler":"bootstrap","CodeSize":5242880,"Description":"Makes pictures smaller","Timeout":30,` +
	`"MemorySize":512,"LastModified":"2024-01-02T03:04:05.678+0000","CodeSha256":"YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY=","Version":"$LATEST",` +
	`"VpcConfig":{"SubnetIds":["subnet-0a","subnet-0b"],"SecurityGroupIds":["sg-0a"],"VpcId":"vpc-0a","Ipv6AllowedForDualStack":false},` +
	`"DeadLetterConfig":{"TargetArn":"arn:aws:sqs:us-east-1:123456789012:dead"},"Environment":{"Variables":{"BUCKET":"pictures","LEVEL":"info","STAGE":"prod"}},` +
	`"TracingConfig":{"Mode":"Active"},"RevisionId":"01234567-89ab-cdef-0123-456789abcdef","Layers":[{"Arn":"arn:aws:lambda:us-east-1:123456789012:layer:a:1","CodeSize":1024}],` +
	`"State":"Active","LastUpdateStatus":"Successful","PackageType":"Zip","Architectures":["arm64"],"EphemeralStorage":{"Size":512},` +
	`"SnapStart":{"ApplyOn":"None","OptimizationStatus":"Off"},"LoggingConfig":{"LogFormat":"JSON","ApplicationLogLevel":"INFO","SystemLogLevel":"WARN","LogGroup":"/aws/lambda/resize"}},` +
	`"Code":{"RepositoryType":"S3","Location":"https://awslambda-us-east-1-tasks.s3.us-east-1.amazonaws.com/snapshots/123456789012/resize"},` +
	`"Tags":{"team":"a","stage":"prod"},"Concurrency":{"ReservedConcurrentExecutions":10}}`

// functionCases are another call of the official SDK's newer, schema-driven generation.
func functionCases() []Case {
	name, h := "resize", reply(200, "", []byte(function))
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := lambda.New(lambda.Options{Region: region, Credentials: key(), HTTPClient: h})
	return []Case{{Name: FunctionCall, Sides: []Side{
		{Official, func() any { return expect(theirs.GetFunction(ctx, &official.GetFunctionInput{FunctionName: &name})) }},
		{Ours, func() any { return expect(ours.GetFunction(ctx, &lambda.GetFunctionInput{FunctionName: &name})) }},
	}}}
}

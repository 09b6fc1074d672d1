//go:build models

package calls

// The clients are generated and not committed.
//
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/datazone/2018-05-10/service-2.json --out bench/internal/clients/datazone --package datazone --operation ListDataSources,CreateAsset
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/eks/2017-11-01/service-2.json --out bench/internal/clients/eks --package eks --operation DescribeCluster
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/lambda/2015-03-31/service-2.json --out bench/internal/clients/lambda --package lambda --operation GetFunction
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/smithy/dynamodb-2012-08-10.json --out bench/internal/clients/dynamodb --package dynamodb --operation GetItem,PutItem
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/smithy/sqs-2012-11-05.json --out bench/internal/clients/sqs --package sqs --operation SendMessage
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/smithy/bedrock-runtime-2023-09-30.json --out bench/internal/clients/bedrockruntime --package bedrockruntime --operation ConverseStream
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/sts/2011-06-15/service-2.json --out bench/internal/clients/sts --package sts --operation GetCallerIdentity
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/cloudwatch/2010-08-01/service-2.json --out bench/internal/clients/cloudwatch --package cloudwatch --operation PutMetricData

// LeftOut says which cases are missing, and why; empty when none are.
func LeftOut() string { return "" }

func modelCases() []Case {
	return append([]Case{clusterCase(), functionCase(), messageCase(), identityCase(), metricsCase(), streamCase()}, itemCases()...)
}

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
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/s3/2006-03-01/service-2.json --out bench/internal/clients/s3 --package s3 --operation GetObject,PutObject,ListObjectsV2

// LeftOut says which cases are missing, and why; empty when none are.
func LeftOut() string { return "" }

func modelFamilies() []Family {
	return []Family{
		{"eks", inMemory(clusterCases)}, {"lambda", inMemory(functionCases)}, {"sqs", inMemory(messageCases)},
		{"sts", inMemory(identityCases)}, {"cloudwatch", inMemory(metricsCases)}, {"bedrockruntime", inMemory(streamCases)},
		{"dynamodb", inMemory(itemCases)}, {"s3", inMemory(objectCases)}, {"big bodies", inMemory(bigCases)},
	}
}

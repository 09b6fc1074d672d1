//go:build models

package calls

// The clients lie in testdata, so that ./... does not mean them.
//
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/datazone/2018-05-10/service-2.json --out bench/internal/calls/testdata/datazone --package datazone --operation ListDataSources,CreateAsset
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/eks/2017-11-01/service-2.json --out bench/internal/calls/testdata/eks --package eks --operation DescribeCluster
//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/lambda/2015-03-31/service-2.json --out bench/internal/calls/testdata/lambda --package lambda --operation GetFunction

// LeftOut says why there are cases missing; empty when there are not.
const LeftOut = ""

func modelCases() []Case { return []Case{clusterCase(), functionCase()} }

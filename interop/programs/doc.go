// Command programs adopts public programs, one after the other: it gets a module by its
// name, builds it, runs its tests, puts clients in the place of the SDK's packages, does
// all of that once more, compares, measures, and takes everything back. Nothing of a
// program stays. What came of it is written to results.json, and as tables into the
// documents of the repository.
//
//	go run ./programs -models ../../api-models-aws
//	go run ./programs -models ../../api-models-aws -only litestream,dynamo
//	go run ./programs -write # the tables alone
package main

// Package ec2 measures DescribeInstances with 1,000 instances, 4 MB of XML, against the
// official package. It is apart because that takes a compiler minutes and gigabytes:
//
//	go generate -tags ec2 ./internal/ec2
//	go test -tags ec2 -bench . ./internal/ec2
package ec2

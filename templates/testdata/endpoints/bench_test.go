package datazone

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

func BenchmarkCached(b *testing.B) {
	c := &Client{clientState: new(clientState)}
	options := &Options{Region: "us-east-1", EndpointResolverV2: NewDefaultEndpointResolverV2()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.resolveEndpoint(context.Background(), options, "", nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCachedParallel(b *testing.B) {
	c := &Client{clientState: new(clientState)}
	options := &Options{Region: "us-east-1", EndpointResolverV2: NewDefaultEndpointResolverV2()}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := c.resolveEndpoint(context.Background(), options, "", nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkUncached(b *testing.B) {
	options := &Options{Region: "us-east-1", EndpointResolverV2: NewDefaultEndpointResolverV2()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := findEndpoint(context.Background(), endpointCall{options: options}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	r := NewDefaultEndpointResolverV2()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.ResolveEndpoint(context.Background(), EndpointParameters{Region: aws.String("us-east-1")}); err != nil {
			b.Fatal(err)
		}
	}
}

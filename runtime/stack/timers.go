package stack

import (
	"context"
	"time"

	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
)

// timer is one of the durations of a call that are measured.
type timer int

const (
	callDuration timer = iota
	serializeDuration
	identityDuration
	endpointDuration
	signDuration
	deserializeDuration
)

// timers are the names by which meters know them, and what they say of them.
var timers = [...]struct{ name, description string }{
	callDuration:        {"client.call.duration", "Overall call duration (including retries and time to send or receive request and response body)"},
	serializeDuration:   {"client.call.serialization_duration", "The time it takes to serialize a message body"},
	identityDuration:    {"client.call.auth.resolve_identity_duration", "The time taken to acquire an identity (AWS credentials, bearer token, etc) from an Identity Provider"},
	endpointDuration:    {"client.call.resolve_endpoint_duration", "The time it takes to resolve an endpoint (endpoint resolver, not DNS) for the request"},
	signDuration:        {"client.call.auth.signing_duration", "The time it takes to sign a request"},
	deserializeDuration: {"client.call.deserialization_duration", "The time it takes to deserialize a message body"},
}

type timersKey struct{}

// withTimers makes the instruments for a call, unless nobody measures.
func withTimers(ctx context.Context, provider metrics.MeterProvider, scope string) (context.Context, error) {
	if _, ok := provider.(metrics.NopMeterProvider); ok {
		return ctx, nil
	}
	meter, instruments := provider.Meter(scope), new([len(timers)]metrics.Float64Histogram)
	for i, t := range timers {
		histogram, err := meter.Float64Histogram(t.name, func(o *metrics.InstrumentOptions) {
			o.UnitLabel, o.Description = "s", t.description
		})
		if err != nil {
			return nil, err
		}
		instruments[i] = histogram
	}
	return context.WithValue(ctx, timersKey{}, instruments), nil
}

// startTimer measures the time until the function that it returns is called.
func startTimer(ctx context.Context, t timer, describe ...metrics.RecordMetricOption) func() {
	instruments, _ := ctx.Value(timersKey{}).(*[len(timers)]metrics.Float64Histogram)
	if instruments == nil {
		return func() {}
	}
	start := time.Now()
	return func() {
		instruments[t].Record(ctx, seconds(time.Since(start)), append(describe, func(o *metrics.RecordMetricOptions) {
			o.Properties.Set("rpc.service", middleware.GetServiceID(ctx))
			o.Properties.Set("rpc.method", middleware.GetOperationName(ctx))
		})...)
	}
}

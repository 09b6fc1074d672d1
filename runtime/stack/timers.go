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
	callDuration: {
		"client.call.duration", "Overall call duration (including retries and time to send or receive request and response body)",
	},
	serializeDuration: {"client.call.serialization_duration", "The time it takes to serialize a message body"},
	identityDuration: {
		"client.call.auth.resolve_identity_duration",
		"The time taken to acquire an identity (AWS credentials, bearer token, etc) from an Identity Provider",
	},
	endpointDuration: {
		"client.call.resolve_endpoint_duration",
		"The time it takes to resolve an endpoint (endpoint resolver, not DNS) for the request",
	},
	signDuration:        {"client.call.auth.signing_duration", "The time it takes to sign a request"},
	deserializeDuration: {"client.call.deserialization_duration", "The time it takes to deserialize a message body"},
}

// instruments are what the timers of a call write to.
type instruments [len(timers)]metrics.Float64Histogram

// makeInstruments makes the instruments for the call, unless nobody measures.
func (r *run) makeInstruments() error {
	if _, ok := r.Meter.(metrics.NopMeterProvider); ok {
		return nil
	}
	meter, all := r.Meter.Meter(r.scope), new(instruments)
	for i, t := range timers {
		histogram, err := meter.Float64Histogram(t.name, func(o *metrics.InstrumentOptions) {
			o.UnitLabel, o.Description = "s", t.description
		})
		if err != nil {
			return err
		}
		all[i] = histogram
	}
	r.instruments = all
	return nil
}

// startTimer measures the time until the function that it returns is called. The scheme is
// nil where it has nothing to do with what is measured.
func (r *run) startTimer(ctx context.Context, t timer, by *chosen) func() {
	if r.instruments == nil {
		return func() {}
	}
	start := time.Now()
	return func() {
		r.instruments[t].Record(ctx, seconds(time.Since(start)), func(o *metrics.RecordMetricOptions) {
			if by != nil {
				o.Properties.Set("auth.scheme_id", by.scheme.SchemeID())
			}
			o.Properties.Set("rpc.service", middleware.GetServiceID(ctx))
			o.Properties.Set("rpc.method", middleware.GetOperationName(ctx))
		})
	}
}

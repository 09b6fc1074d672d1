package hooks

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-xray-sdk-go/instrumentation/awsv2"
	"github.com/aws/aws-xray-sdk-go/strategy/sampling"
	"github.com/aws/aws-xray-sdk-go/xray"
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/tracing"
	"go.opentelemetry.io/contrib/instrumentation/github.com/aws/aws-sdk-go-v2/otelaws"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// answers are the ways in which a call can end.
var answers = map[string][]reply{"found": {found}, "gone": {gone}, "tried again": {throttled, throttled, found}, "throttled": {throttled}}

// TestOpenTelemetry traces calls with the instrumentation of OpenTelemetry.
func TestOpenTelemetry(t *testing.T) {
	for name, replies := range answers {
		t.Run(name, func(t *testing.T) {
			compare(t, scene{replies: replies, make: func(n *notes) hooks {
				exporter := tracetest.NewInMemoryExporter()
				provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(noting{exporter, n}), sdktrace.WithIDGenerator(new(counter)))
				var api []stackFunc
				otelaws.AppendMiddlewares(&api, otelaws.WithTracerProvider(provider), otelaws.WithTextMapPropagator(propagation.TraceContext{}))
				return hooks{"APIOptions": api}
			}})
		})
	}
}

// noting is an exporter that writes spans down.
type noting struct {
	*tracetest.InMemoryExporter
	notes *notes
}

func (e noting) ExportSpans(_ context.Context, spans []sdktrace.ReadOnlySpan) error {
	for _, s := range spans {
		e.notes.add("span %s, kind %v, %v, status %+v, from %v to %v, scope %v", s.Name(), s.SpanKind(), s.Attributes(), s.Status(), s.StartTime(), s.EndTime(), s.InstrumentationScope())
	}
	return nil
}

// counter makes the ids of traces and spans.
type counter struct{ n byte }

// NewIDs returns the ids of a trace and its first span.
func (c *counter) NewIDs(ctx context.Context) (trace.TraceID, trace.SpanID) {
	c.n++
	return trace.TraceID{15: c.n}, c.NewSpanID(ctx, trace.TraceID{})
}

// NewSpanID returns the id of a span.
func (c *counter) NewSpanID(context.Context, trace.TraceID) trace.SpanID {
	c.n++
	return trace.SpanID{7: c.n}
}

// TestXRay traces calls with the instrumentation of X-Ray.
func TestXRay(t *testing.T) {
	for name, replies := range answers {
		t.Run(name, func(t *testing.T) {
			compare(t, scene{
				replies: replies,
				make: func(*notes) hooks {
					var api []stackFunc
					awsv2.AWSV2Instrumentor(&api)
					return hooks{"APIOptions": api}
				},
				around: func(ctx context.Context, n *notes) (context.Context, func()) {
					all, err := sampling.NewLocalizedStrategyFromJSONBytes([]byte(`{"version":2,"default":{"fixed_target":1,"rate":1},"rules":[]}`))
					if err != nil {
						t.Fatal(err)
					}
					ctx, err = xray.ContextWithConfig(ctx, xray.Config{Emitter: emitter{n, new(sync.Map)}, SamplingStrategy: all})
					if err != nil {
						t.Fatal(err)
					}
					ctx, segment := xray.BeginSegment(ctx, "test")
					return ctx, func() { segment.Close(nil) }
				},
			})
		})
	}
}

// emitter writes segments down, each once: when the context ends while a segment is being
// closed, X-Ray emits it twice.
type emitter struct {
	notes *notes
	seen  *sync.Map
}

// Emit writes a segment down, which is locked, and what is below it.
func (e emitter) Emit(s *xray.Segment) {
	if _, again := e.seen.LoadOrStore(s, true); again {
		return
	}
	text, err := json.Marshal(s)
	e.notes.add("segment %s, error %v", randomID.ReplaceAllString(string(text), "…"), err)
	for _, raw := range s.Subsegments {
		e.notes.add("subsegment %s", randomID.ReplaceAllString(string(raw), "…"))
	}
}

// RefreshEmitterWithAddress does nothing.
func (emitter) RefreshEmitterWithAddress(*net.UDPAddr) {}

// randomID matches the ids that X-Ray makes.
var randomID = regexp.MustCompile(`[0-9a-f]{16,}`)

// recorder is a tracer and a meter that write down what they are used for.
type recorder struct {
	mu    *sync.Mutex
	notes *notes
}

func (r recorder) add(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes.add(format, args...)
}

// Tracer returns the recorder.
func (r recorder) Tracer(scope string, _ ...tracing.TracerOption) tracing.Tracer {
	r.add("tracer %s", scope)
	return r
}

type spanKey struct{}

// StartSpan begins a span below that of the context.
func (r recorder) StartSpan(ctx context.Context, name string, fns ...tracing.SpanOption) (context.Context, tracing.Span) {
	var o tracing.SpanOptions
	for _, fn := range fns {
		fn(&o)
	}
	parent, _ := ctx.Value(spanKey{}).(*span)
	s := &span{recorder: r, name: name}
	if parent != nil {
		s.name = parent.name + "/" + name
	}
	r.add("%s begins, kind %v, %v", s.name, o.Kind, properties(o.Properties.Values()))
	return tracing.WithSpan(context.WithValue(ctx, spanKey{}, s), s), s
}

func properties(all map[any]any) string {
	var out []string
	for k, v := range all {
		out = append(out, fmt.Sprintf("%v=%v", k, v))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

type span struct {
	recorder

	name  string
	ended bool
}

func (s *span) Name() string                                   { return s.name }
func (s *span) Context() tracing.SpanContext                   { return tracing.SpanContext{} }
func (s *span) AddEvent(name string, _ ...tracing.EventOption) { s.add("%s: event %s", s.name, name) }
func (s *span) SetStatus(status tracing.SpanStatus)            { s.add("%s: status %v", s.name, status) }
func (s *span) SetProperty(k, v any)                           { s.add("%s: %v=%v", s.name, k, v) }

// End ends the span, once: some steps of the official packages end theirs again.
func (s *span) End() {
	if !s.ended {
		s.add("%s ends", s.name)
	}
	s.ended = true
}

// TestTracer compares the spans that a call starts.
func TestTracer(t *testing.T) {
	for name, replies := range answers {
		t.Run(name, func(t *testing.T) {
			compare(t, scene{replies: replies, make: func(n *notes) hooks {
				return hooks{"TracerProvider": tracing.TracerProvider(recorder{mu: new(sync.Mutex), notes: n})}
			}})
		})
	}
}

// Meter returns a meter.
func (r recorder) Meter(scope string, _ ...metrics.MeterOption) metrics.Meter {
	r.add("meter %s", scope)
	return meter{metrics.NopMeterProvider{}.Meter(""), r}
}

type meter struct {
	metrics.Meter

	recorder recorder
}

// Float64Histogram returns an instrument that writes down its measurements.
func (m meter) Float64Histogram(name string, fns ...metrics.InstrumentOption) (metrics.Float64Histogram, error) {
	var o metrics.InstrumentOptions
	for _, fn := range fns {
		fn(&o)
	}
	m.recorder.add("histogram %s: %+v", name, o)
	return instrument{m.recorder, name}, nil
}

// Int64Counter returns an instrument that writes down its measurements.
func (m meter) Int64Counter(name string, fns ...metrics.InstrumentOption) (metrics.Int64Counter, error) {
	var o metrics.InstrumentOptions
	for _, fn := range fns {
		fn(&o)
	}
	m.recorder.add("counter %s: %+v", name, o)
	return countingInstrument{m.recorder, name}, nil
}

type instrument struct {
	recorder recorder
	name     string
}

// Record writes the measurement down.
func (i instrument) Record(_ context.Context, value float64, fns ...metrics.RecordMetricOption) {
	i.recorder.add("%s: %v, %s", i.name, value, recorded(fns))
}

type countingInstrument instrument

// Add writes the count down.
func (i countingInstrument) Add(_ context.Context, n int64, fns ...metrics.RecordMetricOption) {
	i.recorder.add("%s: %d, %s", i.name, n, recorded(fns))
}

func recorded(fns []metrics.RecordMetricOption) string {
	var o metrics.RecordMetricOptions
	for _, fn := range fns {
		fn(&o)
	}
	return properties(o.Properties.Values())
}

// TestMeter compares what is measured of a call.
func TestMeter(t *testing.T) {
	for name, replies := range answers {
		t.Run(name, func(t *testing.T) {
			compare(t, scene{replies: replies, make: func(n *notes) hooks {
				return hooks{"MeterProvider": metrics.MeterProvider(recorder{mu: new(sync.Mutex), notes: n})}
			}})
		})
	}
}

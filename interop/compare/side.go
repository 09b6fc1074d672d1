package compare

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	"github.com/aws/smithy-go/middleware"
)

// Side is one of the two clients that are compared.
type Side interface {
	// Run puts a new client through the scenario.
	Run(s *Scenario) *Record
	// Options returns the options of a new client, by the names of the fields.
	Options(s *Scenario) map[string]any
}

// Bind makes a side of a client's own functions: its constructors, one operation,
// and the client's options. I is the operation's input, P the client's endpoint
// parameters. The settings are the defaults of input and options.
func Bind[P, O, C, I, R any](
	fresh func(O, ...func(*O)) *C,
	fromConfig func(aws.Config, ...func(*O)) *C,
	options func(*C) O,
	call func(*C, context.Context, *I, ...func(*O)) (*R, error),
	input, defaults []Setting,
) Side {
	s := &side{endpoints: func(fn EndpointFunc) any { return resolver[P]{fn} }}
	build := func(w *World, sc *Scenario, hooks []Setting) *C {
		set := func(settings []Setting) func(*O) { return func(o *O) { s.apply(w, o, settings) } }
		if sc.FromConfig {
			var cfg aws.Config
			s.apply(w, &cfg, w.defaults(defaults))
			s.apply(w, &cfg, hooks)
			s.apply(w, &cfg, sc.Config)
			return fromConfig(cfg, set(sc.Options), set(sc.ClientFns))
		}
		var o O
		s.apply(w, &o, w.defaults(defaults))
		s.apply(w, &o, hooks)
		s.apply(w, &o, sc.Options)
		return fresh(o, set(sc.ClientFns))
	}
	s.open = func(w *World, sc *Scenario, hooks []Setting) caller {
		client := build(w, sc, hooks)
		return func(ctx context.Context, c Call) (any, error) {
			in := new(I)
			s.apply(w, in, input)
			s.apply(w, in, c.Input)
			if c.Seed != 0 {
				Fill(in, c.Seed)
			}
			if c.NilInput {
				in = nil
			}
			var fns []func(*O)
			if c.Options != nil {
				fns = append(fns, func(o *O) { s.apply(w, o, c.Options) })
			}
			out, err := call(client, ctx, in, fns...)
			if out == nil {
				return nil, err
			}
			return out, err
		}
	}
	s.options = func(w *World, sc *Scenario) any { return options(build(w, sc, nil)) }
	return s
}

// Hooked is the same side with a middleware among the options of each client that does
// nothing.
func Hooked(of Side) Side {
	hooked := *of.(*side)
	hooked.hooks = []Setting{{"APIOptions", []func(*middleware.Stack) error{func(*middleware.Stack) error { return nil }}}}
	return &hooked
}

// caller makes a call with a client.
type caller func(context.Context, Call) (any, error)

type side struct {
	hooks     []Setting
	endpoints func(EndpointFunc) any
	open      func(*World, *Scenario, []Setting) caller
	options   func(*World, *Scenario) any
}

// resolver is an EndpointResolverV2 over a client's own parameters.
type resolver[P any] struct{ fn EndpointFunc }

// ResolveEndpoint asks the function.
func (r resolver[P]) ResolveEndpoint(_ context.Context, p P) (smithyendpoints.Endpoint, error) {
	return r.fn(params(p))
}

// defaults are the default settings, the world's transport among them.
func (w *World) defaults(settings []Setting) []Setting {
	return append([]Setting{{"HTTPClient", w.Transport()}}, settings...)
}

func newWorld(s *Scenario) *World {
	script := s.Replies
	if len(script) == 0 {
		script = []Reply{{}}
	}
	return &World{transport: &transport{script: script}}
}

// Result is what one call came to.
type Result struct {
	Output any // nil, or a pointer to the client's own type
	Err    error
	Began  time.Time
	Took   time.Duration
}

// Record is what one client did in a scenario.
type Record struct {
	results []Result
	world   *World
}

// Run puts a new client through the scenario.
func (s *side) Run(sc *Scenario) *Record {
	w := newWorld(sc)
	call := s.open(w, sc, s.hooks)
	rec := &Record{world: w}
	for _, c := range sc.calls() {
		time.Sleep(c.Pause)
		rec.results = append(rec.results, w.run(call, c))
	}
	return rec
}

func (w *World) run(call caller, c Call) (r Result) {
	ctx, cancel := c.start()
	defer cancel()
	w.transport.cancel = cancel
	r.Began = time.Now()
	defer func() {
		r.Took = time.Since(r.Began)
		if p := recover(); p != nil {
			r.Output, r.Err = nil, fmt.Errorf("panic: %v", p)
		}
	}()
	r.Output, r.Err = call(ctx, c)
	return r
}

// Options returns the fields of the options that a client of the scenario has.
func (s *side) Options(sc *Scenario) map[string]any {
	v := reflect.ValueOf(s.options(newWorld(sc), sc))
	out := map[string]any{}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			out[f.Name] = v.Field(i).Interface()
		}
	}
	return out
}

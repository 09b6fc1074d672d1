package harness

import (
	"context"
	"fmt"
	mathrand "math/rand"
	"math/rand/v2"
	"reflect"
	"strings"
	"time"

	smithyrand "github.com/aws/smithy-go/rand"
)

// helperRounds is how many random scripts a paginator or a waiter gets.
const helperRounds = 12

// helpers compares the paginators and waiters that both packages have, and sees that ours
// has those of its operations if the official package was made of the same model.
func (r *run) helpers() {
	idle := &transport{}
	ours := r.service.Ours.client(idle)
	for _, name := range sorted(r.service.Official.Helpers) {
		official := reflect.ValueOf(r.service.Official.Helpers[name])
		op := r.model.Operations[strings.TrimSuffix(official.Type().In(0).Name(), "APIClient")]
		if op == nil || inputOf(ours, op.Name) == nil || r.model.streams(op) {
			continue
		}
		own, ok := r.service.Ours.Helpers[name]
		switch {
		case !ok && r.service.Exact:
			r.report(op, reflect.New(inputOf(ours, op.Name)), answer{},
				[]Difference{{Path: "helper " + name, Official: "there", Ours: "missing"}})
		case !ok:
			r.tally.age(name)
		case strings.HasSuffix(name, "Paginator"):
			r.api(op, name, official.Type(), reflect.TypeOf(own))
			r.tally.paginators[name] = true
			r.scripts(op, name, func(c *helperCase) []Difference { return r.paginator(c, official, reflect.ValueOf(own)) })
		default:
			r.api(op, name, official.Type(), reflect.TypeOf(own))
			r.tally.waiters[name] = true
			r.scripts(op, name, func(c *helperCase) []Difference { return r.waiter(c, official, reflect.ValueOf(own)) })
		}
	}
}

// api compares what a constructor takes and returns: the options field by field, and the
// methods that the official type has.
func (r *run) api(op *operation, name string, official, ours reflect.Type) {
	diffs := facts("signature", official.String(), ours.String())
	options := func(t reflect.Type) reflect.Type { return t.In(t.NumIn() - 1).Elem().In(0).Elem() }
	diffs = append(diffs, facts("options", fields(options(official)), fields(options(ours)))...)
	for m := range official.Out(0).Methods() {
		own, _ := ours.Out(0).MethodByName(m.Name)
		diffs = append(diffs, facts("method "+m.Name, fmt.Sprint(m.Type), fmt.Sprint(own.Type))...)
	}
	named := *op
	named.Name += " " + name
	r.report(&named, reflect.New(inputOf(r.service.Ours.client(&transport{}), op.Name)), answer{}, diffs)
}

// fields are the fields of a struct with their types.
func fields(t reflect.Type) string {
	var all []string
	for f := range t.Fields() {
		all = append(all, f.Name+" "+f.Type.String())
	}
	return strings.Join(all, ", ")
}

// helperCase is a script for a paginator or a waiter.
type helperCase struct {
	*rand.Rand

	op      *operation
	input   reflect.Value
	answers []answer
	hooked  bool
	seed    int64
}

// scripts runs a comparison with random scripts: outputs, one of them twice now and then,
// and failures.
func (r *run) scripts(op *operation, name string, compare func(*helperCase) []Difference) {
	for round := range helperRounds {
		source := r.random(name, round)
		v, w := r.generators(source)
		idle := &transport{}
		ours, official := inputOf(r.service.Ours.client(idle), op.Name), inputOf(r.service.Official.client(idle), op.Name)
		c := &helperCase{Rand: source, op: op, input: r.input(v, op, ours, official), hooked: round%2 == 1,
			seed: source.Int64()}
		failures := r.failures(op)
		for range 1 + source.IntN(8) {
			a := w.output(op)
			switch source.IntN(6) {
			case 0:
				name := failures[source.IntN(len(failures))]
				shape := r.model.Shapes[name]
				if shape == nil {
					shape = &shape0
				}
				a = w.failure(name, shape)
			case 1:
				if n := len(c.answers); n > 0 {
					a = c.answers[n-1]
				}
			}
			c.answers = append(c.answers, w.withSum(a, true))
		}
		p := reflect.New(c.input.Type())
		p.Elem().Set(c.input)
		named := *op
		named.Name += " " + name
		r.report(&named, p, c.answers[0], append(v.differences, compare(c)...))
	}
}

// sides makes a client of each package, which get the script's answers, and inputs.
func (r *run) sides(c *helperCase) (transports [2]*transport, clients, inputs [2]reflect.Value) {
	for i, side := range []*Side{&r.service.Official, &r.service.Ours} {
		transports[i] = &transport{
			answer: c.answers[0], then: c.answers[1:], takes: 10 * time.Millisecond, start: time.Now(), settings: here(c.hooked),
		}
		clients[i] = side.client(transports[i])
		inputs[i] = reflect.New(inputOf(clients[i], c.op.Name))
	}
	if err := r.service.convert(inputs[0].Elem(), c.input); err != nil {
		r.t.Fatalf("%s.%s: %v", r.service.Name, c.op.Name, err)
	}
	inputs[1].Elem().Set(c.input)
	return transports, clients, inputs
}

// option makes an option function of the last parameter of a constructor, which sets
// fields that the options have.
func option(constructor reflect.Value, fields map[string]any) reflect.Value {
	t := constructor.Type()
	return reflect.MakeFunc(t.In(t.NumIn()-1).Elem(), func(args []reflect.Value) []reflect.Value {
		for name, value := range fields {
			f := args[0].Elem().FieldByName(name)
			if f.Kind() == reflect.Pointer { // a limit, of a paginator that is written by hand
				f.Set(reflect.New(f.Type().Elem()))
				f = f.Elem()
			}
			if f.IsValid() {
				f.Set(reflect.ValueOf(value).Convert(f.Type()))
			}
		}
		return nil
	})
}

// paginator compares what two paginators ask for and return, one page beyond the end.
func (r *run) paginator(c *helperCase, official, ours reflect.Value) (diffs []Difference) {
	transports, clients, inputs := r.sides(c)
	fields := map[string]any{"StopOnDuplicateToken": c.IntN(2) == 0}
	if c.IntN(2) == 0 {
		fields["Limit"] = []int{-1, 0, 5}[c.IntN(3)]
	}
	var made [2]reflect.Value
	for i, constructor := range []reflect.Value{official, ours} {
		transports[i].takes = 0 // both at one time
		made[i] = constructor.Call([]reflect.Value{clients[i], inputs[i], option(constructor, fields)})[0]
	}
	for range len(c.answers) + 1 {
		more := [2]bool{}
		outs, errs := [2]reflect.Value{}, [2]error{}
		faults := [2]string{}
		for i, p := range made {
			faults[i] = fault(func() {
				more[i] = p.MethodByName("HasMorePages").Call(nil)[0].Bool()
				results := p.MethodByName("NextPage").Call([]reflect.Value{reflect.ValueOf(context.Background())})
				outs[i] = results[0]
				errs[i], _ = reflect.TypeAssert[error](results[1])
			})
		}
		if faults != [2]string{} {
			return append(diffs, facts("panic", faults[0], faults[1])...)
		}
		diffs = append(diffs, facts("has more", fmt.Sprint(more[0]), fmt.Sprint(more[1]))...)
		diffs = append(diffs, r.sameResults(outs, errs)...)
		r.tally.pages++
		if !more[0] || len(diffs) > 0 {
			break
		}
	}
	return append(diffs, r.sameSent(transports)...)
}

// fault is what a function panics with; empty if it returns.
func fault(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// waiter compares how often and when two waiters look, and what they return. Both have the
// same jitter.
func (r *run) waiter(c *helperCase, official, ours reflect.Value) (diffs []Difference) {
	fields := map[string]any{}
	if !r.service.Exact || c.IntN(2) == 0 {
		fields = map[string]any{"MinDelay": 2 * time.Second, "MaxDelay": time.Duration(1+c.IntN(40)) * time.Second}
	}
	limit := time.Duration(c.IntN(300)) * time.Second
	reader := smithyrand.Reader
	defer func() { smithyrand.Reader = reader }()
	transports, clients, inputs := r.sides(c)
	outs, errs := [2]reflect.Value{}, [2]error{}
	for i, constructor := range []reflect.Value{official, ours} {
		smithyrand.Reader = mathrand.New(mathrand.NewSource(c.seed))
		transports[i].start = time.Now()
		w := constructor.Call([]reflect.Value{clients[i], option(constructor, fields)})[0]
		results := w.MethodByName("WaitForOutput").Call([]reflect.Value{
			reflect.ValueOf(context.Background()), inputs[i], reflect.ValueOf(limit),
		})
		outs[i] = results[0]
		errs[i], _ = reflect.TypeAssert[error](results[1])
	}
	r.tally.looks += len(transports[0].sent)
	diffs = r.sameResults(outs, errs)
	for _, d := range r.sameSent(transports) {
		if d.Path != "header X-Amz-Date" && d.Path != "header Amz-Sdk-Request" { // one waits after the other
			diffs = append(diffs, d)
		}
	}
	return diffs
}

// sameResults compares an output or an error.
func (r *run) sameResults(outs [2]reflect.Value, errs [2]error) []Difference {
	if errs[0] != nil || errs[1] != nil {
		return r.service.sameErrors(errs[0], errs[1], r.tally)
	}
	if outs[0].IsNil() || outs[1].IsNil() { // an error that was waited for
		return facts("output", fmt.Sprint(outs[0].IsNil()), fmt.Sprint(outs[1].IsNil()))
	}
	return r.service.same("output", outs[0].Elem(), outs[1].Elem(), r.tally)
}

// sameSent compares what was sent, and when.
func (r *run) sameSent(transports [2]*transport) []Difference {
	a, b := transports[0].sent, transports[1].sent
	if len(a) != len(b) {
		return []Difference{{Path: "requests", Official: fmt.Sprint(len(a)), Ours: fmt.Sprint(len(b))}}
	}
	diffs := r.model.sameRequests(a, b)
	for i := range a {
		diffs = append(diffs, facts("time", a[i].at.String(), b[i].at.String())...)
	}
	return diffs
}

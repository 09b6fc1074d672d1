package harness

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// rounds is how many random inputs and answers an operation gets of a seed.
const rounds = 24

// roundsElsewhere is how many more inputs it gets with clients in other regions, with other
// endpoints and options.
const roundsElsewhere = 6

// usual is the seed that is run when none is named. All [Rows] occur with it.
const usual = 1

var (
	first = flag.Uint64("seed", usual, "the seed of random inputs and answers")
	seeds = flag.Uint64("seeds", 1, "how many seeds are run, from that one on")
)

// Run compares the clients of a service over all operations that both have. The
// clocks of both stand still.
func Run(t *testing.T, s *Service, rows []Row) {
	m, err := load(s.Model, s.Protocol)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{
		service: s, model: m, tally: newTally(), rows: slices.Concat(rows, Seldom), used: make([]bool, len(rows)+len(Seldom)),
		seen: map[string]bool{},
	}
	for seed := *first; seed < *first+*seeds; seed++ {
		r.seed = seed
		t.Run(fmt.Sprintf("seed %d", seed), r.all)
	}
	t.Logf("%s: %s", s.Name, r.tally)
	if s.Exact && len(r.tally.boxes)+len(r.tally.ages) > 0 {
		t.Errorf("%s: the official package, which was made of this model, has other members or pointers: %v %v",
			s.Name, sorted(r.tally.boxes), sorted(r.tally.ages))
	}
	for i, row := range rows {
		if *first == usual && row.isAbout(s) && !r.used[i] {
			t.Errorf("unused row: %+v", row)
		}
	}
}

// all compares everything with the inputs and answers of one seed.
func (r *run) all(t *testing.T) {
	r.t = t
	r.eventStreams() // over loopback, where clocks go on
	synctest.Test(t, func(t *testing.T) {
		r.t = t
		for _, name := range sorted(r.model.Operations) {
			if r.service.Operations == nil || slices.Contains(r.service.Operations, name) {
				r.operation(r.model.Operations[name])
			}
		}
		r.helpers()
	})
}

type run struct {
	t       *testing.T
	service *Service
	model   *model
	seed    uint64
	tally   *tally
	rows    []Row
	used    []bool
	seen    map[string]bool // differences reported already
}

// random returns the random numbers of one round of something that has a name.
func (r *run) random(name string, round int) *rand.Rand {
	hash := fnv.New64a()
	hash.Write([]byte(r.service.Name + "." + name))
	return rand.New(rand.NewPCG(hash.Sum64(), (r.seed-usual)<<32|uint64(round)))
}

func (r *run) operation(op *operation) {
	idle := &transport{}
	official := inputOf(r.service.Official.client(idle), op.Name)
	ours := inputOf(r.service.Ours.client(idle), op.Name)
	if r.model.streams(op) {
		return
	}
	if official == nil || ours == nil {
		r.tally.missing[op.Name] = true
		return
	}
	r.tally.operations[op.Name] = true
	for round := range rounds {
		v, w := r.generators(r.random(op.Name, round))
		input := r.input(v, op, ours, official)
		r.compare(op, input, w.summed(w.output(op)), here(round%2 == 1), v.differences)
	}
	for round := range roundsElsewhere {
		source := r.random(op.Name+" elsewhere", round)
		v, w := r.generators(source)
		how, input := elsewhere(source), r.input(v, op, ours, official)
		r.compare(op, input, w.summed(w.output(op)), how, v.differences)
	}
	for round, name := range r.failures(op) {
		v, w := r.generators(r.random(op.Name, rounds+round))
		shape := r.model.Shapes[name]
		if shape == nil {
			shape = &shape0
		}
		input := r.input(v, op, ours, official)
		r.compare(op, input, w.failure(name, shape), here(round%2 == 1), v.differences)
	}
}

// shape0 is the shape of an error that the model doesn't know.
var shape0 = shape{}

// failures are the names of the operation's errors, each twice, and of one that no
// model has.
func (r *run) failures(op *operation) []string {
	names := []string{"SomethingElseException"}
	for _, e := range op.Errors {
		names = append(names, e.Shape, e.Shape)
	}
	return names
}

func (r *run) generators(source *rand.Rand) (*values, *wire) {
	v := &values{Rand: source, model: r.model, sides: r.service, tally: r.tally}
	return v, &wire{Rand: source, model: r.model, values: v}
}

func (r *run) input(v *values, op *operation, ours, official reflect.Type) reflect.Value {
	s := &shape{}
	if op.Input != nil {
		s = r.model.Shapes[op.Input.Shape]
	}
	return v.input(ours, official, s)
}

// compare makes one call with both clients, which are configured alike.
func (r *run) compare(op *operation, input reflect.Value, a answer, how settings, diffs []Difference) {
	toOfficial, toOurs := &transport{answer: a, settings: how}, &transport{answer: a, settings: how}
	official, ours := r.service.Official.client(toOfficial), r.service.Ours.client(toOurs)
	converted := reflect.New(inputOf(official, op.Name))
	if err := r.service.convert(converted.Elem(), input); err != nil {
		r.t.Fatalf("%s.%s: %v", r.service.Name, op.Name, err)
	}
	p := reflect.New(input.Type())
	p.Elem().Set(input)
	outA, errA := call(official, op.Name, converted)
	outB, errB := call(ours, op.Name, p)
	if a, b := len(toOfficial.sent), len(toOurs.sent); a == b {
		diffs = append(diffs, r.model.sameRequests(toOfficial.sent, toOurs.sent)...)
	} else {
		diffs = append(diffs, Difference{Path: "requests", Official: fmt.Sprint(a, errA), Ours: fmt.Sprint(b, errB)})
	}
	r.tally.requests += len(toOfficial.sent)
	if errA != nil || errB != nil {
		diffs = append(diffs, r.service.sameErrors(errA, errB, r.tally)...)
		if len(toOfficial.sent) == 0 {
			r.tally.invalid++
		} else {
			r.tally.errors++
		}
	} else {
		r.tally.answers++
		diffs = append(diffs, r.service.same("output", outA.Elem(), outB.Elem(), r.tally)...)
	}
	a.settings = how
	r.report(op, p, a, diffs)
}

// report reports each difference that no row intends once, with what it comes of.
func (r *run) report(op *operation, input reflect.Value, a answer, diffs []Difference) {
	for _, d := range diffs {
		d.Operation = op.Name
		intended := false
		for i, row := range r.rows {
			if row.isAbout(r.service) && row.intends(d) {
				r.used[i], intended = true, true
			}
		}
		key := d.Operation + " " + d.Path
		if intended || r.seen[key] {
			continue
		}
		r.seen[key] = true
		r.t.Errorf("%s %s\n  official %s\n  ours     %s%s", r.service.Name, key, d.Official, d.Ours, cause(d, input, a))
	}
}

// cause is what a difference comes of: the answer or the input.
func cause(d Difference, input reflect.Value, a answer) string {
	if strings.HasPrefix(d.Path, "output") || strings.HasPrefix(d.Path, "error ") {
		return fmt.Sprintf("\n  answer   %s%d %v %.600s", a.settings, a.status, a.header, a.body)
	}
	text, err := json.Marshal(input.Interface())
	return fmt.Sprintf("\n  input    %s%.600s %v", a.settings, text, err)
}

package rules

import (
	"encoding/base64"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// A diagram is a rule set as a binary decision diagram, the trait
// smithy.rules#endpointBdd: a node asks one condition and leads to one of two other nodes
// or results. It becomes rules again, in which what several nodes lead to is a block.
//
// In rules, a condition narrows what follows: a parameter is known to be set, or a value
// is assigned. Several ways lead to a node, and not all of them may have done so. So a
// node becomes a block for each combination of what is known there of the names that are
// used from there on; there are few.
type diagram struct {
	*parser

	conditions, results []node
	nodes               []decision
	assigned            map[string]bool // the names of values that conditions assign
	uses                []map[string]bool

	blocks map[string]int // numbers by what [diagram.key] returns
	out    [][]spec.EndpointRule
	leads  []int // how many rules lead to a block
}

// decision is a node: the index of a condition and the references to go on with.
type decision struct{ condition, high, low int }

// A reference is the number of a node, counted from 1, which is negative when its answer
// is to be turned around; or that of a result, counted from results. The node 1 is the end
// without a result.
const (
	results = 100_000_000
	// maxNodes and maxBlocks bound what hostile diagrams cost; that of S3 has less than a
	// thousand of either. A chain of nodes is as many calls deep.
	maxNodes  = 100_000
	maxBlocks = 20_000
)

func isNode(ref int) bool { return ref < results && ref != 1 && ref != -1 }

func nodeIndex(ref int) int { return max(ref, -ref) - 1 }

// ParseDiagram reads endpoint rules from the value of the trait smithy.rules#endpointBdd
// (https://smithy.io/javadoc/latest/software/amazon/smithy/rulesengine/logic/bdd/Bdd.html),
// as [Parse] does a rule set.
func ParseDiagram(root tree.Value, pos Position) (*spec.EndpointRules, spec.Problems, spec.Problems) {
	p := newParser(pos)
	n, ok := p.read(root, "a decision diagram")
	if !ok {
		return nil, p.list, nil
	}
	d := &diagram{parser: p, assigned: map[string]bool{}, blocks: map[string]int{}}
	rules := d.ruleSet(&n)
	if len(p.list) > 0 {
		return nil, once(p.list), nil
	}
	return rules, nil, once(p.warnings)
}

// once returns problems without those that stand there twice, since a condition is read
// for each block that asks it.
func once(ps spec.Problems) spec.Problems {
	var out spec.Problems
	for _, p := range ps {
		if !slices.ContainsFunc(out, func(q spec.Problem) bool { return p.Pos == q.Pos && p.Message == q.Message }) {
			out = append(out, p)
		}
	}
	return out
}

func (d *diagram) ruleSet(n *node) *spec.EndpointRules {
	d.only(n, "a decision diagram", "version", "parameters", "conditions", "results", "root", "nodeCount", "nodes")
	if n.get("version") != nil { // older ones have none
		d.version(n)
	}
	set := &spec.EndpointRules{Pos: d.at(n)}
	if params := n.get("parameters"); params != nil && d.is(params, tree.Object, `"parameters"`) {
		set.Parameters = d.parameters(params)
	}
	d.conditions, d.results = d.objects(n, "conditions"), d.objects(n, "results")
	root := d.graph(n)
	if len(d.list) > 0 {
		return nil
	}
	for i := range d.conditions {
		if name := d.conditions[i].get("assign"); name != nil {
			d.assigned[name.text] = true
		}
	}
	d.uses = make([]map[string]bool, len(d.nodes))
	rule := d.follow(root)
	set.Rules, set.Blocks = d.inline(rule)
	return set
}

// objects returns the elements of a member that is a list of objects.
func (d *diagram) objects(n *node, name string) []node {
	list := n.get(name)
	if list == nil {
		d.add(n, "", "a decision diagram must have %q", name)
		return nil
	}
	if !d.is(list, tree.Array, strconv.Quote(name)) {
		return nil
	}
	for i := range list.items {
		d.is(&list.items[i], tree.Object, "an element of "+strconv.Quote(name))
	}
	return list.items
}

// graph reads the nodes, checks that every reference leads somewhere and none in a circle,
// and returns the reference to the first.
func (d *diagram) graph(n *node) (root int) {
	nodes := n.get("nodes")
	if nodes == nil || !d.is(nodes, tree.String, `"nodes"`) {
		d.add(n, "", `a decision diagram must have "nodes"`)
		return 0
	}
	data, err := base64.StdEncoding.DecodeString(nodes.text)
	if err != nil {
		d.add(nodes, "", `"nodes" is not in base64: %v`, err)
		return 0
	}
	count, ok := d.integer(n, "nodeCount")
	const size = 3 * 4 // three integers
	switch {
	case !ok || len(data) != count*size:
		d.add(nodes, "", `"nodes" must be %d bytes for each of "nodeCount" nodes, and is %d bytes`, size, len(data))
		return 0
	case count > maxNodes:
		d.add(nodes, "", "the decision diagram has more than %d nodes", maxNodes)
		return 0
	}
	for ; len(data) > 0; data = data[size:] {
		at := func(i int) int { return int(int32(binary.BigEndian.Uint32(data[4*i:]))) }
		d.nodes = append(d.nodes, decision{at(0), at(1), at(2)})
	}
	root, ok = d.integer(n, "root")
	if !ok || !d.reaches(root) {
		d.add(n, "", `"root" leads nowhere`)
		return 0
	}
	state := make([]uint8, len(d.nodes))
	if bad := d.checkFrom(root, state); bad >= 0 {
		d.add(nodes, "", "node %d asks no condition, leads nowhere or back to itself", bad)
	}
	return root
}

// integer returns a member that is an integer.
func (d *diagram) integer(n *node, name string) (int, bool) {
	v := n.get(name)
	if v == nil || !d.is(v, tree.Number, strconv.Quote(name)) {
		return 0, false
	}
	i, err := strconv.ParseInt(v.text, 10, 32)
	return int(i), err == nil
}

// reaches reports whether a reference is one to something.
func (d *diagram) reaches(ref int) bool {
	switch {
	case ref >= results:
		return ref-results <= len(d.results)
	case isNode(ref):
		return ref != 0 && nodeIndex(ref) < len(d.nodes)
	default:
		return true
	}
}

// The states of a node on the way through the graph.
const (
	unseen = iota
	open
	done
)

// checkFrom goes through the nodes behind a reference and returns the index of the first
// that is no decision, or -1.
func (d *diagram) checkFrom(ref int, state []uint8) int {
	if !isNode(ref) {
		return -1
	}
	at := nodeIndex(ref)
	switch state[at] {
	case done:
		return -1
	case open:
		return at
	}
	n := d.nodes[at]
	if n.condition < 0 || n.condition >= len(d.conditions) || !d.reaches(n.high) || !d.reaches(n.low) {
		return at
	}
	state[at] = open
	for _, next := range [...]int{n.high, n.low} {
		if bad := d.checkFrom(next, state); bad >= 0 {
			return bad
		}
	}
	state[at] = done
	return -1
}

// follow returns a rule without conditions of its own that goes on with a reference. One
// without an outcome is the end without a result.
func (d *diagram) follow(ref int) spec.EndpointRule {
	for isNode(ref) {
		holds, known := d.known(ref)
		if !known {
			return spec.EndpointRule{Pos: d.at(d.asked(ref)), Block: d.block(ref)}
		}
		ref = d.next(ref, holds)
	}
	if ref <= results {
		return spec.EndpointRule{}
	}
	result, _ := d.present(&d.results[ref-results-1])
	return d.rule(result)
}

// next is the reference that a node leads to when its condition holds, or does not.
func (d *diagram) next(ref int, holds bool) int {
	n := d.nodes[nodeIndex(ref)]
	if holds != (ref < 0) {
		return n.high
	}
	return n.low
}

// asked is the condition of a node.
func (d *diagram) asked(ref int) *node { return &d.conditions[d.nodes[nodeIndex(ref)].condition] }

// block returns the number of the block that a node is in this place.
func (d *diagram) block(ref int) int {
	key := d.key(ref)
	if number, ok := d.blocks[key]; ok {
		d.leads[number-1]++
		return number
	}
	if len(d.out) == maxBlocks {
		d.add(d.asked(ref), "", "the decision diagram has more than %d cases", maxBlocks)
	}
	if len(d.list) > 0 {
		return 0
	}
	d.out, d.leads = append(d.out, nil), append(d.leads, 1)
	number := len(d.out)
	d.blocks[key] = number

	mark := d.scope.mark()
	question, _ := d.present(d.asked(ref))
	condition := d.condition(question)
	rule := spec.EndpointRule{Pos: condition.Pos, Conditions: append(d.takeGuards(), condition)}
	high := d.follow(d.next(ref, true))
	d.scope.reset(mark)
	rule.Conditions = append(rule.Conditions, high.Conditions...)
	rule.Block, rule.Error, rule.Endpoint = high.Block, high.Error, high.Endpoint

	if name := unsetAsked(condition); name != "" { // it is set, then
		d.scope.set(name, spec.EndpointType{Kind: d.scope.types[name].Kind})
	}
	low := d.follow(d.next(ref, false))
	d.scope.reset(mark)
	d.out[number-1] = []spec.EndpointRule{rule, low}
	return number
}

// unsetAsked returns the name of which a condition asks whether it is not set.
func unsetAsked(c spec.EndpointCondition) string {
	if c.Fn == "not" && len(c.Args) == 1 && c.Args[0].Fn == "isSet" && len(c.Args[0].Args) == 1 {
		return c.Args[0].Args[0].Ref
	}
	return ""
}

// key is the same for a node in two places where the same is known of what is used from
// there on.
func (d *diagram) key(ref int) string {
	key := []string{strconv.Itoa(ref)}
	for _, name := range slices.Sorted(maps.Keys(d.usedFrom(ref))) {
		switch t, ok := d.scope.types[name]; {
		case !ok:
		case t.Optional:
			key = append(key, "?"+name)
		default:
			key = append(key, name)
		}
	}
	return strings.Join(key, " ")
}

// usedFrom returns the names that a node and all behind it use.
func (d *diagram) usedFrom(ref int) map[string]bool {
	names := map[string]bool{}
	if !isNode(ref) {
		if ref > results {
			namesIn(&d.results[ref-results-1], names)
		}
		return names
	}
	at := nodeIndex(ref)
	if d.uses[at] != nil {
		return d.uses[at]
	}
	namesIn(&d.conditions[d.nodes[at].condition], names)
	for _, next := range [...]int{d.nodes[at].high, d.nodes[at].low} {
		maps.Copy(names, d.usedFrom(next))
	}
	d.uses[at] = names
	return names
}

// namesIn adds the names that an expression uses.
func namesIn(n *node, names map[string]bool) {
	for i := range n.items {
		namesIn(&n.items[i], names)
	}
	for i := range n.members {
		if m := &n.members[i]; m.name == "ref" {
			names[m.value.text] = true
		} else {
			namesIn(&m.value, names)
		}
	}
	for _, part := range strings.Split(n.text, "{")[1:] { // of a template
		end := strings.IndexFunc(part, func(r rune) bool { return r == '}' || r == '#' })
		if end > 0 {
			names[part[:end]] = true
		}
	}
}

// known reports whether it is known in this place if a condition holds: whether something
// is set that is, or what is made of a value that is not assigned here.
func (d *diagram) known(ref int) (holds, known bool) {
	n := d.asked(ref)
	if assign := n.get("assign"); assign != nil {
		if _, ok := d.scope.types[assign.text]; ok {
			return true, true // it was asked before
		}
	}
	if name := setAsked(n); name != "" {
		t, ok := d.scope.types[name]
		switch {
		case ok && !t.Optional:
			return true, true
		case !ok && d.assigned[name]:
			return false, true
		}
		return false, false
	}
	_, ok := d.present(n)
	return false, !ok
}

// setAsked returns the name of which a condition asks whether it is set.
func setAsked(n *node) string {
	fn, args := n.get("fn"), n.get("argv")
	if fn == nil || fn.text != "isSet" || args == nil || len(args.items) != 1 {
		return ""
	}
	if ref := args.items[0].get("ref"); ref != nil {
		return ref.text
	}
	return ""
}

// present returns an expression, or a result, without the values that are not assigned
// here, which only coalesce can do without; ok is false for one that has no value then.
func (d *diagram) present(n *node) (out *node, ok bool) {
	if ref := n.get("ref"); ref != nil {
		_, inScope := d.scope.types[ref.text]
		return n, inScope || !d.assigned[ref.text]
	}
	fn := n.get("fn")
	clone := *n
	clone.items, clone.members = nil, slices.Clone(n.members)
	for i := range n.items {
		item, ok := d.present(&n.items[i])
		if !ok {
			return n, false
		}
		clone.items = append(clone.items, *item)
	}
	for i := range clone.members {
		m := &clone.members[i]
		if m.name == "argv" && fn != nil && fn.text == "coalesce" {
			m.value.items = d.alternatives(m.value.items)
			ok = len(m.value.items) > 0
		} else {
			var value *node
			value, ok = d.present(&m.value)
			m.value = *value
		}
		if !ok {
			return n, false
		}
	}
	return &clone, true
}

// alternatives returns the arguments of coalesce that may have a value here, at least two
// if there is one, as it must have.
func (d *diagram) alternatives(args []node) []node {
	var kept []node
	for i := range args {
		if arg, ok := d.present(&args[i]); ok {
			kept = append(kept, *arg)
		}
	}
	if len(kept) == 1 {
		kept = append(kept, kept[0])
	}
	return kept
}

// inline returns the rules that begin with a rule, and the blocks that several rules lead
// to; the others stand where they are led to.
func (d *diagram) inline(first spec.EndpointRule) (rules []spec.EndpointRule, blocks [][]spec.EndpointRule) {
	numbers := map[int]int{} // of the blocks that stay
	for i, leads := range d.leads {
		if leads > 1 {
			numbers[i+1] = len(numbers) + 1
		}
	}
	var expand func(rules []spec.EndpointRule) []spec.EndpointRule
	expand = func(rules []spec.EndpointRule) []spec.EndpointRule {
		var out []spec.EndpointRule
		for _, r := range rules {
			number, stays := numbers[r.Block]
			switch {
			case stays:
				r.Block = number
			case r.Block > 0 && len(r.Conditions) == 0:
				out = append(out, expand(d.out[r.Block-1])...)
				continue
			case r.Block > 0:
				r.Rules, r.Block = expand(d.out[r.Block-1]), 0
			}
			out = append(out, r)
		}
		return out
	}
	rules = expand([]spec.EndpointRule{first})
	blocks = make([][]spec.EndpointRule, len(numbers))
	for old, number := range numbers {
		blocks[number-1] = expand(d.out[old-1])
	}
	return rules, blocks
}

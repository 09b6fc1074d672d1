package endpoints

import (
	"maps"
	"strconv"

	"example.com/lathe/spec"
)

// blocks are the rules that several rules lead to. Each becomes a function.
type blocks struct {
	set      [][]spec.EndpointRule
	calls    map[int]*Call // of those that are functions already
	splitter *splitter
	// values are the Go names of the values that conditions assign, by their names in the
	// rule set, which are unique in one with blocks. A block gets the values that it uses
	// from wherever it is called, under one name.
	values map[string]string
}

// nameValues makes the Go names of a rule set with blocks.
func (c *compiler) nameValues(set *spec.EndpointRules) {
	if len(set.Blocks) == 0 {
		return
	}
	taken := reserved()
	c.blocks.values = map[string]string{}
	var name func(rules []spec.EndpointRule)
	name = func(rules []spec.EndpointRule) {
		for i := range rules {
			for _, cond := range rules[i].Conditions {
				if _, named := c.blocks.values[cond.Assign]; !named && cond.Assign != "" {
					c.blocks.values[cond.Assign] = free(varName(cond.Assign), taken)
				}
			}
			name(rules[i].Rules)
		}
	}
	name(set.Rules)
	for _, rules := range set.Blocks {
		name(rules)
	}
}

// free returns a name that is not taken, and takes it.
func free(base string, taken map[string]bool) string {
	name := base
	for i := 2; taken[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	taken[name] = true
	return name
}

// callBlock returns the call of a block, which is compiled for the first one.
func (c *compiler) callBlock(number int) *Call {
	if called := c.blocks.calls[number]; called != nil {
		return called
	}
	rules := c.blocks.set[number-1]
	vars, taken := maps.Clone(c.vars), maps.Clone(c.taken)
	body := c.rules(rules, "block "+strconv.Itoa(number))
	c.vars, c.taken = vars, taken
	s := c.blocks.splitter
	called := s.split(s.name(rootName+labelOf(rules[0].Conditions)), "block "+strconv.Itoa(number), body)
	c.blocks.calls[number] = &called
	return &called
}

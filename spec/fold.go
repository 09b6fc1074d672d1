package spec

import (
	"fmt"
	"strings"
)

// What repeats is said once: up to maxRepeated problems that differ in their places
// alone stand by themselves, of more the first stands for all, with maxPlaces of the
// others' places.
const (
	maxRepeated = 3
	maxPlaces   = 5
)

// Fold returns the problems for a person to read: those that say the same of many
// places become one, which names some of the others and how many there are.
func (ps Problems) Fold() Problems {
	type text struct{ message, hint string }
	places := map[text][]Pos{}
	for _, p := range ps {
		key := text{p.Message, p.Hint}
		places[key] = append(places[key], p.Pos)
	}
	var folded Problems
	for _, p := range ps {
		key := text{p.Message, p.Hint}
		switch all := places[key]; {
		case len(all) > maxRepeated:
			p.Message += andAt(all[0], all[1:])
			places[key] = nil
		case len(all) == 0:
			continue
		}
		folded = append(folded, p)
	}
	return folded
}

// andAt names the places of a problem besides the first.
func andAt(first Pos, others []Pos) string {
	var names []string
	for _, at := range others[:min(maxPlaces, len(others))] {
		name := at.String()
		if at.File == first.File && at.Line > 0 {
			name = strings.TrimPrefix(name, at.File+":")
		}
		names = append(names, name)
	}
	if more := len(others) - maxPlaces; more > 0 {
		names = append(names, "…")
	}
	return fmt.Sprintf(", here and in %d more places: %s", len(others), strings.Join(names, ", "))
}

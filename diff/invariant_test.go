package diff_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// opposites are the rules that the way back brings up in place of each other. Rules
// that are not here are their own, or depend on the direction in other ways.
var opposites = [][2]string{
	{"protocol-added", "protocol-removed"},
	{"endpoint-parameter-added", "endpoint-parameter-removed"},
	{"auth-scheme-added", "auth-scheme-removed"},
	{"anonymous-calls-allowed", "anonymous-calls-refused"},
	{"operation-added", "operation-removed"},
	{"operation-supported", "operation-refused"},
	{"payload-signature-dropped", "payload-signature-required"},
	{"checksum-required", "checksum-optional"},
	{"compression-added", "compression-removed"},
	{"retry-safety-gained", "retry-safety-lost"},
	{"pagination-added", "pagination-removed"},
	{"paginator-part-added", "paginator-part-removed"},
	{"waiter-added", "waiter-removed"},
	{"waiter-refused", "waiter-supported"},
	{"error-added", "error-removed"},
	{"idempotency-token-added", "idempotency-token-removed"},
	{"member-required", "member-optional"},
	{"number-widened", "number-narrowed"},
	{"enum-introduced", "enum-dropped"},
	{"sparse-added", "sparse-removed"},
	{"stream-length-required", "stream-length-optional"},
	{"union-member-added", "union-member-removed"},
	{"length-tightened", "length-loosened"},
	{"range-tightened", "range-loosened"},
	{"pattern-tightened", "pattern-loosened"},
	{"constraints-tightened", "constraints-loosened"},
	{"constraints-tightened", "constraints-loosened"},
	{"unique-items-added", "unique-items-removed"},
	{"enum-value-added", "enum-value-removed"},
	{"sensitive-added", "sensitive-removed"},
	{"deprecated", "undeprecated"},
	{"client-option-added", "client-option-removed"},
}

// mirrored reports what the way back must say: the same rule or the opposite one,
// with old and new swapped. What names a shape by its old name has another place.
func mirrored(r *diff.Report) []string {
	other := map[string]string{
		"member-added": "member-removed", "required-member-added": "member-removed", "required-member-with-default-added": "member-removed", "required-member-removed": "member-added", "member-removed": "member-added",
	}
	for _, pair := range opposites {
		other[pair[0]], other[pair[1]] = pair[1], pair[0]
	}
	var all []string
	for _, c := range r.Changes {
		if isOneWay(c) {
			continue
		}
		rule := c.Rule.ID
		if rule == "auth-scheme-unneeded" {
			rule = family(rule)
		}
		if to := other[rule]; to != "" {
			rule = to
		}
		all = append(all, strings.Join([]string{family(rule), c.New, c.Old}, " | "))
	}
	slices.Sort(all)
	return all
}

// isOneWay reports whether the way back is reported by other rules: what Go loses it does
// not gain, and a scheme that goes is no longer preferred.
func isOneWay(c diff.Change) bool {
	return strings.HasPrefix(c.Rule.ID, "go-") || c.Rule.ID == "auth-order-changed"
}

func family(rule string) string {
	switch rule {
	case "required-member-added", "required-member-with-default-added", "member-added":
		return "member-added"
	case "required-member-removed", "member-removed":
		return "member-removed"
	case "auth-scheme-unneeded":
		return "auth-scheme-removed"
	default:
		return rule
	}
}

// straight is the form of [mirrored] for the report of the way back itself.
func straight(r *diff.Report) []string {
	var all []string
	for _, c := range r.Changes {
		if !isOneWay(c) {
			all = append(all, strings.Join([]string{family(c.Rule.ID), c.Old, c.New}, " | "))
		}
	}
	slices.Sort(all)
	return all
}

// checkInvariants sees what must hold of any two models.
func checkInvariants(t *testing.T, a, b *spec.API) {
	t.Helper()
	if got := diff.Compare(b, b); len(got.Changes) > 0 {
		t.Errorf("a model differs from itself:\n%s", lines(got))
	}
	there, back := diff.Compare(a, b), diff.Compare(b, a)
	if want, got := mirrored(there), straight(back); !slices.Equal(want, got) {
		t.Errorf("there and back differ:\nthere %s\nback  %s", strings.Join(want, "\n      "), strings.Join(got, "\n      "))
	}
	for _, c := range slices.Concat(there.Changes, back.Changes) {
		if c.Rule == nil || c.Place == "" || c.Text == "" || (c.Severity() > rules.None) != (c.Hint != "") {
			t.Errorf("a change without rule, place, text or hint: %+v", c)
		}
	}
}

// TestInvariants holds for every case.
func TestInvariants(t *testing.T) {
	for _, c := range loadCases(t) {
		if c.name == "length-unclear" || c.name == "pattern-replaced-by-a-length" {
			continue // more is certainly allowed on one way, and nothing is certain on the other
		}
		t.Run(c.name, func(t *testing.T) {
			before, after := c.first(t) // the other formats give the same report
			checkInvariants(t, before.mustLoad(t), after.mustLoad(t))
		})
	}
}

// FuzzCompare mutates a model: each byte of the input replaces some text of the
// document, and what still loads is compared there and back.
func FuzzCompare(f *testing.F) {
	f.Add([]byte("x.runs#Stats\x00x.runs#Counts"))
	f.Add([]byte("\"failed\": {\"target\": \"smithy.api#Integer\"}\x00\"failed\": {\"target\": \"x.runs#Tags\"}\x00POST\x00PUT"))
	f.Add([]byte("enumValue\": \"DONE\x00enumValue\": \"done\x00[a-z0-9-]{1,36}\x00(?!x)[a-z]+"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before, err := base["smithy"].load()
		if err != nil {
			t.Fatal(err)
		}
		mutated := base["smithy"]
		pairs := strings.Split(string(data), "\x00")
		for i := 0; i+1 < len(pairs) && i < 16; i += 2 {
			mutated.text = strings.Replace(mutated.text, pairs[i], pairs[i+1], 1)
		}
		after, err := mutated.load()
		if err != nil {
			t.Skip("the changed model is refused")
		}
		checkInvariants(t, before, after)
		checkPrinting(t, diff.Compare(before, after))
	})
}

// FuzzModel moves members, targets and limits of a model about, in ways that no
// document may give.
func FuzzModel(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte("abcdefghijklmnopqrstuvwxyz"))
	f.Add([]byte{0, 0, 0, 255, 255, 255, 1, 0, 1, 7, 9, 200})
	f.Fuzz(func(t *testing.T, data []byte) {
		before, err := base["smithy"].load()
		if err != nil {
			t.Fatal(err)
		}
		after, err := base["smithy"].load()
		if err != nil {
			t.Fatal(err)
		}
		scramble(after, data)
		if got := diff.Compare(after, after); len(got.Changes) > 0 {
			t.Errorf("a model differs from itself:\n%s", lines(got))
		}
		checkPrinting(t, diff.Compare(before, after))
		checkPrinting(t, diff.Compare(after, before))
	})
}

// scramble changes a model as the bytes say, three for each step.
func scramble(api *spec.API, data []byte) {
	shapes := spec.Reached(api, api.Operations...)
	for ; len(data) >= 3; data = data[3:] {
		s, other := shapes[int(data[1])%len(shapes)], shapes[int(data[2])%len(shapes)]
		switch data[0] % 7 {
		case 0:
			for m := range s.Edges {
				m.Target = other // lists may come to hold themselves
			}
		case 1:
			s.Kind, s.Element, s.Key, s.Value = other.Kind, other.Element, other.Key, other.Value
		case 2:
			for _, m := range other.Members {
				if s.Member(m.Name) == nil { // loaders let no name stand twice
					s.Members = append(slices.Clone(s.Members), m)
				}
			}
		case 3:
			s.Members, s.EnumValues = nil, other.EnumValues
		case 4:
			s.Constraints = spec.Constraints{MinLength: string(data[1:3]), Max: "1e999999999", Pattern: string(data[:3])}
		case 5:
			s.Error, other.Error = other.Error, s.Error
		case 6:
			s.Streaming, s.Sparse, s.Sensitive = !s.Streaming, !s.Sparse, !s.Sensitive
		}
	}
}

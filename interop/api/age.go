package api

import (
	"regexp"
	"strings"
	"unicode"

	"example.com/lathe/interop/goapi"
	"example.com/lathe/spec"
)

// model is what a model has: operations, shapes, members and values by keys that regard
// neither case nor separators, so that they do not depend on how names are made in Go.
type model map[string]bool

func newModel(service *spec.API) model {
	m := model{}
	for _, op := range service.Operations {
		name := fold(op.Name)
		m["operation "+name] = true
		m["paginator "+name] = op.Pagination != nil
		m["interface "+name] = op.Pagination != nil || len(op.Waiters) > 0
		for _, w := range op.Waiters {
			m["waiter "+fold(w.Name)] = true
		}
		m.shape(op.Name+"Input", op.Input)
		m.shape(op.Name+"Output", op.Output)
	}
	for _, op := range service.Operations {
		schemes := op.Auth
		if schemes == nil {
			schemes = service.Auth
		}
		for _, scheme := range schemes {
			m["auth "+string(scheme)] = true
		}
	}
	if service.Endpoint != nil {
		for _, p := range service.Endpoint.Parameters {
			m["parameter "+fold(p.Name)] = true
		}
	}
	for _, s := range spec.Reached(service, service.Operations...) {
		m.shape(s.Name, s)
	}
	return m
}

func (m model) shape(name string, s *spec.Shape) {
	name = fold(name)
	m["shape "+name] = true
	if s == nil {
		return
	}
	for _, member := range s.Members {
		m["member "+name+"."+fold(member.Name)] = true
		if s.Kind == spec.Union {
			m["shape "+name+"member"+fold(member.Name)] = true
		}
	}
	for _, v := range s.EnumValues {
		m["value "+name+"="+v.Value] = true
	}
}

// fold leaves of a name what does not depend on how Go spells it.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// constantOf matches the description of an enum's constant.
var constantOf = regexp.MustCompile(`^const types\.(\w+) = "?(.*?)"?$`)

// namesOf are the forms of names that are made of operations and waiters, by what the model
// must have for them.
var namesOf = []struct {
	key  string
	form *regexp.Regexp
}{
	{"paginator ", regexp.MustCompile(`^(?:New)?(\w+?)Paginator(?:Options)?$`)},
	{"waiter ", regexp.MustCompile(`^(?:New)?(\w+?)Waiter(?:Options)?$`)},
	{"interface ", regexp.MustCompile(`^(\w+?)APIClient$`)},
	{"operation ", regexp.MustCompile(`^(?:New)?(\w+?)(?:Input|Output|EventStream|InitialReply)$`)},
	{"shape ", regexp.MustCompile(`^(\w+?)(?:Reader|Writer)$`)},
}

// keyOf returns what a model must have so that a client has the name; empty for a name
// that is of no model's making. The package is "", "types" or "document".
func keyOf(pkg string, d goapi.Difference) string {
	text := d.Official + d.Ours
	if c := constantOf.FindStringSubmatch(text); c != nil {
		return "value " + fold(c[1]) + "=" + c[2]
	}
	owner, part, _ := strings.Cut(d.Name, ".")
	member := "member " + fold(owner) + "." + fold(part)
	isMember := strings.HasPrefix(text, "field ") && part != "ResultMetadata" && part != "Value"
	switch {
	case pkg == "types" && isMember:
		return member
	case pkg == "types":
		return "shape " + fold(owner)
	case pkg != "":
		return ""
	case owner == "Client":
		return "operation " + fold(part)
	case owner == "EndpointParameters" && isMember:
		return "parameter " + fold(part)
	case d.Name == "Options.BearerAuthSigner" || d.Name == "Options.BearerAuthTokenProvider":
		return "auth " + string(spec.HTTPBearer)
	case d.Name == "WithSigV4ASigningRegions":
		return "auth " + string(spec.SigV4A)
	case owner == "PresignClient" && part != "":
		return "operation " + fold(strings.TrimPrefix(part, "Presign"))
	}
	for _, names := range namesOf {
		found := names.form.FindStringSubmatch(owner)
		switch {
		case found == nil:
		case names.key == "operation " && isMember:
			return member
		default:
			return names.key + fold(found[1])
		}
	}
	return ""
}

// ofAnotherAge leaves out the differences that are there because the official package was
// made of an older or a newer model: what it alone has the model has not, or what it has
// not the model has. A name that both have in other spellings is a difference all the same.
func ofAnotherAge(m model, pkg string, all []goapi.Difference) (left, aged []goapi.Difference) {
	sides := map[string]int{}
	for _, d := range all {
		if d.Official != "" {
			sides[fold(d.Name)] |= 1
		}
		if d.Ours != "" {
			sides[fold(d.Name)] |= 2
		}
	}
	for _, d := range all {
		key := keyOf(pkg, d)
		oneSided := (d.Official == "") != (d.Ours == "") && sides[fold(d.Name)] != 3
		if key != "" && oneSided && m[key] == (d.Official == "") {
			aged = append(aged, d)
		} else {
			left = append(left, d)
		}
	}
	return left, aged
}

package plan_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/plan"
	"example.com/lathe/spec/smithy"
)

const namesModel = `{"smithy": "2.0", "shapes": {
	"x#Svc": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {"aws.protocols#awsJson1_0": {}}},
	"x#Op": {"type": "operation", "input": {"target": "x#In"}, "errors": [{"target": "x#Failure"}]},
	"x#In": {"type": "structure", "members": {
		"choice": {"target": "x#Choice"}, "a": {"target": "x#ChoiceMemberA"}, "b": {"target": "x#ChoiceMemberB"},
		"unknown": {"target": "x#UnknownUnionMember"}
	}},
	"x#Choice": {"type": "union", "members": {"a": {"target": "smithy.api#String"}, "b": {"target": "smithy.api#String"}}},
	"x#ChoiceMemberA": {"type": "structure", "members": {}},
	"x#ChoiceMemberB": {"type": "enum", "members": {"X": {"target": "smithy.api#Unit"}}},
	"x#UnknownUnionMember": {"type": "structure", "members": {"hasNext": {"target": "smithy.api#String"}, "next": {"target": "smithy.api#String"}}},
	"x#Failure": {"type": "structure", "members": {
		"next": {"target": "smithy.api#String"}, "getNext": {"target": "smithy.api#String"},
		"hasNext": {"target": "smithy.api#String"}, "getOther": {"target": "smithy.api#String"}
	}, "traits": {"smithy.api#error": "client"}}
}}`

// TestNamesThatMakeWay: types have the names of unions' members only where no union has, and
// members of errors those of methods that get another, as in official packages.
func TestNamesThatMakeWay(t *testing.T) {
	api, err := smithy.Load("m.json", []byte(namesModel), smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := plan.Build(api, plan.Config{ImportPath: "x", Runtime: "x/internal"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range pkg.Enums {
		got = append(got, e.Name, e.Values[0].Name)
	}
	for _, v := range pkg.Unions[0].Variants {
		got = append(got, v.Name)
	}
	for _, st := range pkg.Structs {
		got = append(got, st.Name)
		for _, f := range st.Fields {
			got = append(got, "."+f.Name)
		}
	}
	slices.Sort(got)
	const want = ".GetNext_ .GetOther .HasNext .HasNext_ .Message .Next .Next ChoiceMemberA ChoiceMemberA_ ChoiceMemberB" +
		" ChoiceMemberB_ ChoiceMemberB_X Failure UnknownUnionMember_"
	if names := strings.Join(got, " "); names != want {
		t.Errorf("got  %s\nwant %s", names, want)
	}
}

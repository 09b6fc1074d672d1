package lathe_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe"
)

// membersModel has plain numbers and booleans in an input, wherever they travel, and
// unions with Smithy's Unit and with a structure of that name.
func membersModel() object {
	member := func(target string, traits object) object { return object{"target": target, "traits": traits} }
	traits := func(extra ...string) object {
		all := object{}
		for i := 0; i < len(extra); i += 2 {
			var value any = object{}
			if err := json.Unmarshal([]byte(extra[i+1]), &value); err != nil {
				panic(err)
			}
			all["smithy.api#"+extra[i]] = value
		}
		return all
	}
	in := structure(object{
		"count": member("smithy.api#Integer", traits("default", "0", "required", "{}")),
		"flag":  member("smithy.api#Boolean", traits("default", "false", "required", "{}")),
		"maybe": member("smithy.api#Integer", traits("default", "0")),
		"later": member("smithy.api#Integer", traits("default", "0", "addedDefault", "{}")),
		"page":  member("smithy.api#Integer", traits("default", "0", "required", "{}", "httpQuery", `"page"`)),
		"dry":   member("smithy.api#Boolean", traits("default", "false", "httpQuery", `"dry"`)),
		"level": member("smithy.api#Double", traits("default", "0", "required", "{}", "httpHeader", `"X-Level"`)),
		"own":   ref("x#Own"), "none": ref("x#None"),
	})
	in["traits"] = object{"smithy.api#input": object{}}
	return hostileModel(object{
		"x#Op": operation("/op", "x#OpInput", "x#OpOutput"), "x#OpInput": in, "x#OpOutput": structure(object{"own": ref("x#Own"), "none": ref("x#None")}),
		"x#Own":  object{"type": "union", "members": object{"a": ref("x#Unit"), "b": ref(str)}},
		"x#None": object{"type": "union", "members": object{"a": ref("smithy.api#Unit"), "b": ref(str)}},
		"x#Unit": structure(object{}),
	})
}

// membersCaller is a program that compiles only with the right types, and fails when
// something else is sent or read.
const membersCaller = `package members_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/golden/members"
	"example.com/golden/members/types"
)

type transport func(*http.Request) *http.Response

func (f transport) Do(r *http.Request) (*http.Response, error) { return f(r), nil }

func TestMembers(t *testing.T) {
	var sent, url, level string
	client := members.New(members.Options{Region: "eu-west-1", BaseEndpoint: aws.String("https://h"), HTTPClient: transport(func(r *http.Request) *http.Response {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		sent, url, level = string(body), r.URL.String(), r.Header.Get("X-Level")
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewBufferString(` + "`" + `{"own":{"a":{}},"none":{"a":{}}}` + "`" + `))}
	})})
	var (
		count int32
		flag  bool
		level0 float64
	)
	out, err := client.Op(context.Background(), &members.OpInput{
		Count: count, Flag: flag, Page: count, Level: level0, Maybe: 0, Dry: false, Later: nil,
		Own: &types.OwnMemberA{Value: types.Unit{}}, None: &types.NoneMemberA{Value: struct{}{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := ` + "`" + `{"count":0,"flag":false,"none":{"a":{}},"own":{"a":{}}}` + "`" + `; sent != want {
		t.Errorf("sent %s, want %s", sent, want)
	}
	if url != "https://h/op?page=0" || level != "0" {
		t.Errorf("sent to %s with level %q", url, level)
	}
	if _, ok := out.Own.(*types.OwnMemberA); !ok {
		t.Errorf("own is %T", out.Own)
	}
	if _, ok := out.None.(*types.NoneMemberA); !ok {
		t.Errorf("none is %T", out.None)
	}
}
`

// TestMembers generates that client and runs the program.
func TestMembers(t *testing.T) {
	root := module(t)
	data, err := json.Marshal(membersModel())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, "model.json")
	writeFile(t, file, data)
	result, err := lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "members"), Package: "members"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
		if strings.HasPrefix(f.Path, "members/types/") && strings.Count(string(f.Data), "type Unit ") > 1 {
			t.Errorf("%s declares Unit twice", f.Path)
		}
	}
	writeFile(t, filepath.Join(root, "members", "members_test.go"), []byte(membersCaller))
	cmd := goCommand(t, root, "test", "-mod=mod", "./members")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

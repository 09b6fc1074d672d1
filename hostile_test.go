package lathe_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/spec"
)

type object = map[string]any

// hostileModel is a Smithy model with one operation, Op, whose input and output
// have a member of each of the shapes that are named as targets.
func hostileModel(shapes object, targets ...string) object {
	members := object{}
	for i, target := range targets {
		members[fmt.Sprintf("m%d", i)] = ref(target)
	}
	all := object{
		"x#Svc": object{"type": "service", "version": "1", "operations": []any{ref("x#Op")}, "traits": object{
			"aws.api#service": object{"sdkId": "Svc"}, "aws.protocols#restJson1": object{}, "aws.auth#sigv4": object{"name": "svc"},
		}},
		"x#Op":  operation("/op", "x#In", "x#Out"),
		"x#In":  structure(members),
		"x#Out": structure(members),
	}
	maps.Copy(all, shapes)
	return object{"smithy": "2.0", "shapes": all}
}

func ref(target string) object { return object{"target": target} }

func structure(members object) object { return object{"type": "structure", "members": members} }

func operation(uri, input, output string) object {
	return object{"type": "operation", "input": ref(input), "output": ref(output), "traits": object{
		"smithy.api#http": object{"method": "POST", "uri": uri, "code": 200},
	}}
}

const str = "smithy.api#String"

// namedMembers is a structure and a union with members of these names.
func namedMembers(names ...string) object {
	members := object{}
	for _, name := range names {
		members[name] = ref(str)
	}
	return hostileModel(object{
		"x#S": structure(members), "x#U": object{"type": "union", "members": members},
		"x#E": object{"type": "structure", "members": members, "traits": object{"smithy.api#error": "client"}},
		"x#Op": object{"type": "operation", "input": ref("x#In"), "output": ref("x#Out"), "errors": []any{ref("x#E")}, "traits": object{
			"smithy.api#http": object{"method": "POST", "uri": "/op"},
		}},
	}, "x#S", "x#U")
}

// namedShapes is a model with a structure, and an operation, of each name.
func namedShapes(names ...string) object {
	shapes, targets := object{}, []string{}
	ops := []any{ref("x#Op")}
	for _, name := range names {
		shapes["x#"+name] = structure(object{"a": ref(str)})
		targets = append(targets, "x#"+name)
		shapes["x#Do"+name] = operation("/"+name, "x#In", "x#Out")
		ops = append(ops, ref("x#Do"+name))
	}
	model := hostileModel(shapes, targets...)
	model["shapes"].(object)["x#Svc"].(object)["operations"] = ops
	return model
}

func enumOf(n int) object {
	members := object{}
	for i := range n {
		members[fmt.Sprintf("V%d", i)] = object{"target": "smithy.api#Unit", "traits": object{"smithy.api#enumValue": fmt.Sprintf("v-%d", i)}}
	}
	return object{"type": "enum", "members": members}
}

func deep(n int) object {
	shapes := object{fmt.Sprintf("x#N%d", n): structure(object{"end": ref(str)})}
	for i := range n {
		shapes[fmt.Sprintf("x#N%d", i)] = structure(object{"next": ref(fmt.Sprintf("x#N%d", i+1))})
	}
	return hostileModel(shapes, "x#N0")
}

func list(of string) object { return object{"type": "list", "member": ref(of)} }

func mapOf(of string) object { return object{"type": "map", "key": ref(str), "value": ref(of)} }

func documented(text string) object {
	s := structure(object{"a": object{"target": str, "traits": object{"smithy.api#documentation": text}}})
	s["traits"] = object{"smithy.api#documentation": text}
	return hostileModel(object{"x#S": s}, "x#S")
}

func uri(pattern string) object {
	return hostileModel(object{"x#Op": operation(pattern, "x#In", "x#Out"), "x#In": structure(object{
		"a": object{"target": str, "traits": object{"smithy.api#required": object{}, "smithy.api#httpLabel": object{}}},
	})})
}

// traited is a model whose operation has traits, and an input with members.
func traited(traits, members, shapes object) object {
	op := operation("/op", "x#In", "x#Out")
	maps.Copy(op["traits"].(object), traits)
	model := hostileModel(shapes)
	all := model["shapes"].(object)
	all["x#Op"], all["x#In"], all["x#Out"] = op, structure(members), structure(members)
	return model
}

// bound is a model with a member that a trait binds to a place outside of the body.
func bound(trait string, value any, shape object) object {
	member := object{"target": "x#S", "traits": object{"smithy.api#" + trait: value}}
	return traited(nil, object{"m": member}, object{"x#S": shape})
}

// talk is a model whose operation sends and receives events.
func talk(protocol string) object {
	part := func(target, trait string) object {
		return object{"target": target, "traits": object{"smithy.api#" + trait: object{}}}
	}
	model := traited(nil, object{"m": part("x#Events", "httpPayload")}, object{
		"x#Events": object{"type": "union", "traits": object{"smithy.api#streaming": object{}}, "members": object{
			"headers": ref("x#Headers"), "mixed": ref("x#Mixed"), "whole": ref("x#Whole"), "part": ref("x#Part"), "none": ref("x#None"),
		}},
		"x#Headers": structure(object{"a": part(str, "eventHeader")}),
		"x#Mixed":   structure(object{"a": part(str, "eventHeader"), "b": ref(str)}),
		"x#Whole":   structure(object{"a": ref(str)}),
		"x#Part":    structure(object{"a": part("x#Whole", "eventPayload")}),
		"x#None":    structure(object{}),
	})
	traits := model["shapes"].(object)["x#Svc"].(object)["traits"].(object)
	delete(traits, "aws.protocols#restJson1")
	traits["aws.protocols#"+protocol] = object{}
	return model
}

// sparse is a list or map that may hold nulls.
func sparse(of object) object {
	of["traits"] = object{"smithy.api#sparse": object{}}
	return of
}

const number = "smithy.api#Integer"

// parameter is a model whose rules have a parameter of a name, which the client has an option for.
func parameter(name string) object {
	model := hostileModel(nil)
	text := object{"type": "string", "documentation": "A text."}
	maps.Copy(model["shapes"].(object)["x#Svc"].(object)["traits"].(object), object{
		"smithy.rules#clientContextParams": object{name: text},
		"smithy.rules#endpointRuleSet": object{"version": "1.0", "parameters": object{name: text}, "rules": []any{
			object{"conditions": []any{}, "endpoint": object{"url": "https://svc.example.com"}, "type": "endpoint"},
		}},
	})
	return model
}

var hostileModels = map[string]struct {
	model object
	// refused is what the error must say; empty when the code must build.
	refused string
}{
	"structure of itself":         {hostileModel(object{"x#S": structure(object{"s": ref("x#S")})}, "x#S"), ""},
	"structures of each other":    {hostileModel(object{"x#A": structure(object{"b": ref("x#B")}), "x#B": structure(object{"a": ref("x#A"), "s": ref("x#A")})}, "x#A"), ""},
	"required in a circle":        {hostileModel(object{"x#S": structure(object{"s": object{"target": "x#S", "traits": object{"smithy.api#required": object{}}}})}, "x#S"), ""},
	"list of structures of it":    {hostileModel(object{"x#S": structure(object{"l": ref("x#L")}), "x#L": list("x#S")}, "x#L"), ""},
	"map of structures of it":     {hostileModel(object{"x#S": structure(object{"l": ref("x#M")}), "x#M": mapOf("x#S")}, "x#S"), ""},
	"union of itself":             {hostileModel(object{"x#U": object{"type": "union", "members": object{"u": ref("x#U"), "t": ref(str), "l": ref("x#L")}}, "x#L": list("x#U")}, "x#U"), ""},
	"list of itself":              {hostileModel(object{"x#L": list("x#L")}, "x#L"), "holds nothing but itself"},
	"map of itself":               {hostileModel(object{"x#M": mapOf("x#L"), "x#L": list("x#M")}, "x#M"), "holds nothing but itself"},
	"members Go knows":            {namedMembers("init", "String", "Error", "error", "types", "nil", "true", "len", "func", "type", "range", "go", "interface", "Value", "message", "code", "ErrorCodeOverride", "ErrorFault", "noSmithyDocumentSerde"), "both have the Go name Error"},
	"members of Go":               {namedMembers("init", "String", "error", "types", "nil", "true", "len", "func", "type", "range", "go", "interface", "Value", "ErrorCode", "errorMessage", "ErrorCodeOverride", "ErrorFault", "Unwrap", "noSmithyDocumentSerde", "ResultMetadata"), ""},
	"members in other scripts":    {namedMembers("größe", "名前", "имя", "ñ"), "a name has letters, digits and underscores"},
	"members with long names":     {namedMembers(strings.Repeat("a", 200), strings.Repeat("b", 200)+"C"), ""},
	"members that differ in case": {namedMembers("fooBar", "FooBar"), "both have the Go name FooBar"},
	"shapes of the client":        {namedShapes("Client", "Options", "New", "NewFromConfig", "HTTPClient", "ServiceID", "String", "Error", "Types", "Init", "OpInput", "OpOutput", "EndpointParameters"), ""},
	"shape of the types' own":     {namedShapes("UnknownUnionMember"), ""},
	"shapes that differ in case":  {hostileModel(object{"x#Foo": structure(object{}), "x#foo": structure(object{})}, "x#Foo", "x#foo"), "Foo"},
	"large enum":                  {hostileModel(object{"x#E": enumOf(10_000)}, "x#E"), ""},
	"deep nesting":                {deep(1000), ""},
	"documentation of code":       {documented("*/ func init() { panic(1) } /* ` \n//go:build ignore\n\n\tcode()\n<script>x</script> \u2028 \x00"), ""},
	"enum of odd values": {hostileModel(object{"x#E": object{"type": "string", "traits": object{"smithy.api#enum": []any{
		object{"value": "a b"}, object{"value": "a-b"}, object{"value": "A_B"}, object{"value": "`\"\\\n"}, object{"value": "日本"}, object{"value": "1"}, object{"value": "*"},
	}}}}, "x#E"), ""},
	"enum constant and a type": {hostileModel(object{"x#Foo": enumOf(3), "x#FooV1": structure(object{})}, "x#Foo", "x#FooV1"), ""},
	"uri with odd text":        {uri("/a b/(c)+/{a}/é/$&'*,;=:@!~%41"), ""},
	"uri with a label twice":   {uri("/{a}/{a}"), "label"},
	"uri without the label":    {uri("/"), "label"},
	"uri that never closes":    {uri("/{a"), "label"},
	"uri without a slash":      {uri("{a}"), "slash"},
	"pages of a member that is there twice": {traited(
		object{"smithy.api#paginated": object{"inputToken": "t", "outputToken": "t", "items": "items"}},
		object{"t": ref(str), "items": ref("x#L"), "Items": ref("x#L")}, object{"x#L": list(str)},
	), "both have the Go name Items"},
	"host label that is there twice": {traited(object{"smithy.api#endpoint": object{"hostPrefix": "{foo}."}}, object{
		"Foo": ref(str), "foo": object{
			"target": str, "traits": object{"smithy.api#hostLabel": object{}, "smithy.api#required": object{}},
		},
	}, nil), "both have the Go name Foo"},
	"parameter of a method":       {parameter("WithDefaults"), "endpoint parameter WithDefaults has the name of a method"},
	"parameter of an option":      {parameter("Logger"), "endpoint parameter Logger has the name of an option"},
	"parameter of its own":        {parameter("Stage"), ""},
	"headers of numbers":          {bound("httpPrefixHeaders", "X-", mapOf(number)), "a map of integer, can't be bound"},
	"headers that may be null":    {bound("httpPrefixHeaders", "X-", sparse(mapOf(str))), "a sparse map, can't be bound"},
	"header of what may be null":  {bound("httpHeader", "X-L", sparse(list(number))), "a sparse list, can't be bound"},
	"parameters of numbers":       {bound("httpQueryParams", object{}, mapOf(number)), "a map of integer, can't be bound"},
	"parameter that may be null":  {bound("httpQuery", "q", sparse(list(str))), "a sparse list, can't be bound"},
	"header of numbers":           {bound("httpHeader", "X-L", list(number)), ""},
	"events of headers alone":     {talk("restJson1"), ""},
	"events in XML":               {talk("restXml"), ""},
	"events in forms":             {talk("awsQuery"), "Op has a stream of events, which awsQuery has no form for"},
	"several parameters of texts": {bound("httpQueryParams", object{}, mapOf(str)), ""},
}

// TestHostile generates from models that were made to break generators. Each gives
// either a client that builds or an error that says what is wrong.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("whole programs are built")
	}
	root := module(t)
	number := 0
	for name, c := range hostileModels {
		number++
		dir := fmt.Sprintf("h%d", number)
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(c.model)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(root, "specs", dir, "model.json")
			writeFile(t, file, data)
			result, err := lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, dir), Runtime: filepath.Join(root, "internal")})
			if c.refused != "" {
				var problems spec.Problems
				if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("got %v, want a problem that says %q", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range result.Files {
				writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
			}
		})
	}
	build(t, root)
}

// TestBoundedMemory sees that a large model costs memory in proportion.
func TestBoundedMemory(t *testing.T) {
	data, err := json.Marshal(deep(10_000))
	if err != nil {
		t.Fatal(err)
	}
	root := module(t)
	file := filepath.Join(root, "model.json")
	writeFile(t, file, data)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "deep")}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used, most := after.TotalAlloc-before.TotalAlloc, uint64(len(data))*2000; used > most {
		t.Errorf("a model of %d bytes took %d bytes of memory, want at most %d", len(data), used, most)
	}
}

package goapi_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/internal/goapi"
)

// serviceChange is a change to the spec of testdata/service.
type serviceChange struct {
	name string
	// edits are pairs of texts of the spec, the first of which must be there.
	edits []string
	// callers are tried beside those of testdata/service, and use what is new.
	callers map[string]string
	// breaking and back are the verdicts for the change and its reverse.
	breaking, back bool
}

const callerHead = "package callers\n\nimport (\n\t\"example.com/client\"\n\t\"example.com/client/types\"\n)\n\nvar _ client.Client\nvar _ types.Status\n\n"

// caller makes the one caller that a change brings.
func caller(code string) map[string]string { return map[string]string{"added.go": callerHead + code} }

var serviceChanges = []serviceChange{
	{"documentation", []string{"Returns a run.", "Returns one run."}, nil, false, false},
	{"pattern", []string{"required: true, schema: {type: string}", `required: true, schema: {type: string, pattern: "^[a-z]+$"}`}, nil, false, false},
	{"output-required", []string{"required: [id, status]", "required: [id, status, note]"}, nil, false, false},
	{"output-member-added", []string{"note: {type: string}", "note: {type: string}\n        lineage: {type: string}"},
		caller("var l *string = client.GetRunOutput{}.Lineage"), false, true},
	{"output-member-retyped", []string{"note: {type: string}", "note: {type: integer, format: int64}"},
		caller("var n *int64 = client.GetRunOutput{}.Note"), true, true},
	{"output-member-renamed", []string{"note: {type: string}", "remark: {type: string}"},
		caller("var n *string = client.GetRunOutput{}.Remark"), true, true},
	{"output-member-time", []string{"note: {type: string}", "note: {type: string, format: date-time}"},
		caller("var n = client.GetRunOutput{}.Note.Unix()"), true, true},
	{"output-member-enum", []string{"note: {type: string}", `note: {$ref: "#/components/schemas/Status"}`},
		caller("var n types.Status = client.GetRunOutput{}.Note"), true, true},
	{"output-member-document", []string{"note: {type: string}", "note: {}"},
		map[string]string{"added.go": "package callers\n\nimport (\n\t\"example.com/client\"\n\t\"example.com/client/document\"\n)\n\nvar n document.Interface = client.GetRunOutput{}.Note\n"}, true, true},
	{"output-member-default", []string{"note: {type: string}", `note: {type: string, default: ""}`},
		caller("var n = client.GetRunOutput{}.Note"), false, false},
	{"flag-optional", []string{"dry: {type: boolean, default: false}", "dry: {type: boolean}"},
		caller("var d *bool = client.GetRunOutput{}.Dry"), true, true},
	{"number-wider", []string{"tries: {type: integer, format: int32}", "tries: {type: integer, format: int64}"},
		caller("var n *int64 = client.GetRunOutput{}.Tries"), true, true},
	{"map-of-lists", []string{"labels: {type: object, additionalProperties: {type: string}}", "labels: {type: object, additionalProperties: {type: array, items: {type: string}}}"},
		caller(`var l []string = client.GetRunOutput{}.Labels["a"]`), true, true},
	{"list-sparse", []string{`phases: {type: array, items: {$ref: "#/components/schemas/Phase"}}`, "phases: {type: array, items: {type: [string, \"null\"]}}"},
		caller("var p []*string = client.GetRunOutput{}.Phases"), true, true},
	{"structure-list", []string{"failed: {type: integer, format: int32}", "failed: {type: integer, format: int32}\n        causes: {type: array, items: {type: string}}"},
		caller("var c []string = types.Statistics{}.Causes"), true, true},
	{"structure-member", []string{"failed: {type: integer, format: int32}", "failed: {type: integer, format: int32}\n        skipped: {type: integer, format: int32}"},
		caller("var c *int32 = types.Statistics{}.Skipped"), false, true},
	{"structure-order", []string{"failed: {type: integer, format: int32}\n        added: {type: integer, format: int32}", "added: {type: integer, format: int32}\n        failed: {type: integer, format: int32}"}, nil, false, false},
	{"structure-renamed", []string{"schemas/Phase", "schemas/Stage", "    Phase:", "    Stage:"},
		caller("var s types.Stage"), true, true},
	{"structure-unused", []string{"\n        statistics: {$ref: \"#/components/schemas/Statistics\"}\n        phases", "\n        phases"}, nil, true, false},
	{"enum-value-added", []string{"[RUNNING, DONE]", "[RUNNING, DONE, FAILED]"},
		caller("const f = types.StatusFailed"), false, true},
	{"enum-value-removed", []string{"[RUNNING, DONE]", "[RUNNING]"}, nil, true, false},
	{"enum-value-renamed", []string{"[RUNNING, DONE]", "[RUNNING, ENDED]"},
		caller("const e = types.StatusEnded"), true, true},
	{"enum-to-string", []string{`status: {$ref: "#/components/schemas/Status"}`, "status: {type: string}"},
		map[string]string{"added.go": "package callers\n\nimport \"example.com/client\"\n\nvar s *string = client.GetRunOutput{}.Status\n"}, true, true},
	{"union-member-added", []string{"x-union: true\n      oneOf:", "x-union: true\n      oneOf:\n        - {type: object, required: [event], properties: {event: {type: string}}}"},
		caller("var t types.Trigger = &types.TriggerMemberEvent{Value: \"\"}"), false, true},
	{"union-member-removed", []string{"        - {type: object, required: [schedule], properties: {schedule: {type: string}}}\n", ""}, nil, true, false},
	{"union-member-retyped", []string{"properties: {schedule: {type: string}}", "properties: {schedule: {type: integer}}"},
		caller("var t = types.TriggerMemberSchedule{Value: 1 << 40}"), true, true},
	{"error-added", []string{"        \"404\":", "        \"429\":\n          description: Later.\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Throttled\"}}}\n        \"404\":",
		"    Conflict:\n", "    Throttled:\n      type: object\n      x-error: {fault: client, retryable: true}\n      properties:\n        message: {type: string}\n    Conflict:\n"},
		caller("var e error = &types.Throttled{}"), false, true},
	{"error-removed", []string{"        \"404\":\n          description: There is none.\n          content: {application/json: {schema: {$ref: \"#/components/schemas/NotFound\"}}}\n", ""}, nil, true, false},
	{"error-member", []string{"resource: {type: string}", "resource: {type: array, items: {type: string}}"},
		caller("var r []string = types.NotFound{}.Resource"), true, true},
	{"error-fault", []string{"x-error: {fault: client}", "x-error: {fault: server}"}, nil, false, false},
	{"operation-added", []string{"  /runs:\n", "  /count:\n    get:\n      operationId: CountRuns\n      responses: {\"204\": {description: Done.}}\n  /runs:\n"},
		caller("var count = (*client.Client).CountRuns"), false, true},
	{"operation-removed", []string{"    put:\n      operationId: PutRun", "    put:\n      operationId: ReplaceRun"},
		caller("var replaceRun = (*client.Client).ReplaceRun"), true, true},
	{"input-required", []string{"              type: object\n              properties:\n                name:", "              type: object\n              required: [name]\n              properties:\n                name:"}, nil, false, false},
	{"input-member-added", []string{"                name: {type: string}", "                name: {type: string}\n                kind: {type: string}"},
		caller("var k = client.PutRunInput{Kind: nil}"), false, true},
	{"idempotency-token", []string{"                name: {type: string}", "                name: {type: string, x-idempotency-token: true}"},
		caller("var p client.IdempotencyTokenProvider = client.Options{}.IdempotencyTokenProvider"), false, false},
	{"streamed-body", []string{`content: {application/json: {schema: {$ref: "#/components/schemas/Run"}}}`, "content: {application/octet-stream: {schema: {type: string, format: binary, x-streaming: true}}}"},
		map[string]string{"added.go": "package callers\n\nimport (\n\t\"io\"\n\n\t\"example.com/client\"\n)\n\nvar b io.ReadCloser = client.GetRunOutput{}.Body\n"}, true, true},
	{"endpoint-parameter", []string{"servers:", "x-endpoint-rule-set: {version: \"1.0\", parameters: {Region: {type: string, builtIn: \"AWS::Region\"}, Endpoint: {type: string, builtIn: \"SDK::Endpoint\"}, UseFIPS: {type: boolean, builtIn: \"AWS::UseFIPS\", required: true, default: false}}, rules: [{conditions: [], endpoint: {url: \"https://runs.example.com\"}, type: endpoint}]}\nx-unused:"},
		caller("var f *bool = client.EndpointParameters{}.UseFIPS"), true, true},
	{"service-renamed", []string{"id: Runs,", "id: Running,"}, nil, false, false},
}

// serviceTrials generates the client of every changed spec.
func (m *realModule) serviceTrials() []trial {
	spec := m.read("testdata/service/spec.yaml")
	base := m.service("service/base/old", spec)
	callers := map[string]string{}
	files, err := filepath.Glob("testdata/service/callers/*.go")
	if err != nil {
		m.t.Fatal(err)
	}
	for _, file := range files {
		callers[filepath.Base(file)] = m.read(file)
	}
	var trials []trial
	for _, change := range serviceChanges {
		folder := "service/" + change.name
		tr := trial{name: folder, old: base, new: m.service(folder+"/new", edit(m.t, spec, change)), callers: map[string]string{}}
		for _, some := range []map[string]string{callers, change.callers} {
			maps.Copy(tr.callers, some)
		}
		if there, back := isBreaking(changes(m.t, tr.old, tr.new)), isBreaking(changes(m.t, tr.new, tr.old)); there != change.breaking || back != change.back {
			m.t.Errorf("%s breaks callers: %v, and %v when it is taken back", change.name, there, back)
		}
		trials = append(trials, tr)
	}
	return trials
}

func (m *realModule) read(name string) string {
	m.t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(data)
}

func edit(t *testing.T, spec string, change serviceChange) string {
	t.Helper()
	for i := 0; i < len(change.edits); i += 2 {
		if !strings.Contains(spec, change.edits[i]) {
			t.Fatalf("%s: the spec does not have %q", change.name, change.edits[i])
		}
		spec = strings.ReplaceAll(spec, change.edits[i], change.edits[i+1])
	}
	return spec
}

// service generates the client of a spec of the test's own.
func (m *realModule) service(folder, spec string) goapi.Package {
	m.t.Helper()
	name := "specs/" + folder + "/spec.yaml"
	m.write(name, []byte(spec))
	return m.generate(folder, lathe.Config{Spec: m.path(name), Package: "client"})
}

// generate writes a client into a folder of the module. All share one runtime.
func (m *realModule) generate(folder string, cfg lathe.Config) goapi.Package {
	m.t.Helper()
	cfg.Out, cfg.Runtime = m.path(folder), m.path("runtime")
	result, err := lathe.Generate(cfg)
	if err != nil {
		m.t.Fatalf("%s: %v", folder, err)
	}
	p := goapi.Package{Path: result.ImportPath, Files: map[string][]byte{}}
	for _, f := range result.Files {
		m.write(f.Path, f.Data)
		if name, ours := strings.CutPrefix(f.Path, folder+"/"); ours {
			p.Files[name] = f.Data
		}
	}
	return p
}

package lathe_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/spec"
)

func TestExplain(t *testing.T) {
	for name, want := range map[string]string{
		"RunStatisticsForAssets":         "GetDataSourceRun output GetDataSourceRunOutput .runStatisticsForAssets RunStatisticsForAssets",
		"LineageImportStatus":            "GetDataSourceRun output GetDataSourceRunOutput .lineageSummary DataSourceRunLineageSummary .importStatus LineageImportStatus",
		"GetDataSourceRunInput":          "GetDataSourceRun input GetDataSourceRunInput",
		"ResourceNotFoundException":      "GetDataSourceRun error ResourceNotFoundException",
		"types.LineageImportStatus":      "GetDataSourceRun output GetDataSourceRunOutput .lineageSummary DataSourceRunLineageSummary .importStatus LineageImportStatus",
		"datazone.GetDataSourceRunInput": "GetDataSourceRun input GetDataSourceRunInput",
	} {
		e, err := lathe.Explain(lathe.Config{Spec: "spec/datazone.yaml"}, name)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Paths) != 1 || !e.Emitted || e.Paths[0].String() != want || e.Pos.Line == 0 {
			t.Errorf("%s: got %+v, want %s", name, e, want)
		}
	}
	for _, name := range []string{"DataSourceRunFinished", "DataSourceRunFinishedWaiter", "NewDataSourceRunFinishedWaiter", "DataSourceRunFinishedWaiterOptions"} {
		e, err := lathe.Explain(lathe.Config{Spec: "spec/datazone.yaml"}, name)
		if err != nil || e.Kind != "waiter" || e.Name != "DataSourceRunFinished" || !e.Emitted || len(e.Paths) != 3 || e.Pos.Line == 0 ||
			e.Paths[0].String() != "GetDataSourceRun waiter success output status stringEquals SUCCESS" {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	_, err := lathe.Explain(lathe.Config{Spec: "spec/datazone.yaml"}, "RunStatisticForAssets")
	if err == nil || !strings.Contains(err.Error(), "no shape is named RunStatisticForAssets\n\thint: did you mean RunStatisticsForAssets?") {
		t.Errorf("got %v", err)
	}
	_, err = lathe.Explain(lathe.Config{Spec: "spec/datazone.yaml", Operations: []string{"GetDataSource"}}, "DomainId")
	if err == nil || !strings.Contains(err.Error(), `no operation matches "GetDataSource"`) {
		t.Errorf("got %v", err)
	}
}

// A Go type is known by its name in Go, whatever the spec calls its shape.
func TestExplainGoTypes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "runs.json")
	const model = `{"smithy": "2.0", "shapes": {
"a#Runs": {"type": "service", "version": "1", "operations": [{"target": "a#ListRuns"}, {"target": "a#NewRuns"}], "traits": {
	"aws.api#service": {"sdkId": "Runs"}, "aws.protocols#awsJson1_0": {}, "aws.auth#sigv4": {"name": "runs"}}},
"a#ListRuns": {"type": "operation", "input": {"target": "a#ListRunsRequest"}, "output": {"target": "a#RunPage"}},
"a#NewRuns": {"type": "operation", "input": {"target": "a#ListRunsRequest"}, "output": {"target": "a#RunPage"},
	"traits": {"smithy.api#paginated": {"inputToken": "next", "outputToken": "next", "items": "runs"}}},
"a#ListRunsRequest": {"type": "structure", "members": {"next": {"target": "smithy.api#String"}}},
"a#RunPage": {"type": "structure", "members": {"next": {"target": "smithy.api#String"}, "runs": {"target": "a#runs"}}},
"a#runs": {"type": "list", "member": {"target": "a#run"}},
"a#run": {"type": "structure", "members": {}}}}`
	if err := os.WriteFile(file, []byte(model), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"ListRunsInput": "ListRuns input ListRunsRequest", "runs.ListRunsOutput": "ListRuns output RunPage",
		"types.Run": "ListRuns output RunPage .runs runs .member run", "Run": "ListRuns output RunPage .runs runs .member run",
		"NewRunsPaginator": "NewRuns paginator next next", "runs.NewNewRunsPaginator": "NewRuns paginator next next",
		"NewRunsPaginatorOptions": "NewRuns paginator next next",
	} {
		e, err := lathe.Explain(lathe.Config{Spec: file}, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if e.Paths[0].String() != want {
			t.Errorf("%s: got %s, want %s", name, e.Paths[0], want)
		}
	}
	if _, err := lathe.Explain(lathe.Config{Spec: file}, "types.ListRunsInput"); err == nil {
		t.Error("the input of an operation was found in package types")
	}
}

// A value of an enum has the path of that; what is none has no path.
func TestValuePath(t *testing.T) {
	for of, want := range map[[2]string]string{
		{"DataSourceRunStatus", "SUCCESS"}: "DataSourceRunStatus.SUCCESS",
		{"DataSourceRunStatus", "Success"}: "",
		{"RunStatisticsForAssets", "x"}:    "",
		{"Gone", "x"}:                      "",
	} {
		got, err := lathe.ValuePath(lathe.Config{Spec: "spec/datazone.yaml"}, of[0], of[1])
		if err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", of, got, err, want)
		}
	}
	if _, err := lathe.ValuePath(lathe.Config{Spec: "spec/none.yaml"}, "Status", "NEW"); err == nil {
		t.Error("a spec that is not there is no error")
	}
}

// A field of a client has the path of its member.
func TestMemberPath(t *testing.T) {
	for field, want := range map[string]string{
		"GetDataSourceRunInput.DomainIdentifier":             "GetDataSourceRun.input.domainIdentifier",
		"GetDataSourceRunOutput.DataSourceId":                "GetDataSourceRun.output.dataSourceId",
		"types.RunStatisticsForAssets.Added":                 "RunStatisticsForAssets.added",
		"types.RunStatisticsForAssets.Gone":                  "",
		"types.Gone":                                         "",
		"GetDataSourceRunOutput.LineageSummary.ImportStatus": "GetDataSourceRun.output.lineageSummary.importStatus",
		"GetDataSourceRunOutput.Gone.ImportStatus":           "",
		"types.Gone.Added":                                   "",
		"GetDataSourceRunInput":                              "",
		"Options.Region":                                     "",
	} {
		got, err := lathe.MemberPath(lathe.Config{Spec: "spec/datazone.yaml"}, field)
		if err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", field, got, err, want)
		}
	}
	renamed := lathe.Config{Spec: "spec/datazone.yaml", Additions: spec.Additions{Renames: []spec.Rename{
		{Kind: spec.RenameOperation, From: "GetDataSourceRun", To: "GetRun"},
	}}}
	if got, err := lathe.MemberPath(renamed, "GetRunInput.Identifier"); err != nil ||
		got != "GetDataSourceRun.input.identifier" {
		t.Errorf("of an operation with another name: %q, %v", got, err)
	}
	if _, err := lathe.MemberPath(lathe.Config{Spec: "spec/none.yaml"}, "GetInput.Limit"); err == nil {
		t.Error("a spec that is not there is no error")
	}
}

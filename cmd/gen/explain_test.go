package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestExplain(t *testing.T) {
	const file = "../../spec/datazone.yaml"
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"reached": {[]string{"LineageImportStatus"}, exitDone,
			" is emitted\n  GetDataSourceRun output GetDataSourceRunOutput .lineageSummary DataSourceRunLineageSummary .importStatus LineageImportStatus\n"},
		"json":            {[]string{"DomainId", "--json"}, exitDone, `"emitted": true`},
		"unknown":         {[]string{"DomainID"}, exitFailed, "did you mean DomainId?"},
		"an operation":    {[]string{"GetDataSourceRun"}, exitFailed, "\n\thint: GetDataSourceRun is an operation; its shapes are GetDataSourceRunInput, GetDataSourceRunOutput, "},
		"no name":         {nil, exitFailed, "one name is expected, not 0"},
		"mermaid":         {[]string{"--format", "mermaid", "GetDataSourceRun"}, exitDone, "flowchart LR\n  n0([\"GetDataSourceRun\"])\n  n1[\"GetDataSourceRunInput\"]\n"},
		"edges":           {[]string{"--format", "mermaid"}, exitDone, "  n2 -->|\"status\"| n3\n"},
		"dot":             {[]string{"--format", "dot", "--operation", "Get*"}, exitDone, "digraph {\n  rankdir=LR\n  node [shape=box]\n  n0 [label=\"GetDataSourceRun\", shape=oval]\n"},
		"nothing to draw": {[]string{"--format", "dot", "GetDataSource"}, exitFailed, "did you mean GetDataSourceRun?"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			code := run(append([]string{"explain", "--spec", file}, c.args...), &out, &out, lathes())
			if code != c.code || !strings.Contains(out.String(), c.want) {
				t.Errorf("exit code %d, want %d; printed %s\nwant %s", code, c.code, out.String(), c.want)
			}
		})
	}
}

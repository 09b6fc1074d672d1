package main

import (
	"context"
	"fmt"
	"testing"

	"example.com/lathe/examples/clients/datazone"
	"example.com/lathe/examples/clients/datazone/types"
)

// fake answers with its status, or with its error.
type fake struct {
	status types.DataSourceRunStatus
	err    error
}

func (f fake) GetDataSourceRun(context.Context, *datazone.GetDataSourceRunInput, ...func(*datazone.Options)) (*datazone.GetDataSourceRunOutput, error) {
	return &datazone.GetDataSourceRunOutput{Status: f.status}, f.err
}

func TestCheck(t *testing.T) {
	for want, client := range map[string]fake{
		"<nil>":                       {status: types.DataSourceRunStatusSuccess},
		"run r1 is FAILED":            {status: types.DataSourceRunStatusFailed},
		"there is no run r1 in dzd_1": {err: &types.ResourceNotFoundException{}},
	} {
		if err := check(t.Context(), client, "dzd_1", "r1"); fmt.Sprint(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

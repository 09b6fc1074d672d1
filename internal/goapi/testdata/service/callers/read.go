package callers

import (
	"time"

	"example.com/client"
	"example.com/client/types"
)

// Fields with their exact types.
func read(run client.GetRunOutput) {
	var (
		_ *string           = run.Id
		_ types.Status      = run.Status
		_ *types.Statistics = run.Statistics
		_ map[string]string = run.Labels
		_ *int32            = run.Tries
		_ bool              = run.Dry
		_ *time.Time        = run.StartedAt
		_ []byte            = run.Log
	)
	for _, p := range run.Phases {
		var _ *string = p.Name
	}
}

package callers

import "example.com/client"

// note reads a member on its own, so that its changes concern this file only.
func note(run *client.GetRunOutput) *string { return run.Note }

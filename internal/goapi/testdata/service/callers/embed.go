package callers

import (
	"example.com/client"
	"example.com/client/types"
)

// Types of callers that embed those of the client.
type counting struct {
	*client.Client
	calls int
}

type annotated struct {
	types.Phase
	comment string
}

func describe(a annotated) (*string, string) { return a.Name, a.comment }

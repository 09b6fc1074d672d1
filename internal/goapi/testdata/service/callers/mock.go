package callers

import (
	"context"

	"example.com/client"
)

// An interface of the operation in use, the client and a mock that implement it,
// and a method value.
type getter interface {
	GetRun(context.Context, *client.GetRunInput, ...func(*client.Options)) (*client.GetRunOutput, error)
}

type mock struct{ out *client.GetRunOutput }

func (m mock) GetRun(context.Context, *client.GetRunInput, ...func(*client.Options)) (*client.GetRunOutput, error) {
	return m.out, nil
}

var getters = []getter{mock{}, (*client.Client)(nil)}

var get = client.New(client.Options{}).GetRun

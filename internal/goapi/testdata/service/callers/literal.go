package callers

import (
	"example.com/client"
	"example.com/client/types"
)

// Literals with the names of their fields.
var (
	input  = client.GetRunInput{Id: new(string)}
	put    = client.PutRunInput{Name: new(string), Trigger: &types.TriggerMemberSchedule{Value: "daily"}}
	phase  = types.Phase{Name: new(string), Statistics: &types.Statistics{Failed: new(int32)}}
	params = client.EndpointParameters{Region: nil, Endpoint: nil}
)

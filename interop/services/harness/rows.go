package harness

import (
	"path"
	"strings"
)

// Row is an intended difference.
type Row struct {
	// Service is the service's name; Operation and Path are globs of those of the
	// differences.
	Service, Operation, Path string
	// Text is part of what one of the clients did.
	Text string
	// Why says what intends it.
	Why string
}

func (r Row) intends(d Difference) bool {
	op, _ := path.Match(r.Operation, d.Operation)
	what, _ := path.Match(r.Path, d.Path)
	return op && what && strings.Contains(d.Official+"\n"+d.Ours, r.Text)
}

// Rows are all intended differences. One that doesn't occur is an error.
var Rows = []Row{
	{"batch", "*", "output*{zero}", "", nullEntry},
	{"eks", "*", "output*{zero}", "", nullEntry},
	{"lambda", "*", "output*{zero}", "", nullEntry},
	{"apigateway", "*", "output*{zero}", "", nullEntry},
	{"glacier", "*", "output*{zero}", "", nullEntry},

	{"batch", "CreateComputeEnvironment", "requests", "ComputeResources.Subnets", batchSubnets},
	{"batch", "CreateComputeEnvironment", "error*", "ComputeResources.Subnets", batchSubnets},

	{"lambda", "SendDurableExecutionCallbackSuccess", "header Content-Type", "application/octet-stream", emptyPayload},
	{"lambda", "SendDurableExecutionCallbackSuccess", "signed headers", "content-type", emptyPayload},

	{"apigateway", "GetExport", "header Accept", "application/json", accept},

	{"glacier", "List*", "type of List*Input.Limit", "", limit},
}

// Why the rows are there.
const (
	nullEntry    = "an entry that is null is left out of a map that isn't sparse, as Smithy says; the official client keeps a zero value"
	batchSubnets = "ComputeResource.subnets was required when the official package was made, and isn't in the model"
	emptyPayload = "an empty blob is sent with its content type, as by the official packages of apigateway and glacier; that of lambda leaves it out"
	accept       = "the model binds a member to the header; the official client overwrites it with what all other operations send"
	limit        = "C2J has the limits as strings, Smithy as integers"
)

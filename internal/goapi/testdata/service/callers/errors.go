package callers

import (
	"errors"

	"github.com/aws/smithy-go"

	"example.com/client/types"
)

// Errors as targets of errors.As and as interfaces.
func missing(err error) *string {
	var target *types.NotFound
	if errors.As(err, &target) {
		return target.Resource
	}
	return nil
}

var apiError smithy.APIError = &types.Conflict{Message: new(string)}

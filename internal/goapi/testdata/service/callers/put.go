package callers

import (
	"context"

	"example.com/client"
)

func replace(ctx context.Context, c *client.Client) error {
	_, err := c.PutRun(ctx, &client.PutRunInput{})
	return err
}

// Package clients is the home of the clients that the examples call; lathe.yaml lists
// them.
package clients

//go:generate go -C ../.. run ./cmd/gen --config examples/lathe.yaml

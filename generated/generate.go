// Package generated is the home of the clients that are committed; lathe.yaml at
// the module's root lists them.
package generated

//go:generate go run example.com/lathe/cmd/gen

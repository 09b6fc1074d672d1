// Package hooks holds other people's code that hooks into clients, and one hook of each
// kind, against a generated client and the official one: what it sees and what it changes
// must be the same.
package hooks

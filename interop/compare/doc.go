// Package compare runs one scenario through two clients of one service, each
// against an in-memory transport of its own, and reports where they differ: in the
// requests they send, the outputs and errors they return, the metadata they leave
// and the time they take.
//
// A scenario knows neither client. Settings name fields of options and inputs,
// and reflection sets them, so that one table serves both.
package compare

// Package interop puts generated clients and the official ones through the same
// calls and compares what they do. Its tests hold the cases as tables, and the
// differences that are intended as a table too; package compare runs and compares,
// package goapi compares exported Go APIs.
package interop

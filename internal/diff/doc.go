// Package diff compares two versions of an API and says, in words, what each
// difference means to those who call it through a generated client.
//
// Each difference is judged on three axes: whether an old client still talks to
// the service (wire), whether a caller still compiles against the client made anew
// (Go), and whether that client behaves otherwise (behaviour). What a difference
// means depends on where it stands: a value that is new in an answer is not one
// that is new in a request. The judgements are a table, see [Rules].
//
// Documents of different formats may be compared: nothing here knows of formats.
package diff

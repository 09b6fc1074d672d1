// Package clienttest tests the behaviour of a generated client, that of
// generated/datazone, as its users see it: through the exported names alone, against
// local servers and HTTP clients of memory. It has no code but tests.
package clienttest

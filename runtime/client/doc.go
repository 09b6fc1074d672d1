// Package client is what is the same in the package of every client: the client, its
// options, and how it finds the endpoint of a call. Lathe copies these files into the
// package of each client; what differs between services stands in stand_in.go, which is
// not copied, and is rendered.
//
// A copy has the client's package name and its codec. Besides, in the copy
//
//   - what stands between the lines "//lathe:if <part>" and "//lathe:end", or the next such
//     line, is there only if the client has that part, or if it does not have it with
//     "//lathe:if !<part>";
//   - a line "//lathe:insert <name>" is replaced by what is rendered of that name;
//   - a string "lathe:<name>" is replaced by the service's value.
package client

// Package endpointrules is what the compiled endpoint rules of a client call: the
// functions of Smithy's rules engine and of its AWS extension
// (https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html), the
// table of partitions, and what a rule set can end in.
//
// Functions that may have no value return it with false, as a map does; [Option]
// carries such a value inside of an expression.
package endpointrules

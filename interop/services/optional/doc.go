// Package optional compares which numbers and booleans are pointers with the official
// packages, member by member. These are read as source and never compiled, so that all
// protocols can be compared, those too that cannot be generated yet.
package optional

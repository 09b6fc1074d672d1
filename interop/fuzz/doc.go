// Package fuzz makes random scenarios of calls that are answered, delayed, broken off,
// canceled and tried again, and finds the smallest one in which two clients differ.
//
// A scenario follows from its seed. What the rows of interop's differences are about is
// left out of scenarios, or of what is compared: see [Known].
package fuzz

// Package api compares what whole clients export with the official packages, which are
// type-checked without the bodies of functions and never compiled.
//
// official.txt lists the packages of every run; with -all those of
// ../services/optional/official.txt are compared, too.
package api

// Package emit puts generated files on disk: all of them or none.
//
// A run hands over [Set]s of files that exist in memory only. [Write] compares
// them with what is there, refuses whatever it may not touch, stages every new
// content beside its target, and only then renames. [Check] is the same without
// the last step. What Lathe wrote before is known by the header that each file
// carries ([Header]) and by one manifest an output folder ([ManifestName]); a file
// without the header is never overwritten and never deleted, and nothing is read
// or written through a symbolic link below the module's root.
//
// The package also formats Go source ([Format]) and finds the module of a folder
// ([Module]).
package emit

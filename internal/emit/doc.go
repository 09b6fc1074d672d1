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
// A run that is killed leaves each file whole, old or new. What is generated can be
// generated again, so that of all files only the manifests are written through to
// the device, before the files that they list are renamed: after a power cut a
// listed file may be empty or full of zeros, which [Check] finds by its sum and the
// next [Write] fixes. Writing through every file takes many times as long.
//
// Line endings do not count: files that git has checked out with those of Windows are
// what was written, and stay as they are.
//
// The package also formats Go source ([Format]).
package emit

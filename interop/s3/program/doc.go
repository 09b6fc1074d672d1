// Package program is a program over a package of S3. It is compiled over the official
// package and over the generated one, and both must do the same.
package program

//go:build !race

package main

// kills is how often TestKilled kills the program.
const kills = 200

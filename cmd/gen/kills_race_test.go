//go:build race

package main

// kills is smaller where each process takes several times as long.
const kills = 40

module example.com/lathe/bench

go 1.26.0

require (
	github.com/go-faster/jx v1.2.0
	github.com/go-json-experiment/json v1.27.2
)

require (
	github.com/go-faster/errors v0.7.1 // indirect
	github.com/segmentio/asm v1.2.1 // indirect
	golang.org/x/sys v0.49.0 // indirect
)

replace example.com/lathe => ../

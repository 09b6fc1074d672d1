package config

import (
	"errors"
	"strings"
	"testing"

	"example.com/lathe/spec"
)

// A configuration file of any content yields packages or problems with places in
// it, and never a panic.
func FuzzParseConfig(f *testing.F) {
	for _, tt := range parseErrors {
		f.Add([]byte(tt.src))
	}
	for _, tt := range additionErrors {
		f.Add([]byte(tt.src))
	}
	for _, tt := range approveErrors {
		f.Add([]byte(tt.src))
	}
	f.Add([]byte(goodConfig))
	f.Add([]byte(approvedConfig))
	f.Add([]byte(addedConfig))
	for _, deep := range []string{"[", "{a: ", "- ", "? ", "&a ", "!x ", "a:\n "} {
		f.Add([]byte(strings.Repeat(deep, 100)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parseConfig("lathe.yaml", data)
		if err == nil {
			for _, p := range c.packages {
				if p.spec.string == "" || p.out.string == "" {
					t.Errorf("a package without spec or out was accepted: %+v", p)
				}
			}
			return
		}
		var problems spec.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("got %T %v, want spec.Problems", err, err)
		}
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 1
		for _, p := range problems {
			if p.Pos.File != "lathe.yaml" || p.Pos.Line < 1 || p.Pos.Line > lines || p.Pos.Column < 1 {
				t.Errorf("%v has no place in the file of %d lines", p, lines)
			}
		}
	})
}

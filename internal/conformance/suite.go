// Package conformance turns suites of protocol test cases into Go tests of
// generated clients. A suite is a file with a C2J model of one operation and the
// cases: what a request must be, what an output is read from a response, and what
// an error.
package conformance

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Suite is one file of cases.
type Suite struct {
	// Name is the file's, without its ending.
	Name string `json:"-"`
	// Model is a complete C2J service model.
	Model json.RawMessage `json:"model"`
	// ClientEndpoint is what the client is configured with; empty for any.
	ClientEndpoint string `json:"clientEndpoint"`
	Cases          []Case `json:"cases"`
}

// Case is one test case.
type Case struct {
	ID string `json:"id"`
	// Kind is "request", "response" or "error".
	Kind string `json:"kind"`
	// Params are the input of a request.
	Params map[string]any `json:"params"`
	// Response is the answer that is read.
	Response *Response       `json:"response"`
	Want     json.RawMessage `json:"want"`
}

// Response is an answer as it comes.
type Response struct {
	StatusCode int               `json:"status_code"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
}

// WantError is the error that an answer must give.
type WantError struct {
	Code    string         `json:"code"`
	Message *string        `json:"message"`
	Members map[string]any `json:"members"`
}

// Load reads every suite of a folder, sorted by name.
func Load(dir string) ([]*Suite, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var suites []*Suite
	for _, file := range files {
		suite := &Suite{Name: strings.TrimSuffix(filepath.Base(file), ".json")}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, suite); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		suites = append(suites, suite)
	}
	return suites, nil
}

// Package is the name of the Go package for the suite.
func (s *Suite) Package() string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower("s"+s.Name))
}

// Package conformance turns suites of protocol test cases into Go tests of
// generated clients. A suite is a file with a model of one operation and the
// cases: what a request must be, what an output is read from a response, and what
// an error.
package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/naming"
)

// Suite is one file of cases.
type Suite struct {
	// Name is the file's, without its ending.
	Name string `json:"-"`
	// Model is a complete service model, in C2J or Smithy's JSON.
	Model json.RawMessage `json:"model"`
	// ClientEndpoint is what the client is configured with; empty for any.
	ClientEndpoint string `json:"clientEndpoint"`
	Cases          []Case `json:"cases"`
}

// Case is one test case.
type Case struct {
	ID string `json:"id"`
	// Kind is "request", "response", "error", or "failure" for an answer that must
	// not be read as an output.
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
	// Body is in base64 if the header says that it is CBOR.
	Body string `json:"body"`
}

// WantError is the error that an answer must be read as.
type WantError struct {
	Code    string         `json:"code"`
	Message *string        `json:"message"`
	Members map[string]any `json:"members"`
}

// WantFailure is what a call must fail with.
type WantFailure struct {
	// Text is part of the error's.
	Text string `json:"text"`
}

// Folders returns dir and all folders below it that hold suites, sorted. It is empty
// if there are none, or no dir.
func Folders(dir string) ([]string, error) {
	var folders []string
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(file) == ".json" {
			folders = append(folders, filepath.Dir(file))
		}
		return err
	})
	if os.IsNotExist(err) {
		return nil, nil
	}
	slices.Sort(folders)
	return slices.Compact(folders), err
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
		if err := decode(data, suite); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		suites = append(suites, suite)
	}
	return suites, nil
}

// decode reads JSON and keeps the digits of its numbers.
func decode(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(v)
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

// shapesOf returns the names of the error shapes that have a code of their own, for
// the code: those of services that are compatible with awsQuery.
func (s *Suite) shapesOf(code string) []string {
	var model struct {
		Shapes map[string]struct{ Error struct{ Code string } }
	}
	if decode(s.Model, &model) != nil {
		return nil // the loader of the format reports it
	}
	var names []string
	for name, shape := range model.Shapes {
		if shape.Error.Code == code {
			names = append(names, name)
		}
	}
	return names
}

// TestName is the name of the suite's test function.
func (s *Suite) TestName() string { return "Test" + naming.Exported(s.Package()) }

// TestName is the name of the case's subtest.
func (c Case) TestName() string { return naming.Exported(c.ID) }

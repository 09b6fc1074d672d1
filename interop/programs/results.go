package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"example.com/lathe/internal/adopt/weigh"
)

// resultsFile is where results are kept.
const resultsFile = "programs/results.json"

// result is what came of a program.
type result struct {
	program

	Services []service `json:"services"`
	// Left are services that stay official.
	Left  []left `json:"left,omitempty"`
	Tests tests  `json:"tests"`
	// Scan is what looking at the program took, without having built anything.
	Scan used `json:"scan"`
	// Weight is that of the services in the largest command, before.
	Weight weight        `json:"weight"`
	Before weigh.Figures `json:"before"`
	After  weigh.Figures `json:"after"`
}

// service is one that is generated.
type service struct {
	Package    string `json:"package"`
	Version    string `json:"version"`
	Protocol   string `json:"protocol"`
	Operations int    `json:"operations"`
	Of         int    `json:"of"`
}

// left is a service that stays, and why.
type left struct {
	Package string `json:"package"`
	Version string `json:"version"`
	Why     string `json:"why"`
}

// tests are how the program's own tests ended, the same before and after, but for those
// that don't end in the same way each time.
type tests struct {
	Packages int      `json:"packages"`
	Passed   int      `json:"passed"`
	Failed   int      `json:"failed"`
	Skipped  int      `json:"skipped"`
	Unsteady []string `json:"unsteady,omitempty"`
}

// results are those of all programs, in the order of the table of programs.
type results []result

func readResults(file string) (all results, err error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(data, &all)
}

func (rs results) write(file string) error {
	data, err := json.MarshalIndent(rs, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// with returns the results with one more, in the place of an earlier one of that program.
// Those of programs that are no longer in the table are left out.
func (rs results) with(r result) results {
	place := func(r result) int {
		return slices.IndexFunc(programs, func(p program) bool { return p.Name == r.Name })
	}
	all := append(slices.DeleteFunc(
		slices.Clone(rs), func(old result) bool { return old.Name == r.Name || place(old) < 0 }), r)
	slices.SortFunc(all, func(a, b result) int { return cmp.Compare(place(a), place(b)) })
	return all
}

// public are the results of the programs that are not ours.
func (rs results) public() results {
	return slices.DeleteFunc(slices.Clone(rs), func(r result) bool { return r.Source != "" })
}

// absent are the names of programs without a result.
func (rs results) absent() (names []string) {
	for _, p := range programs {
		if !slices.ContainsFunc(rs, func(r result) bool { return r.Name == p.Name }) {
			names = append(names, p.Name)
		}
	}
	return names
}

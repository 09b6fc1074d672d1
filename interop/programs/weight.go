package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// weight is what packages take of a program.
type weight struct {
	// Command is the import path of the program; empty where the module has none.
	Command string `json:"command,omitempty"`
	// Bytes are those of the symbols of packages for services, and of the table of
	// functions as much as they have of the code.
	Bytes int64 `json:"bytes,omitempty"`
}

// weight builds the commands of a module to which services are linked, and weighs these
// services in the one in which they weigh most.
func (w workplace) weight(ctx context.Context, at place, all []listed) (most weight, err error) {
	file := filepath.Join(w.dir, "program")
	for _, one := range all {
		if one.Name != "main" || !one.reachesService() {
			continue
		}
		if _, err := at.run(ctx, "go", "build", "-o", file, one.ImportPath); err != nil {
			return most, err
		}
		symbols, err := at.run(ctx, "go", "tool", "nm", "-size", file)
		if err := errors.Join(err, os.Remove(file)); err != nil {
			return most, err
		}
		bytes, err := weightOf(symbols)
		if err != nil {
			return most, fmt.Errorf("%s: %w", one.ImportPath, err)
		}
		if bytes > most.Bytes {
			most = weight{one.ImportPath, bytes}
		}
	}
	return most, nil
}

// weightOf reads what go tool nm -size prints: address, size, kind and name.
func weightOf(symbols []byte) (int64, error) {
	address := map[string]int64{}
	var code, data int64
	for line := range bytes.Lines(symbols) {
		fields := strings.Fields(string(line))
		if len(fields) < 4 {
			continue // a symbol of another object has no address
		}
		name := fields[3]
		if strings.HasPrefix(name, "runtime.") {
			address[name], _ = strconv.ParseInt(fields[0], 16, 64)
		}
		if !isService(name) {
			continue
		}
		size, err := strconv.ParseInt(fields[1], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("what go tool nm prints: %w", err)
		}
		switch fields[2] {
		case "T", "t":
			code += size
		case "R", "r", "D", "d":
			data += size
		}
	}
	allCode := address["runtime.etext"] - address["runtime.text"]
	table := address["runtime.epclntab"] - address["runtime.pclntab"]
	if allCode <= 0 || table <= 0 {
		return 0, errors.New("go tool nm names neither where the code lies nor the table of its functions")
	}
	return code + data + table*code/allCode, nil
}

// Package s3 compares the client of S3 that Lathe generates with the official package.
package s3

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"go/format"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/lathe"
)

const (
	model    = "../../../shared/models/smithy/s3-2006-03-01.json"
	official = "github.com/aws/aws-sdk-go-v2/service/s3"
	ours     = "example.com/interop/s3"
	// version is that of the official package, which was made of the same model. The one
	// in go.mod is a newer one, as the server wants it.
	version = "v1.79.2"
)

// mainText is a command of the program.
const mainText = `package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"example.com/interop/program"
)

func main() {
	if len(os.Args) == 4 {
		pem, _ := os.ReadFile(os.Args[3])
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(pem)
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ExpectContinueTimeout: 1e9}}
		fmt.Print(program.Serve(os.Args[2], client))
		return
	}
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{"flat": program.Run(false), "hooked": program.Run(true)})
}
`

// ofProgram are modules that only this one needs, and not the program.
var ofProgram = regexp.MustCompile(`(?m)^.*(example\.com/lathe|gofakes3|service/s3)[ \t].*$`)

// module makes a module for the program over a package of S3, which is one of the module
// itself or has a version.
func module(t *testing.T, version string) string {
	t.Helper()
	root := t.TempDir()
	mod := bytes.Replace(read(t, "go.mod"), []byte("module example.com/lathe/interop/s3"), []byte("module example.com/interop"), 1)
	mod = ofProgram.ReplaceAll(mod, nil)
	if version != "" {
		mod = regexp.MustCompile(`(?m)^.*(internal|protocol)/.*// indirect$`).ReplaceAll(mod, nil) // they are the newer package's
		mod = fmt.Appendf(mod, "\nrequire %s %s\n", official, version)
	}
	write(t, filepath.Join(root, "go.mod"), mod)
	write(t, filepath.Join(root, "go.sum"), slices.Concat(read(t, "go.sum"), read(t, "testdata/official.sum")))
	return root
}

// generate generates our client into a module.
func generate(t *testing.T, root string) {
	t.Helper()
	result, err := lathe.Generate(lathe.Config{Spec: model, Out: filepath.Join(root, "s3"), Package: "s3"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Files {
		write(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
}

// build builds the program over a package of S3.
func build(t *testing.T, root, path string) string {
	t.Helper()
	sources, err := filepath.Glob("program/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no program: %v", err)
	}
	for _, name := range sources {
		data, err := format.Source(bytes.ReplaceAll(read(t, name), []byte(official), []byte(path)))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(root, name), data)
	}
	write(t, filepath.Join(root, "main.go"), []byte(mainText))
	binary := filepath.Join(root, "program.bin")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-mod=mod", "-trimpath", "-o", binary, ".")
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func output(t *testing.T, binary string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestS3 builds the program over both packages for all comparisons.
func TestS3(t *testing.T) {
	if _, err := os.Stat(model); err != nil {
		t.Skipf("no model in %s", model)
	}
	root := module(t, "")
	generate(t, root)
	mine := build(t, root, ours)
	theirs := build(t, module(t, version), official)
	t.Run("calls", func(t *testing.T) { compareCalls(t, theirs, mine) })
	t.Run("server", func(t *testing.T) { compareServers(t, theirs, mine) })
}

// calls are the transcripts of a program.
func calls(t *testing.T, binary string) (transcripts map[string]map[string]string) {
	t.Helper()
	if err := json.Unmarshal(output(t, binary, "calls"), &transcripts); err != nil {
		t.Fatal(err)
	}
	return transcripts
}

// compareCalls makes the same calls with both packages, and with ours in a middleware stack
// as well.
func compareCalls(t *testing.T, theirs, mine string) {
	want, got := calls(t, theirs)["flat"], calls(t, mine)
	used, lines := make([]bool, len(rows)), 0
	for _, name := range slices.Sorted(maps.Keys(want)) {
		for _, kind := range []string{"flat", "hooked"} {
			a, b := blocks(want[name]), blocks(got[kind][name])
			for _, title := range slices.Sorted(maps.Keys(a)) {
				lines += strings.Count(a[title], "\n> ")
				if theirs, mine := differ(a[title], b[title], used); len(theirs)+len(mine) > 0 {
					t.Errorf("%s %s, %s\n  official %.400q\n  ours     %.400q", name, kind, title, theirs, mine)
				}
			}
			if len(a) != len(b) {
				t.Errorf("%s %s: %d and %d blocks", name, kind, len(a), len(b))
			}
		}
	}
	for i, row := range rows {
		if !used[i] {
			t.Errorf("unused row: %s: %s", row.line, row.why)
		}
	}
	t.Logf("%d lines of requests", lines)
}

// blocks splits a transcript by its titles.
func blocks(text string) map[string]string {
	out, title := map[string]string{}, ""
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "# ") {
			title = strings.TrimSpace(line)
		}
		out[title] += line
	}
	return out
}

// differ returns the lines that only one of two texts has and that no row intends.
func differ(official, ours string, used []bool) (theirs, mine []string) {
	count := map[string]int{}
	for line := range strings.Lines(official) {
		count[line]++
	}
	for line := range strings.Lines(ours) {
		count[line]--
	}
	for _, line := range slices.Sorted(maps.Keys(count)) {
		switch n := count[line]; {
		case n == 0 || intended(line, used):
		case n > 0:
			theirs = append(theirs, line)
		default:
			mine = append(mine, line)
		}
	}
	return theirs, mine
}

func intended(line string, used []bool) bool {
	is := false
	for i, row := range rows {
		if row.line.MatchString(strings.TrimSuffix(line, "\n")) {
			used[i], is = true, true
		}
	}
	return is
}

// compareServers uses a server of objects with both packages, over TLS and without.
func compareServers(t *testing.T, theirs, mine string) {
	for _, secure := range []bool{true, false} {
		t.Run(fmt.Sprintf("tls %t", secure), func(t *testing.T) {
			want, sent := serve(t, theirs, secure)
			got, sentToo := serve(t, mine, secure)
			if want != got {
				a, b := differ(want, got, make([]bool, len(rows)))
				t.Errorf("official %q\nours     %q", a, b)
			}
			if sent != sentToo || secure != (sent > 0) {
				t.Errorf("%d and %d bodies had a checksum behind them", sent, sentToo)
			}
			for _, line := range []string{"10000 objects on ", `get "large" 104857600 bytes`, "3 versions, 1 markers", "interrupted: true", "canceled: true"} {
				if !strings.Contains(got, line) {
					t.Errorf("the server was not used as it should be: no %q in\n%s", line, got)
				}
			}
		})
	}
}

// serve has a program use a server, and returns its transcript, and how many bodies had a
// checksum behind them.
func serve(t *testing.T, binary string, secure bool) (string, int64) {
	t.Helper()
	below := newStore()
	s := httptest.NewUnstartedServer(below)
	defer s.Close()
	certificate := filepath.Join(t.TempDir(), "certificate.pem")
	if secure {
		s.StartTLS()
		write(t, certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	} else {
		s.Start()
		write(t, certificate, nil)
	}
	return string(output(t, binary, "serve", s.URL, certificate)), below.trailers.Load()
}

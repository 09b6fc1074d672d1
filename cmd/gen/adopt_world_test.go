package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	xmodule "golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"

	"example.com/lathe/runtime"
)

// The service that the tests of adoption are about, as if AWS had it.
const (
	notesPath    = "github.com/aws/aws-sdk-go-v2/service/notes"
	notesVersion = "v1.2.3"
	notesModel   = "notes-2024-01-01.json"
)

// notesProgram is what calls it.
const notesProgram = `package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/notes"
	"github.com/aws/aws-sdk-go-v2/service/notes/types"
)

// reader is what the program wants of a client.
type reader interface {
	GetNote(context.Context, *notes.GetNoteInput, ...func(*notes.Options)) (*notes.GetNoteOutput, error)
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "{\"id\":%q,\"colour\":\"blue\"}", r.Method+r.URL.Path)
	}))
	defer server.Close()
	client := notes.NewFromConfig(aws.Config{
		Region: "eu-west-1", BaseEndpoint: &server.URL,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "A", SecretAccessKey: "S"}, nil
		}),
	})
	read(client)
}

func read(r reader) {
	out, err := r.GetNote(context.Background(), &notes.GetNoteInput{Id: aws.String("n")})
	var missing *types.NoteNotFound
	if errors.As(err, &missing) || err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(*out.Id, out.Colour == types.ColourBlue)
}
`

// adoptWorld is a machine with a module proxy that has the service's official package, a
// folder with its model, and a program that calls it.
type adoptWorld struct {
	dir, models string
	env         []string
}

// newAdoptWorld makes one. The official package is a client with all operations, generated
// here; the core and smithy-go come from the machine's module cache.
func newAdoptWorld(t *testing.T) *adoptWorld {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds whole programs")
	}
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &adoptWorld{dir: filepath.Join(top, "program"), models: filepath.Join(top, "models")}
	put(t, w.models, notesModel, read(t, "testdata", notesModel))
	w.env = []string{
		"GOPROXY=file://" + filepath.ToSlash(publishNotes(t, top)) + ",file://" + filepath.ToSlash(goEnv(t, "GOMODCACHE")) + "/cache/download",
		"GOSUMDB=off", "GOWORK=off", "GOFLAGS=-trimpath -modcacherw", "GOMODCACHE=" + filepath.Join(top, "modcache"),
	}
	put(t, w.dir, "main.go", notesProgram, "go.mod", "module example.com/program\n\ngo "+runtime.MinGo+"\n\nrequire (\n\tgithub.com/aws/aws-sdk-go-v2 "+runtime.MinCore+
		"\n\t"+notesPath+" "+notesVersion+"\n)\n")
	w.goCommand(t, "mod", "tidy")
	return w
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// publishNotes makes a module proxy in a folder.
func publishNotes(t *testing.T, top string) (proxy string) {
	t.Helper()
	home := filepath.Join(top, "official")
	put(t, home, "go.mod", "module example.com/official\n", "notes.json", read(t, "testdata", notesModel))
	if got := runProgram(t, commandOf(withReal, home, "generate", "--spec", "notes.json", "--out", "notes", "--module", notesPath)); got.exit != 0 {
		t.Fatal(got.stderr)
	}
	proxy = filepath.Join(top, "proxy")
	at := filepath.Join(proxy, filepath.FromSlash(notesPath), "@v")
	put(t, at, "list", notesVersion+"\n", notesVersion+".info", `{"Version":"`+notesVersion+`"}`, notesVersion+".mod", read(t, home, "notes/go.mod"))
	var b bytes.Buffer
	if err := modzip.CreateFromDir(&b, xmodule.Version{Path: notesPath, Version: notesVersion}, filepath.Join(home, "notes")); err != nil {
		t.Fatal(err)
	}
	if _, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); err != nil {
		t.Fatal(err)
	}
	put(t, at, notesVersion+".zip", b.String())
	return proxy
}

func (w *adoptWorld) goCommand(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Env = w.dir, append(os.Environ(), w.env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// gen runs the program.
func (w *adoptWorld) gen(t *testing.T, args ...string) outcome {
	t.Helper()
	cmd := commandOf(withReal, w.dir, args...)
	cmd.Env = append(cmd.Env, w.env...)
	return runProgram(t, cmd)
}

// adopt runs gen adopt, which must succeed.
func (w *adoptWorld) adopt(t *testing.T, args ...string) outcome {
	t.Helper()
	got := w.gen(t, append([]string{"adopt"}, args...)...)
	if got.exit != 0 {
		t.Fatalf("gen adopt %v: exit code %d\n%s%s", args, got.exit, got.stdout, got.stderr)
	}
	return got
}

// tree is everything in the program's folder, but for what git keeps.
func (w *adoptWorld) tree(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(w.dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == ".git":
			return filepath.SkipDir
		}
		info, err := entry.Info()
		if err != nil || entry.IsDir() {
			all[name+"/"] = ""
			return err
		}
		data, err := os.ReadFile(name)
		all[name] = info.Mode().String() + " " + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// same reports the first path in which two trees differ, "" for none.
func same(a, b map[string]string) string {
	for name := range maps.Keys(a) {
		if other, ok := b[name]; !ok || other != a[name] {
			return name
		}
	}
	for name := range maps.Keys(b) {
		if _, ok := a[name]; !ok {
			return name
		}
	}
	return ""
}

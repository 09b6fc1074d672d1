package models

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"example.com/lathe/internal/input"
)

func put(t *testing.T, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A model is found by the id of its service or by its Go package, in the version of the
// official package or the newest, in a tree or in one folder.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	put(t, dir,
		"models/elastic-load-balancing-v2/service/2015-12-01/elastic-load-balancing-v2-2015-12-01.json", "{}",
		"models/cloudfront/service/2020-05-31/cloudfront-2020-05-31.json", "{}",
		"models/cloudfront/service/2018-11-05/cloudfront-2018-11-05.json", "{}",
		"flat/sqs-2012-11-05.json", "{}", ".git/lambda-2015-03-31.json", "{}", "README.json", "{}", "models/sfn.json", "{}",
		"boto/logs/2014-03-28/service-2.json", `{"version": "2.0", "metadata": {"serviceId": "CloudWatch Logs"}, "operations": [`,
		"boto/logs/2014-03-28/waiters-2.json", "{}", "boto/sqs/2012-11-05/service-2.json", `{"metadata": {"serviceId": "SQS"}}`,
		"boto/ec2/2016-11-15/service-2.json", `{"metadata": 1}`, "boto/ec2/2014-09-01/service-2.json", "[]", "boto/s3/2006-03-01/service-2.json", `{"version": {`,
	)
	source, err := Open(dir, "", Pins{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(source.Files()); n != 9 {
		t.Errorf("there are %d models", n)
	}
	for _, tt := range []struct {
		svc  Service
		want string
	}{
		{Service{Package: "elasticloadbalancingv2"}, "elastic-load-balancing-v2-2015-12-01.json"},
		{Service{ID: "Elastic Load Balancing v2"}, "elastic-load-balancing-v2-2015-12-01.json"},
		{Service{Package: "cloudfront"}, "cloudfront-2020-05-31.json"},
		{Service{Package: "cloudfront", ID: "CloudFront", Version: "2018-11-05"}, "cloudfront-2018-11-05.json"},
		{Service{Package: "cloudfront", Version: "2000-01-01"}, "cloudfront-2020-05-31.json"},
		{Service{Package: "sqs", ID: "SQS", Version: "2012-11-05"}, "sqs-2012-11-05.json"},
		{Service{Package: "cloudwatchlogs", ID: "CloudWatch Logs", Version: "2014-03-28"}, "service-2.json"},
		{Service{Package: "ec2", ID: "EC2", Version: "2016-11-15"}, "service-2.json"},
		{Service{Package: "ec2", ID: "EC2", Version: "2014-09-01"}, "service-2.json"},
		{Service{Package: "s3"}, "service-2.json"},
		{Service{Package: "lambda", ID: "Lambda"}, ""},
		{Service{Package: "front"}, ""},
	} {
		got, err := source.Find(context.Background(), tt.svc)
		if (tt.want == "") != errors.Is(err, ErrNone) || filepath.Base(got.Path) != cmpOr(tt.want, ".") {
			t.Errorf("%+v: got %+v, %v", tt.svc, got, err)
		}
	}
	for folder, want := range map[string]string{
		filepath.Join(dir, "nowhere"): "there is no such folder", t.TempDir(): "there are no models in this folder",
		source.Files()[0].Path: "it is a file, and no folder of models\n\thint: name the folder that it is in",
	} {
		if _, err := Open(folder, "", Pins{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", folder, err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	linked, err := Open(link, "", Pins{})
	if err != nil || len(linked.Files()) != len(source.Files()) {
		t.Errorf("behind a link: %v", err)
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// tree is a server of models that counts what it is asked.
func tree(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) (url string, asked *atomic.Int64) {
	asked = &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

var lambda = Service{Package: "lambda", ID: "Lambda", Version: "2015-03-31"}

const lambdaPlace = "lambda/service/2015-03-31/lambda-2015-03-31.json"

// A model below a URL is fetched once, and has the hash of the lock or is refused.
func TestRemote(t *testing.T) {
	text := "{\"first\": 1}\n"
	url, asked := tree(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/tree/models/"+lambdaPlace {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(text))
	})
	cache := t.TempDir()
	find := func(base string, pins Pins) (string, error) {
		source, err := Open(base, cache, pins)
		if err != nil {
			t.Fatal(err)
		}
		file, err := source.Find(context.Background(), lambda)
		if err != nil {
			return "", err
		}
		if file.Name != lambdaPlace {
			t.Errorf("the model's place is %s", file.Name)
		}
		data, err := os.ReadFile(file.Path)
		return string(data), err
	}
	for _, base := range []string{url + "/tree", url + "/tree/models/"} { // one and the same
		if got, err := find(base, Pins{}); err != nil || got != text {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the server was asked %d times", n)
	}
	known := Pins{Hashes: map[string]string{lambdaPlace: input.Sum([]byte(text))}}
	text = "{\"second\": 2}\n"
	if got, err := find(url+"/tree", known); err != nil || got != "{\"first\": 1}\n" {
		t.Errorf("with the hash of the cached one: got %q, %v", got, err)
	}
	cache = t.TempDir()
	if _, err := find(url+"/tree", known); err == nil || !strings.Contains(err.Error(), "the model is not the one that lathe.lock has the hash of\n\thint: gen models update") {
		t.Errorf("with another hash: got %v", err)
	}
	cache, text = t.TempDir(), "<html>log in first</html>"
	if got, err := find(url+"/tree", Pins{}); err == nil || err.Error() != "what "+url+"/tree/models/"+lambdaPlace+" answers is no model: it is not JSON" {
		t.Errorf("a page: got %q, %v", got, err)
	}
	text = "{\"second\": 2}\n"
	if got, err := find(url+"/tree", Pins{}); err != nil || got != text {
		t.Errorf("after a page: got %q, %v", got, err)
	}
	cache = t.TempDir()
	known.Refresh = true
	if got, err := find(url+"/tree", known); err != nil || got != text {
		t.Errorf("refreshed: got %q, %v", got, err)
	}
}

func TestRemoteFails(t *testing.T) {
	status := http.StatusInternalServerError
	url, _ := tree(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	for _, tt := range []struct {
		svc    Service
		status int
		want   string
	}{
		{lambda, http.StatusInternalServerError, "the model can't be fetched: " + url + "/models/" + lambdaPlace + " answers 500"},
		{lambda, http.StatusNotFound, ErrNone.Error() + " at " + url},
		{Service{Package: "lambda"}, 0, "what the model of lambda is called is not known, which a URL needs"},
		{Service{Package: "x", ID: "../x", Version: "2015-03-31"}, 0, "is not known, which a URL needs"},
	} {
		status = tt.status
		source, err := Open(url, t.TempDir(), Pins{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := source.Find(context.Background(), tt.svc); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: got %v, want %s", tt.svc, err, tt.want)
		}
	}
}

// What can't be kept leaves nothing behind.
func TestSaveFails(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "model.json/inside", "a folder has the model's name")
	if err := save(filepath.Join(dir, "model.json"), []byte("{}")); err == nil {
		t.Error("no error")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// The commits of a model are those that changed it, newest first.
func TestHistory(t *testing.T) {
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=n", "-c", "user.email=e"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	file := filepath.Join(dir, "a", "sqs-2012-11-05.json")
	git("init", "-q")
	for i, text := range []string{"one", "two", "two"} {
		put(t, dir, "a/sqs-2012-11-05.json", text, "other.json", strings.Repeat("x", i))
		git("add", "-A")
		git("commit", "-qm", text)
	}
	commits := History(context.Background(), file, 10)
	if len(commits) != 2 {
		t.Fatalf("got %+v", commits)
	}
	for i, want := range []string{"two", "one"} {
		name, remove, err := Checkout(context.Background(), file, commits[i])
		if err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(name); err != nil || string(data) != want || filepath.Base(name) != filepath.Base(file) {
			t.Errorf("%s: got %q, %v", name, data, err)
		}
		if remove(); len(commits[i].Date) != len("2026-11-28") {
			t.Errorf("got %+v", commits[i])
		}
	}
	put(t, dir, "b/1/service-2.json", "{}", "b/1/waiters-2.json", "[]")
	git("add", "-A")
	git("commit", "-qm", "boto3")
	boto := filepath.Join(dir, "b", "1", "service-2.json")
	name, remove, err := Checkout(context.Background(), boto, History(context.Background(), boto, 1)[0])
	if err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(filepath.Dir(name), "waiters-2.json")); err != nil || string(data) != "[]" {
		t.Errorf("beside the model in boto3's format: %q, %v", data, err)
	}
	remove()
	if got := History(context.Background(), filepath.Join(t.TempDir(), "x.json"), 10); got != nil {
		t.Errorf("outside of git: got %v", got)
	}
}

// TestLinkedFolder sees that a folder may be named by a link to it.
func TestLinkedFolder(t *testing.T) {
	dir := t.TempDir()
	const place = "models/thing/service/2020-01-01/thing-2020-01-01.json"
	put(t, filepath.Join(dir, "checkout"), place, "{}")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "checkout"), link); err != nil {
		t.Skip(err) // Windows may not allow it
	}
	source, err := Open(link, "", Pins{})
	if err != nil {
		t.Fatal(err)
	}
	if files := source.Files(); len(files) != 1 || files[0].Name != place ||
		files[0].Path != filepath.Join(link, filepath.FromSlash(place)) {
		t.Errorf("the models are %v", files)
	}
}

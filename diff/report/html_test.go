package report_test

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/lathe/diff/report"
)

// browser opens a page in headless Chromium and returns what became of it, after a
// script. It skips where there is no Chromium.
func browser(t *testing.T, page, script string, args ...string) string {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		t.Skip("there is no Chromium")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	page = strings.Replace(page, "</body>", "<script>"+script+"</script></body>", 1)
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	all := append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + filepath.Join(dir, "profile"), "--virtual-time-budget=1000", "--dump-dom",
	}, args...)
	cmd := exec.CommandContext(t.Context(), program, append(all, (&url.URL{Scheme: "file", Path: file}).String())...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return string(out)
}

var article = regexp.MustCompile(`<article [^>]*>`)

// The page has the verdict and all changes; its filters show and hide them, with the
// groups that have none left.
func TestHTML(t *testing.T) {
	r := sample(t)
	page := write(t, "html", r, report.Options{Old: "a.yaml", New: "b.yaml"})
	for _, want := range []string{"1 of 7 changes breaks callers or calls", "a.yaml → b.yaml", `class="failing"`, "[a-z0-9-]{1,36}", "Approved until 2026-12-31"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(strings.ReplaceAll(page, "http://www.w3.org", ""), "http") {
		t.Error("the page needs the network")
	}
	if got := len(article.FindAllString(page, -1)); got != len(r.Changes) {
		t.Errorf("%d of %d changes", got, len(r.Changes))
	}
	visible := func(dom string) map[string]int {
		n := map[string]int{}
		for _, tag := range article.FindAllString(dom, -1) {
			if !strings.Contains(tag, "hidden") {
				severity := regexp.MustCompile(`data-severity="(\w+)"`).FindStringSubmatch(tag)[1]
				n[severity]++
			}
		}
		return n
	}
	for script, want := range map[string]map[string]int{
		"": {"breaking": 2, "strict": 1, "notable": 1},
		"document.querySelector('input[value=none]').click()":                                         {"breaking": 2, "strict": 1, "notable": 1, "none": 3},
		"document.querySelector('input[value=breaking]').click()":                                     {"strict": 1, "notable": 1},
		"document.querySelector('input[value=wire]').click()":                                         {"breaking": 1, "strict": 1},
		"for (const b of document.querySelectorAll('input[name=severity]')) if (b.checked) b.click()": {},
	} {
		dom := browser(t, page, script)
		got := visible(dom)
		for severity, n := range want {
			if got[severity] != n {
				t.Errorf("%s: %d %s changes, want %d", script, got[severity], severity, n)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: visible are %v, want %v", script, got, want)
		}
		if len(want) == 0 && strings.Count(dom, `<details class="group"`) != strings.Count(dom, `hidden=""><summary`)-0 && !strings.Contains(dom, "hidden") {
			t.Errorf("groups without changes are shown")
		}
	}
}

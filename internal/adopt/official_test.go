package adopt

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/internal/adopt/prove"
)

// An official package that stays gets the oldest version that works with the core that clients
// need, whether go.mod names it or not; where there is none that is a problem. With a newer core
// nothing happens.
func TestRaiseOfficial(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const lists = "proxy/" + corePath
	publish := func(name string, cores map[string]string) {
		list := ""
		for version, core := range cores {
			mod := "module " + corePath + name + "\n"
			if core != "" {
				mod += "\nrequire " + corePath + " " + core + "\n"
			}
			write(lists+name+"/@v/"+version+".mod", mod)
			write(lists+name+"/@v/"+version+".info", `{"Version":"`+version+`"}`)
			list += version + "\n"
		}
		write(lists+name+"/@v/list", list)
	}
	publish("", map[string]string{"v1.20.0": "", "v1.24.1": "", "v1.38.0": ""})
	publish("/service/old", map[string]string{
		"v1.0.0": "v1.20.0", "v1.1.0": "v1.20.0", "v1.2.0": "v1.20.0", "v1.3.0": "v1.24.1", "v1.4.0": "v1.38.0",
	})
	publish("/service/new", map[string]string{"v1.0.0": "v1.24.1", "v1.1.0": "v1.38.0"})
	publish("/service/over", map[string]string{"v1.0.0": "v1.20.0", "v1.1.0": "v1.20.0"})
	for name, value := range map[string]string{
		"GOPROXY": "file://" + filepath.ToSlash(filepath.Join(dir, "proxy")), "GOSUMDB": "off", "GOFLAGS": "-mod=mod -modcacherw",
		"GOMODCACHE": filepath.Join(dir, "cache"),
	} {
		t.Setenv(name, value)
	}
	raise := func(core, require string, left ...string) (string, bool, error) {
		write("go.mod", "module example.com/m\n\ngo 1.23\n\nrequire "+corePath+" "+core+"\n")
		write("proof.mod", "module example.com/m\n\ngo 1.23\n\nrequire (\n\t"+corePath+" v1.38.0\n"+require+")\n")
		p := &Plan{stage: &stage{root: dir, before: map[string][]byte{}}}
		for _, name := range left {
			p.Left = append(p.Left, &Left{Service: &Service{Path: corePath + "/service/" + name}})
		}
		file := filepath.Join(dir, "proof.mod")
		isRaised, err := p.raiseOfficial(context.Background(), prove.Program{Root: dir, ModFile: file})
		data, _ := os.ReadFile(file) // it was written above
		return string(data), isRaised, err
	}
	const both = "\t" + corePath + "/service/old v1.0.0\n\t" + corePath + "/service/new v1.0.0\n"
	mod, isRaised, err := raise("v1.20.0", both, "old", "new", "absent")
	if !isRaised || err != nil || !strings.Contains(mod, "/service/old v1.3.0\n") ||
		!strings.Contains(mod, "/service/new v1.0.0\n") {
		t.Errorf("an old one: %t, %v, %s", isRaised, err, mod)
	}
	if mod, isRaised, err := raise("v1.24.1", both, "old"); isRaised || err != nil ||
		!strings.Contains(mod, "/service/old v1.0.0\n") {
		t.Errorf("a newer core: %t, %v, %s", isRaised, err, mod)
	}
	_, isRaised, err = raise("v1.20.0", "\t"+corePath+"/service/over v1.0.0\n", "over")
	want := "go.mod: " + corePath + "/service/over v1.0.0 does not work with the core that clients need: its calls would end with " +
		"\"not found, ResolveEndpointV2\"\n\thint: go get " + corePath + "/service/over@latest, and then gen adopt"
	if isRaised || err == nil || err.Error() != want {
		t.Errorf("no newer one: %t, %v", isRaised, err)
	}
}

package adopt

import (
	"context"
	"os"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/spec"
)

const (
	corePath = "github.com/aws/aws-sdk-go-v2"
	imdsPath = corePath + "/feature/ec2/imds"
)

// core is what a module with a client in it requires at least where it works with the core that
// clients need.
var core = gomod.Version{Path: corePath, Version: "v1.24.1"}

// Peers are the oldest versions of the SDK's modules with clients in them that work with the core
// that clients need: calls of older ones end with "not found, Signing".
var Peers = []gomod.Version{
	{Path: corePath + "/config", Version: "v1.26.3"},
	{Path: corePath + "/credentials", Version: "v1.16.14"},
	{Path: imdsPath, Version: "v1.14.11"},
}

// raiseOfficial brings the official packages that stay to versions that work with the core that
// clients need, and reports whether there are such: calls of older ones end with "not found,
// ResolveEndpointV2". Of a program that had a newer core nothing is raised.
func (p *Plan) raiseOfficial(ctx context.Context, program prove.Program) (bool, error) {
	if isOld, err := p.wasOld(); err != nil || !isOld {
		return false, err
	}
	args := []string{"list", "-m", "-e", "-f", "{{if not .Replace}}{{.Path}} {{.Version}} {{.GoMod}}{{end}}", imdsPath}
	for _, l := range p.Left {
		args = append(args, l.Path)
	}
	out, err := program.Run(ctx, args...)
	if err != nil {
		return false, err
	}
	var wanted []gomod.Version
	var problems spec.Problems
	for line := range strings.Lines(out) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(words) < 3 || !isOldPeer(words[2]) {
			continue
		}
		newer, err := newPeer(ctx, program, words[0], words[1])
		if err != nil || newer == "" {
			problems.Add(spec.Pos{File: gomod.Name}, "go get "+words[0]+"@latest, and then gen adopt",
				"%s %s does not work with the core that clients need: its calls would end with \"not found, ResolveEndpointV2\"",
				words[0], words[1])
			continue
		}
		wanted = append(wanted, gomod.Version{Path: words[0], Version: newer})
	}
	if len(wanted) == 0 || len(problems) > 0 {
		return false, problems.Err()
	}
	data, err := os.ReadFile(program.ModFile)
	if err != nil {
		return false, err
	}
	if data, err = mods.Require(data, wanted); err != nil {
		return false, err
	}
	return true, os.WriteFile(program.ModFile, data, 0o600)
}

// wasOld reports whether the program's go.mod required a core of before [core], or older
// [Peers], before it was adopted.
func (p *Plan) wasOld() (bool, error) {
	data, err := p.stage.was(gomod.Name)
	if err != nil {
		return false, err
	}
	if p.state != nil && p.state.Before[gomod.Name] != nil {
		data = p.state.Before[gomod.Name].Data
	}
	return mods.IsBehind(data, append(slices.Clone(Peers), core))
}

// isOldPeer reports whether a go.mod requires a core of before [core].
func isOldPeer(file string) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	isOld, err := mods.IsBehind(data, []gomod.Version{core})
	return err == nil && isOld
}

// newPeer is the oldest version of a module that works with the core that clients need; "" where
// there is none.
func newPeer(ctx context.Context, program prove.Program, path, has string) (string, error) {
	out, err := program.Run(ctx, "list", "-m", "-versions", "-f", `{{join .Versions " "}}`, path)
	if err != nil {
		return "", err
	}
	versions := slices.DeleteFunc(strings.Fields(out), func(v string) bool { return !gomod.IsOlder(has, v) })
	for len(versions) > 1 { // the last of them may be the one
		middle := (len(versions) - 1) / 2
		isOld, err := isOldVersion(ctx, program, path, versions[middle])
		switch {
		case err != nil:
			return "", err
		case isOld:
			versions = versions[middle+1:]
		default:
			versions = versions[:middle+1]
		}
	}
	if len(versions) == 0 {
		return "", nil
	}
	isOld, err := isOldVersion(ctx, program, path, versions[0])
	if err != nil || isOld {
		return "", err
	}
	return versions[0], nil
}

func isOldVersion(ctx context.Context, program prove.Program, path, version string) (bool, error) {
	file, err := program.Run(ctx, "list", "-m", "-f", "{{.GoMod}}", path+"@"+version)
	return isOldPeer(strings.TrimSpace(file)), err
}

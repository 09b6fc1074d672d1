package adopt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"example.com/lathe/internal/adopt/fit"
	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/callers"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/models"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// Options say what is adopted, and how.
type Options struct {
	// Root is the root of the program's module, real.
	Root string
	// Scan says what is looked at; Dir and Flags are set by the run.
	Scan scan.Options
	// Scanned is what of that is to stand in lathe.yaml.
	Scanned config.Adopt
	// Layout is where things go, Config the name of the lathe.yaml below the root.
	Layout Layout
	Config string
	// Models is where models are; Written is how that is to stand in lathe.yaml, "" for as
	// it does.
	Models, Written string
	// Cache is the folder for models that are fetched. Refresh fetches them all again,
	// whatever lathe.lock has the hashes of.
	Cache   string
	Refresh bool
	// Extras are further files, made of what they were: .gitattributes and generate.go.
	Extras map[string]func(old []byte) []byte
	// Test has the program's tests run, too, and Weigh has measured what is won.
	Test, Weigh bool
}

// Home is the folder of lathe.yaml.
func (o Options) Home() string {
	return filepath.Dir(filepath.Join(o.Root, filepath.FromSlash(o.Config)))
}

// Tools are what a run works with.
type Tools struct {
	Generator

	Scan func(context.Context, scan.Options) (*scan.Program, error)
	// GenerateAll writes what a lathe.yaml lists, and returns what go.mod must have at
	// least.
	GenerateAll func(ctx context.Context, config string) ([]gomod.Version, error)
	// Say reports what is being done.
	Say func(string)
}

// Plan is what a run has found.
type Plan struct {
	Program *scan.Program
	// Clients can be generated, Left can't be.
	Clients []*Client
	Left    []*Left
	// Won is what was measured; nil without [Options.Weigh].
	Won *report.Won

	state *journal.State
	stage *Stage
	floor []gomod.Version
}

// IsAgain reports whether the program was adopted before.
func (p *Plan) IsAgain() bool { return p.state != nil }

// Close removes what the plan has on disk.
func (p *Plan) Close() error { return p.stage.Remove() }

// Find scans the program and finds out what can be generated of what it uses. Nothing is
// written. The plan is to be closed.
func Find(ctx context.Context, o Options, t Tools) (_ *Plan, err error) {
	p := &Plan{}
	if p.state, err = journal.Read(o.Root); err != nil {
		return nil, err
	}
	if p.state != nil && p.state.Folder != o.Layout.Folder {
		return nil, spec.Problems{{
			Message: "clients are in " + p.state.Folder + " already",
			Hint:    "gen adopt --undo takes them out, and then they can go to " + o.Layout.Folder,
		}}
	}
	if p.stage, err = NewStage(o.Root, o.Layout); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
		}
	}()
	if err := p.refuse(ctx, o); err != nil {
		return nil, err
	}
	pins, err := o.pins()
	if err != nil {
		return nil, err
	}
	source, err := models.Open(o.Models, o.Cache, pins) // which takes less time to fail than a scan
	if err != nil {
		return nil, err
	}
	if err := p.scan(ctx, o, t); err != nil {
		return nil, err
	}
	t.Say("finding models in " + o.Models)
	return p, p.choose(ctx, o, t, source)
}

// Recover takes back what a run has done that was killed, and reports whether there was
// any. It comes before anything is read.
func Recover(ctx context.Context, root string) (bool, error) {
	release, err := emit.Hold(ctx, root)
	if err != nil {
		return false, err
	}
	defer release()
	return journal.Recover(root)
}

// pins are the hashes that lathe.lock has of models.
func (o Options) pins() (models.Pins, error) {
	file, _, err := lock.Read(filepath.Join(o.Root, filepath.FromSlash(path.Dir(o.Config)), lock.Name))
	if err != nil || file == nil {
		return models.Pins{Refresh: o.Refresh}, err
	}
	return models.Pins{Hashes: file.Models, Refresh: o.Refresh}, nil
}

// refuse reports projects that are not for this command.
func (p *Plan) refuse(ctx context.Context, o Options) error {
	var problems spec.Problems
	if _, err := os.Stat(filepath.Join(o.Root, "vendor", "modules.txt")); err == nil {
		problems.Add(spec.Pos{File: filepath.Join(o.Root, "vendor")}, `remove the folder, run gen adopt, then "go mod vendor"`,
			"the module has its dependencies in a folder vendor, where a replace line changes nothing")
	}
	if out, err := filepath.Abs(filepath.Join(o.Root, filepath.FromSlash(o.Layout.Folder))); err == nil {
		if mod, err := gomod.Find(out); err == nil && !paths.Same(mod.Root, o.Root) {
			problems.Add(spec.Pos{File: out}, "name a folder of this module with --dir",
				"the folder belongs to another module, %s", mod.Path)
		}
	}
	if info, err := os.Stat(filepath.Join(o.Root, gomod.Name)); err == nil && info.Mode().Perm()&0o222 == 0 {
		problems.Add(spec.Pos{File: filepath.Join(o.Root, gomod.Name)}, "make it writable", "the file is read-only")
	}
	if err := problems.Err(); err != nil {
		return err
	}
	return refuseWorkspace(ctx, o.Root)
}

// refuseWorkspace reports a workspace of several modules: each would need the clients of
// all.
func refuseWorkspace(ctx context.Context, root string) error {
	out, err := prove.Program{Root: root, Env: []string{"GOWORK=" + os.Getenv("GOWORK")}}.Run(ctx, "env", "GOWORK")
	name := strings.TrimSpace(out)
	if err != nil || name == "" || name == "off" {
		return err
	}
	others, err := mods.Workspace(name, root)
	if err != nil || len(others) == 0 {
		return err
	}
	return spec.Problems{{
		Pos: spec.Pos{File: name}, Message: "the workspace has other modules: " + strings.Join(others, ", "),
		Hint: "a client has only what one of them calls; with GOWORK=off in the environment this module alone is looked at, and is built alone from then on",
	}}
}

// scan looks at the program as it is without adoption.
func (p *Plan) scan(ctx context.Context, o Options, t Tools) (err error) {
	t.Say("looking at the program")
	options := o.Scan
	options.Dir = o.Root
	if p.state != nil {
		file, err := p.stage.Unmodified(p.state)
		if err != nil {
			return err
		}
		options.Flags = append(slices.Clone(options.Flags), "-modfile="+file, "-mod=mod")
	}
	p.Program, err = t.Scan(ctx, options)
	return err
}

// choose finds a client for each service, several at a time.
func (p *Plan) choose(ctx context.Context, o Options, t Tools, source *models.Source) error {
	data, err := p.stage.Was(gomod.Name)
	if err != nil {
		return err
	}
	replaced, err := mods.Replaced(data, o.Layout.Folder, Prefix)
	if err != nil {
		return err
	}
	services := servicesOf(p.Program)
	clients, lefts, errs := make([]*Client, len(services)), make([]*Left, len(services)), make([]error, len(services))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, svc := range services {
		if by, ok := replaced[svc.Path]; ok {
			lefts[i] = svc.left("", "go.mod replaces it already, by %s", strings.TrimSpace(by.Path+" "+by.Version))
			continue
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			if ctx.Err() == nil {
				clients[i], lefts[i], errs[i] = t.Choose(ctx, svc, source, filepath.Join(p.stage.Dir, filepath.FromSlash(o.Layout.Folder)))
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	isNil := func(l *Left) bool { return l == nil }
	p.Clients = slices.DeleteFunc(clients, func(c *Client) bool { return c == nil })
	p.Left = slices.DeleteFunc(lefts, isNil)
	return errors.Join(errs...)
}

// servicesOf are the services of a program.
func servicesOf(program *scan.Program) []*Service {
	var all []*Service
	for _, s := range program.Services {
		all = append(all, serviceOf(s))
	}
	return all
}

func serviceOf(s scan.Service) *Service {
	svc := &Service{
		Path: s.ImportPath, Version: s.Version, ID: s.ServiceID, APIVersion: s.APIVersion,
		Names: map[string][]spec.Pos{}, Types: map[string]string{}, Constants: map[string]callers.Constant{},
		Pages: map[string]scan.Pages{}, Lines: s.Lines,
	}
	for _, op := range s.Operations {
		svc.Operations = append(svc.Operations, op.Name)
	}
	for _, pages := range s.Pages {
		svc.Pages[pages.Operation] = pages
	}
	for _, name := range s.Names {
		svc.Names[fit.Plain(name.Object)] = name.Uses
		if name.Type != "" {
			svc.Types[fit.Plain(name.Object)] = name.Type
		}
		if name.Constant.Enum != "" {
			svc.Constants[name.Object] = name.Constant
		}
	}
	return svc
}

// Make generates the clients beside the program and proves that the program builds with
// them. Platforms are those to build for.
func (p *Plan) Make(ctx context.Context, o Options, t Tools) error {
	for _, c := range p.Clients {
		for name, data := range o.Layout.ModelFiles(c) {
			if err := p.stage.Put(name, data); err != nil {
				return err
			}
		}
	}
	old, err := p.stage.Was(o.Config)
	if err != nil {
		return err
	}
	text, err := o.Layout.Config(old, p.Clients, o.Written, o.Scanned)
	if err == nil {
		err = p.stage.Put(o.Config, text)
	}
	lockName := path.Join(path.Dir(o.Config), lock.Name)
	if err == nil {
		err = p.bringLock(lockName)
	}
	if err != nil {
		return err
	}
	t.Say("generating " + plural.Of(len(p.Clients), "client"))
	if p.floor, err = t.GenerateAll(ctx, filepath.Join(p.stage.Dir, filepath.FromSlash(o.Config))); err != nil {
		return p.stage.placed(err)
	}
	if err := p.stage.Collect(o.Layout.Folder, lockName); err != nil {
		return err
	}
	for name, change := range o.Extras {
		was, err := p.stage.Was(name)
		if err != nil {
			return err
		}
		if now := change(was); string(now) != string(was) {
			if err := p.stage.Put(name, now); err != nil {
				return err
			}
		}
	}
	return p.prove(ctx, o, t)
}

// bringLock stages the lock of earlier runs, with the hashes of the models that the
// clients are parts of.
func (p *Plan) bringLock(name string) error {
	was, err := p.stage.Was(name)
	if err != nil {
		return err
	}
	file := &lock.File{Packages: map[string]lock.Package{}}
	if was != nil {
		if file, err = lock.Decode(name, was); err != nil {
			return err
		}
	}
	file.Models = map[string]string{}
	for _, c := range p.Clients {
		data, err := input.ReadFile(c.Model.Path, input.MaxSpec)
		if err != nil {
			return err
		}
		file.Models[c.Model.Name] = input.Sum(input.Unix(data))
	}
	data, err := file.Encode()
	if err != nil {
		return err
	}
	return p.stage.write(name, data)
}

// prove builds the program with the clients.
func (p *Plan) prove(ctx context.Context, o Options, t Tools) error {
	mod, err := gomod.Find(o.Root)
	if err != nil {
		return err
	}
	file, err := p.stage.Modify(p.Clients, mod.ImportPath(o.Layout.Runtime), p.floor)
	if err != nil {
		return err
	}
	program := prove.Program{Root: o.Root, ModFile: file}
	complete := program.Complete
	if (prove.Program{Root: o.Root}).IsTidy(ctx) {
		complete = program.Tidy
	}
	t.Say("building the program with them")
	if err := complete(ctx); err != nil {
		return fmt.Errorf("go.mod can't be completed; nothing was changed: %w", err)
	}
	var platforms []prove.Platform
	for _, b := range o.Scan.Builds {
		platforms = append(platforms, prove.Platform(b))
	}
	proof, err := program.Builds(ctx, platforms)
	if err != nil {
		return fmt.Errorf("the program does not build with the clients; nothing was changed: %w", err)
	}
	if proof.Complains {
		t.Say("go vet says of it what it said before")
	}
	if n := len(proof.Left); n > 0 {
		t.Say(fmt.Sprintf("%s can't be loaded without the clients either, and were not built: %s",
			plural.Of(n, "package"), strings.Join(proof.Left, ", ")))
	}
	if o.Test {
		t.Say("running its tests")
		if _, err := program.Run(ctx, append([]string{"test"}, proof.Packages...)...); err != nil {
			return fmt.Errorf("the program's tests fail with the clients; nothing was changed: %w", err)
		}
	}
	if o.Weigh {
		t.Say("measuring what is won")
		if p.Won, err = p.weigh(ctx, o, program, proof.Built, mod.ImportPath(o.Layout.Runtime)); err != nil {
			return err
		}
	}
	return p.stage.Adjust()
}

// NewModel is a part of a model that a run replaces: the file of the program, and that of
// the stage. Lines are where the program uses what of the service.
type NewModel struct {
	Package, Was, Now string
	Lines             map[string][]spec.Pos
}

// Models are the parts of models that a run replaces.
func (p *Plan) Models(l Layout) (all []NewModel) {
	for _, c := range p.Clients {
		main := l.Model(c)
		isNew := false
		for name := range l.ModelFiles(c) {
			was, err := p.stage.Was(name)
			isNew = isNew || err == nil && string(was) != string(p.stage.files[name])
		}
		if was, err := p.stage.Was(main); err == nil && was != nil && isNew {
			file := filepath.FromSlash(main)
			all = append(all, NewModel{
				c.Package(), filepath.Join(p.stage.Root, file), filepath.Join(p.stage.Dir, file), c.Lines,
			})
		}
	}
	return all
}

// Raised are the versions of go.mod that the clients have raised, in words.
func (p *Plan) Raised() ([]string, error) {
	was, err := p.stage.Was(gomod.Name)
	if err != nil {
		return nil, err
	}
	return mods.Raised(was, p.stage.files[gomod.Name])
}

// Apply puts everything in place, and returns the changes.
func (p *Plan) Apply(ctx context.Context, o Options) ([]journal.Change, error) {
	release, err := emit.Hold(ctx, o.Root)
	if err != nil {
		return nil, err
	}
	defer release()
	changes, err := p.stage.Changes(p.state)
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	base, err := p.stage.Base(p.state)
	if err != nil {
		return nil, err
	}
	return changes, journal.Apply(o.Root, o.Layout.Folder, changes, base)
}

// Undo makes the program what it was before the first run.
func Undo(ctx context.Context, root string) (*journal.Undone, error) {
	release, err := emit.Hold(ctx, root)
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := journal.Recover(root); err != nil {
		return nil, err
	}
	state, err := journal.Read(root)
	if err != nil || state == nil {
		return nil, err
	}
	l := LayoutIn(state.Folder)
	extra, err := Generated(root, l.Folder, state)
	if err != nil {
		return nil, err
	}
	return journal.Undo(root, journal.Undoing{Extra: extra, IsWritten: isMade, Merge: l.Merge})
}

// isMade reports whether a file is one that adoption brought, in whatever state.
func isMade(name string, data []byte) bool {
	switch path.Base(name) {
	case config.Name:
		return strings.HasPrefix(string(data), configHead)
	case lock.Name:
		return lock.Ours(data)
	default:
		return IsOurs(name, data)
	}
}

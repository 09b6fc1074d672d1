// Package adopt puts slim clients in the place of the official packages that a program uses.
// [Find] scans the program and chooses a model and operations for each service, [Plan.Make]
// generates the clients in a folder beside the program and builds it with them, and only
// [Plan.Apply] changes files of the program. [Undo] takes it all back.
package adopt

import (
	"bytes"
	"context"
	"errors"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/models"
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
	// Models is where models are. Written is what lathe.yaml is to have for that; empty leaves
	// it as it is.
	Models, Written string
	// Cache is the folder for models that are fetched. Refresh fetches them again even where
	// lathe.lock has their hashes.
	Cache   string
	Refresh bool
	// Extras are further files, made of what they were: .gitattributes and generate.go.
	Extras map[string]func(old []byte) []byte
	// Test runs the program's tests, too, and Weigh measures what is won.
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
	// GenerateAll writes what a lathe.yaml lists, and returns what go.mod must require at
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

	options Options
	tools   Tools
	// state is what earlier runs left, nil for a program that was not adopted.
	state *journal.State
	stage *stage
}

// IsAgain reports whether the program was adopted before.
func (p *Plan) IsAgain() bool { return p.state != nil }

// Close removes what the plan has on disk.
func (p *Plan) Close() error { return p.stage.remove() }

// Find scans the program and finds what can be generated of what it uses. Nothing of the
// program is written. The plan is to be closed.
func Find(ctx context.Context, o Options, t Tools) (_ *Plan, err error) {
	p := &Plan{options: o, tools: t}
	if p.state, err = journal.Read(o.Root); err != nil {
		return nil, err
	}
	if p.state != nil && p.state.Folder != o.Layout.Folder {
		return nil, spec.Problems{{
			Message: "clients are in " + p.state.Folder + " already",
			Hint:    "gen adopt --undo takes them out, and then they can go to " + o.Layout.Folder,
		}}
	}
	if p.stage, err = newStage(o.Root, o.Layout); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
		}
	}()
	if err := o.refuse(ctx); err != nil {
		return nil, err
	}
	pins, err := o.pins()
	if err != nil {
		return nil, err
	}
	source, err := models.Open(o.Models, o.Cache, pins) // before the scan, which takes longer
	if err != nil {
		return nil, err
	}
	if err := p.scan(ctx); err != nil {
		return nil, err
	}
	return p, p.choose(ctx, source)
}

// Recover takes back what a killed run has done, and reports whether there was one. It is
// called before anything is read.
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

// scan looks at the program as it is without adoption.
func (p *Plan) scan(ctx context.Context) (err error) {
	p.tools.Say("looking at the program")
	o := p.options.Scan
	o.Dir = p.options.Root
	isOld, err := p.wasOld()
	switch {
	case err != nil:
		return err
	case p.state == nil && !isOld && prove.IsVendored(o.Dir):
		o.Flags = append(slices.Clone(o.Flags), prove.Unvendored)
	case p.state != nil || isOld:
		file, err := p.stage.originalMod(p.state)
		if err != nil {
			return err
		}
		o.Flags = append(slices.Clone(o.Flags), "-modfile="+file, "-mod=mod")
	}
	p.Program, err = p.tools.Scan(ctx, o)
	return err
}

// choose finds a client for each service, several at a time.
func (p *Plan) choose(ctx context.Context, source *models.Source) error {
	p.tools.Say("finding models in " + p.options.Models)
	data, err := p.stage.was(gomod.Name)
	if err != nil {
		return err
	}
	folder := p.options.Layout.Folder
	replaced, err := mods.Replaced(data, folder, scan.ServicePrefix)
	if err != nil {
		return err
	}
	services := p.Program.Services
	clients, lefts, errs := make([]*Client, len(services)), make([]*Left, len(services)), make([]error, len(services))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, used := range services {
		svc := serviceOf(used)
		if by, ok := replaced[svc.Path]; ok {
			lefts[i] = svc.left("", "go.mod replaces it already, by %s", strings.TrimSpace(by.Path+" "+by.Version))
			continue
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			if ctx.Err() == nil {
				clients[i], lefts[i], errs[i] = p.tools.choose(
					ctx, svc, source, filepath.Join(p.stage.dir, filepath.FromSlash(folder)))
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	p.Clients = slices.DeleteFunc(clients, func(c *Client) bool { return c == nil })
	p.Left = slices.DeleteFunc(lefts, func(l *Left) bool { return l == nil })
	return errors.Join(errs...)
}

// NewModel is a part of a model that a run replaces.
type NewModel struct {
	// Package is the name of the service's Go package, Was the file of the program, Now that
	// which takes its place.
	Package, Was, Now string
	// Lines are where the program uses what of the service, by objects.
	Lines map[string][]spec.Pos
}

// Models are the parts of models that a run replaces.
func (p *Plan) Models() (all []NewModel) {
	l := p.options.Layout
	for _, c := range p.Clients {
		main := l.model(c)
		isNew := false
		for name := range l.modelFiles(c) {
			was, err := p.stage.was(name)
			isNew = isNew || err == nil && !bytes.Equal(was, p.stage.files[name])
		}
		if was, err := p.stage.was(main); err == nil && was != nil && isNew {
			file := filepath.FromSlash(main)
			all = append(all, NewModel{
				c.Package(), filepath.Join(p.stage.root, file), filepath.Join(p.stage.dir, file), c.Lines,
			})
		}
	}
	return all
}

// Raised returns the versions of go.mod that the clients have raised, in words.
func (p *Plan) Raised() ([]string, error) {
	was, err := p.stage.was(gomod.Name)
	if err != nil {
		return nil, err
	}
	return mods.Raised(was, p.stage.files[gomod.Name])
}

// Apply puts everything in place, and returns the changes.
func (p *Plan) Apply(ctx context.Context) ([]journal.Change, error) {
	root := p.options.Root
	release, err := emit.Hold(ctx, root)
	if err != nil {
		return nil, err
	}
	defer release()
	changes, err := p.stage.changes(p.state)
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	base, err := p.stage.base(p.state)
	if err != nil {
		return nil, err
	}
	return changes, journal.Apply(root, p.options.Layout.Folder, changes, base)
}

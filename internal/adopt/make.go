package adopt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/adopt/weigh"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// Make generates the clients beside the program and proves that the program builds with
// them.
func (p *Plan) Make(ctx context.Context) error {
	if err := p.putModels(); err != nil {
		return err
	}
	if err := p.putConfig(); err != nil {
		return err
	}
	floor, err := p.generate(ctx)
	if err != nil {
		return err
	}
	if err := p.putExtras(); err != nil {
		return err
	}
	return p.prove(ctx, floor)
}

// putModels stages the parts of models that the clients are made of.
func (p *Plan) putModels() error {
	for _, c := range p.Clients {
		for name, data := range p.options.Layout.modelFiles(c) {
			if err := p.stage.put(name, data); err != nil {
				return err
			}
		}
	}
	return nil
}

// putConfig stages the lathe.yaml of the clients.
func (p *Plan) putConfig() error {
	o := p.options
	old, err := p.stage.was(o.Config)
	if err != nil {
		return err
	}
	text, err := o.Layout.config(old, p.Clients, o.Written, o.Scanned)
	if err != nil {
		return err
	}
	return p.stage.put(o.Config, text)
}

// generate generates the clients in the stage, and returns what go.mod must require at least.
func (p *Plan) generate(ctx context.Context) ([]gomod.Version, error) {
	o := p.options
	lockName := path.Join(path.Dir(o.Config), lock.Name)
	if err := p.bringLock(lockName); err != nil {
		return nil, err
	}
	p.tools.Say("generating " + plural.Of(len(p.Clients), "client"))
	floor, err := p.tools.GenerateAll(ctx, filepath.Join(p.stage.dir, filepath.FromSlash(o.Config)))
	if err != nil {
		return nil, p.stage.placed(err)
	}
	return floor, p.stage.collect(o.Layout.Folder, lockName)
}

// bringLock stages the lock of earlier runs, with the hashes of the models that the
// clients are parts of.
func (p *Plan) bringLock(name string) error {
	was, err := p.stage.was(name)
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

// putExtras stages the further files that change.
func (p *Plan) putExtras() error {
	for name, change := range p.options.Extras {
		was, err := p.stage.was(name)
		if err != nil {
			return err
		}
		if now := change(was); !bytes.Equal(now, was) {
			if err := p.stage.put(name, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// prove builds the program with the clients, runs its tests and measures what is won, as far as
// the options ask for it.
func (p *Plan) prove(ctx context.Context, floor []gomod.Version) error {
	o, say := p.options, p.tools.Say
	mod, err := gomod.Find(o.Root)
	if err != nil {
		return err
	}
	runtime := mod.ImportPath(o.Layout.Runtime)
	file, err := p.stage.proof(p.Clients, runtime, floor)
	if err != nil {
		return err
	}
	program := prove.Program{Root: o.Root, ModFile: file}
	say("building the program with them")
	proof, err := p.build(ctx, program)
	if err != nil {
		return err
	}
	if o.Test {
		say("running its tests")
		if _, err := program.Run(ctx, append([]string{"test"}, proof.Packages...)...); err != nil {
			return fmt.Errorf("the program's tests fail with the clients; nothing was changed: %w", err)
		}
	}
	if o.Weigh {
		say("measuring what is won")
		if p.Won, err = p.weigh(ctx, program, proof.Built, runtime); err != nil {
			return err
		}
	}
	return p.stage.adoptProof()
}

// build completes the program's new go.mod and builds the program with it.
func (p *Plan) build(ctx context.Context, program prove.Program) (prove.Proof, error) {
	complete := program.Complete
	if (prove.Program{Root: program.Root}).IsTidy(ctx) {
		complete = program.Tidy
	}
	err := complete(ctx)
	if err == nil {
		var isRaised bool
		if isRaised, err = p.raiseOfficial(ctx, program); isRaised && err == nil {
			err = complete(ctx)
		}
	}
	if problems, ok := errors.AsType[spec.Problems](err); ok {
		return prove.Proof{}, problems
	}
	if err != nil {
		return prove.Proof{}, fmt.Errorf("go.mod can't be completed; nothing was changed: %w", err)
	}
	var platforms []prove.Platform
	for _, b := range p.options.Scan.Builds {
		platforms = append(platforms, prove.Platform(b))
	}
	proof, err := program.Builds(ctx, platforms)
	if err != nil {
		return proof, fmt.Errorf("the program does not build with the clients; nothing was changed: %w", err)
	}
	if proof.Complains {
		p.tools.Say("go vet finds what it found before")
	}
	if n := len(proof.Left); n > 0 {
		p.tools.Say(fmt.Sprintf("%s can't be loaded without the clients either, and were not built: %s",
			plural.Of(n, "package"), strings.Join(proof.Left, ", ")))
	}
	return proof, nil
}

// weigh measures the services that are generated, as they were and as they are with the
// clients, whose shared runtime counts as well.
func (p *Plan) weigh(ctx context.Context, now prove.Program, packages []string, runtime string) (*report.Won, error) {
	won := &report.Won{Module: p.Program.Module, Services: []report.Service{}}
	var paths []string
	for _, c := range p.Clients {
		won.Services = append(won.Services, report.Service{
			Package: c.Package(), Version: c.Version, Operations: len(c.Operations), Of: c.Of,
		})
		paths = append(paths, c.Path)
	}
	before := prove.Program{Root: p.options.Root}
	if p.state != nil {
		file, err := p.stage.originalMod(p.state)
		if err != nil {
			return nil, err
		}
		before.ModFile = file
		if err := before.Complete(ctx); err != nil {
			return nil, err
		}
	}
	var err error
	if won.Before, err = weigh.Of(ctx, before, packages, paths); err != nil {
		return nil, err
	}
	won.After, err = weigh.Of(ctx, now, packages, append(paths, runtime))
	return won, err
}

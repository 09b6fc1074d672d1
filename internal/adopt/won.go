package adopt

import (
	"context"

	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/adopt/weigh"
)

// weigh measures the services that are generated, as they were and as they are with the
// clients, whose shared runtime counts as well.
func (p *Plan) weigh(ctx context.Context, o Options, now prove.Program, packages []string, runtime string) (*report.Won, error) {
	won := &report.Won{Module: p.Program.Module, Services: []report.Service{}}
	var paths []string
	for _, c := range p.Clients {
		won.Services = append(won.Services, report.Service{
			Package: c.Package(), Version: c.Version, Operations: len(c.Operations), Of: c.Of,
		})
		paths = append(paths, c.Path)
	}
	before := prove.Program{Root: o.Root}
	if p.state != nil {
		file, err := p.stage.Unmodified(p.state)
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

package adopt

import (
	"cmp"
	"path"
	"slices"

	"example.com/lathe/internal/adopt/fit"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// Service is an official package that a program uses.
type Service struct {
	// Path is its import path, Version that of its module.
	Path, Version string
	// ID and APIVersion are its constants ServiceID and ServiceAPIVersion.
	ID, APIVersion string
	// Operations are those that are called, sorted.
	Operations []string
	// Names are all that the program names of it, as [fit.Names] has them, with places.
	Names map[string][]spec.Pos
	// Types are the types of the fields among them.
	Types map[string]string
	// Constants are those of them that are values of enums.
	Constants map[string]callers.Constant
	// Pages are how the paginators that the program makes go from page to page, by operation.
	Pages map[string]scan.Pages
	// Lines are the places by objects, by which changes of a model are weighed.
	Lines map[string][]spec.Pos
}

// Package is the name of the Go package.
func (s *Service) Package() string { return path.Base(s.Path) }

// Left is a service whose official package stays.
type Left struct {
	*Service

	// Why are the reasons, with places in the program where there are some.
	Why spec.Problems
}

// serviceOf is a service as a scan found it.
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

// enums returns names with those of enums in the place of their constants.
func (s *Service) enums(names []string) []string {
	names = slices.Clone(names)
	for i, name := range names {
		names[i] = cmp.Or(s.Constants[name].Enum, name)
	}
	return names
}

// different are the fields that have other types in a client than in the official package.
func (s *Service) different(names fit.Names, model string) (why spec.Problems) {
	for _, d := range names.Different(s.Types) {
		why.Add(s.firstUse(d.Name), "", "%s.%s is %s in a client of %s, and %s in the official package",
			s.Package(), d.Name, d.Is,
			path.Base(model), d.Wanted)
	}
	return why
}

// left is a service that stays for one reason.
func (s *Service) left(hint, format string, args ...any) *Left {
	l := &Left{Service: s}
	l.Why.Add(spec.Pos{}, hint, format, args...)
	return l
}

// newer is the hint that the model may be older than the official package, as most are that
// lack something.
func (s *Service) newer() string {
	if s.Version == "" {
		return ""
	}
	return "the official package is " + s.Version + ": newer models may have it"
}

// firstUse is the first place in the program that names an object, where one does.
func (s *Service) firstUse(name string) spec.Pos {
	if places := s.Names[name]; len(places) > 0 {
		return places[0]
	}
	return spec.Pos{}
}

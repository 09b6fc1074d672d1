// Package models finds the models that AWS publishes: in a folder, in a git checkout, or
// below a URL. The layout is that of github.com/aws/api-models-aws,
//
//	models/<service>/service/<version>/<service>-<version>.json
//
// or all files in one folder. Folders may have models in boto3's format, too, as botocore
// has them: <service>/<version>/service-2.json and the files beside it.
package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// Service is a service whose model is wanted.
type Service struct {
	// Package is the name of its Go package. ID and Version are the constants ServiceID and
	// ServiceAPIVersion of the official one; empty where they are not known.
	Package, ID, Version string
}

// File is a model.
type File struct {
	// Path is where it can be read, Name its place in the tree, with slashes.
	Path, Name string
	// Service is the hyphenated name of its service, Version that of its API.
	Service, Version string
}

// Source is where models come from.
type Source struct {
	// Location is what was opened.
	Location string
	files    []File // of a folder
	remote   *remote
}

// Pins are what is known of models below a URL.
type Pins struct {
	// Hashes are their SHA-256 by their place in the tree, which they must have.
	Hashes map[string]string
	// Refresh fetches them again, and takes what comes.
	Refresh bool
}

// Open opens a source. Models below a URL are kept in the folder cache.
func Open(location, cache string, pins Pins) (*Source, error) {
	if input.IsURL(location) {
		return &Source{Location: location, remote: newRemote(location, cache, pins)}, nil
	}
	files, err := walk(location)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: location}, Message: "there are no models in this folder",
			Hint: "a checkout of github.com/aws/api-models-aws has them, as <service>-<version>.json, or one of botocore, as " +
				BotoName,
		}}
	}
	return &Source{Location: location, files: files}, nil
}

// modelName is the name of a model's file.
var modelName = regexp.MustCompile(`^([a-z0-9][a-z0-9-]*)-(\d{4}-\d\d-\d\d)\.json$`)

// walk returns the models in a folder and below it, but for what tools hide. The folder may be
// named by a link, which filepath.WalkDir would not follow.
func walk(root string) ([]File, error) {
	switch info, err := os.Stat(root); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, spec.Problems{{Pos: spec.Pos{File: root}, Message: "there is no such folder"}}
	case err == nil && !info.IsDir():
		return nil, spec.Problems{
			{Pos: spec.Pos{File: root}, Message: "it is a file, and no folder of models", Hint: "name the folder that it is in"},
		}
	}
	var files []File
	err := fs.WalkDir(os.DirFS(root), ".", func(rel string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && rel != ".":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		if f, ok := modelIn(filepath.Join(root, filepath.FromSlash(rel)), rel); ok {
			files = append(files, f)
		}
		return nil
	})
	return files, err
}

// modelIn is the model that a file is, and false where its name is that of none.
func modelIn(file, rel string) (File, bool) {
	if m := modelName.FindStringSubmatch(path.Base(rel)); m != nil {
		return File{Path: file, Name: rel, Service: m[1], Version: m[2]}, true
	}
	if path.Base(rel) != BotoName {
		return File{}, false
	}
	folder := filepath.Dir(file)
	service := cmp.Or(hyphenated(botoID(file)), filepath.Base(filepath.Dir(folder)))
	return File{Path: file, Name: rel, Service: service, Version: filepath.Base(folder)}, true
}

// Files are all models, by service and version; nil for a URL, which can't be listed.
func (s *Source) Files() []File {
	files := slices.Clone(s.files)
	slices.SortFunc(files, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Version, b.Version))
	})
	return files
}

// Pinned are the services of models that are pinned, by their places in the tree.
func (p Pins) Pinned() []Service {
	var all []Service
	for _, place := range slices.Sorted(maps.Keys(p.Hashes)) {
		if m := modelName.FindStringSubmatch(path.Base(place)); m != nil {
			all = append(all, Service{Package: compact(m[1]), ID: m[1], Version: m[2]})
		}
	}
	return all
}

// ErrNone says that a source has no model of a service.
var ErrNone = errors.New("there is no model of the service")

// Find returns the model of a service: in the version that is named, else the newest.
func (s *Source) Find(ctx context.Context, svc Service) (File, error) {
	if s.remote != nil {
		return s.remote.find(ctx, svc)
	}
	var found []File
	for _, f := range s.files {
		if compact(f.Service) == svc.Package || f.Service == hyphenated(svc.ID) {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		return File{}, fmt.Errorf("%w in %s", ErrNone, s.Location)
	}
	return slices.MaxFunc(found, func(a, b File) int {
		isWanted := func(f File) int {
			if f.Version == svc.Version {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(isWanted(a), isWanted(b)), cmp.Compare(a.Version, b.Version),
			cmp.Compare(a.rank(), b.rank()))
	}), nil
}

// PackageOf is the name of the Go package of a service, by that or by its id.
func PackageOf(id string) string { return compact(hyphenated(id)) }

// compact is the name of the Go package of a service.
func compact(service string) string { return strings.ReplaceAll(service, "-", "") }

// hyphenated is the name of a service's folder, made of its id.
func hyphenated(id string) string { return strings.ReplaceAll(strings.ToLower(id), " ", "-") }

// Place is the path of a model in the tree, and false where the service is not known well
// enough.
func (svc Service) Place() (string, bool) {
	id := hyphenated(svc.ID)
	if !modelName.MatchString(id + "-" + svc.Version + ".json") {
		return "", false
	}
	return path.Join(id, "service", svc.Version, id+"-"+svc.Version+".json"), true
}

package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// remote is a tree of models below a URL.
type remote struct {
	base, cache string
	pins        Pins
	client      *http.Client
}

// fetchTime bounds the wait for one model.
const fetchTime = 2 * time.Minute

func newRemote(base, cache string, pins Pins) *remote {
	if base = strings.TrimRight(base, "/"); path.Base(base) != "models" {
		base += "/models"
	}
	return &remote{base, filepath.Join(cache, input.Sum([]byte(base))[:16]), pins, &http.Client{Timeout: fetchTime}}
}

// find returns the model of a service from the cache, or fetches it.
func (r *remote) find(ctx context.Context, svc Service) (File, error) {
	place, ok := svc.Place()
	if !ok {
		return File{}, spec.Problems{{
			Message: "what the model of " + svc.Package + " is called is not known, which a URL needs",
			Hint:    "name a folder with models, or a checkout",
		}}
	}
	file := File{
		Path: filepath.Join(r.cache, filepath.FromSlash(place)), Name: place, Service: hyphenated(svc.ID),
		Version: svc.Version,
	}
	data, err := input.ReadFile(file.Path, input.MaxSpec)
	switch {
	case r.pins.Refresh:
	case err == nil && r.isKnown(place, data):
		return file, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return File{}, err
	}
	if data, err = r.fetch(ctx, place); err != nil {
		return File{}, err
	}
	if !r.isKnown(place, data) {
		return File{}, spec.Problems{{
			Pos: spec.Pos{File: r.base + "/" + place}, Message: "the model is not the one that lathe.lock has the hash of",
			Hint: "gen models update takes the new one, and says what it changes",
		}}
	}
	return file, save(file.Path, data)
}

// isKnown reports whether a model is the one of the lock, or the lock has none.
func (r *remote) isKnown(place string, data []byte) bool {
	want, ok := r.pins.Hashes[place]
	return !ok || r.pins.Refresh || want == input.Sum(input.Unix(data))
}

func (r *remote) fetch(ctx context.Context, place string) ([]byte, error) {
	address := r.base + "/" + (&url.URL{Path: place}).EscapedPath()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	response, err := r.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("the model can't be fetched: %w", err)
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%w at %s", ErrNone, address)
	default:
		return nil, fmt.Errorf("the model can't be fetched: %s answers %s", address, response.Status)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, input.MaxSpec+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the model can't be fetched: %w", err)
	case len(data) > input.MaxSpec:
		return nil, fmt.Errorf("the model at %s has more than %d MiB", address, input.MaxSpec>>20)
	case !json.Valid(data): // a page to log in at, which the cache would keep
		return nil, fmt.Errorf("what %s answers is no model: it is not JSON", address)
	}
	return data, nil
}

// save keeps a model; other runs find it whole or not at all.
func save(name string, data []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // public models
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".model-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

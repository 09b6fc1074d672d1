package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"example.com/lathe/internal/config"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/models"
	"example.com/lathe/spec"
)

// modelsMeant returns where the models are that a command is about, and of which services:
// the first argument is a folder or a URL, or lathe.yaml has one. Pins are what lathe.lock
// knows of its models.
func (a *app) modelsMeant(cmd *cobra.Command, args []string) (string, []string, models.Pins, error) {
	if len(args) > 0 && (input.IsURL(args[0]) || fileExists(args[0])) {
		return args[0], args[1:], models.Pins{}, nil
	}
	location, pins, err := a.modelsConfigured()
	switch {
	case err != nil:
		return "", nil, pins, err
	case location != "":
		return location, args, pins, nil
	case len(args) > 0:
		return "", nil, pins, spec.Problems{{Pos: spec.Pos{File: args[0]}, Message: "there is no such folder"}}
	default:
		return "", nil, pins, usageError("a folder is expected, or models in lathe.yaml", "", cmd.CommandPath()+" --help")
	}
}

// modelsConfigured is where lathe.yaml, here or above, says that models are; "" for nowhere.
func (a *app) modelsConfigured() (location string, pins models.Pins, err error) {
	if _, err := config.Find(); err != nil && a.flags.config == "" {
		return "", pins, nil
	}
	p, err := a.configured()
	if err != nil {
		return "", pins, err
	}
	locked, _, err := lock.Read(p.lock)
	if err == nil && locked != nil {
		pins.Hashes = locked.Models
	}
	return p.file.Models, pins, err
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// fetchedModels are the files of the models below a URL of services, or without any of
// those that are pinned.
func fetchedModels(ctx context.Context, location string, services []string, pins models.Pins) ([]string, error) {
	wanted := pins.Pinned()
	if len(services) > 0 {
		wanted = nil
		for _, name := range services {
			wanted = append(wanted, serviceNamed(name))
		}
	}
	if len(wanted) == 0 {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: location}, Message: "a URL can't be listed",
			Hint: "name services with the versions of their APIs, such as lambda@2015-03-31",
		}}
	}
	cache, err := modelCache(location)
	if err != nil {
		return nil, err
	}
	source, err := models.Open(location, cache, pins)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, svc := range wanted {
		file, err := source.Find(ctx, svc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", svc.ID, err)
		}
		files = append(files, file.Path)
	}
	return files, nil
}

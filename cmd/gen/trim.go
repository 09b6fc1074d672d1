package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

const trimHelp = `Trim writes the part of a Smithy model, or of one in boto3's format, that some
operations reach. The same client comes of it, to the byte, but for the name of the
spec in its headers and the hash of the spec in lathe.lock. It has no examples. Files
beside the model that belong to it are cut, too, and written beside FILE. An existing
FILE is replaced.

With --add they are the operations that FILE has, and more; without --operation and
--add those that FILE has: of a newer model, for example.

With --json one object is printed, on success and on failure:

  ok          true when all was written
  operations  those that are left
  of          how many the whole model has
  files       path, action: created, updated or unchanged
  problems    file, line, column, pointer, message, hint; empty when ok`

const trimExamples = `  gen models trim ../api-models-aws/models/batch/service/2016-08-10/batch-2016-08-10.json --operation SubmitJob,DescribeJobs -o spec/batch.json
  gen models trim batch-2016-08-10.json --add CancelJob -o spec/batch.json
  gen models trim newer/batch-2016-08-10.json -o spec/batch.json`

// trimReport is what trimming says; its JSON form is documented in its help.
type trimReport struct {
	OK         bool            `json:"ok"`
	Operations []string        `json:"operations"`
	Of         int             `json:"of"`
	Files      []fileReport    `json:"files"`
	Problems   []problemReport `json:"problems"`
}

func (a *app) trimCommand() *cobra.Command {
	var output string
	var add []string
	cmd := &cobra.Command{
		Use:     "trim SPEC",
		Short:   "Write the part of a model that some operations need",
		Long:    trimHelp,
		Example: trimExamples,
		Args:    oneArgument("the file of one spec"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.flags.spec = args[0]
			var problems spec.Problems
			if len(a.flags.operations) > 0 && len(add) > 0 {
				problems.Add(spec.Pos{}, "--operation names all operations, --add those beside what FILE has",
					"--operation excludes --add")
			}
			if output == "" {
				problems.Add(spec.Pos{}, "name the file to write with -o FILE", "--output is missing")
			}
			if output == input.Stdin {
				problems.Add(spec.Pos{}, "", "name a file to write instead of standard output")
			}
			problems = append(problems, problemsOf(checkLasting(args[0]))...)
			if err := wrongUsage(problems); err != nil {
				return err
			}
			return a.trim(cmd.Context(), output, splitNames(add))
		},
		ValidArgsFunction: specFiles,
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "`file` to write")
	cmd.Flags().StringArrayVar(
		&add, "add", nil, "`names` or globs of operations beside those that the file to write has already")
	a.addOperationFlag(cmd, "(default: those that the file to write has already)")
	a.addFormatFlag(cmd)
	return cmd
}

// operationsToKeep are the operations that are asked for, or those that a part which is
// there has, and more.
func (a *app) operationsToKeep(cfg lathe.Config, part string, add []string) ([]string, error) {
	if len(cfg.Operations) > 0 {
		return cfg.Operations, nil
	}
	if _, err := os.Stat(part); errors.Is(err, fs.ErrNotExist) {
		if add != nil {
			return nil, spec.Problems{{
				Pos: spec.Pos{File: part}, Message: "there is no such file to add operations to",
				Hint: "name all of them with --operation",
			}}
		}
		return nil, wrongUsage(spec.Problems{{
			Message: "--operation is missing",
			Hint:    "name operations or globs; gen list --spec " + quote(cfg.Spec) + " prints them",
		}})
	}
	has, err := a.list(lathe.Config{Spec: part})
	if err != nil {
		return nil, err
	}
	whole, err := a.list(cfg)
	if err != nil {
		return nil, err
	}
	if has.Service != whole.Service {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: part}, Message: fmt.Sprintf("it is of the service %s, and the model of %s",
				plain(has.Service), plain(whole.Service)),
			Hint: "name another file with -o, or all operations with --operation",
		}}
	}
	var problems spec.Problems
	names := add
	for _, o := range has.Operations {
		isSame := func(other lathe.OperationInfo) bool { return other.Name == o.Name }
		if !slices.ContainsFunc(whole.Operations, isSame) {
			problems.Add(spec.Pos{File: part}, "name those to keep with --operation", "the model %s has no %s any more",
				cfg.Spec, o.Name)
		}
		names = append(names, o.Name)
	}
	return names, problems.Err()
}

// besideBoto is another model in boto3's format than that of the file, which would get a model in
// that format, in its folder; "" for none.
func besideBoto(model []byte, file string) string {
	const boto = "c2j"
	if lathe.Recognize(model) != boto {
		return ""
	}
	entries, _ := os.ReadDir(filepath.Dir(file)) // a folder that is not there has none
	for _, entry := range entries {
		name := filepath.Join(filepath.Dir(file), entry.Name())
		if filepath.Ext(name) != ".json" || paths.Same(name, file) {
			continue
		}
		if data, err := input.ReadFile(name, input.MaxSpec); err == nil && lathe.Recognize(data) == boto {
			return name
		}
	}
	return ""
}

// trim writes the part of the model of the flags.
func (a *app) trim(ctx context.Context, output string, add []string) error {
	cfg := lathe.Config{Spec: a.flags.spec, Format: a.flags.format, Operations: splitNames(a.flags.operations)}
	if paths.Same(cfg.Spec, output) {
		return wrongUsage(spec.Problems{{
			Message: "the model itself would be replaced", Hint: "name another file to write with -o FILE",
		}})
	}
	trimmed, err := interruptible(ctx, func() (*lathe.Trimmed, error) {
		var err error
		if cfg.Operations, err = a.operationsToKeep(cfg, output, add); err != nil {
			return nil, err
		}
		return lathe.Trim(cfg)
	})
	if err != nil {
		return err
	}
	if other := besideBoto(trimmed.Files[trimmed.Main], output); other != "" {
		return spec.Problems{{
			Pos: spec.Pos{File: output}, Message: "the files beside it would be those of " + paths.Show(other) + ", too",
			Hint: "write it to another folder: models in boto3's format share the names of what lies beside them",
		}}
	}
	e := &edits{}
	for _, name := range slices.Sorted(maps.Keys(trimmed.Files)) {
		to := filepath.Join(filepath.Dir(output), name)
		if name == trimmed.Main {
			to = output
		}
		if err := e.change(paths.Abs(to), func([]byte) ([]byte, error) { return trimmed.Files[name], nil }); err != nil {
			return err
		}
	}
	written, err := e.write(func() error { return nil })
	if err != nil {
		return err
	}
	if a.flags.json {
		return printJSON(a.stdout, trimReport{
			OK: true, Operations: trimmed.Operations, Of: trimmed.Of, Files: append([]fileReport{}, written...),
			Problems: []problemReport{},
		})
	}
	text := writtenLines(written)
	if len(written) == 0 {
		text = fmt.Sprintf("%-9s  %s\n", emit.Unchanged, output)
	}
	return a.print(text + fmt.Sprintf("%d of %s: %s of %s\n", len(trimmed.Operations),
		plural.Of(trimmed.Of, "operation"), size(fileSize(output)), size(fileSize(cfg.Spec))))
}

// writtenLines is a line for each file: what was done, and its name.
func writtenLines(files []fileReport) string {
	var text strings.Builder
	for _, f := range files {
		fmt.Fprintf(&text, "%-9s  %s\n", f.Action, filepath.FromSlash(f.Path))
	}
	return text.String()
}

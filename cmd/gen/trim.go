package main

import (
	"context"
	"fmt"
	"path/filepath"
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
spec in its headers and the hash of the spec in lathe.lock. Files beside the model that
belong to it are cut, too, and written beside FILE. An existing FILE is replaced.

With --json one object is printed, on success and on failure:

  ok          true when all was written
  operations  those that are left
  of          how many the whole model has
  files       path, action: created, updated or unchanged
  problems    file, line, column, pointer, message, hint; empty when ok`

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
	cmd := &cobra.Command{
		Use:     "trim SPEC",
		Short:   "Write the part of a model that some operations need",
		Long:    trimHelp,
		Example: "  gen models trim ../api-models-aws/models/batch/service/2016-08-10/batch-2016-08-10.json --operation SubmitJob,DescribeJobs -o spec/batch.json",
		Args:    oneArgument("the file of one spec"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.flags.spec = args[0]
			var problems spec.Problems
			if len(splitNames(a.flags.operations)) == 0 {
				problems.Add(spec.Pos{}, "name operations or globs; gen list --spec "+quote(args[0])+" prints them", "--operation is missing")
			}
			if output == "" {
				problems.Add(spec.Pos{}, "name the file to write with -o FILE", "--output is missing")
			}
			if args[0] == input.Stdin {
				problems.Add(spec.Pos{}, "", "name the file of the model instead of standard input")
			}
			if err := wrongUsage(problems); err != nil {
				return err
			}
			return a.trim(cmd.Context(), output)
		},
		ValidArgsFunction: specFiles,
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "`file` to write")
	a.addOperationFlag(cmd, "")
	a.addFormatFlag(cmd)
	return cmd
}

// trim writes the part of the model of the flags.
func (a *app) trim(ctx context.Context, output string) error {
	cfg := lathe.Config{Spec: a.flags.spec, Format: a.flags.format, Operations: splitNames(a.flags.operations)}
	if paths.Same(cfg.Spec, output) {
		return usageError("the model itself would be replaced", "", "write the part to another file: gen models trim")
	}
	trimmed, err := interruptible(ctx, func() (*lathe.Trimmed, error) { return lathe.Trim(cfg) })
	if err != nil {
		return err
	}
	if len(trimmed.Files) > 1 && paths.Same(filepath.Dir(cfg.Spec), filepath.Dir(output)) {
		return spec.Problems{{
			Pos: spec.Pos{File: output}, Message: "the files beside the model would be replaced", Hint: "write the part to another folder",
		}}
	}
	e := &edits{}
	for _, name := range sortedKeys(trimmed.Files) {
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
			OK: true, Operations: trimmed.Operations, Of: trimmed.Of, Files: append([]fileReport{}, written...), Problems: []problemReport{},
		})
	}
	text := writtenLines(written)
	if len(written) == 0 {
		text = fmt.Sprintf("%-9s  %s\n", emit.Unchanged, output)
	}
	return a.print(text + fmt.Sprintf("%d of %s: %s of %s\n", len(trimmed.Operations), plural.Of(trimmed.Of, "operation"), size(fileSize(output)), size(fileSize(cfg.Spec))))
}

// writtenLines is a line for each file: what was done, and its name.
func writtenLines(files []fileReport) string {
	var text strings.Builder
	for _, f := range files {
		fmt.Fprintf(&text, "%-9s  %s\n", f.Action, filepath.FromSlash(f.Path))
	}
	return text.String()
}

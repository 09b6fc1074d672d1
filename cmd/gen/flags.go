package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// flags are the values of all flags.
type flags struct {
	config                 string
	spec, format, out, pkg string
	protocol               string
	operations             []string
	module                 string
	lean, examples         bool
	json, quiet, verbose   bool
	diff                   bool
}

// addForceFlag accepts a flag of earlier versions, which left out packages that had
// not changed unless it was there.
func addForceFlag(cmd *cobra.Command) {
	cmd.Flags().Bool("force", false, "no effect: all packages are generated")
	cmd.Flags().Lookup("force").Hidden = true
}

// addPackageFlags adds what describes one package, and what names a lathe.yaml.
func (a *app) addPackageFlags(cmd *cobra.Command) {
	a.addConfigFlag(cmd)
	a.addClientFlags(cmd, "(default: all)")
	a.addSpecFlags(cmd)
}

// addClientFlags adds what describes the client of a spec; without says what holds
// when no operation is named.
func (a *app) addClientFlags(cmd *cobra.Command, without string) {
	f := cmd.Flags()
	f.StringVar(&a.flags.out, "out", "", "output `folder`, inside a Go module")
	f.StringVar(&a.flags.pkg, "package", "", "Go package `name` (default: from the service id)")
	f.BoolVar(&a.flags.examples, "examples", false, "write the model's examples as Example functions, in a test file")
	f.BoolVar(&a.flags.lean, "lean", false, "leave out middleware, interceptors, tracing and what is deprecated")
	f.StringVar(&a.flags.module, "module", "",
		"make the client a module with this `path`, which @ and the version that it stands in for may follow")
	a.complete(cmd, "module", cobra.NoFileCompletions)
	a.complete(cmd, "out", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
	a.complete(cmd, "package", cobra.NoFileCompletions)
	a.addOperationFlag(cmd, without)
}

func (a *app) addOperationFlag(cmd *cobra.Command, without string) {
	cmd.Flags().StringArrayVar(&a.flags.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas "+without)
	a.complete(cmd, "operation", func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		return a.operationNames(typed), cobra.ShellCompDirectiveNoFileComp
	})
}

func (a *app) addConfigFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.flags.config, "config", "", "read this `file` instead of lathe.yaml")
	a.complete(cmd, "config", cobra.FixedCompletions([]string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt))
}

func (a *app) addSpecFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.flags.spec, "spec", "", "`file` of the spec, - for standard input")
	a.complete(cmd, "spec", specFiles)
	a.addReadingFlags(cmd)
}

// specFiles completes the names of specs.
var specFiles = cobra.FixedCompletions([]string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt)

// addReadingFlags adds what says how a spec is to be read.
func (a *app) addReadingFlags(cmd *cobra.Command) {
	a.addFormatFlag(cmd)
	a.addProtocolFlag(cmd)
}

func (a *app) addProtocolFlag(cmd *cobra.Command) {
	protocols := lathe.Protocols()
	cmd.Flags().StringVar(&a.flags.protocol, "protocol", "",
		"`name` of the wire protocol to speak: "+strings.Join(protocols, ", ")+
			" (default: the preferred one of the service's)")
	a.complete(cmd, "protocol", cobra.FixedCompletions(protocols, cobra.ShellCompDirectiveNoFileComp))
}

func (a *app) addFormatFlag(cmd *cobra.Command) {
	formats := a.formats()
	cmd.Flags().StringVar(&a.flags.format, "format", "",
		"`name` of the format of the spec: "+strings.Join(formats, ", ")+" (default: by content)")
	a.complete(cmd, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// addOutputFlags adds what says how much is printed. That --json exists for every
// command stands with the root.
func (a *app) addOutputFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.flags.quiet, "quiet", false, "print nothing but problems")
	a.addVerboseFlag(cmd)
}

func (a *app) addVerboseFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVarP(&a.flags.verbose, "verbose", "v", false, "print a line for each file")
}

// complete registers a completion for a flag. It can only fail for a flag that
// does not exist, or twice for the same.
func (a *app) complete(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err)
	}
}

// listings reads the specs that the flags typed so far, or lathe.yaml, name. Without
// any there is nothing to complete.
func (a *app) listings() []*lathe.Listing {
	packages, err := a.specs()
	if err != nil || a.flags.spec == input.Stdin { // which is the shell's
		return nil
	}
	var all []*lathe.Listing
	for _, pkg := range packages {
		if listing, err := a.list(pkg.Config); err == nil {
			all = append(all, listing)
		}
	}
	return all
}

// operationNames completes the names of operations; after a comma, behind those that
// are typed already.
func (a *app) operationNames(typed string) (names []string) {
	done := typed[:strings.LastIndexByte(typed, ',')+1]
	for _, listing := range a.listings() {
		for _, info := range listing.Operations {
			if strings.HasPrefix(done+info.Name, typed) {
				names = append(names, done+info.Name)
			}
		}
	}
	return names
}

// shapeNames completes the names of shapes.
func (a *app) shapeNames(typed string) (names []string) {
	for _, listing := range a.listings() {
		for _, name := range listing.Shapes {
			if strings.HasPrefix(name, typed) {
				names = append(names, name)
			}
		}
	}
	return names
}

// checkProtocol reports a protocol that does not exist.
func (a *app) checkProtocol() error {
	protocols := lathe.Protocols()
	if a.flags.protocol == "" || slices.Contains(protocols, a.flags.protocol) {
		return nil
	}
	hint := "there are " + strings.Join(protocols, ", ")
	if near := nearest(a.flags.protocol, protocols); near != "" {
		hint = "did you mean " + near + "?"
	}
	return usage{spec.Problems{{Message: fmt.Sprintf("unknown protocol %q", a.flags.protocol), Hint: hint}}}
}

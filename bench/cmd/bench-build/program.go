package main

import (
	"bytes"
	_ "embed"
	"path/filepath"
	"strings"
	"text/template"
)

// service is one whose clients are compared, by a program that makes one call.
type service struct {
	// name is that of the official package.
	name string
	// ours is the import path of our client.
	ours string
	// model is what our client is generated of; empty if it is committed.
	model     string
	operation string
	// more are other operations of our client.
	more []string
	// input are the members that the program sets, output those that it prints.
	input, output []string
}

var datazone = service{
	name: "datazone", ours: "example.com/lathe/generated/datazone", operation: "GetDataSourceRun",
	input: []string{"DomainIdentifier", "Identifier"}, output: []string{"Id", "Status"},
}

// lambda has an official package with schemas, which are made when a program starts.
var lambda = service{
	name: "lambda", ours: temporary + "/lambda", operation: "GetFunction", model: "c2j/lambda/2015-03-31/service-2.json",
	input: []string{"FunctionName"}, output: []string{"Code.Location", "Configuration.State"},
}

// ec2 has the largest official package. Of it only compiling is measured.
var ec2 = service{
	name: "ec2", ours: temporary + "/ec2", operation: "DescribeInstances",
	more:  []string{"RunInstances", "TerminateInstances"},
	model: "c2j/ec2/2016-11-15/service-2.json",
}

func (s service) official() string { return "github.com/aws/aws-sdk-go-v2/service/" + s.name }

func (s service) path(c client) string {
	switch c {
	case ours:
		return s.ours
	case lean:
		return temporary + "/lean/" + s.name
	}
	return s.official()
}

// program is one that makes a call and prints members of the output.
type program struct {
	service string
	client  client
	// values: the client's methods are called through values of them in a struct, which
	// lets the linker drop the other methods; else through an interface, as in programs
	// whose tests use another client.
	values bool
	// byName: it prints by text/template, which looks methods up by name and so makes the
	// linker keep all exported ones of what is in an interface.
	byName bool
}

// programs are those of a service for which there are the clients.
func programs(s service, all ...client) (list []program) {
	for _, c := range all {
		for _, byName := range []bool{false, true} {
			list = append(list, program{s.name, c, false, byName})
			if c == official {
				list = append(list, program{s.name, c, true, byName})
			}
		}
	}
	return list
}

// folder is where a program is in its module.
func (p program) folder() string {
	name := p.service + "-official"
	switch p.client {
	case ours:
		name = p.service + "-ours"
	case lean:
		name = p.service + "-lean"
	}
	if p.values {
		name += "-values"
	}
	if p.byName {
		name += "-by-name"
	}
	return filepath.Join("cmd", name)
}

// programText is the source of all programs.
//
//go:embed program.go.tmpl
var programText string

func (p program) source(s service) ([]byte, error) {
	var out bytes.Buffer
	t := template.Must(template.New("program").Delims("<<", ">>").Funcs(template.FuncMap{
		"arg": func(i int) int { return i + 4 }, "dotted": func(names []string) string { return "{{." + strings.Join(names, "}} {{.") + "}}" },
	}).Parse(programText))
	err := t.Execute(&out, map[string]any{
		"Package": s.name, "Path": s.path(p.client), "Operation": s.operation, "Input": s.input, "Output": s.output,
		"Values": p.values, "ByName": p.byName,
	})
	return out.Bytes(), err
}

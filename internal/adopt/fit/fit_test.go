package fit

import (
	"slices"
	"testing"
)

func TestMissing(t *testing.T) {
	names, err := Of(map[string][]byte{
		"client.go":            []byte("package p\n\ntype Client struct{ hidden int }\n\nfunc New() *Client { return nil }\n\nfunc (c *Client) Get() {}\n\ntype Options struct{ Region, Other string }\n\ntype API interface{ Get() }\n\nconst ServiceID, Version = \"a\", \"b\"\n"),
		"types/types.go":       []byte("package types\n\ntype Colour string\n\nfunc (Colour) Values() []Colour { return nil }\n\nconst ColourRed Colour = \"red\"\n\ntype Note struct{ Text *string }\n"),
		"internal/x/x.go":      []byte("package x\n\ntype Hidden int\n"),
		"go.mod":               []byte("module p\n"),
		"document/document.go": []byte("package document\n\ntype Interface interface{}\n"),
		"types/generic.go":     []byte("package types\n\ntype Set[T any] struct{}\n\nfunc (s *Set[T]) Add() {}\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	have := []string{
		"New", "Client", "(*Client).Get", "Client.Get", "Options.Region", "API.Get", "ServiceID", "Version",
		"types.Colour", "types.ColourRed", "types.Note.Text", "types.Colour.Values", "(types.Colour).Values", "document.Interface", "types.Set.Add",
	}
	if got := names.Missing(have); len(got) > 0 {
		t.Errorf("missing are %v", got)
	}
	got := names.Missing([]string{"Hidden", "x.Hidden", "(*Client).Put", "Options.Retries", "types.Gone", "types.Gone.Field", "types.Alone.Field", "types.ColourBlue", "types.Note", "types.ColourBlue"})
	want := []string{"Client.Put", "Hidden", "Options.Retries", "types.Alone.Field", "types.ColourBlue", "types.Gone", "x.Hidden"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	different := names.Different(map[string]string{
		"Options.Region": "*string", "Options.Other": "string", "types.Note.Text": "string", "types.Gone.Text": "string", "Options.Hidden": "int",
	})
	if want := []Difference{{"Options.Region", "string", "*string"}, {"types.Note.Text", "*string", "string"}}; !slices.Equal(different, want) {
		t.Errorf("got  %v\nwant %v", different, want)
	}
	for text, want := range map[string]bool{"*int32": true, "map[string][]types.Note": true, "*time.Time": true, "aws.Config": false, "interface{}": false, "[]func(*middleware.Stack) error": false} {
		if isPlain(text) != want {
			t.Errorf("isPlain(%s) is %v", text, !want)
		}
	}
	if _, err := Of(map[string][]byte{"a.go": []byte("no Go")}); err == nil {
		t.Error("what is no Go is no error")
	}
}

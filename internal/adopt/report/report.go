// Package report says what a program won when slim clients took the place of official
// packages, as text, as JSON and as one HTML page.
package report

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"path"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"example.com/lathe/internal/adopt/weigh"
)

// Won is what a program was before and what it is after.
type Won struct {
	Module   string        `json:"module"`
	Services []Service     `json:"services"`
	Before   weigh.Figures `json:"before"`
	After    weigh.Figures `json:"after"`
}

// Service is a service and how many of its operations a program has.
type Service struct {
	Package    string `json:"package"`
	Version    string `json:"version"`
	Operations int    `json:"operations"`
	Of         int    `json:"of"`
}

// measure is one thing that was measured on both sides.
type measure struct {
	Name          string
	Before, After string
	// Share is what is left, in percent.
	Share int
	// BeforeBar and AfterBar are how long bars are, in percent of the longer one.
	BeforeBar, AfterBar int
}

// measures are all that were measured; what neither side has is left out.
func (w *Won) measures() []measure {
	b, a := &w.Before, &w.After
	all := []measure{
		measured("packages of the SDK's services", int64(b.Packages), int64(a.Packages), number),
		measured("their lines of Go", int64(b.Lines), int64(a.Lines), number),
		measured("compiling them, processor time", int64(b.CPU), int64(a.CPU), duration),
		measured("compiling them, most memory", b.Memory, a.Memory, size),
	}
	after := map[string]weigh.Binary{}
	for _, p := range a.Programs {
		after[p.ImportPath] = p
	}
	for _, p := range b.Programs {
		if now, ok := after[p.ImportPath]; ok {
			name := path.Base(p.ImportPath)
			all = append(all, measured(name+", binary", p.Bytes, now.Bytes, size),
				measured(name+", stripped", p.Stripped, now.Stripped, size))
		}
	}
	all = append(all,
		measured("before main, allocated", b.Init.Bytes, a.Init.Bytes, size),
		measured("before main, allocations", b.Init.Allocs, a.Init.Allocs, number))
	var known []measure
	for _, m := range all {
		if m.Before != m.After || m.Share != 0 {
			known = append(known, m)
		}
	}
	return known
}

func measured(name string, before, after int64, text func(int64) string) measure {
	m := measure{Name: name, Before: text(before), After: text(after)}
	if before > 0 {
		m.Share = percent(after, before)
	}
	if longer := max(before, after); longer > 0 {
		m.BeforeBar, m.AfterBar = percent(before, longer), percent(after, longer)
	}
	return m
}

// percent is the part of a whole in percent, rounded.
func percent(part, whole int64) int { return int((part*200 + whole) / (2 * whole)) }

// number is a number with its thousands set off.
func number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func size(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.2f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	default:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	}
}

func duration(n int64) string { return fmt.Sprintf("%.2f s", time.Duration(n).Seconds()) }

// Less is how much less there is after than before, where it is.
func (m measure) Less() string {
	if m.Share >= 100 {
		return "-"
	}
	return strconv.Itoa(100-m.Share) + " %"
}

// Title is the report in one line.
func (w *Won) Title() string {
	kept, of := 0, 0
	for _, s := range w.Services {
		kept += s.Operations
		of += s.Of
	}
	services := "1 service"
	if n := len(w.Services); n != 1 {
		services = strconv.Itoa(n) + " services"
	}
	return fmt.Sprintf("%s: %s, %s of %s operations", w.Module, services, number(int64(kept)), number(int64(of)))
}

// Note says what was not measured, where something was not.
func (w *Won) Note() string {
	n := w.Before.Others
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Of %d commands those with the most packages were linked.", len(w.Before.Programs)+n)
}

// Text writes tables for people: what was measured, and the services.
func (w *Won) Text(to io.Writer) error {
	var text strings.Builder
	text.WriteString(w.Title() + "\n\n")
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "WHAT\tBEFORE\tAFTER\tLESS") // a builder takes all
	for _, m := range w.measures() {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", m.Name, m.Before, m.After, m.Less())
	}
	_ = table.Flush()
	if note := w.Note(); note != "" {
		text.WriteString(note + "\n")
	}
	_, _ = fmt.Fprint(table, "\nSERVICE\tOPERATIONS\n")
	for _, s := range w.Services {
		_, _ = fmt.Fprintf(table, "%s\t%d of %d\n", s.Package, s.Operations, s.Of)
	}
	_ = table.Flush()
	_, err := io.WriteString(to, text.String())
	return err
}

// JSON writes one object.
func (w *Won) JSON(to io.Writer) error {
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	return e.Encode(w)
}

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// bar is a service as a bar: how much of it is left, in percent.
type bar struct {
	Service

	Share int
}

// HTML writes one page that needs nothing else, with bars.
func (w *Won) HTML(to io.Writer) error {
	data := struct {
		Title, Note string
		Measures    []measure
		Services    []bar
	}{Title: w.Title(), Note: w.Note(), Measures: w.measures()}
	for _, s := range w.Services {
		data.Services = append(data.Services, bar{s, 100 * s.Operations / max(s.Of, 1)})
	}
	return page.Execute(to, data)
}

// Write writes the form that a file's name asks for: .json, .html, or else text.
func (w *Won) Write(to io.Writer, name string) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		return w.JSON(to)
	case ".html", ".htm":
		return w.HTML(to)
	default:
		return w.Text(to)
	}
}

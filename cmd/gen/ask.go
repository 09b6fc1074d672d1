package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe"
	"example.com/lathe/spec"
)

// fewOperations is how many operations are listed without being asked for.
const fewOperations = 40

const askHelp = "Which ones? Numbers and ranges (2 5-8), names and globs (Get*), or all; /text searches, ? lists: "

// askOperations asks on a terminal which operations to generate, until there is an
// answer. What is told of them comes from a spec, so that it is quoted where it is
// not plain.
func askOperations(in io.Reader, out io.Writer, infos []lathe.OperationInfo) ([]string, error) {
	fmt.Fprintf(out, "The spec has %s.\n", plural(len(infos), "operation"))
	if len(infos) <= fewOperations {
		listOperations(out, infos, "")
	}
	lines := bufio.NewScanner(in)
	for {
		fmt.Fprint(out, askHelp)
		if !lines.Scan() {
			fmt.Fprintln(out)
			return nil, errors.Join(lines.Err(), errors.New("no operation was chosen"))
		}
		switch line := strings.TrimSpace(lines.Text()); {
		case line == "":
		case line == "?":
			listOperations(out, infos, "")
		case line[0] == '/':
			listOperations(out, infos, line[1:])
		default:
			names, problems := chosen(infos, line)
			if len(problems) == 0 {
				return names, nil
			}
			fmt.Fprintln(out, problems.Error())
		}
	}
}

// listOperations prints the operations whose names contain the text, whatever its
// case, with their numbers.
func listOperations(out io.Writer, infos []lathe.OperationInfo, text string) {
	for i, o := range infos {
		if !strings.Contains(strings.ToLower(o.Name), strings.ToLower(text)) {
			continue
		}
		note := ""
		if o.Unsupported != "" {
			note = " (can't be generated: " + o.Unsupported + ")"
		}
		fmt.Fprintf(out, "%5d  %s%s\n", i+1, plain(o.Name), plain(note))
	}
}

// plain quotes a text that a terminal would take for more than text.
func plain(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
		return strconv.Quote(text)
	}
	return text
}

// chosen gives the names and globs of an answer.
func chosen(infos []lathe.OperationInfo, answer string) (names []string, problems spec.Problems) {
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' }) {
		first, last, isRange := numbers(word)
		switch {
		case word == "all":
			names = append(names, "*")
		case !isRange:
			names = append(names, word)
		case first < 1 || last > len(infos) || first > last:
			problems.Add(spec.Pos{}, "", "%s is not between 1 and %d", word, len(infos))
		default:
			for _, o := range infos[first-1 : last] {
				names = append(names, o.Name)
			}
		}
	}
	names = slices.Compact(names)
	return names, append(problems, checkOperations(infos, names)...)
}

// numbers reads "3" or "3-5".
func numbers(word string) (first, last int, ok bool) {
	from, to, isRange := strings.Cut(word, "-")
	if !isRange {
		to = from
	}
	first, errFirst := strconv.Atoi(from)
	last, errLast := strconv.Atoi(to)
	return first, last, errFirst == nil && errLast == nil
}

// checkOperations reports names that match nothing, and those of operations that
// can't be generated.
func checkOperations(infos []lathe.OperationInfo, names []string) (problems spec.Problems) {
	var all []string
	for _, o := range infos {
		all = append(all, o.Name)
		if o.SourceName != "" {
			all = append(all, o.SourceName)
		}
		if o.Unsupported != "" && slices.Contains(names, o.Name) {
			problems.Add(spec.Pos{}, "leave it out", "%s can't be generated: %s", o.Name, o.Unsupported)
		}
	}
	for _, name := range names {
		if slices.ContainsFunc(all, func(o string) bool { ok, err := path.Match(name, o); return ok && err == nil || name == o }) {
			continue
		}
		hint := ""
		if near := spec.Nearest(name, slices.Values(all)); near != "" {
			hint = "did you mean " + near + "?"
		}
		problems.Add(spec.Pos{}, hint, "no operation matches %q", name)
	}
	return problems
}

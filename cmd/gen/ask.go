package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe"
	"example.com/lathe/spec"
)

// fewOperations is how many operations are listed without being asked for.
const fewOperations = 40

// questions are asked on a terminal. What is printed of a spec is quoted where it is
// not plain.
type questions struct {
	lines *bufio.Scanner
	out   io.Writer
	width int
}

func newQuestions(in io.Reader, out io.Writer) *questions {
	return &questions{bufio.NewScanner(in), out, columns(out)}
}

// ask returns the next line that is typed.
func (q *questions) ask(question string) (string, error) {
	fmt.Fprint(q.out, fit(question, q.width))
	if q.lines.Scan() {
		return strings.TrimSpace(q.lines.Text()), nil
	}
	fmt.Fprintln(q.out)
	return "", errors.Join(q.lines.Err(), errors.New("the question was not answered"))
}

// operations asks which operations to generate, until there is an answer.
func (q *questions) operations(infos []lathe.OperationInfo) ([]string, error) {
	if len(infos) <= fewOperations {
		q.list(infos, "")
	}
	for {
		line, err := q.ask("Which operations? (2 5-8, Get*, all; /text searches, ? lists) ")
		switch {
		case err != nil:
			return nil, err
		case line == "":
		case line == "?":
			q.list(infos, "")
		case line[0] == '/':
			q.list(infos, line[1:])
		default:
			names, problems := chosen(infos, line)
			if len(problems) == 0 && len(names) > 0 {
				return names, nil
			}
			fmt.Fprintln(q.out, fit(problems.Error(), q.width))
		}
	}
}

// folder asks for the folder of the client, until check takes the answer.
func (q *questions) folder(usual string, check func(string) error) (string, error) {
	for {
		line, err := q.ask("Which folder? [" + usual + "] ")
		if err != nil {
			return "", err
		}
		if line == "" {
			line = usual
		}
		if err = check(line); err == nil {
			return line, nil
		}
		fmt.Fprintln(q.out, fit(problemsOf(err).Error(), q.width))
	}
}

// list prints the operations whose names contain the text, whatever its case, with
// their numbers.
func (q *questions) list(infos []lathe.OperationInfo, text string) {
	for i, o := range infos {
		if !strings.Contains(strings.ToLower(o.Name), strings.ToLower(text)) {
			continue
		}
		note := ""
		if o.Unsupported != "" {
			note = " (can't be generated: " + o.Unsupported + ")"
		}
		fmt.Fprint(q.out, fit(fmt.Sprintf("%5d  %s%s\n", i+1, plain(o.Name), plain(note)), q.width))
	}
}

// plain quotes a text that a terminal would take for more than text.
func plain(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
		return strconv.Quote(text)
	}
	return text
}

// chosen returns the names and globs of an answer.
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
	isSupported := func(o lathe.OperationInfo) bool { return o.Unsupported == "" }
	hint := "leave it out"
	if !slices.ContainsFunc(infos, isSupported) {
		hint = "no client can be made of this spec yet"
	}
	var all []string
	for _, o := range infos {
		all = append(all, o.Name)
		if o.SourceName != "" {
			all = append(all, o.SourceName)
		}
		if o.Unsupported != "" && slices.Contains(names, o.Name) {
			problems.Add(spec.Pos{}, hint, "%s can't be generated: %s", o.Name, o.Unsupported)
		}
	}
	for _, name := range names {
		if slices.ContainsFunc(infos, func(o lathe.OperationInfo) bool { return o.Matches(name) }) {
			continue
		}
		hint := "gen list prints the operations of a spec"
		if near := nearest(name, all); near != "" {
			hint = "did you mean " + near + "?"
		}
		problems.Add(spec.Pos{}, hint, "no operation matches %q", name)
	}
	return problems
}

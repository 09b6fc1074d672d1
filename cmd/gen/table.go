package main

import (
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// gap is the room between two columns.
const gap = 2

// leastText is the least room that the last column of a table needs beside the others.
const leastText = 20

// table lays rows out in columns, the first row being their names. Where a terminal of
// that width has no room for a row the last column is broken at its words, and where it
// has no room for that either, each row becomes a few lines. Width 0 has room for all.
func table(rows [][]string, width int) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], uniseg.StringWidth(cell))
		}
	}
	last := len(widths) - 1
	margin := 0
	for _, w := range widths[:last] {
		margin += w + gap
	}
	var text strings.Builder
	for i, row := range rows {
		switch {
		case width <= 0 || margin+widths[last] <= width:
			text.WriteString(strings.TrimRight(aligned(row, widths)+row[last], " ") + "\n")
		case margin+leastText <= width:
			cell := wrapped(row[last], width-margin, width-margin)
			text.WriteString(aligned(row, widths) + strings.Join(cell, "\n"+strings.Repeat(" ", margin)) + "\n")
		case i > 0: // names of columns have no room
			text.WriteString(stacked(rows[0], row, width))
		}
	}
	return text.String()
}

// aligned is a row without its last cell.
func aligned(row []string, widths []int) string {
	var text strings.Builder
	for i, cell := range row[:len(row)-1] {
		text.WriteString(cell + strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell)+gap))
	}
	return text.String()
}

// stacked is a row as lines: its first cell, unless it is empty as that of the row above, and
// below it, further in, the others. Numbers have the names of their columns.
func stacked(names, row []string, width int) string {
	var cells []string
	for i := 1; i < len(row); i++ {
		switch _, err := strconv.Atoi(row[i]); {
		case row[i] == "-", row[i] == "":
		case err == nil:
			cells = append(cells, row[i]+" "+strings.ToLower(names[i]))
		default:
			cells = append(cells, atSlashes(row[i], width-gap))
		}
	}
	lines := wrapped(strings.Join(cells, ", "), width-gap, width-gap)
	text := strings.Repeat(" ", gap) + strings.Join(lines, "\n"+strings.Repeat(" ", gap)) + "\n"
	if row[0] != "" {
		text = row[0] + "\n" + text
	}
	return text
}

// atSlashes puts blanks behind slashes of a path that has no room in a line.
func atSlashes(path string, room int) string {
	if uniseg.StringWidth(path) <= room {
		return path
	}
	var pieces []string
	for part := range strings.SplitAfterSeq(path, "/") {
		if last := len(pieces) - 1; last >= 0 && uniseg.StringWidth(pieces[last]+part) < room {
			pieces[last] += part
		} else {
			pieces = append(pieces, part)
		}
	}
	return strings.Join(pieces, " ")
}

package doctext

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// maxTable is the width up to which a table is set in columns. A wider one becomes a
// list of its rows.
const maxTable = 100

// row is a row of a table.
type row struct {
	cells  []string
	isHead bool
}

// table reads a table.
func (r *reader) table(n *html.Node) {
	var rows []row
	r.rows(n, &rows)
	columns := 0
	for _, one := range rows {
		columns = max(columns, len(one.cells))
	}
	var widths []int
	total := 0
	for c := range columns {
		width := 1
		for _, one := range rows {
			width = max(width, utf8.RuneCountInString(one.cell(c)))
		}
		widths = append(widths, width)
		total += width + len(" | ")
	}
	switch {
	case len(rows) == 0:
	case columns == 1 || len(r.lists) > 0 || r.addressesInText:
		for _, one := range rows {
			r.text.add(strings.Join(one.cells, " | "))
			r.flush()
		}
	case total <= maxTable:
		r.doc.Blocks = append(r.doc.Blocks, Block{Kind: Code, Text: columnsOf(rows, widths)})
	default:
		r.rowList(rows)
	}
}

func (t row) cell(i int) string {
	if i < len(t.cells) {
		return t.cells[i]
	}
	return ""
}

// rows collects the rows of a table. What else is in it is read as it stands.
func (r *reader) rows(n *html.Node, rows *[]row) {
	for c := range n.ChildNodes() {
		switch c.Data {
		case "tr":
			if one := cells(c); strings.Join(one.cells, "") != "" {
				*rows = append(*rows, one)
			}
		case "thead", "tbody", "tfoot":
			r.rows(c, rows)
		default:
			r.node(c)
		}
	}
	r.flush()
}

// cells reads a row.
func cells(n *html.Node) row {
	one := row{isHead: true}
	for c := range n.ChildNodes() {
		if c.Data != "td" && c.Data != "th" {
			continue
		}
		inner := reader{addressesInText: true}
		inner.children(c)
		inner.flush()
		one.cells = append(one.cells, inner.doc.inOneLine())
		one.isHead = one.isHead && c.Data == "th"
	}
	return one
}

// columnsOf sets rows in columns, with a line below a head.
func columnsOf(rows []row, widths []int) string {
	var b strings.Builder
	for i, one := range rows {
		writeRow(&b, widths, one.cell, " | ", " ")
		if i == 0 && one.isHead && len(rows) > 1 {
			writeRow(&b, widths, func(int) string { return "" }, "-|-", "-")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

func writeRow(b *strings.Builder, widths []int, cell func(int) string, between, pad string) {
	var line strings.Builder
	for c, width := range widths {
		if c > 0 {
			line.WriteString(between)
		}
		text := cell(c)
		line.WriteString(text)
		line.WriteString(strings.Repeat(pad, width-utf8.RuneCountInString(text)))
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

// rowList makes an item of each row, whose cells the head names.
func (r *reader) rowList(rows []row) {
	var head row
	if rows[0].isHead && len(rows) > 1 {
		head, rows = rows[0], rows[1:]
	}
	for _, one := range rows {
		var parts []string
		for c, text := range one.cells {
			if name := head.cell(c); name != "" && text != "" {
				text = name + ": " + text
			}
			if text != "" {
				parts = append(parts, text)
			}
		}
		r.addItem(&list{}, strings.Join(parts, "; "))
	}
}

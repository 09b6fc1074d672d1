// Package picture draws docs/benchmarks.svg from the tables of BENCHMARKS.md, so that both
// have the same figures.
package picture

import (
	"fmt"
	"os"

	"github.com/go-analyze/charts"
)

// Update draws the picture of a document. Where the document lacks a figure, because one
// of its commands has not run yet, the picture stays as it is.
func Update(document, picture string) error {
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	figures, err := read(string(text))
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s is not drawn: %v\n", picture, err)
		return nil
	}
	svg, err := draw(figures)
	if err != nil {
		return err
	}
	return os.WriteFile(picture, svg, 0o644)
}

// The colours are of middle brightness, to be seen on white and on black.
var (
	text     = charts.ColorFromHex("#76808b")
	official = charts.ColorFromHex("#9aa4ae")
	ours     = charts.ColorFromHex("#2f8fd0")
)

const (
	width, height = 760, 340
	fontSize      = 11
	// room is what the labels of the longest bars take, in percent.
	room = 128
)

// draw returns bars in percent of the official client's, labelled with the figures.
func draw(figures []figure) ([]byte, error) {
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: width, Height: height})
	option, err := bars(figures)
	if err != nil {
		return nil, err
	}
	if err := painter.BarChart(option); err != nil {
		return nil, err
	}
	svg, err := painter.Bytes()
	return append(svg, '\n'), err
}

func bars(figures []figure) (charts.BarChartOption, error) {
	names := make([]string, len(figures))
	percent := [][]float64{make([]float64, len(figures)), make([]float64, len(figures))}
	written := [][]string{make([]string, len(figures)), make([]string, len(figures))}
	for i, f := range figures {
		theirs, err := value(f.official)
		if err != nil {
			return charts.BarChartOption{}, err
		}
		own, err := value(f.ours)
		if err != nil {
			return charts.BarChartOption{}, err
		}
		at := len(figures) - 1 - i // the chart counts from below
		names[at], written[0][at], written[1][at] = f.what, f.ours, f.official
		percent[0][at], percent[1][at] = own/theirs*100, 100
	}
	option := charts.NewBarChartOptionWithData(percent)
	font := charts.NewFontStyleWithSize(fontSize)
	font.FontColor = text
	option.Theme = charts.MakeTheme(charts.ThemeOption{
		BackgroundColor: charts.ColorTransparent, TextColor: text, TextColorLabel: text, TextColorLegend: text,
		TextColorXAxis: text, TextColorYAxis: text, SeriesColors: []charts.Color{ours, official},
		AxisStrokeColor: charts.ColorTransparent, AxisSplitLineColor: charts.ColorTransparent,
	})
	option.Horizontal = true
	option.Padding = charts.NewBoxEqual(10)
	option.CategoryAxis.Labels, option.CategoryAxis.LabelFontStyle = names, font
	option.ValueAxis = []charts.ValueAxisOption{{Min: new(0.0), Max: new(float64(room)), Show: new(false)}}
	option.Legend = charts.LegendOption{
		SeriesNames: []string{"Lathe", "official client"}, FontStyle: font, Symbol: charts.SymbolSquare,
	}
	for i := range option.SeriesList {
		option.SeriesList[i].Label = charts.SeriesLabel{
			Show: new(true), FontStyle: font,
			LabelFormatter: inTurn(written[i]),
		}
	}
	return option, nil
}

// inTurn returns one text after the other: the chart asks for labels in the order of the
// values, and by nothing that says which it is.
func inTurn(texts []string) charts.SeriesLabelFormatter {
	next := 0
	return func(int, string, float64) (string, *charts.LabelStyle) {
		text := texts[next%len(texts)]
		next++
		return text, nil
	}
}

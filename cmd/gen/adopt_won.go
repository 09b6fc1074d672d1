package main

import (
	"bytes"

	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/paths"
)

// writeWon writes what was won in the form that the file's name asks for.
func writeWon(won *report.Won, name string) error {
	e := &edits{}
	err := e.change(paths.Abs(name), func([]byte) ([]byte, error) {
		var text bytes.Buffer
		err := won.Write(&text, name)
		return text.Bytes(), err
	})
	if err != nil {
		return err
	}
	_, err = e.write(func() error { return nil })
	return err
}

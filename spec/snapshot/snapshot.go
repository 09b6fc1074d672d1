// Package snapshot keeps a model as compact bytes, and returns it back as it was:
// with its documentation and the positions of everything, without the published
// test cases of its endpoint rules. A lock holds one, so that a spec can be
// compared with the state that was generated last when that is nowhere else.
//
// A snapshot is one byte that names the format, and compressed JSON with the names
// of package spec's fields behind it.
package snapshot

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"example.com/lathe/spec"
)

// format is the first byte of a snapshot. It changes when older programs could no
// longer read what newer ones write.
const format = 1

// maxText bounds the JSON of a snapshot, and so the memory that a forged one can
// ask for. The largest published model takes a twentieth of it.
const maxText = 64 << 20

// Encode returns the snapshot of a model. File gives the names of files as they are
// kept in positions; nil keeps them as they are. A model of which a shape is not
// in the table of its shapes is an error.
func Encode(api *spec.API, file func(string) string) ([]byte, error) {
	text, err := marshal(api, newPositions(file).encode)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteByte(format)
	zip := gzip.NewWriter(&b)
	if _, err := zip.Write(text); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Decode returns the model of a snapshot. File gives the names of files as they are
// to stand in positions; nil leaves them as they were kept. Whatever the bytes
// are, the result is a model without holes or an error.
func Decode(data []byte, file func(string) string) (*spec.API, error) {
	text, err := unzip(data)
	if err != nil {
		return nil, err
	}
	return unmarshal(text, newPositions(file).decode)
}

// Hash is the SHA-256 of what a model says, in hexadecimal, wherever it stands:
// positions and names of files do not count. Documentation does, as it is part of
// what is generated.
func Hash(api *spec.API) (string, error) {
	text, err := marshal(api, func(spec.Pos) string { return "" })
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

func unzip(data []byte) ([]byte, error) {
	switch {
	case len(data) == 0:
		return nil, errors.New("the snapshot is empty")
	case data[0] != format:
		return nil, fmt.Errorf("the snapshot has format %d, this program reads format %d", data[0], format)
	}
	zip, err := gzip.NewReader(bytes.NewReader(data[1:]))
	if err != nil {
		return nil, fmt.Errorf("the snapshot is damaged: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(zip, maxText+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the snapshot is damaged: %w", err)
	case len(text) > maxText:
		return nil, errors.New("the snapshot is larger than any model")
	}
	return text, nil
}

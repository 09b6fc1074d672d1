package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"strings"
	"time"
)

// file is one that is published, or part of an archive.
type file struct {
	name string
	data []byte
	mode fs.FileMode
}

// publish makes what is published for a platform: the archive, and the bill of materials
// of the program in it.
func publish(program file, platform string, commit time.Time, pages []file) ([]file, error) {
	name := "gen-" + strings.ReplaceAll(platform, "/", "-")
	bill, err := billOf(program, commit)
	if err != nil {
		return nil, err
	}
	members := append([]file{program, {"gen.cdx.json", bill, 0o644}}, pages...)
	pack, suffix := tarball, ".tar.gz"
	if strings.HasPrefix(platform, "windows/") {
		pack, suffix = zipped, ".zip"
	}
	archive, err := pack(members, commit)
	return []file{{name + suffix, archive, 0o644}, {name + ".cdx.json", bill, 0o644}}, err
}

// tarball packs files into a compressed tar archive. Of owners and times it has only what
// the commit decides.
func tarball(members []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	compressed, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(compressed)
	for _, m := range members {
		header := &tar.Header{
			Typeflag: tar.TypeReg, Name: m.name, Size: int64(len(m.data)), Mode: int64(m.mode), ModTime: at,
			Format: tar.FormatUSTAR,
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := w.Write(m.data); err != nil {
			return nil, err
		}
	}
	err = errors.Join(w.Close(), compressed.Close())
	return b.Bytes(), err
}

// zipped packs files into a zip archive.
func zipped(members []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		header := &zip.FileHeader{Name: m.name, Method: zip.Deflate, Modified: at}
		header.SetMode(m.mode)
		into, err := w.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := into.Write(m.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

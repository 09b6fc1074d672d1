// Package compress compresses request bodies: the trait
// smithy.api#requestCompression.
package compress

import (
	"bytes"
	"compress/gzip"
	"io"

	"example.com/lathe/runtime/rest"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
)

// Gzip compresses a body of at least threshold bytes and adds "gzip" to its content
// encodings. A stream is read into memory for that; one of unknown length is sent as it is.
// It counts as a feature of the request whether its body is compressed or not.
func Gzip(r *rest.Request, threshold int64) {
	r.Use(awsmiddleware.UserAgentFeatureGZIPRequestCompression)
	if r.Err() != nil || r.Length() < threshold || r.Length() <= 0 {
		return
	}
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if err := writeBody(w, r); err != nil {
		r.Fail(err)
		return
	}
	if err := w.Close(); err != nil {
		r.Fail(err)
		return
	}
	r.ReplaceBody(buf.Bytes())
	encodings := "gzip"
	if already := r.Header.Get("Content-Encoding"); already != "" {
		encodings = already + ", gzip"
	}
	r.Header.Set("Content-Encoding", encodings)
}

func writeBody(w io.Writer, r *rest.Request) (err error) {
	if r.IsStream() {
		_, err = io.Copy(w, r.Stream())
	} else {
		_, err = w.Write(r.Body())
	}
	return err
}

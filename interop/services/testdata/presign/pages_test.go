package presign

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	officials3 "github.com/aws/aws-sdk-go-v2/service/s3"

	ours3 "example.com/interop/s3"
)

// page is an answer of a script.
type page struct {
	key, version *string
	truncated    *bool
	err          error
}

// script makes answers that often have no marker, or the same again.
func script(r *rand.Rand) []page {
	marker := func() *string {
		return []*string{nil, aws.String(""), aws.String("a"), aws.String("a"), aws.String("b")}[r.IntN(5)]
	}
	all := make([]page, 1+r.IntN(6))
	for i := range all {
		all[i] = page{marker(), marker(), []*bool{nil, aws.Bool(false), aws.Bool(true), aws.Bool(true)}[r.IntN(4)], nil}
		if r.IntN(8) == 0 {
			all[i].err = errors.New("broken")
		}
	}
	return all
}

// walked plays a script, and notes what was asked for.
type walked struct {
	script []page
	notes  string
}

func (w *walked) answer(key, version *string, limit *int32) page {
	w.notes += fmt.Sprintf("%v %v %v; ", text(key), text(version), aws.ToInt32(limit))
	if len(w.script) == 0 {
		return page{}
	}
	next := w.script[0]
	w.script = w.script[1:]
	return next
}

func text(s *string) string {
	if s == nil {
		return "-"
	}
	return fmt.Sprintf("%q", *s)
}

func (w *walked) walk(more func() bool, next func() error) {
	for range 8 {
		if !more() {
			break
		}
		if err := next(); err != nil {
			w.notes += err.Error() + "; "
		}
	}
	w.notes += fmt.Sprint(more())
}

type officialVersions struct{ *walked }

func (f officialVersions) ListObjectVersions(_ context.Context, in *officials3.ListObjectVersionsInput, _ ...func(*officials3.Options)) (*officials3.ListObjectVersionsOutput, error) {
	p := f.answer(in.KeyMarker, in.VersionIdMarker, in.MaxKeys)
	return &officials3.ListObjectVersionsOutput{NextKeyMarker: p.key, NextVersionIdMarker: p.version, IsTruncated: p.truncated}, p.err
}

type ourVersions struct{ *walked }

func (f ourVersions) ListObjectVersions(_ context.Context, in *ours3.ListObjectVersionsInput, _ ...func(*ours3.Options)) (*ours3.ListObjectVersionsOutput, error) {
	p := f.answer(in.KeyMarker, in.VersionIdMarker, in.MaxKeys)
	return &ours3.ListObjectVersionsOutput{NextKeyMarker: p.key, NextVersionIdMarker: p.version, IsTruncated: p.truncated}, p.err
}

// TestPages compares paginators that official packages have although no model declares
// them.
func TestPages(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		all, stop, limit, first := script(r), r.IntN(2) == 0, int32(r.IntN(3)), []*string{nil, aws.String("a")}[r.IntN(2)]
		official, ours := &walked{script: all}, &walked{script: all}
		a := officials3.NewListObjectVersionsPaginator(officialVersions{official}, &officials3.ListObjectVersionsInput{KeyMarker: first}, func(o *officials3.ListObjectVersionsPaginatorOptions) {
			o.StopOnDuplicateToken, o.Limit = stop, limit
		})
		official.walk(a.HasMorePages, func() error { _, err := a.NextPage(context.Background()); return err })
		b := ours3.NewListObjectVersionsPaginator(ourVersions{ours}, &ours3.ListObjectVersionsInput{KeyMarker: first}, func(o *ours3.ListObjectVersionsPaginatorOptions) {
			o.StopOnDuplicateToken, o.Limit = stop, limit
		})
		ours.walk(b.HasMorePages, func() error { _, err := b.NextPage(context.Background()); return err })
		if official.notes != ours.notes {
			t.Fatalf("%+v, stop %v:\nofficial %s\nours     %s", all, stop, official.notes, ours.notes)
		}
	}
}

package program

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

// Serve uses a server, and writes down what it answers.
func Serve(url string, client *http.Client) string {
	u := &use{bucket: aws.String("bucket"), c: s3.New(s3.Options{
		Region: "us-east-1", BaseEndpoint: &url, UsePathStyle: true, HTTPClient: client, Retryer: aws.NopRetryer{},
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenSupported,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenSupported,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}, nil
		}),
		DisableLogOutputChecksumValidationSkipped: true,
	})}
	u.buckets()
	u.keys()
	u.ranges()
	u.multipart()
	u.versions()
	u.objects()
	u.interrupted()
	u.listing()
	return u.log.String()
}

type use struct {
	log    strings.Builder
	c      *s3.Client
	bucket *string
}

func (u *use) say(format string, args ...any) { fmt.Fprintf(&u.log, format+"\n", args...) }

// failed writes down an error by what programs look at.
func (u *use) failed(what string, err error) bool {
	if err == nil {
		return false
	}
	if api, ok := errors.AsType[smithy.APIError](err); ok {
		u.say("%s: %s", what, api.ErrorCode())
	} else {
		u.say("%s: an error of another kind", what)
	}
	return true
}

// content is n random bytes.
func content(seed uint64, n int) []byte {
	data := make([]byte, n)
	source := rand.NewChaCha8([32]byte{byte(seed)})
	_, _ = source.Read(data)
	return data
}

func (u *use) put(key string, body io.Reader) {
	out, err := u.c.PutObject(background, &s3.PutObjectInput{Bucket: u.bucket, Key: &key, Body: body})
	if !u.failed("put "+key, err) {
		u.say("put %q %s", key, aws.ToString(out.ETag))
	}
}

func (u *use) get(in *s3.GetObjectInput) {
	in.Bucket = u.bucket
	out, err := u.c.GetObject(background, in)
	if u.failed("get "+*in.Key, err) {
		return
	}
	defer func() { _ = out.Body.Close() }()
	hash := sha256.New()
	n, err := io.Copy(hash, out.Body)
	u.say("get %q %d bytes %x %v, range %s, length %d, metadata %v", *in.Key, n, hash.Sum(nil), err,
		aws.ToString(out.ContentRange), aws.ToInt64(out.ContentLength), out.Metadata)
}

func (u *use) buckets() {
	_, err := u.c.HeadBucket(background, &s3.HeadBucketInput{Bucket: u.bucket})
	u.failed("head", err)
	_, err = u.c.CreateBucket(background, &s3.CreateBucketInput{Bucket: u.bucket})
	u.failed("create", err)
	u.failed("wait", s3.NewBucketExistsWaiter(u.c).Wait(background, &s3.HeadBucketInput{Bucket: u.bucket}, time.Minute))
	_, err = u.c.CreateBucket(background, &s3.CreateBucketInput{Bucket: u.bucket})
	u.failed("create again", err)
	out, err := u.c.ListBuckets(background, nil)
	if !u.failed("list", err) {
		for _, b := range out.Buckets {
			u.say("bucket %s", *b.Name)
		}
	}
	location, err := u.c.GetBucketLocation(background, &s3.GetBucketLocationInput{Bucket: u.bucket})
	if !u.failed("location", err) {
		u.say("location %q", location.LocationConstraint)
	}
}

func (u *use) keys() {
	for _, key := range []string{"plain", "a/b/c", "//twice//", "a b+c", "ünï/☃", "100%25", "q?a=b#c", "semi;colon&and=eq",
		"'()*!~", "dots.../..x", "日本"} {
		u.put(key, strings.NewReader(key))
		u.get(&s3.GetObjectInput{Key: &key})
		head, err := u.c.HeadObject(background, &s3.HeadObjectInput{Bucket: u.bucket, Key: &key})
		if !u.failed("head "+key, err) {
			u.say("head %d %s", aws.ToInt64(head.ContentLength), aws.ToString(head.ETag))
		}
	}
	u.get(&s3.GetObjectInput{Key: aws.String("not there")})
	_, err := u.c.HeadObject(background, &s3.HeadObjectInput{Bucket: u.bucket, Key: aws.String("not there")})
	var missing *types.NotFound
	u.say("head of what is not there: %t", errors.As(err, &missing))
}

func (u *use) ranges() {
	u.put("ranges", bytes.NewReader(content(1, 10_000)))
	for _, r := range []string{"bytes=0-99", "bytes=9990-", "bytes=-5", "bytes=10000-"} {
		u.get(&s3.GetObjectInput{Key: aws.String("ranges"), Range: &r})
	}
}

// parts and partSize make an object of 100 MB.
const (
	parts    = 10
	partSize = 10 << 20
)

func (u *use) multipart() {
	key := aws.String("large")
	upload, err := u.c.CreateMultipartUpload(
		background, &s3.CreateMultipartUploadInput{Bucket: u.bucket, Key: key, Metadata: map[string]string{"kind": "large"}})
	if u.failed("create upload", err) {
		return
	}
	var done []types.CompletedPart
	hash := sha256.New()
	for n := int32(1); n <= parts; n++ {
		data := content(uint64(n), partSize)
		hash.Write(data)
		part, err := u.c.UploadPart(
			background, &s3.UploadPartInput{
				Bucket: u.bucket, Key: key, UploadId: upload.UploadId, PartNumber: &n, Body: bytes.NewReader(data),
			})
		if u.failed("part", err) {
			return
		}
		u.say("part %d %s", n, *part.ETag)
		done = append(done, types.CompletedPart{PartNumber: aws.Int32(n), ETag: part.ETag})
	}
	listed, err := u.c.ListParts(background, &s3.ListPartsInput{Bucket: u.bucket, Key: key, UploadId: upload.UploadId})
	if !u.failed("list parts", err) {
		for _, p := range listed.Parts {
			u.say("listed %d %d", *p.PartNumber, *p.Size)
		}
	}
	whole, err := u.c.CompleteMultipartUpload(
		background, &s3.CompleteMultipartUploadInput{
			Bucket: u.bucket, Key: key, UploadId: upload.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: done},
		})
	if !u.failed("complete", err) {
		u.say("complete %s, %x was sent", aws.ToString(whole.ETag), hash.Sum(nil))
	}
	u.get(&s3.GetObjectInput{Key: key})
	u.get(&s3.GetObjectInput{Key: key, Range: aws.String("bytes=10485755-10485764")})
	other, err := u.c.CreateMultipartUpload(
		background, &s3.CreateMultipartUploadInput{Bucket: u.bucket, Key: aws.String("never")})
	if u.failed("create other", err) {
		return
	}
	_, err = u.c.AbortMultipartUpload(
		background, &s3.AbortMultipartUploadInput{Bucket: u.bucket, Key: aws.String("never"), UploadId: other.UploadId})
	u.failed("abort", err)
	_, err = u.c.AbortMultipartUpload(
		background, &s3.AbortMultipartUploadInput{Bucket: u.bucket, Key: aws.String("never"), UploadId: other.UploadId})
	u.failed("abort again", err)
}

func (u *use) versions() {
	bucket := u.bucket
	defer func() { u.bucket = bucket }()
	u.bucket = aws.String("versions")
	_, err := u.c.CreateBucket(background, &s3.CreateBucketInput{Bucket: u.bucket})
	u.failed("create", err)
	_, err = u.c.PutBucketVersioning(
		background, &s3.PutBucketVersioningInput{Bucket: u.bucket,
			VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})
	u.failed("enable", err)
	state, err := u.c.GetBucketVersioning(background, &s3.GetBucketVersioningInput{Bucket: u.bucket})
	if !u.failed("versioning", err) {
		u.say("versioning %s", state.Status)
	}
	for _, text := range []string{"first", "second", "third"} {
		u.put("k", strings.NewReader(text))
	}
	_, err = u.c.DeleteObject(background, &s3.DeleteObjectInput{Bucket: u.bucket, Key: aws.String("k")})
	u.failed("delete", err)
	u.get(&s3.GetObjectInput{Key: aws.String("k")})
	all, err := u.c.ListObjectVersions(background, &s3.ListObjectVersionsInput{Bucket: u.bucket})
	if u.failed("list versions", err) {
		return
	}
	u.say("%d versions, %d markers", len(all.Versions), len(all.DeleteMarkers))
	for _, v := range all.Versions {
		u.get(&s3.GetObjectInput{Key: v.Key, VersionId: v.VersionId})
	}
}

func (u *use) objects() {
	_, err := u.c.PutObject(background, &s3.PutObjectInput{
		Bucket: u.bucket, Key: aws.String("with metadata"), Body: strings.NewReader("text"),
		ContentType: aws.String("text/plain"),
		Metadata:    map[string]string{"one": "1", "Two-Words": "a b"}, CacheControl: aws.String("no-cache"),
	})
	u.failed("put", err)
	u.get(&s3.GetObjectInput{Key: aws.String("with metadata")})
	copied, err := u.c.CopyObject(background,
		&s3.CopyObjectInput{Bucket: u.bucket, Key: aws.String("copy"), CopySource: aws.String("bucket/with%20metadata")})
	if !u.failed("copy", err) {
		u.say("copy %s", aws.ToString(copied.CopyObjectResult.ETag))
	}
	u.get(&s3.GetObjectInput{Key: aws.String("copy")})
	for _, algorithm := range types.ChecksumAlgorithm("").Values() {
		_, err := u.c.PutObject(background,
			&s3.PutObjectInput{Bucket: u.bucket, Key: aws.String("sum"), Body: strings.NewReader("text"),
				ChecksumAlgorithm: algorithm})
		u.failed("put "+string(algorithm), err)
		u.get(&s3.GetObjectInput{Key: aws.String("sum")})
	}
	deleted, err := u.c.DeleteObjects(
		background, &s3.DeleteObjectsInput{Bucket: u.bucket,
			Delete: &types.Delete{Objects: []types.ObjectIdentifier{{Key: aws.String("sum")}, {Key: aws.String("copy")}}}})
	if !u.failed("delete", err) {
		keys := map[string]bool{}
		for _, d := range deleted.Deleted {
			keys[*d.Key] = true
		}
		u.say("deleted %v, %d errors", slices.Sorted(maps.Keys(keys)), len(deleted.Errors))
	}
	u.get(&s3.GetObjectInput{Key: aws.String("sum")})
}

// broken yields some bytes and fails.
type broken struct{ left int }

func (b *broken) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("broken")
	}
	n := min(len(p), b.left)
	b.left -= n
	return n, nil
}

func (u *use) interrupted() {
	_, err := u.c.PutObject(background,
		&s3.PutObjectInput{Bucket: u.bucket, Key: aws.String("broken"), Body: &broken{1 << 20},
			ContentLength: aws.Int64(2 << 20)})
	u.say("interrupted: %t", err != nil)
	u.get(&s3.GetObjectInput{Key: aws.String("broken")})
	ctx, cancel := context.WithCancel(background)
	cancel()
	_, err = u.c.PutObject(ctx,
		&s3.PutObjectInput{Bucket: u.bucket, Key: aws.String("canceled"), Body: strings.NewReader("x")})
	u.say("canceled: %t", errors.Is(err, context.Canceled))
	u.get(&s3.GetObjectInput{Key: aws.String("canceled")})
	// A call after those uses what they have left of the connection.
	u.put("after", bytes.NewReader(content(3, 3<<20)))
	u.get(&s3.GetObjectInput{Key: aws.String("after")})
}

// listed is how many objects there are to list.
const listed = 10_000

func (u *use) listing() {
	bucket := u.bucket
	defer func() { u.bucket = bucket }()
	u.bucket = aws.String("listing")
	_, err := u.c.CreateBucket(background, &s3.CreateBucketInput{Bucket: u.bucket})
	u.failed("create", err)
	for i := range listed {
		_, err := u.c.PutObject(background,
			&s3.PutObjectInput{Bucket: u.bucket, Key: aws.String(fmt.Sprintf("dir%d/key %d", i%7, i)),
				Body: strings.NewReader("x")})
		if u.failed("put", err) {
			return
		}
	}
	hash, n, pages := sha256.New(), 0, 0
	for p := s3.NewListObjectsV2Paginator(u.c, &s3.ListObjectsV2Input{Bucket: u.bucket}); p.HasMorePages(); pages++ {
		page, err := p.NextPage(background)
		if u.failed("page", err) {
			return
		}
		for _, o := range page.Contents {
			fmt.Fprintf(hash, "%s %d %s\n", *o.Key, *o.Size, *o.ETag)
			n++
		}
	}
	u.say("%d objects on %d pages, %x", n, pages, hash.Sum(nil))
	out, err := u.c.ListObjectsV2(
		background, &s3.ListObjectsV2Input{Bucket: u.bucket, Delimiter: aws.String("/"), MaxKeys: aws.Int32(3)})
	if !u.failed("list", err) {
		for _, p := range out.CommonPrefixes {
			u.say("prefix %s", *p.Prefix)
		}
		u.say("truncated %t, %d keys", aws.ToBool(out.IsTruncated), aws.ToInt32(out.KeyCount))
	}
}

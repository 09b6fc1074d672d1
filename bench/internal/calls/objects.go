//go:build models

package calls

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"strings"

	"example.com/lathe/bench/internal/clients/s3"
	official "github.com/aws/aws-sdk-go-v2/service/s3"
)

const (
	// smallObject and largeObject are how long objects are, in bytes.
	smallObject = 1 << 10
	largeObject = 100_000_000
	// keys is how many a listing has.
	keys = 1_000
)

// objectCases read, write and list objects. Answers have the checksum that both ask for.
func objectCases() []Case {
	small, large := newObject(smallObject), newObject(largeObject)
	return []Case{
		readObject(GetObject, small, 0), writeObject(PutObject, small, 0), listObjects(),
		readObject(GetStream, large, largeObject), writeObject(PutStream, large, largeObject),
	}
}

var (
	bucket    = "amzn-s3-demo-bucket"
	objectKey = "pictures/2024/02/29/leap.jpeg"
)

// stored is what was read of an object, or the checksum of one that was written.
type stored struct {
	Bytes    int64
	Checksum *string
}

func readObject(name string, content *object, size int) Case {
	h := &http.Client{Transport: &objects{content: content, answers: true}}
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := s3.New(s3.Options{Region: region, Credentials: key(), HTTPClient: h})
	read := func(body io.ReadCloser, sum *string) any {
		n, err := io.Copy(io.Discard, body)
		expect(n, err)
		return expect(stored{n, sum}, body.Close())
	}
	return Case{Name: name, Size: size, Sides: []Side{
		{Official, func() any {
			out, err := theirs.GetObject(ctx, &official.GetObjectInput{Bucket: &bucket, Key: &objectKey})
			expect(out, err)
			return read(out.Body, out.ChecksumCRC32)
		}},
		{Ours, func() any {
			out, err := ours.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &objectKey})
			expect(out, err)
			return read(out.Body, out.ChecksumCRC32)
		}},
	}}
}

func writeObject(name string, content *object, size int) Case {
	h := &http.Client{Transport: &objects{content: content}}
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := s3.New(s3.Options{Region: region, Credentials: key(), HTTPClient: h})
	return Case{Name: name, Size: size, Sides: []Side{
		{Official, func() any {
			out, err := theirs.PutObject(ctx, &official.PutObjectInput{Bucket: &bucket, Key: &objectKey, Body: content.open()})
			expect(out, err)
			return stored{content.size, out.ChecksumCRC32}
		}},
		{Ours, func() any {
			out, err := ours.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &objectKey, Body: content.open()})
			expect(out, err)
			return stored{content.size, out.ChecksumCRC32}
		}},
	}}
}

func listObjects() Case {
	body := listing()
	h := reply(200, "", body)
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := s3.New(s3.Options{Region: region, Credentials: key(), HTTPClient: h})
	return Case{Name: ListObjects, Size: len(body), Sides: []Side{
		{Official, func() any { return expect(theirs.ListObjectsV2(ctx, &official.ListObjectsV2Input{Bucket: &bucket})) }},
		{Ours, func() any { return expect(ours.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &bucket})) }},
	}}
}

// listing is a whole page of keys.
func listing() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
		`<Name>` + bucket + `</Name><Prefix></Prefix><NextContinuationToken>token</NextContinuationToken>`)
	fmt.Fprintf(&b, `<KeyCount>%d</KeyCount><MaxKeys>%[1]d</MaxKeys><IsTruncated>true</IsTruncated>`, keys)
	for i := range keys {
		fmt.Fprintf(&b, `<Contents><Key>pictures/2024/02/29/%05[1]d.jpeg</Key><LastModified>2024-02-29T12:34:56.000Z</LastModified>`+
			`<ETag>&quot;%032[1]x&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>`+
			`<Size>%[1]d</Size><StorageClass>STANDARD</StorageClass></Contents>`, i)
	}
	b.WriteString(`</ListBucketResult>`)
	return []byte(b.String())
}

// object is content that is made as it is read, so that it takes no memory.
type object struct {
	size     int64
	checksum string
}

func newObject(size int64) *object {
	sum := crc32.NewIEEE()
	o := &object{size: size}
	_, err := io.Copy(sum, o.open())
	o.checksum = base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, sum.Sum32()))
	return expect(o, err).(*object)
}

// block is what contents repeat.
var block = bytes.Repeat([]byte("The quick brown fox jumps over the lazy dog.\n"), 1_000)

// open returns the content, which can seek.
func (o *object) open() *io.SectionReader { return io.NewSectionReader(repeated{}, 0, o.size) }

// repeated is the block without end.
type repeated struct{}

func (repeated) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		n += copy(p[n:], block[(at+int64(n))%int64(len(block)):])
	}
	return n, nil
}

// objects is a transport that reads what it is sent, and answers with a checksum, and with
// the content if it is asked to.
type objects struct {
	content *object
	answers bool
}

// RoundTrip reads the request's body, as sending it would.
func (o *objects) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := drain(r.Body); err != nil {
		return nil, err
	}
	resp := &http.Response{
		StatusCode: 200, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody, Request: r,
		Header: http.Header{
			"Date": {"Thu, 29 Feb 2024 12:34:56 GMT"}, "Etag": {`"0123456789abcdef0123456789abcdef"`},
			"X-Amz-Request-Id": {"0123456789ABCDEF"}, "X-Amz-Id-2": {"0123456789abcdef0123456789abcdef0123456789abcdef"},
			"X-Amz-Checksum-Crc32": {o.content.checksum}, "X-Amz-Checksum-Type": {"FULL_OBJECT"},
		},
	}
	if o.answers {
		resp.Body, resp.ContentLength = io.NopCloser(o.content.open()), o.content.size
	}
	return resp, nil
}

package program

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"
)

func scenarios() map[string]func(*play) {
	return map[string]func(*play){
		"addresses": addresses, "keys": keys, "checksums": checksums, "bodies": bodies, "answers": answers,
		"errors": failures, "validation": validation,
		"others": others, "legacy": legacy, "anonymous": anonymous, "express": express,
		"steps": steps,
	}
}

var options = map[string]option{
	"none":       func(*s3.Options) {},
	"path style": func(o *s3.Options) { o.UsePathStyle = true },
	"accelerate": func(o *s3.Options) { o.UseAccelerate = true },
	"dual stack": func(o *s3.Options) { o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled },
	"fips":       func(o *s3.Options) { o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled },
	"ARN region": func(o *s3.Options) { o.UseARNRegion = true },
	"no MRAP":    func(o *s3.Options) { o.DisableMultiRegionAccessPoints = true },
	"endpoint":   func(o *s3.Options) { o.BaseEndpoint = aws.String("http://localhost:9000") },
	"endpoint path": func(o *s3.Options) {
		o.BaseEndpoint = aws.String("https://store.example.com/base")
		o.UsePathStyle = true
	},
	"plain":         func(o *s3.Options) { o.EndpointOptions.DisableHTTPS = true },
	"pseudo region": func(o *s3.Options) { o.Region = "fips-us-east-1" },
	"global":        func(o *s3.Options) { o.Region = "aws-global" },
	"no region":     func(o *s3.Options) { o.Region = "" },
	"no session":    func(o *s3.Options) { o.DisableS3ExpressSessionAuth = aws.Bool(true) },
}

var buckets = []string{
	"bucket", "my.bucket", "Not_A_Host", "", "a b",
	"arn:aws:s3:us-west-2:123456789012:accesspoint/point", "arn:aws:s3:eu-west-1:123456789012:accesspoint/point",
	"arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/point",
	"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/reports",
	"arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", "arn:aws:nothing",
}

func addresses(p *play) {
	for _, name := range slices.Sorted(maps.Keys(options)) {
		for _, bucket := range buckets {
			p.say("%s, %s", name, bucket)
			c := p.client(nil, options[name])
			p.get(c, &s3.GetObjectInput{Bucket: aws.String(bucket), Key: aws.String("key")})
			_, err := c.ListObjectsV2(background, &s3.ListObjectsV2Input{Bucket: aws.String(bucket), Prefix: aws.String("a/ b")})
			p.result(nil, middleware.Metadata{}, err)
		}
		c := p.client(nil, options[name])
		p.say("%s, without bucket", name)
		_, err := c.ListBuckets(background, nil)
		p.result(nil, middleware.Metadata{}, err)
		_, err = c.WriteGetObjectResponse(
			background, &s3.WriteGetObjectResponseInput{
				RequestRoute: aws.String("route"), RequestToken: aws.String("token"), Body: strings.NewReader("x"),
			})
		p.result(nil, middleware.Metadata{}, err)
		_, err = c.CreateBucket(background, &s3.CreateBucketInput{Bucket: aws.String("bucket")})
		p.result(nil, middleware.Metadata{}, err)
	}
}

func keys(p *play) {
	for _, key := range []string{
		"a", "a/b", "/a", "//a//b//", "a/../b", "..", ".", "./a", "a b+c", "ünïcödé/☃", "a%2Fb", "a?b#c", "a;b=c&d",
		"\x01", "a:b@c!$'()*,~", "a\\b", "trailing/", "日本", "",
	} {
		for _, name := range []string{"none", "path style", "endpoint path"} {
			c := p.client([]Answer{{Body: "<CopyObjectResult/>"}}, options[name])
			p.say("%q %s", key, name)
			p.get(c, &s3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String(key)})
			_, err := c.CopyObject(background,
				&s3.CopyObjectInput{Bucket: aws.String("bucket"), Key: aws.String(key), CopySource: aws.String("other/a%20b")})
			p.result(nil, middleware.Metadata{}, err)
		}
	}
}

type hidden struct{ io.Reader }

func checksums(p *play) {
	bodies := map[string]func() io.Reader{
		"none": func() io.Reader { return nil }, "empty": func() io.Reader { return strings.NewReader("") }, "NoBody": func() io.Reader { return http.NoBody },
		"seekable": func() io.Reader { return strings.NewReader("hello world") }, "buffer": func() io.Reader { return bytes.NewBufferString("hello world") },
		"stream": func() io.Reader { return hidden{strings.NewReader("hello world")} },
	}
	for _, calculation := range []aws.RequestChecksumCalculation{aws.RequestChecksumCalculationUnset,
		aws.RequestChecksumCalculationWhenSupported, aws.RequestChecksumCalculationWhenRequired} {
		for _, name := range []string{"none", "plain"} {
			c := func(answers ...Answer) *s3.Client {
				return p.client(answers, options[name], func(o *s3.Options) { o.RequestChecksumCalculation = calculation })
			}
			for _, kind := range slices.Sorted(maps.Keys(bodies)) {
				for _, algorithm := range append(types.ChecksumAlgorithm("").Values(), "", "ROT13") {
					p.say("%v %s %s %s", calculation, name, kind, algorithm)
					p.put(c(), &s3.PutObjectInput{
						Bucket: aws.String("bucket"), Key: aws.String("key"), Body: bodies[kind](), ChecksumAlgorithm: algorithm,
					})
				}
				p.say("%v %s %s given", calculation, name, kind)
				p.put(c(), &s3.PutObjectInput{
					Bucket: aws.String("bucket"), Key: aws.String("key"), Body: bodies[kind](), ChecksumSHA1: aws.String("mine"),
				})
				p.put(c(), &s3.PutObjectInput{
					Bucket: aws.String("bucket"), Key: aws.String("key"), Body: bodies[kind](),
					ContentMD5: aws.String("mine"), ContentEncoding: aws.String("gzip"),
				})
				if slices.Contains([]string{"seekable", "buffer", "stream"}, kind) {
					p.say("%v %s %s length", calculation, name, kind)
					p.put(c(), &s3.PutObjectInput{
						Bucket: aws.String("bucket"), Key: aws.String("key"), Body: bodies[kind](), ContentLength: aws.Int64(11),
					})
				}
				p.say("%v %s %s again", calculation, name, kind)
				p.put(c(Answer{Status: 503}, Answer{}),
					&s3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key"), Body: bodies[kind]()})
				out, err := c().UploadPart(
					background, &s3.UploadPartInput{Bucket: aws.String("bucket"), Key: aws.String("key"), UploadId: aws.String("id"),
						PartNumber: aws.Int32(1), Body: bodies[kind]()})
				if err != nil {
					p.result(nil, middleware.Metadata{}, err)
				} else {
					md := out.ResultMetadata
					out.ResultMetadata = middleware.Metadata{}
					p.result(out, md, nil)
				}
			}
			p.say("%v %s others", calculation, name)
			_, err := c().DeleteObjects(
				background, &s3.DeleteObjectsInput{
					Bucket: aws.String("bucket"), Delete: &types.Delete{Objects: []types.ObjectIdentifier{{Key: aws.String("a<b")}}},
				})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c().PutBucketTagging(
				background, &s3.PutBucketTaggingInput{
					Bucket:            aws.String("bucket"),
					Tagging:           &types.Tagging{TagSet: []types.Tag{{Key: aws.String("k"), Value: aws.String("v")}}},
					ChecksumAlgorithm: types.ChecksumAlgorithmSha256,
				})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c().PutBucketPolicy(
				background, &s3.PutBucketPolicyInput{Bucket: aws.String("bucket"), Policy: aws.String("{}")})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c().CreateMultipartUpload(
				background, &s3.CreateMultipartUploadInput{
					Bucket: aws.String("bucket"), Key: aws.String("key"), ChecksumAlgorithm: types.ChecksumAlgorithmCrc64nvme,
				})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c().PutBucketAcl(
				background, &s3.PutBucketAclInput{Bucket: aws.String("bucket"), ACL: types.BucketCannedACLPrivate})
			p.result(nil, middleware.Metadata{}, err)
		}
	}
}

// bodies are large and small ones, which wait for the service or do not.
func bodies(p *play) {
	for _, threshold := range []int64{0, -1, 100, 5 << 20} {
		for _, size := range []int{0, 99, 100, 2<<20 - 1, 2 << 20, 6 << 20} {
			p.say("%d %d", threshold, size)
			c := p.client(nil, func(o *s3.Options) { o.ContinueHeaderThresholdBytes = threshold })
			p.put(c, &s3.PutObjectInput{
				Bucket: aws.String("bucket"), Key: aws.String("key"), Body: bytes.NewReader(make([]byte, size)),
			})
			p.put(c, &s3.PutObjectInput{
				Bucket: aws.String("bucket"), Key: aws.String("key"), Body: hidden{bytes.NewReader(make([]byte, size))},
			})
		}
	}
}

func answers(p *play) {
	for _, expires := range []string{"Wed, 21 Oct 2015 07:28:00 GMT", "0", "-1", "", "tomorrow"} {
		p.say("expires %q", expires)
		header := http.Header{
			"Expires": {expires}, "X-Amz-Meta-One": {"1"}, "X-Amz-Meta-two-Words": {" 2 "},
			"Last-Modified":      {"Wed, 21 Oct 2015 07:28:00 GMT"},
			"X-Amz-Missing-Meta": {"3"}, "Etag": {`"e"`}, "Content-Length": {"4"}, "X-Amz-Delete-Marker": {"true"},
			"X-Amz-Storage-Class": {"GLACIER"},
		}
		c := p.client([]Answer{{Header: header, Body: "body"}})
		p.get(c, &s3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key")})
		out, err := c.HeadObject(background, &s3.HeadObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key")})
		if err != nil {
			p.result(nil, middleware.Metadata{}, err)
			continue
		}
		md := out.ResultMetadata
		out.ResultMetadata = middleware.Metadata{}
		p.result(out, md, nil)
	}
	for _, body := range []string{
		`<?xml version="1.0" encoding="UTF-8"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">EU</LocationConstraint>`,
		`<LocationConstraint/>`, `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></LocationConstraint>`,
		``,
	} {
		p.say("location %q", body)
		out, err := p.client([]Answer{{Body: body}}).
			GetBucketLocation(background, &s3.GetBucketLocationInput{Bucket: aws.String("bucket")})
		if err != nil {
			p.result(nil, middleware.Metadata{}, err)
			continue
		}
		p.result(out.LocationConstraint, out.ResultMetadata, nil)
	}
	p.put(p.client(nil), &s3.PutObjectInput{
		Bucket: aws.String("bucket"), Key: aws.String("key"), Body: strings.NewReader("x"),
		Metadata: map[string]string{"one": "1", "Two-Words": "ü", "empty": ""}, Expires: aws.Time(time.Unix(1, 0)),
		Tagging:        aws.String("a=b&c=d"),
		SSECustomerKey: aws.String("key"), SSECustomerAlgorithm: aws.String("AES256"), CacheControl: aws.String(""),
	})
}

const failure = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>%s</Code><Message>words</Message><Key>key</Key><RequestId>in-body</RequestId><HostId>host-in-body</HostId></Error>`

func failures(p *play) {
	for _, status := range []int{301, 400, 403, 404, 412, 416, 500, 503} {
		for _, body := range []string{"", fmt.Sprintf(failure, "NoSuchKey"), fmt.Sprintf(failure, "Other"),
			fmt.Sprintf(failure, "NoSuchBucket")} {
			p.say("%d %.80q", status, body)
			c := p.client([]Answer{{Status: status, Body: body}})
			p.get(c, &s3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key")})
			_, err := c.HeadBucket(background, &s3.HeadBucketInput{Bucket: aws.String("bucket")})
			p.result(nil, middleware.Metadata{}, err)
			c = p.client([]Answer{{Status: status}})
			_, err = c.HeadObject(background, &s3.HeadObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key")})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c.ListObjectsV2(background, &s3.ListObjectsV2Input{Bucket: aws.String("bucket")})
			p.result(nil, middleware.Metadata{}, err)
		}
	}
	success := []string{
		`<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>`, `<CopyPartResult><ETag>"e"</ETag></CopyPartResult>`,
		`<CompleteMultipartUploadResult><Location>l</Location><ETag>"e"</ETag></CompleteMultipartUploadResult>`,
	}
	for _, first := range []string{fmt.Sprintf(failure, "InternalError"), fmt.Sprintf(failure, "SlowDown"),
		"\n \n" + strings.TrimPrefix(fmt.Sprintf(failure, "Other"), `<?xml version="1.0" encoding="UTF-8"?>`)} {
		for _, last := range append(success, first) {
			p.say("%q then %q", first, last)
			script := []Answer{{Body: first}, {Body: last}}
			copied, err := p.client(script).CopyObject(
				background, &s3.CopyObjectInput{
					Bucket: aws.String("bucket"), Key: aws.String("key"), CopySource: aws.String("a/b"),
				})
			if err == nil {
				copied.ResultMetadata = middleware.Metadata{}
			}
			p.result(copied, middleware.Metadata{}, err)
			part, err := p.client(script).
				UploadPartCopy(background,
					&s3.UploadPartCopyInput{Bucket: aws.String("bucket"), Key: aws.String("key"), CopySource: aws.String("a/b"),
						UploadId: aws.String("id"), PartNumber: aws.Int32(1)})
			if err == nil {
				part.ResultMetadata = middleware.Metadata{}
			}
			p.result(part, middleware.Metadata{}, err)
			done, err := p.client(script).
				CompleteMultipartUpload(background,
					&s3.CompleteMultipartUploadInput{
						Bucket: aws.String("bucket"), Key: aws.String("key"), UploadId: aws.String("id"),
						MultipartUpload: &types.CompletedMultipartUpload{
							Parts: []types.CompletedPart{{ETag: aws.String("e"), PartNumber: aws.Int32(1)}},
						},
					})
			if err == nil {
				done.ResultMetadata = middleware.Metadata{}
			}
			p.result(done, middleware.Metadata{}, err)
		}
	}
}

func validation(p *play) {
	for _, how := range []aws.ResponseChecksumValidation{aws.ResponseChecksumValidationUnset,
		aws.ResponseChecksumValidationWhenSupported, aws.ResponseChecksumValidationWhenRequired} {
		for _, mode := range []types.ChecksumMode{"", types.ChecksumModeEnabled} {
			for _, header := range []http.Header{
				{}, {"X-Amz-Checksum-Crc32": {"DUoRhQ=="}}, {"X-Amz-Checksum-Crc32": {"AAAAAA=="}},
				{"X-Amz-Checksum-Crc32": {"DUoRhQ==-3"}}, {"X-Amz-Checksum-Sha1": {"Kq5sNclPz7QV2+lfQIuc6R7oRu0="}},
				{"X-Amz-Checksum-Crc64nvme": {"AAAAAAAAAAA="}}, {"X-Amz-Checksum-Rot13": {"x"}},
			} {
				for _, quiet := range []bool{false, true} {
					p.say("%v %v %v %v", how, mode, header, quiet)
					c := p.client([]Answer{{Header: header, Body: "hello world"}}, func(o *s3.Options) {
						o.ResponseChecksumValidation = how
						o.DisableLogOutputChecksumValidationSkipped = quiet
					})
					p.get(c, &s3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key"), ChecksumMode: mode})
				}
			}
		}
	}
	p.say("an error that was asked for its checksum")
	c := p.client([]Answer{{Status: 404, Body: fmt.Sprintf(failure, "NoSuchKey")}},
		func(o *s3.Options) { o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenSupported })
	p.get(c, &s3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key")})
}

// legacy are resolvers of the first kind.
func legacy(p *play) {
	for _, url := range []string{"http://localhost:9000", "https://store.example.com/base",
		"https://s3.us-west-2.amazonaws.com"} {
		for _, immutable := range []bool{false, true} {
			for _, pathStyle := range []bool{false, true} {
				for _, region := range []string{"us-west-2", ""} {
					if region == "" && !pathStyle {
						continue // the official client wants one then, although it does not use it
					}
					for _, bucket := range []string{"bucket", "my.bucket", "Not_A_Host"} {
						p.say("%s %t %t %s %s", url, immutable, pathStyle, region, bucket)
						c := p.client(nil, func(o *s3.Options) {
							o.Region, o.UsePathStyle = region, pathStyle
							o.EndpointResolver = s3.EndpointResolverFunc(func(string, s3.EndpointResolverOptions) (aws.Endpoint, error) {
								return aws.Endpoint{URL: url, HostnameImmutable: immutable, SigningRegion: "us-east-1"}, nil
							})
						})
						p.get(c, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("a b/c")})
						_, err := c.ListObjectsV2(background, &s3.ListObjectsV2Input{Bucket: &bucket})
						p.result(nil, middleware.Metadata{}, err)
						p.put(c, &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("x")})
					}
				}
			}
		}
	}
}

func others(p *play) {
	c := p.client([]Answer{{Body: `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix/><KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>` +
		`<Contents><Key>a&amp;b</Key><LastModified>2009-10-12T17:50:30.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>434234</Size><StorageClass>STANDARD</StorageClass></Contents>` +
		`<Contents><Key>c</Key><Size>0</Size><ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumAlgorithm>SHA1</ChecksumAlgorithm></Contents><CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes></ListBucketResult>`}})
	out, err := c.ListObjectsV2(
		background, &s3.ListObjectsV2Input{
			Bucket: aws.String("bucket"), Delimiter: aws.String("/"), StartAfter: aws.String("ü &"), MaxKeys: aws.Int32(0),
		})
	if err == nil {
		md := out.ResultMetadata
		out.ResultMetadata = middleware.Metadata{}
		p.result(out, md, nil)
	} else {
		p.result(nil, middleware.Metadata{}, err)
	}
	_, err = c.PutBucketAcl(background,
		&s3.PutBucketAclInput{Bucket: aws.String("bucket"), AccessControlPolicy: &types.AccessControlPolicy{
			Grants: []types.Grant{{
				Grantee: &types.Grantee{Type: types.TypeGroup, URI: aws.String("u")}, Permission: types.PermissionRead,
			}}, Owner: &types.Owner{ID: aws.String("o")},
		}})
	p.result(nil, middleware.Metadata{}, err)
	_, err = c.PutObject(background, &s3.PutObjectInput{})
	p.result(nil, middleware.Metadata{}, err)
}

func anonymous(p *play) {
	for _, name := range []string{"none", "plain"} {
		c := p.client(nil, options[name], func(o *s3.Options) {
			o.Credentials = aws.AnonymousCredentials{}
			o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenSupported
		})
		p.get(c, &s3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key")})
		p.put(c, &s3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("key"), Body: strings.NewReader("x")})
	}
}

const session = `<CreateSessionResult><Credentials><AccessKeyId>SESSION</AccessKeyId><SecretAccessKey>SECRET2</SecretAccessKey><SessionToken>TOKEN2</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></CreateSessionResult>`

func express(p *play) {
	bucket := aws.String("bucket--usw2-az1--x-s3")
	for _, name := range []string{"none", "no session", "path style", "dual stack", "accelerate", "fips"} {
		for _, calculation := range []aws.RequestChecksumCalculation{aws.RequestChecksumCalculationUnset,
			aws.RequestChecksumCalculationWhenSupported} {
			p.say("%s %v", name, calculation)
			c := p.client([]Answer{{Body: session}, {}}, options[name],
				func(o *s3.Options) { o.RequestChecksumCalculation = calculation })
			for range 2 {
				p.put(c, &s3.PutObjectInput{Bucket: bucket, Key: aws.String("key"), Body: strings.NewReader("x")})
			}
			p.get(c, &s3.GetObjectInput{Bucket: bucket, Key: aws.String("key")})
			_, err := c.DeleteObjects(
				background, &s3.DeleteObjectsInput{
					Bucket: bucket, Delete: &types.Delete{Objects: []types.ObjectIdentifier{{Key: aws.String("a")}}},
				})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c.DeleteBucket(background, &s3.DeleteBucketInput{Bucket: bucket})
			p.result(nil, middleware.Metadata{}, err)
			_, err = c.ListDirectoryBuckets(background, nil)
			p.result(nil, middleware.Metadata{}, err)
			_, err = c.CreateMultipartUpload(background, &s3.CreateMultipartUploadInput{Bucket: bucket, Key: aws.String("key")})
			p.result(nil, middleware.Metadata{}, err)
		}
	}
	p.say("no session to be had")
	p.get(p.client([]Answer{{Status: 403, Body: fmt.Sprintf(failure, "AccessDenied")}}),
		&s3.GetObjectInput{Bucket: bucket, Key: aws.String("key")})
	p.get(p.client([]Answer{{Body: "<CreateSessionResult/>"}}), &s3.GetObjectInput{Bucket: bucket, Key: aws.String("key")})
	p.say("one's own")
	c := p.client(nil, func(o *s3.Options) { o.ExpressCredentials = own{} })
	p.get(c, &s3.GetObjectInput{Bucket: bucket, Key: aws.String("key")})
}

type own struct{}

func (own) Retrieve(_ context.Context, bucket string) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "OWN", SecretAccessKey: "S", SessionToken: "for " + bucket}, nil
}

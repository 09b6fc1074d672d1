// Package presign compares what clients presign with what the official ones do.
package presign

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	officialrds "github.com/aws/aws-sdk-go-v2/service/rds"
	officials3 "github.com/aws/aws-sdk-go-v2/service/s3"
	officials3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	officialsts "github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	leanrds "example.com/interop/lean/rds"
	leans3 "example.com/interop/lean/s3"
	leans3types "example.com/interop/lean/s3/types"
	leansts "example.com/interop/lean/sts"
	ourrds "example.com/interop/rds"
	ours3 "example.com/interop/s3"
	ours3types "example.com/interop/s3/types"
	oursts "example.com/interop/sts"
)

// result is what presigning came to.
type result struct {
	url, method string
	header      http.Header
	err         string
	asked       string // of the presigner
}

// presigner presigns at one time, and notes what it was asked.
type presigner struct {
	asked strings.Builder
	err   error
	raw   bool // as objects want it
}

func (p *presigner) PresignHTTP(
	ctx context.Context, who aws.Credentials, r *http.Request, hash, service, region string, _ time.Time, optFns ...func(*v4.SignerOptions),
) (string, http.Header, error) {
	var o v4.SignerOptions
	for _, fn := range optFns {
		fn(&o)
	}
	fmt.Fprintf(&p.asked, "%s %s %q %s %s %s %s logs %v length %d", who.AccessKeyID, r.Method, sorted(r.URL.String()), hash, service, region, r.Header, o.LogSigning, r.ContentLength)
	if p.err != nil {
		return "", nil, p.err
	}
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = p.raw })
	return signer.PresignHTTP(ctx, who, r, hash, service, region, time.Unix(1700000000, 0), optFns...)
}

// sorted returns a URL with its query in one order and with the same escapes.
func sorted(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	u.RawQuery = u.Query().Encode()
	return u.String()
}

// world is what a client is configured with.
type world struct {
	cfg  aws.Config
	hook []func(*middleware.Stack) error
	fail error
}

func credentials(session string) aws.CredentialsProviderFunc {
	return func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET", SessionToken: session}, nil
	}
}

// worlds are the configurations that every operation is presigned in.
func worlds() map[string]world {
	plain := aws.Config{Region: "us-east-1", Credentials: credentials("")}
	with := func(change func(*aws.Config)) aws.Config {
		cfg := plain.Copy()
		change(&cfg)
		return cfg
	}
	return map[string]world{
		"plain":          {cfg: plain},
		"session":        {cfg: with(func(c *aws.Config) { c.Credentials = credentials("TOKEN") })},
		"anonymous":      {cfg: with(func(c *aws.Config) { c.Credentials = aws.AnonymousCredentials{} })},
		"no credentials": {cfg: with(func(c *aws.Config) { c.Credentials = nil })},
		"no region":      {cfg: with(func(c *aws.Config) { c.Region = "" })},
		"China":          {cfg: with(func(c *aws.Config) { c.Region = "cn-north-1" })},
		"base endpoint":  {cfg: with(func(c *aws.Config) { c.BaseEndpoint = aws.String("http://localhost:4566/base/") })},
		"logs":           {cfg: with(func(c *aws.Config) { c.ClientLogMode = aws.LogSigning })},
		"signer fails":   {cfg: plain, fail: errors.New("no pen")},
		"provider fails": {cfg: with(func(c *aws.Config) {
			c.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, errors.New("no one") })
		})},
		"headers": {cfg: plain, hook: []func(*middleware.Stack) error{
			smithyhttp.SetHeaderValue("x-k8s-aws-id", "cluster"), smithyhttp.SetHeaderValue("X-Amz-Expires", "60"),
		}},
		"hooked": {cfg: plain, hook: []func(*middleware.Stack) error{func(*middleware.Stack) error { return nil }}},
		"another body": {cfg: plain, hook: []func(*middleware.Stack) error{func(s *middleware.Stack) error {
			return s.Serialize.Add(middleware.SerializeMiddlewareFunc("AnotherBody", anotherBody), middleware.After)
		}}},
		"failing hook": {cfg: plain, hook: []func(*middleware.Stack) error{func(*middleware.Stack) error { return errors.New("no stack") }}},
	}
}

// anotherBody puts a body in the place of one, whose length is to be found out after that.
func anotherBody(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (
	out middleware.SerializeOutput, metadata middleware.Metadata, err error,
) {
	if r := in.Request.(*smithyhttp.Request); r.GetStream() != nil {
		if in.Request, err = r.SetStream(strings.NewReader("another")); err != nil {
			return out, metadata, err
		}
	}
	return next.HandleSerialize(ctx, in)
}

func (w world) isHooked() bool { return len(w.hook) > 0 }

func resultOf(p *presigner, r *v4.PresignedHTTPRequest, err error) result {
	out := result{asked: p.asked.String()}
	if err != nil {
		out.err = err.Error()
	}
	if r != nil {
		out.url, out.method, out.header = r.URL, r.Method, r.SignedHeader
		if out.asked == "" { // without a signature, the query may be in any order
			out.url = sorted(r.URL)
		}
	}
	return out
}

// sides presign the same request with the official client, ours and ours of its lean form.
type sides struct{ official, ours, lean func(world) result }

func check(t *testing.T, s sides) {
	t.Helper()
	checkIn(t, s, worlds())
}

func checkIn(t *testing.T, s sides, all map[string]world) {
	t.Helper()
	for name, w := range all {
		want := s.official(w)
		if got := s.ours(w); !reflect.DeepEqual(got, want) {
			t.Errorf("%s, %s:\nofficial %+v\nours     %+v", t.Name(), name, want, got)
		}
		if w.isHooked() {
			continue
		}
		if got := s.lean(w); !reflect.DeepEqual(got, want) {
			t.Errorf("%s, %s:\nofficial %+v\nlean     %+v", t.Name(), name, want, got)
		}
		if name == "plain" && want.err == "" && !strings.Contains(want.url, "X-Amz-Signature=") {
			t.Errorf("%s is not signed: %+v", t.Name(), want)
		}
	}
}

func TestGetCallerIdentity(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialsts.NewPresignClient(officialsts.NewFromConfig(w.cfg), func(o *officialsts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetCallerIdentity(context.Background(), nil, func(o *officialsts.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialsts.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := oursts.NewPresignClient(oursts.NewFromConfig(w.cfg), func(o *oursts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetCallerIdentity(context.Background(), nil, func(o *oursts.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *oursts.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leansts.NewPresignClient(leansts.NewFromConfig(w.cfg), func(o *leansts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetCallerIdentity(context.Background(), nil, func(o *leansts.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestAssumeRole(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialsts.NewPresignClient(officialsts.NewFromConfig(w.cfg), func(o *officialsts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignAssumeRole(context.Background(), &officialsts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::1:role/a b"), RoleSessionName: aws.String("s+é&="), DurationSeconds: aws.Int32(900), TransitiveTagKeys: []string{"a", "b"}}, func(o *officialsts.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialsts.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := oursts.NewPresignClient(oursts.NewFromConfig(w.cfg), func(o *oursts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignAssumeRole(context.Background(), &oursts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::1:role/a b"), RoleSessionName: aws.String("s+é&="), DurationSeconds: aws.Int32(900), TransitiveTagKeys: []string{"a", "b"}}, func(o *oursts.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *oursts.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leansts.NewPresignClient(leansts.NewFromConfig(w.cfg), func(o *leansts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignAssumeRole(context.Background(), &leansts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::1:role/a b"), RoleSessionName: aws.String("s+é&="), DurationSeconds: aws.Int32(900), TransitiveTagKeys: []string{"a", "b"}}, func(o *leansts.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestAssumeRoleInvalid(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialsts.NewPresignClient(officialsts.NewFromConfig(w.cfg), func(o *officialsts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignAssumeRole(context.Background(), &officialsts.AssumeRoleInput{}, func(o *officialsts.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialsts.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := oursts.NewPresignClient(oursts.NewFromConfig(w.cfg), func(o *oursts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignAssumeRole(context.Background(), &oursts.AssumeRoleInput{}, func(o *oursts.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *oursts.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leansts.NewPresignClient(leansts.NewFromConfig(w.cfg), func(o *leansts.PresignOptions) { o.Presigner = p })
			r, err := c.PresignAssumeRole(context.Background(), &leansts.AssumeRoleInput{}, func(o *leansts.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestCopyDBSnapshot(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialrds.NewPresignClient(officialrds.NewFromConfig(w.cfg), func(o *officialrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBSnapshot(context.Background(), &officialrds.CopyDBSnapshotInput{SourceDBSnapshotIdentifier: aws.String("s"), TargetDBSnapshotIdentifier: aws.String("t"), CopyTags: aws.Bool(true)}, func(o *officialrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourrds.NewPresignClient(ourrds.NewFromConfig(w.cfg), func(o *ourrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBSnapshot(context.Background(), &ourrds.CopyDBSnapshotInput{SourceDBSnapshotIdentifier: aws.String("s"), TargetDBSnapshotIdentifier: aws.String("t"), CopyTags: aws.Bool(true)}, func(o *ourrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanrds.NewPresignClient(leanrds.NewFromConfig(w.cfg), func(o *leanrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBSnapshot(context.Background(), &leanrds.CopyDBSnapshotInput{SourceDBSnapshotIdentifier: aws.String("s"), TargetDBSnapshotIdentifier: aws.String("t"), CopyTags: aws.Bool(true)}, func(o *leanrds.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestCopyDBSnapshotInvalid(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialrds.NewPresignClient(officialrds.NewFromConfig(w.cfg), func(o *officialrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBSnapshot(context.Background(), &officialrds.CopyDBSnapshotInput{}, func(o *officialrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourrds.NewPresignClient(ourrds.NewFromConfig(w.cfg), func(o *ourrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBSnapshot(context.Background(), &ourrds.CopyDBSnapshotInput{}, func(o *ourrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanrds.NewPresignClient(leanrds.NewFromConfig(w.cfg), func(o *leanrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBSnapshot(context.Background(), &leanrds.CopyDBSnapshotInput{}, func(o *leanrds.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestCreateDBCluster(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialrds.NewPresignClient(officialrds.NewFromConfig(w.cfg), func(o *officialrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCreateDBCluster(context.Background(), &officialrds.CreateDBClusterInput{DBClusterIdentifier: aws.String("c"), Engine: aws.String("aurora")}, func(o *officialrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourrds.NewPresignClient(ourrds.NewFromConfig(w.cfg), func(o *ourrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCreateDBCluster(context.Background(), &ourrds.CreateDBClusterInput{DBClusterIdentifier: aws.String("c"), Engine: aws.String("aurora")}, func(o *ourrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanrds.NewPresignClient(leanrds.NewFromConfig(w.cfg), func(o *leanrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCreateDBCluster(context.Background(), &leanrds.CreateDBClusterInput{DBClusterIdentifier: aws.String("c"), Engine: aws.String("aurora")}, func(o *leanrds.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestCreateDBInstanceReadReplica(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialrds.NewPresignClient(officialrds.NewFromConfig(w.cfg), func(o *officialrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCreateDBInstanceReadReplica(context.Background(), &officialrds.CreateDBInstanceReadReplicaInput{DBInstanceIdentifier: aws.String("i"), SourceDBInstanceIdentifier: aws.String("s")}, func(o *officialrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourrds.NewPresignClient(ourrds.NewFromConfig(w.cfg), func(o *ourrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCreateDBInstanceReadReplica(context.Background(), &ourrds.CreateDBInstanceReadReplicaInput{DBInstanceIdentifier: aws.String("i"), SourceDBInstanceIdentifier: aws.String("s")}, func(o *ourrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanrds.NewPresignClient(leanrds.NewFromConfig(w.cfg), func(o *leanrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCreateDBInstanceReadReplica(context.Background(), &leanrds.CreateDBInstanceReadReplicaInput{DBInstanceIdentifier: aws.String("i"), SourceDBInstanceIdentifier: aws.String("s")}, func(o *leanrds.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestCopyDBClusterSnapshot(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialrds.NewPresignClient(officialrds.NewFromConfig(w.cfg), func(o *officialrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBClusterSnapshot(context.Background(), &officialrds.CopyDBClusterSnapshotInput{SourceDBClusterSnapshotIdentifier: aws.String("s"), TargetDBClusterSnapshotIdentifier: aws.String("t")}, func(o *officialrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourrds.NewPresignClient(ourrds.NewFromConfig(w.cfg), func(o *ourrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBClusterSnapshot(context.Background(), &ourrds.CopyDBClusterSnapshotInput{SourceDBClusterSnapshotIdentifier: aws.String("s"), TargetDBClusterSnapshotIdentifier: aws.String("t")}, func(o *ourrds.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourrds.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanrds.NewPresignClient(leanrds.NewFromConfig(w.cfg), func(o *leanrds.PresignOptions) { o.Presigner = p })
			r, err := c.PresignCopyDBClusterSnapshot(context.Background(), &leanrds.CopyDBClusterSnapshotInput{SourceDBClusterSnapshotIdentifier: aws.String("s"), TargetDBClusterSnapshotIdentifier: aws.String("t")}, func(o *leanrds.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

// session has the credentials of sessions with directory buckets.
type session struct{}

func (session) Retrieve(_ context.Context, bucket string) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "SESSION-" + bucket, SecretAccessKey: "SECRET", SessionToken: "OF-SESSION"}, nil
}

// checkObjects leaves out what is another difference: without credentials official clients
// of S3 fail, where those of other services, and ours, return a URL without signature; logs
// keep secrets; and the rules of endpoints are of another age.
func checkObjects(t *testing.T, s sides) {
	t.Helper()
	all := worlds()
	for _, name := range []string{"no region", "no credentials", "anonymous", "logs", "China"} {
		delete(all, name)
	}
	checkIn(t, s, all)
}

func TestGetObject(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &officials3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("a b/ü+~/../x"), VersionId: aws.String("v"), Range: aws.String("bytes=0-1"), ResponseContentType: aws.String("text/plain"), IfMatch: aws.String("e")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &ours3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("a b/ü+~/../x"), VersionId: aws.String("v"), Range: aws.String("bytes=0-1"), ResponseContentType: aws.String("text/plain"), IfMatch: aws.String("e")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &leans3.GetObjectInput{Bucket: aws.String("bucket"), Key: aws.String("a b/ü+~/../x"), VersionId: aws.String("v"), Range: aws.String("bytes=0-1"), ResponseContentType: aws.String("text/plain"), IfMatch: aws.String("e")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestGetObjectDotted(t *testing.T) {
	const expires = time.Duration(90 * time.Second)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &officials3.GetObjectInput{Bucket: aws.String("my.bucket"), Key: aws.String("k"), ChecksumMode: officials3types.ChecksumModeEnabled}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &ours3.GetObjectInput{Bucket: aws.String("my.bucket"), Key: aws.String("k"), ChecksumMode: ours3types.ChecksumModeEnabled}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &leans3.GetObjectInput{Bucket: aws.String("my.bucket"), Key: aws.String("k"), ChecksumMode: leans3types.ChecksumModeEnabled}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestGetObjectARN(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &officials3.GetObjectInput{Bucket: aws.String("arn:aws:s3:us-east-1:123456789012:accesspoint/ap"), Key: aws.String("k")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &ours3.GetObjectInput{Bucket: aws.String("arn:aws:s3:us-east-1:123456789012:accesspoint/ap"), Key: aws.String("k")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &leans3.GetObjectInput{Bucket: aws.String("arn:aws:s3:us-east-1:123456789012:accesspoint/ap"), Key: aws.String("k")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestGetObjectDirectory(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &officials3.GetObjectInput{Bucket: aws.String("b--use1-az4--x-s3"), Key: aws.String("k")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &ours3.GetObjectInput{Bucket: aws.String("b--use1-az4--x-s3"), Key: aws.String("k")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &leans3.GetObjectInput{Bucket: aws.String("b--use1-az4--x-s3"), Key: aws.String("k")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestGetObjectInvalid(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &officials3.GetObjectInput{}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &ours3.GetObjectInput{}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &leans3.GetObjectInput{}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestGetObjectNegative(t *testing.T) {
	const expires = time.Duration(-1)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &officials3.GetObjectInput{Bucket: aws.String("b"), Key: aws.String("k")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &ours3.GetObjectInput{Bucket: aws.String("b"), Key: aws.String("k")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignGetObject(context.Background(), &leans3.GetObjectInput{Bucket: aws.String("b"), Key: aws.String("k")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestHeadObject(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignHeadObject(context.Background(), &officials3.HeadObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), PartNumber: aws.Int32(2)}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignHeadObject(context.Background(), &ours3.HeadObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), PartNumber: aws.Int32(2)}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignHeadObject(context.Background(), &leans3.HeadObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), PartNumber: aws.Int32(2)}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestPutObject(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &officials3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ContentType: aws.String("text/plain"), ACL: officials3types.ObjectCannedACLPrivate, Metadata: map[string]string{"a": "b c"}, ServerSideEncryption: officials3types.ServerSideEncryptionAwsKms, Tagging: aws.String("x=y")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &ours3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ContentType: aws.String("text/plain"), ACL: ours3types.ObjectCannedACLPrivate, Metadata: map[string]string{"a": "b c"}, ServerSideEncryption: ours3types.ServerSideEncryptionAwsKms, Tagging: aws.String("x=y")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &leans3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ContentType: aws.String("text/plain"), ACL: leans3types.ObjectCannedACLPrivate, Metadata: map[string]string{"a": "b c"}, ServerSideEncryption: leans3types.ServerSideEncryptionAwsKms, Tagging: aws.String("x=y")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestPutObjectLength(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &officials3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ContentLength: aws.Int64(7), ContentType: aws.String("text/plain")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &ours3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ContentLength: aws.Int64(7), ContentType: aws.String("text/plain")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &leans3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ContentLength: aws.Int64(7), ContentType: aws.String("text/plain")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestPutObjectBody(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &officials3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), Body: strings.NewReader("a body"), ContentType: aws.String("text/plain")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &ours3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), Body: strings.NewReader("a body"), ContentType: aws.String("text/plain")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &leans3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), Body: strings.NewReader("a body"), ContentType: aws.String("text/plain")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestPutObjectChecksum(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &officials3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), Body: strings.NewReader("a body"), ChecksumAlgorithm: officials3types.ChecksumAlgorithmSha256}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &ours3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), Body: strings.NewReader("a body"), ChecksumAlgorithm: ours3types.ChecksumAlgorithmSha256}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &leans3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), Body: strings.NewReader("a body"), ChecksumAlgorithm: leans3types.ChecksumAlgorithmSha256}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestPutObjectKnown(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &officials3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ChecksumSHA256: aws.String("abc=")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &ours3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ChecksumSHA256: aws.String("abc=")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignPutObject(context.Background(), &leans3.PutObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), ChecksumSHA256: aws.String("abc=")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestUploadPart(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignUploadPart(context.Background(), &officials3.UploadPartInput{Bucket: aws.String("bucket"), Key: aws.String("k"), PartNumber: aws.Int32(3), UploadId: aws.String("u")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignUploadPart(context.Background(), &ours3.UploadPartInput{Bucket: aws.String("bucket"), Key: aws.String("k"), PartNumber: aws.Int32(3), UploadId: aws.String("u")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignUploadPart(context.Background(), &leans3.UploadPartInput{Bucket: aws.String("bucket"), Key: aws.String("k"), PartNumber: aws.Int32(3), UploadId: aws.String("u")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestDeleteObject(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignDeleteObject(context.Background(), &officials3.DeleteObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), MFA: aws.String("m")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignDeleteObject(context.Background(), &ours3.DeleteObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), MFA: aws.String("m")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignDeleteObject(context.Background(), &leans3.DeleteObjectInput{Bucket: aws.String("bucket"), Key: aws.String("k"), MFA: aws.String("m")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestDeleteBucket(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignDeleteBucket(context.Background(), &officials3.DeleteBucketInput{Bucket: aws.String("bucket")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignDeleteBucket(context.Background(), &ours3.DeleteBucketInput{Bucket: aws.String("bucket")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignDeleteBucket(context.Background(), &leans3.DeleteBucketInput{Bucket: aws.String("bucket")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

func TestHeadBucket(t *testing.T) {
	const expires = time.Duration(0)
	checkObjects(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := officials3.NewPresignClient(officials3.NewFromConfig(w.cfg, func(o *officials3.Options) { o.ExpressCredentials = session{} }), func(o *officials3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignHeadBucket(context.Background(), &officials3.HeadBucketInput{Bucket: aws.String("bucket"), ExpectedBucketOwner: aws.String("123456789012")}, func(o *officials3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officials3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, officials3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := ours3.NewPresignClient(ours3.NewFromConfig(w.cfg, func(o *ours3.Options) { o.ExpressCredentials = session{} }), func(o *ours3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignHeadBucket(context.Background(), &ours3.HeadBucketInput{Bucket: aws.String("bucket"), ExpectedBucketOwner: aws.String("123456789012")}, func(o *ours3.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ours3.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			}, ours3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail, raw: true}
			c := leans3.NewPresignClient(leans3.NewFromConfig(w.cfg, func(o *leans3.Options) { o.ExpressCredentials = session{} }), func(o *leans3.PresignOptions) { o.Presigner = p })
			r, err := c.PresignHeadBucket(context.Background(), &leans3.HeadBucketInput{Bucket: aws.String("bucket"), ExpectedBucketOwner: aws.String("123456789012")}, func(o *leans3.PresignOptions) {
				o.ClientOptions = nil
			}, leans3.WithPresignExpires(expires))
			return resultOf(p, r, err)
		},
	})
}

// TestForms compares forms that upload an object.
func TestForms(t *testing.T) {
	for name, c := range map[string]struct {
		bucket, key *string
		token       string
		conditions  []any
		expires     time.Duration
	}{
		"plain":      {bucket: aws.String("bucket"), key: aws.String("a b/ü")},
		"path style": {bucket: aws.String("my.bucket"), key: aws.String("key"), token: "TOKEN", expires: time.Minute},
		"conditions": {bucket: aws.String("bucket"), key: aws.String("k"), conditions: []any{[]any{"starts-with", "$key", "k"}, map[string]string{"acl": "private"}}},
		"no key":     {bucket: aws.String("bucket")},
		"no bucket":  {key: aws.String("k")},
	} {
		cfg := aws.Config{Region: "us-east-1", Credentials: credentials(c.token)}
		same := func() bool { // unless a second passes in between
			a, err := officials3.NewPresignClient(officials3.NewFromConfig(cfg)).PresignPostObject(context.Background(), &officials3.PutObjectInput{Bucket: c.bucket, Key: c.key},
				func(o *officials3.PresignPostOptions) { o.Conditions, o.Expires = c.conditions, c.expires })
			want := fmt.Sprintf("%+v %v", a, err)
			b, err := ours3.NewPresignClient(ours3.NewFromConfig(cfg)).PresignPostObject(context.Background(), &ours3.PutObjectInput{Bucket: c.bucket, Key: c.key},
				func(o *ours3.PresignPostOptions) { o.Conditions, o.Expires = c.conditions, c.expires })
			got := strings.ReplaceAll(fmt.Sprintf("%+v %v", b, err), "S3: PutObject", "S3: $type:L") // as the official client calls it
			if got != want {
				t.Logf("%s:\nofficial %s\nours     %s", name, want, got)
			}
			return got == want
		}
		if !same() && !same() {
			t.Errorf("%s differs", name)
		}
	}
}

// copied is what a copy sent: the request, and its URL without what depends on the time.
type copied struct{ sent, url, err string }

// recorder answers every request with an error, and keeps it.
type recorder struct{ body, target string }

func (r *recorder) Do(req *http.Request) (*http.Response, error) {
	data, _ := io.ReadAll(req.Body)
	r.body, r.target = string(data), req.URL.String()
	return &http.Response{StatusCode: 400, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(""))}, nil
}

func (r *recorder) copied(t *testing.T, err error) copied {
	t.Helper()
	return newCopied(t, r.target, r.body, err)
}

// newCopied returns what of a form, or a query, does not depend on the time.
func newCopied(t *testing.T, target, form string, err error) copied {
	t.Helper()
	var out copied
	if err != nil {
		out.err = err.Error()
	}
	pairs, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	out.url = timeless(t, pairs.Get("PreSignedUrl"))
	pairs.Del("PreSignedUrl")
	pairs.Del("X-Amz-Signature")
	out.sent = target + " " + pairs.Encode()
	return out
}

// timeless returns a presigned URL without what depends on the time.
func timeless(t *testing.T, text string) string {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if !q.Has("X-Amz-Credential") {
		return text
	}
	for _, name := range []string{"X-Amz-Date", "X-Amz-Signature"} {
		if q.Get(name) == "" {
			t.Errorf("%s is missing in %s", name, u)
		}
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// TestPresignedCopies presigns an operation that copies from elsewhere.
func TestPresignedCopies(t *testing.T) {
	cfg := aws.Config{Region: "us-east-1", Credentials: credentials("")}
	query := func(p *presigner, r *v4.PresignedHTTPRequest, err error) copied {
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(r.URL)
		if err != nil {
			t.Fatal(err)
		}
		return newCopied(t, r.Method+" "+u.Host+u.Path, u.RawQuery, nil)
	}
	official, ours := &presigner{}, &presigner{}
	r, err := officialrds.NewPresignClient(officialrds.NewFromConfig(cfg)).PresignCreateDBCluster(context.Background(), &officialrds.CreateDBClusterInput{
		DBClusterIdentifier: aws.String("c"), Engine: aws.String("aurora"), SourceRegion: aws.String("eu-west-1"),
	}, func(o *officialrds.PresignOptions) { o.Presigner = official })
	want := query(official, r, err)
	r, err = ourrds.NewPresignClient(ourrds.NewFromConfig(cfg)).PresignCreateDBCluster(context.Background(), &ourrds.CreateDBClusterInput{
		DBClusterIdentifier: aws.String("c"), Engine: aws.String("aurora"), SourceRegion: aws.String("eu-west-1"),
	}, func(o *ourrds.PresignOptions) { o.Presigner = ours })
	if got := query(ours, r, err); got != want || !strings.Contains(got.url, "eu-west-1") {
		t.Errorf("official %+v\nours     %+v", want, got)
	}
}

// TestCopies calls operations that fill the URL which a copy is made by.
func TestCopies(t *testing.T) {
	failing := func(c *aws.Config) {
		c.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, errors.New("no one") })
	}
	for name, c := range map[string]struct {
		source, given *string
		change        func(*aws.Config)
	}{
		"here":      {},
		"elsewhere": {source: aws.String("eu-west-1")},
		"given":     {source: aws.String("eu-west-1"), given: aws.String("https://a.example/?x=y")},
		"empty":     {source: aws.String(""), given: aws.String("")},
		"by nobody": {source: aws.String("eu-west-1"), change: failing},
	} {
		cfg := aws.Config{Region: "us-east-1", Credentials: credentials(""), RetryMaxAttempts: 1}
		if c.change != nil {
			c.change(&cfg)
		}
		var official, ours, hooked, lean recorder
		cfg.HTTPClient = &official
		_, err := officialrds.NewFromConfig(cfg).CopyDBSnapshot(context.Background(), &officialrds.CopyDBSnapshotInput{
			SourceDBSnapshotIdentifier: aws.String("s"), TargetDBSnapshotIdentifier: aws.String("t"), SourceRegion: c.source, PreSignedUrl: c.given,
		})
		want := official.copied(t, err)
		if (name == "elsewhere") != strings.Contains(want.url, "DestinationRegion=us-east-1") {
			t.Errorf("%s: %+v", name, want)
		}
		cfg.HTTPClient = &ours
		in := ourrds.CopyDBSnapshotInput{
			SourceDBSnapshotIdentifier: aws.String("s"), TargetDBSnapshotIdentifier: aws.String("t"), SourceRegion: c.source, PreSignedUrl: c.given,
		}
		_, err = ourrds.NewFromConfig(cfg).CopyDBSnapshot(context.Background(), &in)
		if got := ours.copied(t, err); got != want {
			t.Errorf("%s:\nofficial %+v\nours     %+v", name, want, got)
		}
		if in.PreSignedUrl != c.given {
			t.Errorf("%s: the caller's input was changed", name)
		}
		cfg.HTTPClient = &hooked
		_, err = ourrds.NewFromConfig(cfg, ourrds.WithAPIOptions(func(*middleware.Stack) error { return nil })).CopyDBSnapshot(context.Background(), &in)
		if got := hooked.copied(t, err); got != want {
			t.Errorf("%s:\nofficial %+v\nhooked   %+v", name, want, got)
		}
		cfg.HTTPClient = &lean
		_, err = leanrds.NewFromConfig(cfg).CopyDBSnapshot(context.Background(), &leanrds.CopyDBSnapshotInput{
			SourceDBSnapshotIdentifier: aws.String("s"), TargetDBSnapshotIdentifier: aws.String("t"), SourceRegion: c.source, PreSignedUrl: c.given,
		})
		if got := lean.copied(t, err); got != want {
			t.Errorf("%s:\nofficial %+v\nlean     %+v", name, want, got)
		}
	}
}

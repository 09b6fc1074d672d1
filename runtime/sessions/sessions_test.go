package sessions_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/lathe/runtime/sessions"
	"example.com/lathe/runtime/sigv4"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
)

var owner = aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}

// maker makes sessions that last five minutes, each in a second.
type maker struct {
	mu   sync.Mutex
	made int
	err  error
}

func (m *maker) create(ctx context.Context) (aws.Credentials, error) {
	time.Sleep(time.Second)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.made++
	if ctx.Err() != nil {
		return aws.Credentials{}, ctx.Err()
	}
	return aws.Credentials{AccessKeyID: fmt.Sprint(m.made), CanExpire: true, Expires: time.Now().Add(5 * time.Minute)}, m.err
}

func (m *maker) get(t *testing.T, c *sessions.Cache, by aws.Credentials, bucket string) string {
	t.Helper()
	got, err := c.Retrieve(context.Background(), by, bucket, m.create)
	if err != nil {
		t.Fatal(err)
	}
	return got.AccessKeyID
}

func TestRetrieve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c sessions.Cache
		m := &maker{}
		same := func(want string, by aws.Credentials, bucket string) {
			t.Helper()
			if got := m.get(t, &c, by, bucket); got != want {
				t.Errorf("session %s, want %s", got, want)
			}
		}
		same("1", owner, "a")
		same("1", owner, "a")
		same("2", owner, "b")
		same("3", aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "OTHER"}, "a")
		time.Sleep(4*time.Minute + 30*time.Second)
		same("1", owner, "a") // and another one is made in the meantime
		time.Sleep(2 * time.Second)
		same("4", owner, "a")
		time.Sleep(6 * time.Minute)
		same("5", owner, "a") // it had expired
	})
}

// TestAtOnce sees that all who wait share one session, and that it is made for the others
// when one stops waiting.
func TestAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c sessions.Cache
		m := &maker{}
		canceled, cancel := context.WithCancel(context.Background())
		var group sync.WaitGroup
		group.Go(func() {
			_, err := c.Retrieve(canceled, owner, "a", m.create)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
		})
		synctest.Wait()
		for range 5 {
			group.Go(func() {
				if got := m.get(t, &c, owner, "a"); got != "1" {
					t.Errorf("session %s", got)
				}
			})
		}
		synctest.Wait()
		cancel()
		group.Wait()
		if m.made != 1 {
			t.Errorf("%d sessions", m.made)
		}
	})
}

// TestFailure sees that an error is not kept.
func TestFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c sessions.Cache
		m := &maker{err: errors.New("refused")}
		if _, err := c.Retrieve(context.Background(), owner, "a", m.create); !errors.Is(err, m.err) {
			t.Errorf("%v", err)
		}
		m.err = nil
		if got := m.get(t, &c, owner, "a"); got != "2" {
			t.Errorf("session %s", got)
		}
	})
}

// TestBounded sees that of too many sessions the one goes that was not used for longest.
func TestBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c sessions.Cache
		m := &maker{}
		for i := range 100 {
			m.get(t, &c, owner, fmt.Sprint(i))
		}
		m.get(t, &c, owner, "0")
		m.get(t, &c, owner, "more")
		for bucket, want := range map[string]string{"0": "1", "99": "100", "1": "102"} {
			if got := m.get(t, &c, owner, bucket); got != want {
				t.Errorf("%s: session %s, want %s", bucket, got, want)
			}
		}
	})
}

func TestNewCredentials(t *testing.T) {
	text, at := "x", time.Unix(1, 0)
	got, err := sessions.NewCredentials(&text, &text, &text, &at)
	if err != nil || !got.CanExpire || !got.Expires.Equal(at) || got.SessionToken != "x" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := sessions.NewCredentials(&text, &text, nil, &at); err == nil {
		t.Error("the token is missing")
	}
}

func TestScheme(t *testing.T) {
	r, err := http.NewRequest(http.MethodGet, "https://example.com/", nil)
	if err != nil {
		t.Fatal(err)
	}
	scheme := sessions.Scheme(nil, new(sigv4.Signer))
	err = scheme.Sign(context.Background(), r, &transport.Signature{
		Credentials: aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET", SessionToken: "token"}, Name: "s3express", Region: "us-east-1",
	})
	if err != nil || r.Header.Get("X-Amz-S3session-Token") != "token" || r.Header.Get("X-Amz-Security-Token") != "" || r.Header.Get("Authorization") == "" {
		t.Errorf("%v, %v", r.Header, err)
	}
}

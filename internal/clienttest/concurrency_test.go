package clienttest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// echo answers with the run's identifier: as an error when it asks for one, and only
// at the second attempt when it asks for that.
func echo(w http.ResponseWriter, r *http.Request) {
	run := path.Base(r.URL.Path)
	switch {
	case verify(r, "eu-west-1", "datazone") != nil:
		w.WriteHeader(http.StatusTeapot)
	case strings.HasPrefix(run, "missing-"):
		w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, `{"message":%q}`, run)
	case strings.HasPrefix(run, "later-") && strings.HasPrefix(r.Header.Get("Amz-Sdk-Request"), "attempt=1;"):
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		w.Header().Set("X-Amzn-Requestid", run)
		fmt.Fprintf(w, `{"id":%q,"projectId":%q,"status":"SUCCESS","runStatisticsForAssets":{"added":%d},"createdAt":"2024-02-29T12:34:56Z"}`, run, strings.Repeat(run, 20), len(run))
	}
}

// TestConcurrentCalls makes calls from 64 goroutines, all through one client, and
// sees that each gets its own answer.
func TestConcurrentCalls(t *testing.T) {
	const goroutines, calls = 64, 6
	var retrieved atomic.Int32
	provider := aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
		retrieved.Add(1)
		return credentials{}.Retrieve(ctx)
	})
	client := newClient(nil, serve(t, echo), func(o *datazone.Options) {
		o.Credentials = aws.NewCredentialsCache(provider)
		o.HTTPClient.(*http.Client).Transport.(*http.Transport).MaxIdleConnsPerHost = goroutines
	})
	var group sync.WaitGroup
	for g := range goroutines {
		group.Go(func() {
			for i := range calls {
				if err := concurrentCall(client, g, i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if n := retrieved.Load(); n != 1 {
		t.Errorf("the credentials were fetched %d times", n)
	}
}

// concurrentCall makes one call, of a kind that depends on the numbers, and says what
// is wrong with its answer.
func concurrentCall(client *datazone.Client, g, i int) error {
	kind := []string{"run-", "missing-", "later-"}[(g+i)%3]
	run := fmt.Sprintf("%s%d-%d", kind, g, i)
	var options []func(*datazone.Options)
	if i%2 == 1 {
		options = append(options, func(o *datazone.Options) { o.AppID = run; o.RetryMaxAttempts = 2 })
	}
	out, err := client.GetDataSourceRun(context.Background(), inputFor(run), options...)
	if kind == "missing-" {
		e, ok := errors.AsType[*types.ResourceNotFoundException](err)
		if !ok || e.ErrorMessage() != run {
			return fmt.Errorf("%s: error is %w", run, err)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", run, err)
	}
	stats := out.RunStatisticsForAssets
	if orNil(out.Id) != run || orNil(out.ProjectId) != strings.Repeat(run, 20) || stats == nil || int(aws.ToInt32(stats.Added)) != len(run) {
		return fmt.Errorf("%s: output is %s of %s with %+v", run, orNil(out.Id), orNil(out.ProjectId), stats)
	}
	return nil
}

// TestConcurrentClients makes clients, and changes their options for calls, at the
// same time.
func TestConcurrentClients(t *testing.T) {
	config := aws.Config{Region: "eu-west-1", Credentials: credentials{}, HTTPClient: recycled{200, wholeBody}}
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			c := datazone.NewFromConfig(config, hook)
			out, err := call(c, func(o *datazone.Options) { o.Region = "us-east-1" })
			if err != nil || orNil(out.Id) != "run-1" || c.Options().Region != "eu-west-1" {
				t.Errorf("output %v, error %v", out, err)
			}
		})
	}
	group.Wait()
}

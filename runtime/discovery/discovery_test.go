package discovery

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
)

const found = "cell1.things.us-east-1.amazonaws.com"

var (
	must  = &transport.Info{Discovery: transport.RequiredDiscovery}
	may   = &transport.Info{Discovery: transport.OptionalDiscovery}
	never = &transport.Info{}
)

func usual() *transport.Endpoint {
	return &transport.Endpoint{URL: url.URL{Scheme: "http", Host: "things.us-east-1.amazonaws.com", Path: "/base"}}
}

// service answers with addresses after a second.
type service struct {
	calls     atomic.Int32
	addresses []Address
	err       error
}

func (s *service) find(ctx context.Context) ([]Address, error) {
	s.calls.Add(1)
	select {
	case <-time.After(time.Second):
		return s.addresses, s.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *service) options(state aws.EndpointDiscoveryEnableState) Options {
	return Options{State: state, Region: "us-east-1", Find: s.find}
}

// hostOf discovers the endpoint of a call, which may be an error's text.
func hostOf(c *Cache, o Options, op *transport.Info) string {
	e, err := c.Discover(o)(context.Background(), op, "AKID", usual())
	if err != nil {
		return err.Error()
	}
	return e.URL.String()
}

const (
	before = "http://things.us-east-1.amazonaws.com/base"
	after  = "http://" + found + "/base"
)

// TestWhoAsks has each kind of operation call twice, the second time after an answer.
func TestWhoAsks(t *testing.T) {
	for _, tc := range []struct {
		name          string
		op            *transport.Info
		state         aws.EndpointDiscoveryEnableState
		custom        bool
		first, second string
		calls         int32
	}{
		{"must", must, aws.EndpointDiscoveryAuto, false, after, after, 1},
		{"must, enabled", must, aws.EndpointDiscoveryEnabled, false, after, after, 1},
		{"must, unset", must, aws.EndpointDiscoveryUnset, false, after, after, 1},
		{"must, disabled", must, aws.EndpointDiscoveryDisabled, false, before, before, 0},
		{"must, with an endpoint of the user's", must, aws.EndpointDiscoveryEnabled, true, before, before, 0},
		{"may", may, aws.EndpointDiscoveryAuto, false, before, before, 0},
		{"may, unset", may, aws.EndpointDiscoveryUnset, false, before, before, 0},
		{"may, enabled", may, aws.EndpointDiscoveryEnabled, false, before, after, 1},
		{"may, with an endpoint of the user's", may, aws.EndpointDiscoveryEnabled, true, before, before, 0},
		{"never", never, aws.EndpointDiscoveryEnabled, false, before, before, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &service{addresses: []Address{NewAddress(found, 10)}}
			var c Cache
			o := s.options(tc.state)
			o.Custom = tc.custom
			first := hostOf(&c, o, tc.op)
			time.Sleep(2 * time.Second)
			second := hostOf(&c, o, tc.op)
			if first != tc.first || second != tc.second || s.calls.Load() != tc.calls {
				t.Errorf("%s: %s, %s after %d calls", tc.name, first, second, s.calls.Load())
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	const none = "no valid endpoint address returned by the endpoint discovery api"
	for _, tc := range []struct {
		name      string
		addresses func() []Address
		want      string
	}{
		{"with scheme and path", func() []Address { return []Address{NewAddress("http://"+found+"/x", 1)} }, after},
		{"the first that is good", func() []Address {
			return []Address{NewAddress("old.us-east-1.amazonaws.com", 0), NewAddress("http://%zz", 1), NewAddress(found, 1)}
		}, after},
		{"good for very long", func() []Address { return []Address{NewAddress(found, 1<<62)} }, after},
		{"IPv6", func() []Address { return []Address{NewAddress("cell1.things.us-east-1.api.aws", 1)} }, "http://cell1.things.us-east-1.api.aws/base"},
		{"of another partition", func() []Address { return []Address{NewAddress("things.cn-north-1.amazonaws.com.cn", 1)} }, before},
		{"of somebody else", func() []Address { return []Address{NewAddress("evil.example.com", 1)} }, before},
		{"of somebody else with our end", func() []Address { return []Address{NewAddress("evilamazonaws.com", 1)} }, before},
		{"none", func() []Address { return nil }, none},
		{"expired", func() []Address { return []Address{NewAddress(found, -1), NewAddress(found, -1<<62)} }, none},
		{"without host", func() []Address { return []Address{NewAddress("", 1)} }, none},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &service{addresses: tc.addresses()}
			if got := hostOf(new(Cache), s.options(aws.EndpointDiscoveryAuto), must); got != tc.want {
				t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
			}
		})
	}
}

// TestOneSearchAtATime has many calls wait for one answer, and asks again when it has
// expired.
func TestOneSearchAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{addresses: []Address{NewAddress(found, 1)}}
		var c Cache
		results := make(chan string)
		for range 20 {
			go func() { results <- hostOf(&c, s.options(aws.EndpointDiscoveryAuto), must) }()
		}
		for range 20 {
			if got := <-results; got != after {
				t.Error(got)
			}
		}
		if n := s.calls.Load(); n != 1 {
			t.Errorf("the service was asked %d times", n)
		}
		time.Sleep(time.Minute)
		s.addresses = []Address{NewAddress(found, 1)}
		if got := hostOf(&c, s.options(aws.EndpointDiscoveryAuto), must); got != after || s.calls.Load() != 2 {
			t.Errorf("%s after %d calls", got, s.calls.Load())
		}
	})
}

// TestFailure ends a call that must have an endpoint, and asks again for the next one.
// Calls that need none pause.
func TestFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{err: errors.New("boom")}
		var c Cache
		for want := range int32(2) {
			if got := hostOf(&c, s.options(aws.EndpointDiscoveryAuto), must); got != "boom" || s.calls.Load() != want+1 {
				t.Errorf("%s after %d calls", got, s.calls.Load())
			}
		}
		enabled := s.options(aws.EndpointDiscoveryEnabled)
		for range 3 {
			if got := hostOf(&c, enabled, may); got != before || s.calls.Load() != 2 {
				t.Errorf("%s after %d calls", got, s.calls.Load())
			}
		}
		time.Sleep(time.Minute)
		hostOf(&c, enabled, may)
		time.Sleep(time.Minute)
		if n := s.calls.Load(); n != 3 {
			t.Errorf("%d calls after a pause", n)
		}
	})
}

// TestCanceled ends the call at once, and leaves the answer to others.
func TestCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{addresses: []Address{NewAddress(found, 1)}}
		var c Cache
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := c.Discover(s.options(aws.EndpointDiscoveryAuto))(ctx, must, "AKID", usual())
		if err == nil || err.Error() != "canceled, context deadline exceeded" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if got := hostOf(&c, s.options(aws.EndpointDiscoveryAuto), must); got != after || s.calls.Load() != 1 {
			t.Errorf("%s after %d calls", got, s.calls.Load())
		}
	})
}

// TestKeys asks for each region and identity, and remembers only so many.
func TestKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{addresses: []Address{NewAddress(found, 1000)}}
		var c Cache
		discover := func(region, accessKeyID string) {
			o := s.options(aws.EndpointDiscoveryAuto)
			o.Region = region
			if _, err := c.Discover(o)(context.Background(), must, accessKeyID, usual()); err != nil {
				t.Error(err)
			}
		}
		for range 2 {
			discover("us-east-1", "A")
			discover("us-east-1", "B")
			discover("us-west-2", "A")
		}
		if n := s.calls.Load(); n != 3 {
			t.Errorf("%d calls, want 3", n)
		}
		for i := range 50 {
			discover("us-east-1", strconv.Itoa(i))
		}
		if len(c.entries) != maxEntries || s.calls.Load() != 53 {
			t.Errorf("%d entries after %d calls", len(c.entries), s.calls.Load())
		}
	})
}

// TestTheUsualEndpointStays as it is: it is shared between calls.
func TestTheUsualEndpointStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{addresses: []Address{NewAddress(found, 1)}}
		e := usual()
		if _, err := new(Cache).Discover(s.options(aws.EndpointDiscoveryAuto))(context.Background(), must, "", e); err != nil || e.URL.Host != usual().URL.Host {
			t.Errorf("%v, %s", err, e.URL.Host)
		}
	})
}

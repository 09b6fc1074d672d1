package rest_test

import (
	"context"
	"net/url"
	"testing"

	"example.com/lathe/runtime/rest"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// TestHostPrefix puts a prefix before hosts of all kinds: an address keeps its own
// name, for it has no subdomains.
func TestHostPrefix(t *testing.T) {
	for host, want := range map[string]string{
		"h.example":                 "data-a1.h.example",
		"h.example:8443":            "data-a1.h.example:8443",
		"localhost":                 "data-a1.localhost",
		"localhost:4566":            "data-a1.localhost:4566",
		"127.0.0.1.example":         "data-a1.127.0.0.1.example",
		"1.2.3":                     "data-a1.1.2.3",
		"1.2.3.4.5":                 "data-a1.1.2.3.4.5",
		"256.1.1.1":                 "data-a1.256.1.1.1",
		"cafe.example":              "data-a1.cafe.example",
		"127.0.0.1":                 "127.0.0.1",
		"127.0.0.1:4566":            "127.0.0.1:4566",
		"10.0.0.1:":                 "10.0.0.1:",
		"[::1]":                     "[::1]",
		"[::1]:8080":                "[::1]:8080",
		"::1":                       "::1",
		"[2001:db8::2]:443":         "[2001:db8::2]:443",
		"[::ffff:10.0.0.1]":         "[::ffff:10.0.0.1]",
		"[fe80::1%eth0]":            "[fe80::1%eth0]",
		"[fe80::1%25eth0]:80":       "[fe80::1%25eth0]:80",
		"fe80::1%eth0":              "fe80::1%eth0",
		"[fe80::1%en.a-b]:8443":     "[fe80::1%en.a-b]:8443",
		"a.b.c.d.e.f.g.h.i.example": "data-a1.a.b.c.d.e.f.g.h.i.example",
	} {
		var r rest.Request
		r.Start("GET", "/").HostPrefix("data-").HostLabel("x", "a1").HostPrefix(".")
		a, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: host}, 0)
		if err != nil || a.HTTP.URL.Host != want {
			t.Errorf("%s: %v, %v; want %s", host, a.HTTP.URL.Host, err, want)
		}
	}
}

// TestDropHostPrefix: without its prefix a request has no errors of it either.
func TestDropHostPrefix(t *testing.T) {
	background := context.Background()
	off, on := smithyhttp.DisableEndpointHostPrefix(background, true), smithyhttp.DisableEndpointHostPrefix(background, false)
	const empty = "serialization failed: input member x must not be empty"
	for name, c := range map[string]struct {
		ctx        context.Context
		all        bool
		label      string
		host, fail string
	}{
		"kept":                      {background, false, "a1", "data-a1.h.example", ""},
		"kept by the context":       {on, false, "a1", "data-a1.h.example", ""},
		"dropped by the context":    {off, false, "a1", "h.example", ""},
		"dropped for all":           {background, true, "a1", "h.example", ""},
		"dropped for all, kept":     {on, true, "a1", "h.example", ""},
		"empty label":               {background, false, "", "", empty},
		"empty label, dropped":      {off, false, "", "h.example", ""},
		"bad label":                 {background, false, "a.b", "", `input member x must be a valid host label (letters, digits and hyphens, at most 63)`},
		"bad label, dropped":        {off, false, "a.b", "h.example", ""},
		"bad label, dropped by all": {background, true, "a.b", "h.example", ""},
	} {
		var r rest.Request
		r.Start("GET", "/").HostPrefix("data-").HostLabel("x", c.label).HostPrefix(".")
		r.DropHostPrefix(c.ctx, c.all)
		a, err := r.NewAttempt(c.ctx, &url.URL{Scheme: "https", Host: "h.example"}, 0)
		switch {
		case c.fail != "":
			if err == nil || err.Error() != c.fail {
				t.Errorf("%s: error %v, want %s", name, err, c.fail)
			}
		case err != nil || r.Err() != nil || a.HTTP.URL.Host != c.host:
			t.Errorf("%s: %v, %v; want %s", name, a, err, c.host)
		}
	}
}

// TestHostLabelErrorComesFirst: what is wrong with the prefix is reported before what is
// wrong with what comes after it, and not before what was wrong already.
func TestHostLabelErrorComesFirst(t *testing.T) {
	for name, build := range map[string]func(*rest.Request){
		"x": func(r *rest.Request) { r.Start("GET", "/").HostLabel("x", "").Label("y", "") },
		"y": func(r *rest.Request) { r.Start("GET", "/").Label("y", "").HostLabel("x", "") },
	} {
		var r rest.Request
		build(&r)
		if want := "serialization failed: input member " + name + " must not be empty"; r.Err() == nil || r.Err().Error() != want {
			t.Errorf("error is %v, want %s", r.Err(), want)
		}
	}
}

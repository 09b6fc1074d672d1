package endpointrules

import (
	"net/netip"
	"net/url"
	"strings"
)

// URL is a URL taken apart.
type URL struct {
	// Scheme is http or https.
	Scheme string
	// Authority is the host with its port if one is given.
	Authority string
	// Path is as it stands in the URL.
	Path string
	// NormalizedPath begins and ends with a slash.
	NormalizedPath string
	// IsIP reports whether the host is an IP address.
	IsIP bool
}

// ParseURL is the function parseURL. It returns false unless the string is a URL
// with the scheme http or https and without a query.
func ParseURL(s string) (URL, bool) {
	u, err := url.Parse(s)
	if err != nil || u.RawQuery != "" || u.Scheme != "http" && u.Scheme != "https" {
		return URL{}, false
	}
	path := u.EscapedPath()
	normalized := path
	if !strings.HasPrefix(normalized, "/") {
		normalized = "/" + normalized
	}
	if !strings.HasSuffix(normalized, "/") {
		normalized += "/"
	}
	_, err = netip.ParseAddr(u.Hostname())
	return URL{
		Scheme: u.Scheme,
		// url.Parse took the escape off the zone of an IPv6 address.
		Authority:      strings.ReplaceAll(u.Host, "%", "%25"),
		Path:           path,
		NormalizedPath: normalized,
		IsIP:           err == nil,
	}, true
}

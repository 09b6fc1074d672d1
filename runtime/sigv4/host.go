package sigv4

import (
	"net/http"
	"strings"
)

// dropDefaultPort sets r.Host to the host without its port, if that is the
// scheme's own: HTTP clients don't send it.
func dropDefaultPort(r *http.Request) {
	host := sentHost(r)
	port := portOf(host)
	if port == "" {
		return
	}
	switch strings.ToLower(r.URL.Scheme) + ":" + port {
	case "http:80", "https:443":
		r.Host = withoutPort(host)
	}
}

// sentHost is the host that the request names.
func sentHost(r *http.Request) string {
	if r.Host != "" {
		return r.Host
	}
	return r.URL.Host
}

// portOf is what stands behind a host's first colon, or behind the brackets of an
// IPv6 address. It is empty when there is no port.
func portOf(host string) string {
	_, port, ok := strings.Cut(host, ":")
	if !ok || strings.IndexByte(host, ']') < 0 {
		return port
	}
	_, port, _ = strings.Cut(host, "]:")
	return port
}

// withoutPort is a host that has a port without it. An IPv6 address loses its
// brackets, as it does with the official signer.
func withoutPort(host string) string {
	if address, _, ok := strings.Cut(host, "]"); ok {
		return strings.TrimPrefix(address, "[")
	}
	host, _, _ = strings.Cut(host, ":")
	return host
}

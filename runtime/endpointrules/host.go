package endpointrules

import (
	"net/netip"
	"strings"
)

// IsValidHostLabel is the function of the same name: whether the string is a host
// label by RFC 1123, of 1 to 63 letters, digits and inner hyphens. With subdomains
// it may be several, joined by dots.
func IsValidHostLabel(s string, subdomains bool) bool {
	return everyLabel(s, subdomains, isHostLabel)
}

// IsVirtualHostableS3Bucket is the function aws.isVirtualHostableS3Bucket: whether
// a bucket's name can stand in a host name. Every label must be a host label of 3
// to 63 characters without upper-case letters, and the whole no IP address.
func IsVirtualHostableS3Bucket(s string, subdomains bool) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return false
	}
	return everyLabel(s, subdomains, isBucketLabel)
}

func everyLabel(s string, subdomains bool, valid func(string) bool) bool {
	for subdomains {
		label, rest, more := strings.Cut(s, ".")
		if !more {
			break
		}
		if !valid(label) {
			return false
		}
		s = rest
	}
	return valid(s)
}

func isHostLabel(s string) bool {
	if len(s) < 1 || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && c != '-' {
			return false
		}
	}
	return true
}

func isBucketLabel(s string) bool {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return len(s) >= 3 && isHostLabel(s)
}

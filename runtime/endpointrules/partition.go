package endpointrules

import "strings"

// Partition is a group of regions with its own network names.
type Partition struct {
	// Name is the partition's, "aws".
	Name string
	// DNSSuffix and DualStackDNSSuffix end the host names of endpoints for IPv4,
	// and for IPv4 and IPv6.
	DNSSuffix, DualStackDNSSuffix string
	// ImplicitGlobalRegion is the region that services without regions sign for.
	ImplicitGlobalRegion string
	// SupportsFIPS and SupportsDualStack are the kinds of endpoints that exist.
	SupportsFIPS, SupportsDualStack bool
}

// partitionRegions are the regions that belong to a partition.
type partitionRegions struct {
	Partition
	// global is the pseudo region of services without regions.
	global string
	// prefixes are what regions begin with; a word, a hyphen and a number follow.
	prefixes []string
}

// PartitionOf is the function aws.partition: the partition that a region belongs
// to by its name, and the partition aws for a region that fits none. The result
// is shared and must not be changed.
func PartitionOf(region string) *Partition {
	for i := range partitions {
		if partitions[i].has(region) {
			return &partitions[i].Partition
		}
	}
	return &partitions[0].Partition
}

func (p *partitionRegions) has(region string) bool {
	if region == p.global && region != "" {
		return true
	}
	for _, prefix := range p.prefixes {
		if rest, ok := strings.CutPrefix(region, prefix); ok && isWordAndNumber(rest) {
			return true
		}
	}
	return false
}

// isWordAndNumber matches a word of letters, digits and underscores, a hyphen and
// a number.
func isWordAndNumber(s string) bool {
	word, number, _ := strings.Cut(s, "-")
	for i := range len(word) {
		if c := word[i]; !isLetter(c) && !isDigit(c) && c != '_' {
			return false
		}
	}
	for i := range len(number) {
		if !isDigit(number[i]) {
			return false
		}
	}
	return word != "" && number != ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

package endpointrules

import "strings"

// ARN is an Amazon Resource Name taken apart.
type ARN struct {
	Partition, Service string
	// Region and AccountID are empty for resources that belong to none.
	Region, AccountID string
	// ResourceID are the parts of the resource between colons and slashes; there
	// is at least one.
	ResourceID []string
}

// ParseARN is the function aws.parseArn. It returns false unless the string is
// "arn:partition:service:region:account:resource" with a partition, a service and
// a resource.
func ParseARN(s string) (ARN, bool) {
	rest, isARN := strings.CutPrefix(s, "arn:")
	var arn ARN
	for _, field := range [...]*string{&arn.Partition, &arn.Service, &arn.Region, &arn.AccountID} {
		var found bool
		if *field, rest, found = strings.Cut(rest, ":"); !found {
			return ARN{}, false
		}
	}
	if !isARN || arn.Partition == "" || arn.Service == "" || rest == "" {
		return ARN{}, false
	}
	arn.ResourceID = splitResource(rest)
	return arn, true
}

func splitResource(s string) []string {
	parts := make([]string, 0, 1+strings.Count(s, ":")+strings.Count(s, "/"))
	for {
		i := strings.IndexAny(s, ":/")
		if i < 0 {
			return append(parts, s)
		}
		parts = append(parts, s[:i])
		s = s[i+1:]
	}
}

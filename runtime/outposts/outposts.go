// Package outposts reads the ARNs that buckets and access points on Outposts are called by.
// The endpoint takes what it wants from an ARN; the request has the name in it, and its
// account is that of the call.
package outposts

import (
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// Account returns the account of a call, which the resource's ARN has where the caller
// names none. It is an error to name another one, or a resource that is not on Outposts.
func Account(resource, account *string) (*string, error) {
	from, ok, err := parse(resource)
	if !ok || err != nil {
		return account, err
	}
	if account != nil && !strings.EqualFold(*account, from.AccountID) {
		return nil, errOtherAccount
	}
	if _, err := nameOf(from); err != nil {
		return nil, err
	}
	return &from.AccountID, nil
}

// Name returns the name in the ARN of a resource. What is no such ARN is a name itself.
func Name(resource *string) *string {
	from, ok, err := parse(resource)
	if !ok || err != nil {
		return resource
	}
	name, err := nameOf(from)
	if err != nil {
		return resource
	}
	return &name
}

// parse parses a resource that is called by an ARN.
func parse(resource *string) (from arn.ARN, ok bool, err error) {
	if resource == nil || !arn.IsARN(*resource) {
		return from, false, nil
	}
	if from, err = arn.Parse(*resource); err != nil {
		return from, true, fmt.Errorf("error parsing arn: %w", err)
	}
	return from, true, nil
}

// nameOf finds the name in an ARN whose resource is outpost/ID/KIND/NAME, with slashes or
// colons.
func nameOf(a arn.ARN) (string, error) {
	name, why := "", problem(a)
	if parts := strings.Split(strings.ReplaceAll(a.Resource, ":", "/"), "/"); why == "" {
		name, why = nameIn(parts[1:])
	}
	if why != "" {
		return "", fmt.Errorf("invalid Amazon %s ARN, %s, %s", a.Service, why, a)
	}
	return name, nil
}

// problem is why an ARN is none of a resource on Outposts, or "".
func problem(a arn.ARN) string {
	switch {
	case a.Partition == "":
		return "partition not set"
	case a.Service != "s3" && a.Service != "s3-outposts" && a.Service != "s3-object-lambda":
		return "service is not supported"
	case a.Resource == "":
		return "resource not set"
	case a.Resource != kind && !strings.HasPrefix(a.Resource, kind+"/") && !strings.HasPrefix(a.Resource, kind+":"):
		return "unknown resource type"
	case a.Region == "":
		return "region not set"
	case strings.HasPrefix(a.Region, "fips-") || strings.HasSuffix(a.Region, "-fips"):
		return "FIPS region not allowed in ARN"
	case a.AccountID == "":
		return "account-id not set"
	}
	return ""
}

// kind is what resources on Outposts begin with.
const kind = "outpost"

// nameIn finds the name in what follows the kind, or why there is none.
func nameIn(parts []string) (name, why string) {
	if len(parts) == 0 || strings.TrimSpace(parts[0]) == "" {
		return "", "outpost resource-id not set"
	}
	if len(parts) < 3 {
		return "", "incomplete outpost resource type. Expected bucket or access-point resource to be present"
	}
	name = parts[2]
	prefix := ""
	switch parts[1] {
	case "accesspoint":
	case "bucket":
		name, prefix = strings.TrimSpace(name), "bucket "
	default:
		return "", "unknown resource set for outpost ARN"
	}
	switch {
	case len(parts) > 3:
		return "", "sub resource not supported"
	case strings.TrimSpace(name) == "":
		return "", prefix + "resource-id not set"
	}
	return name, ""
}

var errOtherAccount = errors.New("invalid ARN, error backfilling account id")

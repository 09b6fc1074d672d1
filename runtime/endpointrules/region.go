package endpointrules

import (
	"errors"
	"strings"
)

// BindRegion returns the region that a rule set gets for a client's region: nil for
// none. Of a FIPS pseudo region (fips-us-east-1, us-east-1-fips) it returns the plain
// region and true, because it asks for FIPS endpoints too. A region that can't be part
// of a host name is an error.
func BindRegion(region string) (plain *string, fips bool, err error) {
	if region == "" {
		return nil, false, nil
	}
	if !IsValidHostLabel(region, true) {
		return nil, false, errors.New("invalid input region " + region)
	}
	if strings.Contains(region, "fips-") || strings.Contains(region, "-fips") {
		region = strings.ReplaceAll(region, "-fips-", "-")
		region = strings.ReplaceAll(region, "fips-", "")
		region = strings.ReplaceAll(region, "-fips", "")
		fips = true
	}
	return &region, fips, nil
}

package outposts

import "testing"

// TestResources: of an ARN its name is sent, and its account where the caller names none.
func TestResources(t *testing.T) {
	const before = "arn:aws:s3-outposts:us-west-2:123456789012:"
	for _, c := range []struct{ resource, account, name, wantAccount, problem string }{
		{"plain", "", "plain", "", ""},
		{"plain", "1", "plain", "1", ""},
		{"arn:a", "1", "arn:a", "1", ""},
		{before + "outpost:op-01:bucket:mine", "", "mine", "123456789012", ""},
		{before + "outpost/op-01/bucket/mine", "123456789012", "mine", "123456789012", ""},
		{before + "outpost/op-01:accesspoint:ap", "", "ap", "123456789012", ""},
		{before + "outpost/op-01/bucket/mine", "1", "mine", "", "invalid ARN, error backfilling account id"},
		{before + "outpost/op-01/bucket/ mine ", "", "mine", "123456789012", ""},
		{before + "outpost/op-01/bucket/ ", "", "", "", "bucket resource-id not set"},
		{before + "outpost/op-01/accesspoint/", "", "", "", "resource-id not set"},
		{before + "outpost/op-01/bucket/a/b", "", "", "", "sub resource not supported"},
		{before + "outpost/op-01/thing/a", "", "", "", "unknown resource set for outpost ARN"},
		{before + "outpost/op-01", "", "", "", "incomplete outpost resource type. Expected bucket or access-point resource to be present"},
		{before + "outpost", "", "", "", "outpost resource-id not set"},
		{before + "outpost/ /bucket/a", "", "", "", "outpost resource-id not set"},
		{before + "accesspoint/a", "", "", "", "unknown resource type"},
		{before + "outposts/op-01/bucket/a", "", "", "", "unknown resource type"},
		{before, "", "", "", "resource not set"},
		{"arn::s3-outposts:us-west-2:1:outpost/op/bucket/a", "", "", "", "partition not set"},
		{"arn:aws:sqs:us-west-2:1:q", "", "", "", "service is not supported"},
		{"arn:aws:s3-outposts::1:outpost/op/bucket/a", "", "", "", "region not set"},
		{"arn:aws:s3-outposts:fips-us-west-2:1:outpost/op/bucket/a", "", "", "", "FIPS region not allowed in ARN"},
		{"arn:aws:s3-outposts:us-west-2-fips:1:outpost/op/bucket/a", "", "", "", "FIPS region not allowed in ARN"},
		{"arn:aws:s3-outposts:us-west-2::outpost/op/bucket/a", "", "", "", "account-id not set"},
	} {
		var account *string
		if c.account != "" {
			account = &c.account
		}
		got, err := Account(&c.resource, account)
		if c.problem != "" {
			if want := "invalid Amazon " + service(c.resource) + " ARN, " + c.problem + ", " + c.resource; err == nil || err.Error() != want && err.Error() != c.problem {
				t.Errorf("%s: %v, want %s", c.resource, err, want)
			}
			if c.name == "" {
				c.name = c.resource
			}
		} else if err != nil || value(got) != c.wantAccount {
			t.Errorf("%s: account %s, %v", c.resource, value(got), err)
		}
		if name := Name(&c.resource); *name != c.name {
			t.Errorf("%s: name %s", c.resource, *name)
		}
	}
	if account, err := Account(nil, nil); account != nil || err != nil || Name(nil) != nil {
		t.Errorf("%v, %v", account, err)
	}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func service(resource string) string {
	if resource == "arn:aws:sqs:us-west-2:1:q" {
		return "sqs"
	}
	return "s3-outposts"
}

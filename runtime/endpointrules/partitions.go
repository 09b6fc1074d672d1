package endpointrules

// partitions holds the default partition first. Patterns don't overlap, for the
// word after a prefix has no hyphen: us-gov-west-1 is not "us-" and a word.
var partitions = [...]partitionRegions{
	{
		Partition{"aws", "amazonaws.com", "api.aws", "us-east-1", true, true},
		"aws-global", []string{"us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-"},
	}, {
		Partition{"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1", true, true},
		"aws-cn-global", []string{"cn-"},
	}, {
		Partition{"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1", true, true},
		"", []string{"eusc-de-"},
	}, {
		Partition{"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1", true, true},
		"aws-iso-global", []string{"us-iso-"},
	}, {
		Partition{"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1", true, true},
		"aws-iso-b-global", []string{"us-isob-"},
	}, {
		Partition{"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1", true, true},
		"aws-iso-e-global", []string{"eu-isoe-"},
	}, {
		Partition{"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1", true, true},
		"aws-iso-f-global", []string{"us-isof-"},
	}, {
		Partition{"aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1", true, true},
		"aws-us-gov-global", []string{"us-gov-"},
	},
}

package interop

import (
	"time"

	lathe "example.com/lathe/generated/datazone"
	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
)

// set is a setting of a field.
func set(field string, value any) compare.Setting { return compare.Setting{Field: field, Value: value} }

// settings are several.
type settings = []compare.Setting

// defaults hold for both clients and all scenarios: a region, credentials, and a
// retryer that waits a second each time.
func defaults() settings {
	return settings{
		set("Region", "us-east-1"),
		set("Credentials", staticKey()),
		set("Retryer", compare.Make(steadyRetryer)),
	}
}

func staticKey() aws.CredentialsProvider {
	return credentials.NewStaticCredentialsProvider("AKID", "SECRET", "")
}

// steady is a backoff of a second.
var steady = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Second, nil })

func standard(fns ...func(*retry.StandardOptions)) *retry.Standard {
	return retry.NewStandard(append([]func(*retry.StandardOptions){
		func(o *retry.StandardOptions) { o.Backoff = steady },
	}, fns...)...)
}

func steadyRetryer(*compare.World) any { return aws.Retryer(standard()) }

// input is valid.
func input() settings {
	return settings{set("DomainIdentifier", "dzd_1"), set("Identifier", "run1")}
}

// officialClient and ourClient are what is compared.
func officialClient() compare.Side {
	return compare.Bind[official.EndpointParameters](official.New, official.NewFromConfig,
		(*official.Client).Options, (*official.Client).GetDataSourceRun, input(), defaults())
}

func ourClient() compare.Side {
	return compare.Bind[lathe.EndpointParameters](lathe.New, lathe.NewFromConfig,
		(*lathe.Client).Options, (*lathe.Client).GetDataSourceRun, input(), defaults())
}

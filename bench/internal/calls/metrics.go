//go:build models

package calls

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"time"

	"example.com/lathe/bench/internal/clients/cloudwatch"
	"example.com/lathe/bench/internal/clients/cloudwatch/types"
	official "github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	officialtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
)

// metrics is how many a call puts.
const metrics = 100

// metricsCases put metrics in CBOR, without compression, which would be all that is measured.
func metricsCases() []Case {
	h := &http.Client{Transport: &canned{200, http.Header{
		"Content-Type": {"application/cbor"}, "Smithy-Protocol": {"rpc-v2-cbor"},
		"X-Amzn-Requestid": {"01234567-89ab-cdef-0123-456789abcdef"},
	}, []byte{0xa0}}}
	theirs := official.New(official.Options{
		Region: region, Credentials: key(), HTTPClient: h, DisableRequestCompression: true,
	})
	ours := cloudwatch.New(cloudwatch.Options{
		Region: region, Credentials: key(), HTTPClient: h, DisableRequestCompression: true,
	})
	namespace, at := "App/Requests", time.Date(2024, 2, 29, 12, 34, 56, 0, time.UTC)
	theirInput, ourInput := &official.PutMetricDataInput{Namespace: &namespace},
		&cloudwatch.PutMetricDataInput{Namespace: &namespace}
	for i := range metrics {
		name, value, dimension, host := fmt.Sprintf("latency.%d", i), float64(i)+0.25, "Host",
			fmt.Sprintf("host-%d.example.com", i)
		theirInput.MetricData = append(theirInput.MetricData, officialtypes.MetricDatum{
			MetricName: &name, Value: &value, Timestamp: &at, Unit: officialtypes.StandardUnitMilliseconds,
			Dimensions: []officialtypes.Dimension{{Name: &dimension, Value: &host}},
		})
		ourInput.MetricData = append(ourInput.MetricData, types.MetricDatum{
			MetricName: &name, Value: &value, Timestamp: &at, Unit: types.StandardUnitMilliseconds,
			Dimensions: []types.Dimension{{Name: &dimension, Value: &host}},
		})
	}
	one := *ourInput
	one.MetricData = one.MetricData[:1]
	sent := &recorder{RoundTripper: h.Transport}
	expect(ours.PutMetricData(ctx, ourInput, func(o *cloudwatch.Options) { o.HTTPClient = &http.Client{Transport: sent} }))
	body := make([]byte, sent.request.ContentLength)
	return []Case{{Name: MetricsCall, Sides: []Side{
		{Official, func() any { return expect(theirs.PutMetricData(ctx, theirInput)) }},
		{Ours, func() any { return expect(ours.PutMetricData(ctx, ourInput)) }},
		{Single, func() any { return expect(ours.PutMetricData(ctx, &one)) }},
		{Hash, func() any { return sha256.Sum256(body) }},
	}}}
}

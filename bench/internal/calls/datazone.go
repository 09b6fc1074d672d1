package calls

import (
	"io"
	"net/http"

	"example.com/lathe/bench/internal/byhand"
	"example.com/lathe/generated/datazone"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
	"github.com/aws/smithy-go/middleware"
)

var (
	domainID = "dzd_abcdefgh12345"
	runID    = "run12345678"
)

// wholeRun has every member of the output of GetDataSourceRun.
const wholeRun = `{"domainId":"dzd_abcdefgh12345","dataSourceId":"abcdefgh","id":"run12345678","projectId":"proj1234567",` +
	`"status":"SUCCESS","type":"SCHEDULED","dataSourceConfigurationSnapshot":"{\"a\":1}",` +
	`"runStatisticsForAssets":{"added":1,"updated":22,"unchanged":333,"skipped":4444,"failed":55555},` +
	`"lineageSummary":{"importStatus":"SUCCESS"},` +
	`"errorMessage":{"errorType":"VALIDATION_EXCEPTION","errorDetail":"something went wrong here"},` +
	`"createdAt":"2024-01-02T03:04:05.678Z","updatedAt":"2024-01-02T03:04:05.678Z",` +
	`"startedAt":"2024-01-02T03:04:05.678Z","stoppedAt":"2024-01-02T03:04:05.678Z"}`

const missing = `{"message":"there is no such run"}`

func dataZoneCases() []Case {
	whole, empty := reply(200, "", []byte(wholeRun)), reply(200, "", []byte("{}"))
	gone := reply(404, "ResourceNotFoundException", []byte(missing))
	return []Case{
		{Name: WholeCall, Sides: []Side{officialRun(whole), ourRun(whole), runByHand(whole), bare(whole)}},
		{Name: EmptyCall, Sides: []Side{officialRun(empty), ourRun(empty), runByHand(empty)}},
		{Name: ErrorCall, Sides: []Side{officialFailure(gone), ourFailure(gone), failureByHand(gone)}},
		{Name: OptionCall, Sides: []Side{
			officialRun(whole, func(o *official.Options) { o.RetryMaxAttempts = 2 }),
			ourRun(whole, func(o *datazone.Options) { o.RetryMaxAttempts = 2 }),
		}},
		{Name: HookedCall, Sides: []Side{
			officialRun(whole, func(o *official.Options) { o.APIOptions = append(o.APIOptions, keep) }),
			ourRun(whole, func(o *datazone.Options) { o.APIOptions = append(o.APIOptions, keep) }),
		}},
		{Name: DecodeCall, Sides: []Side{officialDeserializer(whole), decodeByHand()}},
	}
}

// keep hooks into a call and leaves it as it is.
func keep(*middleware.Stack) error { return nil }

func officialClient(h *http.Client) *official.Client {
	return official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
}

func ourClient(h *http.Client) *datazone.Client {
	return datazone.New(datazone.Options{Region: region, Credentials: key(), HTTPClient: h})
}

func clientByHand(h *http.Client) *byhand.Client {
	return &byhand.Client{HTTP: h,
		Signer: &byhand.Signer{KeyID: keyID, Secret: secret, Region: region, Service: "datazone"}}
}

func officialRun(h *http.Client, optFns ...func(*official.Options)) Side {
	c, in := officialClient(h), &official.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	return Side{Official, func() any { return expect(c.GetDataSourceRun(ctx, in, optFns...)) }}
}

func ourRun(h *http.Client, optFns ...func(*datazone.Options)) Side {
	c, in := ourClient(h), &datazone.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	return Side{Ours, func() any { return expect(c.GetDataSourceRun(ctx, in, optFns...)) }}
}

func runByHand(h *http.Client) Side {
	c := clientByHand(h)
	return Side{ByHand, func() any { return expect(c.GetDataSourceRun(ctx, domainID, runID)) }}
}

func officialFailure(h *http.Client) Side {
	c, in := officialClient(h), &official.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	return Side{Official, func() any { _, err := c.GetDataSourceRun(ctx, in); return err }}
}

func ourFailure(h *http.Client) Side {
	c, in := ourClient(h), &datazone.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	return Side{Ours, func() any { _, err := c.GetDataSourceRun(ctx, in); return err }}
}

func failureByHand(h *http.Client) Side {
	c := clientByHand(h)
	return Side{ByHand, func() any { _, err := c.GetDataSourceRun(ctx, domainID, runID); return err }}
}

func decodeByHand() Side {
	body := []byte(wholeRun)
	return Side{ByHand, func() any { return expect(byhand.Decode(body)) }}
}

// bare makes a request and reads the answer, without a client.
func bare(h *http.Client) Side {
	return Side{Transport, func() any {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://datazone.us-east-1.api.aws/", nil)
		if err != nil {
			panic(err)
		}
		resp, err := h.Do(r)
		if err != nil {
			panic(err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			panic(err)
		}
		return expect[any](nil, resp.Body.Close())
	}}
}

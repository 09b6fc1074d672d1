package clienttest

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/middleware"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// wholeBody has every member of the output.
const wholeBody = `{
	"domainId": "dzd_0123456789", "dataSourceId": "source-1", "id": "run-1", "projectId": "project-1",
	"status": "PARTIALLY_SUCCEEDED", "type": "SCHEDULED", "dataSourceConfigurationSnapshot": "{\"a\":\"ü\"}",
	"runStatisticsForAssets": {"added": 1, "updated": 0, "unchanged": -2147483648, "skipped": 2147483647, "failed": 5},
	"lineageSummary": {"importStatus": "IN_PROGRESS"},
	"errorMessage": {"errorType": "THROTTLING_EXCEPTION", "errorDetail": "too fast"},
	"createdAt": "2024-02-29T12:34:56Z", "updatedAt": "2024-02-29T12:34:56.789012345Z",
	"startedAt": "2024-02-29T14:34:56.5+02:00", "stoppedAt": "1969-12-31T23:59:59.999-00:30"
}`

func whole() *datazone.GetDataSourceRunOutput {
	at := func(hour, minute, second, nanos int) *time.Time {
		return aws.Time(time.Date(2024, 2, 29, hour, minute, second, nanos, time.UTC))
	}
	return &datazone.GetDataSourceRunOutput{
		DomainId: aws.String("dzd_0123456789"), DataSourceId: aws.String("source-1"),
		Id: aws.String("run-1"), ProjectId: aws.String("project-1"),
		Status: types.DataSourceRunStatusPartiallySucceeded, Type: types.DataSourceRunTypeScheduled,
		DataSourceConfigurationSnapshot: aws.String(`{"a":"ü"}`),
		RunStatisticsForAssets: &types.RunStatisticsForAssets{
			Added: aws.Int32(1), Updated: aws.Int32(0), Unchanged: aws.Int32(-2147483648), Skipped: aws.Int32(2147483647), Failed: aws.Int32(5),
		},
		LineageSummary: &types.DataSourceRunLineageSummary{ImportStatus: types.LineageImportStatusInProgress},
		ErrorMessage:   &types.DataSourceErrorMessage{ErrorType: types.DataSourceErrorTypeThrottlingException, ErrorDetail: aws.String("too fast")},
		CreatedAt:      at(12, 34, 56, 0), UpdatedAt: at(12, 34, 56, 789012345), StartedAt: at(12, 34, 56, 500000000),
		StoppedAt: aws.Time(time.Date(1970, 1, 1, 0, 29, 59, 999000000, time.UTC)),
	}
}

// checkWhole compares an output with [wholeBody].
func checkWhole(t *testing.T, out *datazone.GetDataSourceRunOutput) {
	t.Helper()
	checkWholeIs(t, out, whole())
}

// checkWholeIs compares the members of two outputs.
func checkWholeIs(t *testing.T, out, want *datazone.GetDataSourceRunOutput) {
	t.Helper()
	if diff := cmp.Diff(want, out, cmpopts.IgnoreTypes(middleware.Metadata{}), cmpopts.IgnoreUnexported(
		datazone.GetDataSourceRunOutput{}, types.RunStatisticsForAssets{}, types.DataSourceRunLineageSummary{}, types.DataSourceErrorMessage{},
	)); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// absent stands for a member that is nil.
const absent = "<nil>"

func orNil(s *string) string {
	if s == nil {
		return absent
	}
	return *s
}

// TestNamesTwice sees that the last of two members of a name counts, also of those
// whose structures share memory, and that it leaves the first one's alone.
func TestNamesTwice(t *testing.T) {
	const body = `{"errorMessage":{"errorType":"CONFLICT_EXCEPTION","errorDetail":"first"},"lineageSummary":{"importStatus":"FAILED"},
		"errorMessage":{"errorDetail":"second"},"lineageSummary":null}`
	out, err := call(newClient(play(t, reply(200, body))))
	if err != nil {
		t.Fatal(err)
	}
	checkWholeIs(t, out, &datazone.GetDataSourceRunOutput{
		LineageSummary: &types.DataSourceRunLineageSummary{ImportStatus: types.LineageImportStatusFailed},
		ErrorMessage:   &types.DataSourceErrorMessage{ErrorDetail: aws.String("second")},
	})
}

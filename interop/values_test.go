package interop

import (
	"fmt"
	"reflect"
	"testing"

	lathe "example.com/lathe/generated/datazone"
	ours "example.com/lathe/generated/datazone/types"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
	theirs "github.com/aws/aws-sdk-go-v2/service/datazone/types"
	"github.com/aws/smithy-go"
)

// TestConstants compares what names the service.
func TestConstants(t *testing.T) {
	if lathe.ServiceID != official.ServiceID || lathe.ServiceAPIVersion != official.ServiceAPIVersion {
		t.Errorf("got %s %s, want %s %s", lathe.ServiceID, lathe.ServiceAPIVersion, official.ServiceID, official.ServiceAPIVersion)
	}
}

// TestEnumValues compares the values that each enum knows, and their order.
func TestEnumValues(t *testing.T) {
	for _, pair := range [][2]any{
		{theirs.DataSourceErrorType("").Values(), ours.DataSourceErrorType("").Values()},
		{theirs.DataSourceRunStatus("").Values(), ours.DataSourceRunStatus("").Values()},
		{theirs.DataSourceRunType("").Values(), ours.DataSourceRunType("").Values()},
		{theirs.LineageImportStatus("").Values(), ours.LineageImportStatus("").Values()},
	} {
		if a, b := fmt.Sprint(pair[0]), fmt.Sprint(pair[1]); a != b {
			t.Errorf("%T: got %s, want %s", pair[1], b, a)
		}
	}
}

// TestErrorMethods compares what the errors say of themselves, without a message,
// with one, with another code, and as nil pointers.
func TestErrorMethods(t *testing.T) {
	for _, pair := range [][2]smithy.APIError{
		{&theirs.AccessDeniedException{}, &ours.AccessDeniedException{}},
		{&theirs.ConflictException{}, &ours.ConflictException{}},
		{&theirs.InternalServerException{}, &ours.InternalServerException{}},
		{&theirs.ResourceNotFoundException{}, &ours.ResourceNotFoundException{}},
		{&theirs.ServiceQuotaExceededException{}, &ours.ServiceQuotaExceededException{}},
		{&theirs.ThrottlingException{}, &ours.ThrottlingException{}},
		{&theirs.UnauthorizedException{}, &ours.UnauthorizedException{}},
		{&theirs.ValidationException{}, &ours.ValidationException{}},
	} {
		for _, fields := range []map[string]string{{}, {"Message": ""}, {"Message": "m"}, {"ErrorCodeOverride": "Other"}, {"Message": "m", "ErrorCodeOverride": ""}} {
			if a, b := said(pair[0], fields), said(pair[1], fields); a != b {
				t.Errorf("%T %v: got %s, want %s", pair[1], fields, b, a)
			}
		}
		a, b := reflect.Zero(reflect.TypeOf(pair[0])), reflect.Zero(reflect.TypeOf(pair[1]))
		if a.Interface().(smithy.APIError).ErrorCode() != b.Interface().(smithy.APIError).ErrorCode() {
			t.Errorf("%T: the code of nil differs", pair[1])
		}
	}
}

// said is what an error with the fields says.
func said(err smithy.APIError, fields map[string]string) string {
	fresh := reflect.New(reflect.TypeOf(err).Elem())
	for name, text := range fields {
		fresh.Elem().FieldByName(name).Set(reflect.ValueOf(&text))
	}
	e := fresh.Interface().(smithy.APIError)
	return fmt.Sprintf("%q %q %q %v", e.Error(), e.ErrorCode(), e.ErrorMessage(), e.ErrorFault())
}

package compare

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/smithy-go"
)

type inner struct{ N *int32 }

type theirs struct {
	A    *string
	B    []inner
	C    map[string]inner
	When *time.Time
	Kind string
	own  int //nolint:unused // a field that is not exported must not matter
}

type kind string

type ours struct {
	Kind kind
	When *time.Time
	A    *string
	C    map[string]otherInner
	B    []otherInner
}

type otherInner struct{ N *int32 }

func TestConvert(t *testing.T) {
	n, text, now := int32(3), "x", time.Now()
	from := ours{Kind: "k", When: &now, A: &text, B: []otherInner{{}, {&n}}, C: map[string]otherInner{"a": {&n}}}
	want := theirs{Kind: "k", When: &now, A: &text, B: []inner{{}, {&n}}, C: map[string]inner{"a": {&n}}}
	got, err := Convert(reflect.ValueOf(from), reflect.TypeFor[theirs]())
	if err != nil || !reflect.DeepEqual(got.Interface(), want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	empty, err := Convert(reflect.ValueOf(ours{B: []otherInner{}}), reflect.TypeFor[theirs]())
	if err != nil || reflect.DeepEqual(empty.Interface(), theirs{}) {
		t.Errorf("an empty list became nil, %v", err)
	}
}

func TestConvertRefuses(t *testing.T) {
	type more struct {
		N     *int32
		Extra bool
	}
	type text struct{ N string }
	type function struct{ N func() }
	type otherFunction struct{ N func(int) }
	for _, row := range []struct {
		from any
		to   reflect.Type
		want string
	}{
		{more{}, reflect.TypeFor[inner](), "compare.inner has no field Extra"},
		{inner{}, reflect.TypeFor[more](), "compare.inner has no field Extra"},
		{inner{}, reflect.TypeFor[text](), "N: *int32 is no string"},
		{function{}, reflect.TypeFor[otherFunction](), "N: no rule for func()"},
	} {
		if _, err := Convert(reflect.ValueOf(row.from), row.to); err == nil || err.Error() != row.want {
			t.Errorf("%T to %v: got %v, want %s", row.from, row.to, err, row.want)
		}
	}
}

func TestChain(t *testing.T) {
	err := error(&smithy.OperationError{ServiceID: "S", OperationName: "O", Err: fmt.Errorf("a: %w", fmt.Errorf("b: %w",
		errors.Join(io.EOF, &smithy.GenericAPIError{Code: "C", Message: "m"})))})
	want := []string{
		"*smithy.OperationError(S, O) operation error S: O, …",
		"error a: b: …",
		"error ",
		"[0] error EOF",
		`[1] *smithy.GenericAPIError(code "C", message "m", fault unknown) api error C: m`,
	}
	if got := chain(err); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClipKeepsDifferences(t *testing.T) {
	long := strings.Repeat("x", 1000)
	if a, b := clip(long+"a"), clip(long+"b"); a == b || len(a) > 400 {
		t.Errorf("got %q and %q", a, b)
	}
}

func TestAgent(t *testing.T) {
	const with = "aws-sdk-go-v2/1.2 os/linux lang/go#1.26 api/thing#1.2.3 m/E,e"
	if got, want := agent(with), "aws-sdk-go-v2/1.2 os/linux lang/go#1.26 api/thing#version m/E,e"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInvocationIDs(t *testing.T) {
	const a, b = "0d6bb2a4-4a1c-4b7e-9f3e-0123456789ab", "1d6bb2a4-4a1c-4b7e-8f3e-0123456789ab"
	var seen ids
	got := []string{seen.name(a), seen.name(b), seen.name(a), seen.name("0D6BB2A4-4a1c-4b7e-9f3e-0123456789ab"), seen.name(a[:35])}
	want := []string{"UUID 1", "UUID 2", "UUID 1", "no UUID: 0D6BB2A4-4a1c-4b7e-9f3e-0123456789ab", "no UUID: " + a[:35]}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

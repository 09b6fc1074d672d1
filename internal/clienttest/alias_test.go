package clienttest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/smithy-go"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// recycled answers with a body in memory that it fills with rubbish once it is read.
type recycled struct {
	status int
	body   string
}

func (a recycled) Do(*http.Request) (*http.Response, error) {
	memory := []byte(a.body)
	resp := respond(a.status, nil)
	resp.Body = &rubbish{bytes.NewReader(memory), memory}
	return resp, nil
}

type rubbish struct {
	io.Reader
	memory []byte
}

func (r *rubbish) Close() error {
	for i := range r.memory {
		r.memory[i] = '#'
	}
	return nil
}

// churn makes many calls, whose answers would overwrite whatever shares memory with
// the client's buffers.
func churn(t *testing.T) {
	t.Helper()
	same := strings.NewReplacer("a", "z", "e", "z", "i", "z", "o", "z", "0", "9", "1", "9", "2", "9")
	for range 20 {
		for _, body := range []string{wholeBody, same.Replace(wholeBody), strings.Repeat("z", len(wholeBody)), "{}"} {
			for _, status := range []int{200, 404} {
				_, _ = call(newClient(recycled{status, body}, once))
			}
		}
	}
}

// TestOutputIsItsOwn keeps outputs while later calls use the buffers again.
func TestOutputIsItsOwn(t *testing.T) {
	var kept []*datazone.GetDataSourceRunOutput
	for range 5 {
		out, err := call(newClient(recycled{200, wholeBody}))
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, out)
	}
	churn(t)
	for _, out := range kept {
		checkWhole(t, out)
	}
}

// TestMembersAreApart changes each member of an output through its pointer and sees
// that no other follows.
func TestMembersAreApart(t *testing.T) {
	c := newClient(recycled{200, wholeBody})
	out, err := call(c)
	if err != nil {
		t.Fatal(err)
	}
	want := whole()
	*out.DomainId, *want.DomainId = "x", "x"
	checkWholeIs(t, out, want)
	*out.RunStatisticsForAssets.Added, *want.RunStatisticsForAssets.Added = 77, 77
	checkWholeIs(t, out, want)
	*out.CreatedAt, *want.CreatedAt = *out.StoppedAt, *want.StoppedAt
	checkWholeIs(t, out, want)
	again, err := call(c)
	if err != nil {
		t.Fatal(err)
	}
	checkWhole(t, again)
}

// TestErrorsAreTheirOwn keeps errors while later calls use the buffers again.
func TestErrorsAreTheirOwn(t *testing.T) {
	message := strings.Repeat("no luck today ", 40)
	texts := map[string]func(error) string{
		`{"__type":"ResourceNotFoundException","message":"` + message + `"}`: func(err error) string {
			e, _ := errors.AsType[*types.ResourceNotFoundException](err)
			return e.ErrorMessage()
		},
		`{"code":"` + strings.Repeat("Unknown", 9) + `","message":"` + message + `"}`: func(err error) string {
			e, _ := errors.AsType[*smithy.GenericAPIError](err)
			return e.Code + e.Message
		},
		`<html>` + message: text,
	}
	for body, get := range texts {
		_, err := call(newClient(recycled{404, body}))
		before, whole := strings.Clone(get(err)), strings.Clone(err.Error())
		if len(before) < 100 {
			t.Errorf("error has only %q", before)
		}
		churn(t)
		if got := get(err); got != before || err.Error() != whole {
			t.Errorf("error was %s\nand is %s", whole, err)
		}
	}
}

// TestSnapshotIsItsOwn keeps the excerpt of a body that could not be read.
func TestSnapshotIsItsOwn(t *testing.T) {
	body := `{"status":["` + strings.Repeat("not text ", 50) + `"]}`
	_, err := call(newClient(recycled{200, body}))
	broken, ok := errors.AsType[*smithy.DeserializationError](err)
	if !ok {
		t.Fatal(err)
	}
	churn(t)
	if string(broken.Snapshot) != body {
		t.Errorf("snapshot is %s", broken.Snapshot)
	}
}

package calls

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"example.com/lathe/generated/datazone/types"
	officialtypes "github.com/aws/aws-sdk-go-v2/service/datazone/types"
	"github.com/aws/smithy-go"
)

// TestAgree makes each call once: what is compared for speed must give the same.
func TestAgree(t *testing.T) {
	server := httptest.NewServer(Handler())
	t.Cleanup(server.Close)
	for _, c := range allCases(server.URL) {
		t.Run(c.Name, func(t *testing.T) {
			want := plain(t, c.Sides[0].Call())
			if len(want) < len(`{"message":""}`) && c.Name != EmptyCall && c.Name != MetricsCall {
				t.Fatalf("%s gives only %s", c.Sides[0].Name, want)
			}
			for _, s := range c.Sides[1:] {
				if slices.Contains([]string{Transport, NetHTTP, Busy, BusyHash, Hash}, s.Name) {
					continue // no clients
				}
				if got := plain(t, s.Call()); got != want {
					t.Errorf("%s gives\n%.2000s\n%s\n%.2000s", s.Name, got, c.Sides[0].Name, want)
				}
			}
		})
	}
}

func allCases(server string) (all []Case) {
	for _, family := range Families() {
		all = append(all, family.Cases(server)...)
	}
	return all
}

// TestModelCases sees that what is left out without models is named.
func TestModelCases(t *testing.T) {
	var names []string
	for _, family := range modelFamilies() {
		for _, c := range family.Cases("") {
			names = append(names, c.Name)
		}
	}
	if LeftOut() == "" && !slices.Equal(names, ModelCases()) {
		t.Errorf("%q\nare the cases, but those that need models are\n%q", names, ModelCases())
	}
}

// TestFailure sees that what all make of a 404 is the typed error.
func TestFailure(t *testing.T) {
	for _, c := range dataZoneCases() {
		if c.Name != ErrorCall {
			continue
		}
		for _, s := range c.Sides {
			err, _ := s.Call().(error)
			_, ours := errors.AsType[*types.ResourceNotFoundException](err)
			_, theirs := errors.AsType[*officialtypes.ResourceNotFoundException](err)
			if ours == theirs {
				t.Errorf("%s gives %v", s.Name, err)
			}
		}
	}
}

// plain makes text of a result that does not tell whose it is: members by name,
// without those that are absent, or the error of the service.
func plain(t *testing.T, result any) string {
	t.Helper()
	if err, failed := result.(error); failed {
		fault, ok := errors.AsType[smithy.APIError](err)
		if !ok {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s: %s", fault.ErrorCode(), fault.ErrorMessage())
	}
	data, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	data, err = json.Marshal(prune(tree))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// prune removes members that are null, and the metadata of the call.
func prune(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
	case map[string]any:
		for name, member := range v {
			if member == nil || name == "ResultMetadata" {
				delete(v, name)
				continue
			}
			v[name] = prune(member)
		}
	}
	return v
}

// BenchmarkCalls is for profiles of one side:
//
//	go test -bench 'Calls/DescribeCluster/ours' -cpuprofile cpu.out -tags models ./internal/calls
func BenchmarkCalls(b *testing.B) {
	server := httptest.NewServer(Handler())
	b.Cleanup(server.Close)
	for _, c := range allCases(server.URL) {
		for _, s := range c.Sides {
			b.Run(c.Name+"/"+s.Name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(c.Size))
				for b.Loop() {
					s.Call()
				}
			})
		}
	}
}

func TestDepth(t *testing.T) {
	d := Depth()
	if d[ByHand] < 1 || d[Ours] <= d[ByHand] || d[Official] <= d[Ours] {
		t.Errorf("depths are not in order: %v", d)
	}
	t.Log(d)
}

// TestLoopbackSendsTheSame sees that net/http alone sends the headers that ours sends.
func TestLoopbackSendsTheSame(t *testing.T) {
	var sent []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, fmt.Sprint(r.Method, r.URL, slices.Sorted(maps.Keys(r.Header))))
		Handler().ServeHTTP(w, r)
	}))
	defer server.Close()
	for _, s := range loopbackCases(server.URL)[0].Sides {
		if s.Name != Official {
			s.Call()
		}
	}
	if len(slices.Compact(sent)) != 1 {
		t.Errorf("sent are %v", sent)
	}
}

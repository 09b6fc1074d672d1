package language

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/aws/aws-sdk-go-v2/aws"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	"github.com/aws/smithy-go/logging"

	"corpus.test/language/types"
	"example.com/lathe/runtime/transport"
)

// counting is a resolver of a user, who wraps the default one.
type counting struct {
	next  EndpointResolverV2
	calls int
	last  EndpointParameters
}

func (r *counting) ResolveEndpoint(ctx context.Context, params EndpointParameters) (smithyendpoints.Endpoint, error) {
	r.calls++
	r.last = params
	return r.next.ResolveEndpoint(ctx, params)
}

// emptyClient is a client that knows nothing yet.
func emptyClient() *Client { return &Client{clientState: new(clientState)} }

func newOptions(change ...func(*Options)) *Options {
	o := &Options{Region: "us-east-1", EndpointResolverV2: NewDefaultEndpointResolverV2()}
	for _, f := range change {
		f(o)
	}
	return o
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Options)
		want   string
	}{
		{"plain", func(*Options) {}, "https://svc.us-east-1.amazonaws.com/base"},
		{"FIPS", func(o *Options) { o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled }, "https://svc-fips.us-east-1.amazonaws.com"},
		{"FIPS disabled", func(o *Options) { o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled }, "https://svc.us-east-1.amazonaws.com/base"},
		{"dual-stack", func(o *Options) { o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled }, "https://svc.us-east-1.api.aws"},
		{"pseudo region first", func(o *Options) { o.Region = "fips-us-east-1" }, "https://svc-fips.us-east-1.amazonaws.com"},
		{"pseudo region last", func(o *Options) { o.Region = "us-east-1-fips" }, "https://svc-fips.us-east-1.amazonaws.com"},
		{"pseudo region inside", func(o *Options) { o.Region = "us-fips-east-1" }, "https://svc-fips.us-east-1.amazonaws.com"},
		{"China", func(o *Options) { o.Region = "cn-north-1" }, "https://svc.cn-north-1.amazonaws.com.cn/base"},
		{"base endpoint", func(o *Options) { o.BaseEndpoint = aws.String("http://localhost:8000/x") }, "http://localhost:8000/x"},
		{"client parameter", func(o *Options) { o.Name = aws.String("n") }, "https://n.svc.us-east-1.amazonaws.com"},
	} {
		client := emptyClient()
		for range 2 {
			got, err := client.resolveEndpoint(context.Background(), newOptions(c.change), "", &StaticInput{})
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			} else if got.URL.String() != c.want {
				t.Errorf("%s: %s, want %s", c.name, &got.URL, c.want)
			}
		}
	}
}

func TestResolveErrors(t *testing.T) {
	boom := errors.New("boom")
	for _, c := range []struct {
		name   string
		change func(*Options)
		call   any
		want   string
	}{
		{"no resolver", func(o *Options) { o.EndpointResolverV2 = nil }, &StaticInput{}, "expected endpoint resolver to not be nil"},
		{"bad region", func(o *Options) { o.Region = "no/region" }, &StaticInput{}, "failed to bind endpoint params, invalid input region no/region"},
		{"missing parameter", func(*Options) {}, &PlainInput{}, "failed to resolve service endpoint, endpoint parameters are not valid, parameter Needed is required"},
		{"FIPS with base endpoint", func(o *Options) {
			o.BaseEndpoint = aws.String("http://h")
			o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled
		}, &StaticInput{}, "failed to resolve service endpoint, endpoint rule error, Invalid Configuration: FIPS and custom endpoint are not supported"},
		{"no URL", func(o *Options) { o.BaseEndpoint = aws.String("http://h/%zz") }, &StaticInput{}, "failed to resolve service endpoint, Failed to parse uri: http://h/%zz"},
		{"no host", func(o *Options) { o.BaseEndpoint = aws.String("h") }, &StaticInput{}, `failed to resolve service endpoint, endpoint URL "h" must have a scheme and a host`},
		{"exhausted", func(o *Options) { o.Region = "" }, bound{func(p *EndpointParameters) { p.Needed, p.Mode = aws.String("n"), aws.String("exhausted") }},
			"failed to resolve service endpoint, endpoint resolution failed: no matching rule"},
		{"own resolver", func(o *Options) { o.EndpointResolverV2 = failing{boom} }, &StaticInput{}, "failed to resolve service endpoint, boom"},
	} {
		client := emptyClient()
		for range 2 {
			_, err := client.resolveEndpoint(context.Background(), newOptions(c.change), "", c.call)
			if err == nil || err.Error() != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
			if c.name == "own resolver" && !errors.Is(err, boom) {
				t.Error("the resolver's error is not wrapped")
			}
		}
	}
}

// TestAccountID: the account of the credentials is part of what an endpoint
// depends on.
func TestAccountID(t *testing.T) {
	client := emptyClient()
	for _, c := range []struct {
		mode    aws.AccountIDEndpointMode
		account string
		want    string
	}{
		{aws.AccountIDEndpointModePreferred, "1", "https://1.preferred.svc.us-east-1.amazonaws.com"},
		{aws.AccountIDEndpointModePreferred, "2", "https://2.preferred.svc.us-east-1.amazonaws.com"},
		{aws.AccountIDEndpointModeRequired, "1", "https://1.required.svc.us-east-1.amazonaws.com"},
		{aws.AccountIDEndpointModeDisabled, "1", "https://svc.us-east-1.amazonaws.com/base"},
		{aws.AccountIDEndpointModePreferred, "", "https://svc.us-east-1.amazonaws.com/base"},
		{aws.AccountIDEndpointModeRequired, "", "invalid accountID set: accountID is required but not set"},
		{"sometimes", "1", "invalid accountID set: invalid accountID endpoint mode sometimes, must be preferred/required/disabled"},
	} {
		options := newOptions(func(o *Options) { o.AccountIDEndpointMode = c.mode })
		got, err := client.resolveEndpoint(context.Background(), options, c.account, &StaticInput{})
		text := fmt.Sprint(err)
		if err == nil {
			text = got.URL.String()
		}
		if text != c.want {
			t.Errorf("mode %s: %s, want %s", c.mode, text, c.want)
		}
	}
}

type failing struct{ err error }

func (r failing) ResolveEndpoint(context.Context, EndpointParameters) (smithyendpoints.Endpoint, error) {
	return smithyendpoints.Endpoint{}, r.err
}

// bound is an input that sets parameters.
type bound struct{ set func(*EndpointParameters) }

func (b bound) bindEndpointParams(p *EndpointParameters) { b.set(p) }

// TestDefaultResolverIsAskedOnce: the same endpoint is the same pointer.
func TestDefaultResolverIsAskedOnce(t *testing.T) {
	client := emptyClient()
	resolve := func(call any, change ...func(*Options)) *url.URL {
		got, err := client.resolveEndpoint(context.Background(), newOptions(change...), "", call)
		if err != nil {
			t.Fatal(err)
		}
		return &got.URL
	}
	first := resolve(&StaticInput{})
	other := resolve(&StaticInput{}, func(o *Options) { o.Region = "eu-west-1" })
	if again := resolve(&StaticInput{}); again != first {
		t.Error("the endpoint was resolved twice")
	}
	if other == first {
		t.Error("two regions share an endpoint")
	}
	named := func(name string) bound {
		return bound{func(p *EndpointParameters) { p.Needed, p.Name = aws.String("n"), &name }}
	}
	a, b := resolve(named("a")), resolve(named("b"))
	if a.Host != "a.svc.us-east-1.amazonaws.com" || b.Host != "b.svc.us-east-1.amazonaws.com" || a != resolve(named("a")) {
		t.Errorf("parameters of operations: %s, %s", a, b)
	}
	names := func(names ...string) bound {
		return bound{func(p *EndpointParameters) { p.Needed, p.Names = aws.String("n"), names }}
	}
	if resolve(names("a", "b")) == resolve(names("ab")) || resolve(names("a", "b")) != resolve(names("a", "b")) {
		t.Error("arrays are not told apart")
	}
}

func TestOwnResolverIsAskedEveryTime(t *testing.T) {
	client, own := emptyClient(), &counting{next: NewDefaultEndpointResolverV2()}
	for range 3 {
		if _, err := client.resolveEndpoint(context.Background(), newOptions(func(o *Options) { o.EndpointResolverV2 = own }), "", &StaticInput{}); err != nil {
			t.Fatal(err)
		}
	}
	if own.calls != 3 {
		t.Errorf("asked %d times, want 3", own.calls)
	}
	if *own.last.Region != "us-east-1" || *own.last.Needed != "static" || *own.last.UseFIPS || own.last.Name != nil {
		t.Errorf("parameters %+v", own.last)
	}
}

func TestCachedCallDoesNotAllocate(t *testing.T) {
	client, options, call := emptyClient(), newOptions(), any(&PlainInput{})
	client.endpoints.Put(newEndpointKey(endpointCall{options: options, in: call}), &transport.Endpoint{})
	if n := testing.AllocsPerRun(100, func() {
		if _, err := client.resolveEndpoint(context.Background(), options, "", call); err != nil {
			t.Error(err)
		}
	}); n != 0 {
		t.Errorf("a call whose endpoint is known allocates %v times", n)
	}
}

// odd is a logger that can't be compared.
type odd []string

func (odd) Logf(logging.Classification, string, ...any) {}

// changes calls try with each field of a struct changed, and back again afterwards.
func changes(t *testing.T, path string, v reflect.Value, try func(path string)) {
	t.Helper()
	for i := range v.NumField() {
		name, field := path+"."+v.Type().Field(i).Name, v.Field(i)
		before := reflect.New(field.Type()).Elem()
		if field.CanSet() {
			before.Set(field)
		}
		var values []reflect.Value
		switch {
		case !before.CanSet() || !field.CanSet() || field.Kind() == reflect.Interface && name != "Options.EndpointOptions.Logger":
			continue // of credentials and resolvers see TestAccountID and TestOwnResolverIsAskedEveryTime
		case field.Kind() == reflect.Slice && field.Type() != reflect.TypeFor[[]string]():
			continue // hooks, which no endpoint depends on
		case field.Kind() == reflect.Struct:
			changes(t, name, field, try)
			continue
		case name == "Options.EndpointOptions.Logger":
			values = []reflect.Value{reflect.ValueOf(odd{"a"})}
		default:
			values = valuesOf(t, name, field.Type())
		}
		for _, value := range values {
			field.Set(value)
			try(name)
		}
		field.Set(before)
	}
}

// valuesOf are two values of a type that differ from each other.
func valuesOf(t *testing.T, name string, typ reflect.Type) (values []reflect.Value) {
	t.Helper()
	for _, text := range []string{"us-west-2", "fips-eu-west-1", "http://h.example", "exhausted"} {
		v := reflect.New(typ).Elem()
		switch {
		case typ.Kind() == reflect.String:
			v.SetString(text)
		case typ.Kind() == reflect.Bool:
			v.SetBool(text == "us-west-2")
		case typ.Kind() == reflect.Uint || typ.Kind() == reflect.Uint64:
			v.SetUint(uint64(len(text) % 3))
		case typ.Kind() == reflect.Int:
			v.SetInt(int64(len(text) % 3))
		case typ == reflect.TypeFor[*string]():
			v.Set(reflect.ValueOf(&text))
		case typ == reflect.TypeFor[*bool]():
			v.Set(reflect.ValueOf(aws.Bool(text == "us-west-2")))
		case typ == reflect.TypeFor[[]string]():
			v.Set(reflect.ValueOf([]string{text}))
		default:
			t.Fatalf("no values for %s, a %s", name, typ)
		}
		values = append(values, v)
	}
	return values
}

// ofOperations are the parameters that operations set.
type ofOperations struct {
	Needed, Name, Mode *string
	Flag               *bool
	Names              []string
}

// outcome is what a client finds for a call.
func outcome(client *Client, options *Options, call any) string {
	got, err := client.resolveEndpoint(context.Background(), options, "", call)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%+v", *got)
}

// TestEveryFieldCounts changes each field of the options and each parameter, and sees
// that a client which has resolved an endpoint before finds what a new one finds.
func TestEveryFieldCounts(t *testing.T) {
	bases := map[string]func(*Options){
		"plain":         func(*Options) {},
		"pseudo region": func(o *Options) { o.Region = "fips-us-east-1" },
		"resolved": func(o *Options) {
			o.Region, o.EndpointOptions.ResolvedRegion = "fips-us-east-1", "us-east-1"
		},
		"base endpoint": func(o *Options) { o.BaseEndpoint = aws.String("http://localhost") },
	}
	compared, found := 0, map[string]bool{}
	for name, base := range bases {
		options, params := newOptions(base), ofOperations{Needed: aws.String("n")}
		call := bound{func(p *EndpointParameters) {
			p.Needed, p.Name, p.Flag, p.Mode, p.Names = params.Needed, params.Name, params.Flag, params.Mode, params.Names
		}}
		used := emptyClient()
		check := func(path string) {
			compared++
			want := outcome(emptyClient(), options, call)
			found[want] = true
			if got := outcome(used, options, call); got != want {
				t.Errorf("%s, %s changed: %s\nwant %s", name, path, got, want)
			}
		}
		check("nothing")
		changes(t, "Options", reflect.ValueOf(options).Elem(), check)
		changes(t, "ofOperations", reflect.ValueOf(&params).Elem(), check)
		check("nothing")
	}
	if compared < 100 || len(found) < 10 {
		t.Errorf("only %d outcomes were compared, %d of them different", compared, len(found))
	}
}

// TestKeyIsTheCachesOwn: what is cached shares no memory with an input.
func TestKeyIsTheCachesOwn(t *testing.T) {
	client, large := emptyClient(), strings.Repeat("x", 1<<20)
	held := new(byte)
	func() {
		text := strings.Clone(large)
		runtime.AddCleanup(unsafe.StringData(text), func(p *byte) { *p = 1 }, held)
		name := text[:10]
		call := bound{func(p *EndpointParameters) { p.Needed, p.Name = aws.String("n"), &name }}
		if _, err := client.resolveEndpoint(context.Background(), newOptions(), "", call); err != nil {
			t.Fatal(err)
		}
	}()
	for range 100 {
		if runtime.GC(); *held == 1 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Error("a text of which the cache needs a part is kept")
}

func TestConcurrentResolve(t *testing.T) {
	client := emptyClient()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 200 {
				region := fmt.Sprintf("us-east-%d", (i*j)%7+1)
				got, err := client.resolveEndpoint(context.Background(), newOptions(func(o *Options) { o.Region = region }), "", &StaticInput{})
				if err != nil || !strings.Contains(got.URL.Host, region) {
					t.Errorf("%s: %v, %v", region, got, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestDefaults(t *testing.T) {
	p := EndpointParameters{}.WithDefaults()
	if *p.UseFIPS || *p.UseDualStack || *p.Defaulted != `a {literal} "default"` || !reflect.DeepEqual(p.DefaultNames, []string{"x", "y"}) {
		t.Errorf("defaults %+v", p)
	}
	if err := p.ValidateRequired(); err == nil || err.Error() != "parameter Needed is required" {
		t.Errorf("ValidateRequired: %v", err)
	}
	if err := (EndpointParameters{}).ValidateRequired(); err == nil || err.Error() != "parameter DefaultNames is required" {
		t.Errorf("the first that is missing by name: %v", err)
	}
}

func leaf(name string) types.Leaf { return types.Leaf{Name: aws.String(name)} }

func TestBindings(t *testing.T) {
	a, b := leaf("a"), leaf("b")
	a.Table = map[string]types.Leaf{"y": {}, "x": {}}
	items := []types.Item{
		{Name: aws.String("n1"), Leaf: &a, Color: "blue", Tags: []string{"t1", "t2"}, Leaves: []types.Leaf{b, {}}},
		{},
		{Name: aws.String("n2"), Tags: []string{"t3"}},
	}
	head := &types.Leaf{Name: aws.String("h"), Color: types.ColorRed, Flag: aws.Bool(true), Plain: true, Table: map[string]types.Leaf{"k": {}}}
	text := func(s string) *string { return &s }
	yes := true
	for _, c := range []struct {
		in interface {
			bindEndpointParams(*EndpointParameters)
		}
		want EndpointParameters
	}{
		{&StaticInput{}, EndpointParameters{Flag: &yes, Names: []string{"a", "b"}}},
		{&MembersInput{Text: text("t"), Flag: &yes, Color: "red", List: []string{"l"}},
			EndpointParameters{Name: text("t"), Flag: &yes, Mode: text("red"), Names: []string{"l"}}},
		{&MembersInput{}, EndpointParameters{}},
		{&PathScalarInput{Head: head}, EndpointParameters{Name: text("h")}},
		{&PathScalarInput{}, EndpointParameters{}},
		{&PathEnumInput{Head: head}, EndpointParameters{Name: text("red")}},
		{&PathEnumInput{Head: &types.Leaf{}}, EndpointParameters{}},
		{&PathPlainInput{Head: head}, EndpointParameters{Flag: &yes}},
		{&PathFlagInput{Head: head}, EndpointParameters{Flag: &yes}},
		{&PathEachInput{Items: items}, EndpointParameters{Names: []string{"n1", "n2"}}},
		{&PathEnumsInput{Items: items}, EndpointParameters{Names: []string{"blue"}}},
		{&PathSelectInput{Text: text("t"), Head: head}, EndpointParameters{Names: []string{"t", "h"}}},
		{&PathSelectInput{Head: head}, EndpointParameters{Names: []string{"h"}}},
		{&PathSelectEachInput{Items: items}, EndpointParameters{Names: []string{"n1", "a", "blue", "n2"}}},
		{&PathFlattenInput{Items: items}, EndpointParameters{Names: []string{"t1", "t2", "t3"}}},
		{&PathFlattenMoreInput{Items: items}, EndpointParameters{Names: []string{"b"}}},
		{&PathFlattenFieldsInput{Items: items}, EndpointParameters{Names: []string{"b"}}},
		{&PathMatrixInput{Matrix: [][]string{{"a"}, nil, {"b", "c"}}}, EndpointParameters{Names: []string{"a", "b", "c"}}},
		{&PathListInput{List: []string{"l"}}, EndpointParameters{Names: []string{"l"}}},
		{&PathListInput{}, EndpointParameters{}},
		{&PathQuotedInput{List: []string{"l"}}, EndpointParameters{Names: []string{"l"}}},
		{&PathSparseInput{Sparse: []*string{text("s"), nil}}, EndpointParameters{Names: []string{"s"}}},
		{&PathColorsInput{Colors: []types.Color{"red", "blue"}}, EndpointParameters{Names: []string{"red", "blue"}}},
		{&PathKeysInput{Table: map[string]types.Leaf{"b": {}, "a": {}}}, EndpointParameters{Names: []string{"a", "b"}}},
		{&PathKeysEachInput{Head: head}, EndpointParameters{Names: []string{"k"}}},
		{&PathKeysFlatInput{Items: items}, EndpointParameters{Names: []string{"x", "y"}}},
		{&PathValuesInput{Table: map[string]types.Leaf{"z": leaf("1"), "a": leaf("2"), "m": {}}}, EndpointParameters{Names: []string{"2", "1"}}},
		{&PathPointersInput{Pointers: []*types.Leaf{&b, nil, {}}}, EndpointParameters{Names: []string{"b"}}},
		{&ReplacedInput{Colors: []types.Color{"red"}, List: []string{"l"}}, EndpointParameters{Names: []string{"l"}}},
	} {
		c.want.Needed = text("static")
		var got EndpointParameters
		c.in.bindEndpointParams(&got)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%T: %s, want %s", c.in, show(got), show(c.want))
		}
	}
}

func show(p EndpointParameters) string {
	return fmt.Sprint(aws.ToString(p.Name), p.Flag, aws.ToString(p.Mode), aws.ToString(p.Needed), p.Names)
}

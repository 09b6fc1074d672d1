package c2j_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/smithy"
)

const shared = "../../../shared/"

// loadShared loads a service file with what is beside it.
func loadShared(t testing.TB, file string) *spec.API {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	api, err := c2j.Load(file, data, c2j.Options{Siblings: os.DirFS(filepath.Dir(file)), EndpointTests: true})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// document is as much of the format as counting needs.
type document struct {
	Operations map[string]struct{ Errors []struct{ Shape string } }
	Shapes     map[string]struct{ Members map[string]any }
}

// checkAgainstSource counts the operations, their errors and the members.
func checkAgainstSource(t *testing.T, file string, data []byte, api *spec.API) {
	t.Helper()
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	if len(api.Operations) != len(doc.Operations) {
		t.Errorf("%s: %d operations, the source has %d", file, len(api.Operations), len(doc.Operations))
	}
	for _, op := range api.Operations {
		names := map[string]bool{} // some files list an error twice
		for _, e := range doc.Operations[op.Name].Errors {
			names[e.Shape] = true
		}
		got := 0 // of those that the source has; the loader adds others
		for _, e := range op.Errors {
			if _, ok := doc.Shapes[e.Name]; ok {
				got++
			}
		}
		if want := len(names); got != want {
			t.Errorf("%s: %s has %d errors, the source has %d", file, op.Name, got, want)
		}
	}
	for name, s := range api.Shapes {
		if got, want := len(s.Members), len(doc.Shapes[name].Members); got != want {
			t.Errorf("%s: %s has %d members, the source has %d", file, name, got, want)
		}
	}
}

// TestSharedModels loads every published model that is at hand.
func TestSharedModels(t *testing.T) {
	files, err := filepath.Glob(shared + "models/c2j/*/*/service-2.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the models are not in ../shared")
	}
	var operations, shapes, paginated, waiters int
	for _, file := range files {
		api := loadShared(t, file)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		checkAgainstSource(t, file, data, api)
		if api.ID == "" || api.Version == "" || len(api.Protocols) == 0 || len(api.Auth) == 0 || api.SigningName == "" || api.Endpoint == nil {
			t.Errorf("%s: something is missing: id %q, version %q, protocols %q, auth %q", file, api.ID, api.Version, api.Protocols, api.Auth)
		}
		operations += len(api.Operations)
		shapes += len(api.Shapes)
		for _, op := range api.Operations {
			waiters += len(op.Waiters)
			if op.Pagination != nil {
				paginated++
			}
		}
	}
	t.Logf("%d files, %d operations (%d paginated, %d waiters), %d shapes", len(files), operations, paginated, waiters, shapes)
}

// suites are the services that the protocol cases are of.
var suites = []string{"Conformance", "Query Compatible JSON RPC 10", "Query Compatible RpcV2 Protocol"}

// TestConformanceModels loads the models of the protocol cases, which are parts of
// other documents and have nothing beside them.
func TestConformanceModels(t *testing.T) {
	files, err := filepath.Glob(shared + "conformance/*/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the conformance cases are not in ../shared")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var suite struct{ Model json.RawMessage }
		if err := json.Unmarshal(data, &suite); err != nil {
			t.Fatal(err)
		}
		api, err := c2j.Load(file, suite.Model, c2j.Options{})
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if len(api.Operations) != 1 || !slices.Contains(suites, api.ID) {
			t.Errorf("%s: %d operations of %q", file, len(api.Operations), api.ID)
		}
		checkAgainstSource(t, file, suite.Model, api)
		checkAPI(t, api)
	}
	t.Logf("%d suites", len(files))
}

// pairs are the services that are there in both formats.
var pairs = map[string]string{
	"batch/2016-08-10": "batch-2016-08-10", "datazone/2018-05-10": "datazone-2018-05-10",
	"eks/2017-11-01": "eks-2017-11-01", "glacier/2012-06-01": "glacier-2012-06-01", "guardduty/2017-11-28": "guardduty-2017-11-28",
	"lambda/2015-03-31": "lambda-2015-03-31", "mediaconvert/2017-08-29": "mediaconvert-2017-08-29",
	"mq/2017-11-27": "mq-2017-11-27", "scheduler/2021-06-30": "scheduler-2021-06-30",
	"sns/2010-03-31": "sns-2010-03-31", "ssm/2014-11-06": "ssm-2014-11-06",
	"synthetics/2017-10-11": "synthetics-2017-10-11",
}

// loadPair loads a service from both formats.
func loadPair(t *testing.T, folder, name string) (fromC2J, fromSmithy *spec.API) {
	t.Helper()
	file := shared + "models/smithy/" + name + ".json"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skip("skipped: the models are not in ../shared")
	}
	fromSmithy, err = smithy.Load(file, data, smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return loadShared(t, shared+"models/c2j/"+folder+"/service-2.json"), fromSmithy
}

// TestSameAsSmithy loads DataZone's first operation from both formats: the models
// are the same to the letter.
func TestSameAsSmithy(t *testing.T) {
	a, b := loadPair(t, "datazone/2018-05-10", pairs["datazone/2018-05-10"])
	for _, name := range []string{"GetDataSourceRun", "ListDataSourceRuns", "ListDataSourceRunActivities"} {
		fromC2J, _ := spec.Select(a, []string{name})
		fromSmithy, _ := spec.Select(b, []string{name})
		if diff := cmp.Diff(dump(t, fromSmithy), dump(t, fromC2J)); diff != "" {
			t.Errorf("%s (- Smithy, + C2J):\n%s", name, diff)
		}
	}
}

// TestLikeSmithy compares what services have in both formats. The Smithy files are
// more than a year older, so only what does not change in an API that stays
// compatible must agree, and a few differences are known.
func TestLikeSmithy(t *testing.T) {
	compared := 0
	known := knownDifferences()
	for folder, name := range pairs {
		a, b := loadPair(t, folder, name)
		c := comparison{t: t, service: strings.Split(folder, "/")[0], known: known}
		c.equal("id", a.ID, b.ID)
		c.equal("version", a.Version, b.Version)
		c.equal("prefix", a.EndpointPrefix, b.EndpointPrefix)
		c.equal("signing name", a.SigningName, b.SigningName)
		c.equal("auth", a.Auth, b.Auth)
		c.equal("protocols", a.Protocols, b.Protocols)
		byName := map[string]*spec.Operation{}
		for _, op := range a.Operations {
			byName[op.Name] = op
		}
		for _, want := range b.Operations {
			if got := byName[want.Name]; got == nil {
				t.Errorf("%s: operation %s is gone", folder, want.Name)
			} else {
				c.operations(got, want)
				compared++
			}
		}
		for shape, want := range b.Shapes {
			if got := a.Shapes[shape]; got != nil {
				c.shapes(got, want)
			}
		}
	}
	for what, used := range known {
		if !used {
			t.Errorf("the known difference %q is none", what)
		}
	}
	t.Logf("compared %d operations of %d services", compared, len(pairs))
}

// comparison compares what a service has in both formats.
type comparison struct {
	t       *testing.T
	service string
	known   map[string]bool
}

// isKnown reports whether a difference is in the table, and ticks it off.
func (c *comparison) isKnown(what string) bool {
	_, ok := c.known[c.service+" "+what]
	if ok {
		c.known[c.service+" "+what] = true
	}
	return ok
}

func (c *comparison) equal(what string, got, want any) {
	c.t.Helper()
	nowhere := cmp.Comparer(func(spec.Pos, spec.Pos) bool { return true })
	if diff := cmp.Diff(want, got, nowhere); diff != "" && !c.isKnown(what) {
		c.t.Errorf("%s %s (- Smithy, + C2J):\n%s", c.service, what, diff)
	}
}

func (c *comparison) operations(got, want *spec.Operation) {
	c.equal(got.Name+" method", got.HTTP.Method, want.HTTP.Method)
	c.equal(got.Name+" path", got.HTTP.URI, want.HTTP.URI)
	c.equal(got.Name+" status", got.HTTP.Status, want.HTTP.Status)
	c.equal(got.Name+" host", got.HostPrefix, want.HostPrefix)
	c.equal(got.Name+" auth", got.Auth, want.Auth)
	c.equal(got.Name+" input", got.Input != nil, want.Input != nil)
	if want.Pagination != nil && got.Pagination != nil {
		c.equal(got.Name+" pagination", got.Pagination, want.Pagination)
	}
	for _, w := range want.Waiters {
		i := slices.IndexFunc(got.Waiters, func(g spec.Waiter) bool { return g.Name == w.Name })
		if i < 0 {
			c.t.Errorf("%s %s: waiter %s is gone", c.service, got.Name, w.Name)
			continue
		}
		c.equal(got.Name+" waiter "+w.Name, got.Waiters[i], w)
	}
	for _, e := range want.Errors {
		if !slices.ContainsFunc(got.Errors, func(g *spec.Shape) bool { return g.Name == e.Name }) {
			c.t.Errorf("%s %s: error %s is gone", c.service, got.Name, e.Name)
		}
	}
}

func (c *comparison) shapes(got, want *spec.Shape) {
	c.equal(got.Name+" kind", got.Kind.String(), want.Kind.String())
	c.equal(got.Name+" error", got.Error, want.Error)
	c.equal(got.Name+" timestamp", got.TimestampFormat, want.TimestampFormat)
	c.equal(got.Name+" streaming", got.Streaming, want.Streaming)
	for _, v := range want.EnumValues {
		if !slices.ContainsFunc(got.EnumValues, func(g spec.EnumValue) bool { return g.Value == v.Value }) {
			c.t.Errorf("%s %s: value %q is gone", c.service, got.Name, v.Value)
		}
	}
	for _, w := range want.Members {
		if g := got.Member(w.Name); g != nil {
			c.members(got.Name+"."+w.Name, g, w)
		} else {
			c.t.Errorf("%s %s: member %s is gone", c.service, got.Name, w.Name)
		}
	}
}

func (c *comparison) members(name string, got, want *spec.Member) {
	c.equal(name+" kind", got.Target.Kind.String(), want.Target.Kind.String())
	c.equal(name+" location", got.Location, want.Location)
	c.equal(name+" location name", got.LocationName, want.LocationName)
	c.equal(name+" JSON name", got.JSONName, want.JSONName)
	c.equal(name+" timestamp", got.WireTimestamp(got.Location, ""), want.WireTimestamp(want.Location, ""))
	c.equal(name+" required", got.Required, want.Required)
	c.equal(name+" token", got.IdempotencyToken, want.IdempotencyToken)
	if got.HasZeroDefault() {
		c.t.Errorf("%s %s cannot be absent", c.service, name)
	}
}

// knownDifferences are those that the files' ages make, and a few that publishers
// make by hand.
func knownDifferences() map[string]bool {
	known := map[string]bool{}
	for _, what := range []string{
		// What was required is no longer.
		"batch CreateJobQueueRequest.computeEnvironmentOrder required", "batch ComputeResource.subnets required",
		"datazone CreateConnectionInput.environmentIdentifier required", "datazone CreateDomainInput.domainExecutionRole required",
		"datazone CreateEnvironmentInput.environmentProfileIdentifier required", "datazone CreateGroupProfileInput.groupIdentifier required",
		"datazone EnvironmentConfiguration.awsAccount required", "datazone EnvironmentConfiguration.awsRegion required",
		"datazone Filter.value required", "datazone ListConnectionsInput.projectIdentifier required",
		"datazone StartMetadataGenerationRunInput.type required", "guardduty MemberDataSourceConfiguration.DataSources required",
		"mq CreateBrokerRequest.Users required", "synthetics CanaryCodeInput.Handler required",
		// The other way round.
		"guardduty GetRemainingFreeTrialDaysRequest.AccountIds required",
		// Types and names that differ between the publications.
		"guardduty AccessDeniedException.Type JSON name", "guardduty BadRequestException.Type JSON name", "guardduty ConflictException.Type JSON name",
		"guardduty InternalServerErrorException.Type JSON name", "guardduty ResourceNotFoundException.Type JSON name",
		"mediaconvert AudioProperties.BitRate kind", "mediaconvert VideoProperties.BitRate kind",
		"lambda DeleteFunction status",
		// Items that only C2J names.
		"ssm DescribeParameters pagination", "ssm GetParameterHistory pagination", "ssm GetParametersByPath pagination",
	} {
		known[what] = false
	}
	return known
}

func BenchmarkLoad(b *testing.B) {
	const file = shared + "models/c2j/datazone/2018-05-10/service-2.json"
	data, err := os.ReadFile(file)
	if err != nil {
		b.Skip("skipped: the models are not in ../shared")
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := c2j.Load(file, data, c2j.Options{Siblings: os.DirFS(filepath.Dir(file))}); err != nil {
			b.Fatal(err)
		}
	}
}

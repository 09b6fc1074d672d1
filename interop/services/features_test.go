package services

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/spec"
)

const sdk = "github.com/aws/aws-sdk-go-v2/"

// feature is a module of the official SDK that calls clients, and whose own tests run over
// ours.
type feature struct {
	// path is the module's, below that of the SDK.
	path, version, sum string
	// clients are the clients that it calls: ours, in the place of the official ones.
	clients []replacement
}

// replacement is a client of ours in the place of an official package.
type replacement struct {
	service
	// defaults are the members of the model that have zero as their default, which C2J does
	// not say.
	defaults []string
}

// Clients that several features call.
var (
	dynamodbOld = replacement{service: service{name: "dynamodb", model: "smithy/dynamodb-2012-08-10.json", version: "v1.42.4"}}
	dynamodbNew = replacement{service: service{name: "dynamodb", model: "smithy/dynamodb-2012-08-10.json", version: "v1.74.0"}}
	streamsOld  = replacement{service: service{name: "dynamodbstreams", model: "smithy/dynamodb-streams-2012-08-10.json", version: "v1.25.6"}}
	streamsNew  = replacement{service: service{name: "dynamodbstreams", model: "smithy/dynamodb-streams-2012-08-10.json", version: "v1.47.0"}}
	s3Old       = replacement{service: service{name: "s3", model: "smithy/s3-2006-03-01.json", version: "v1.79.2"}}
	s3New       = replacement{service: service{name: "s3", model: "c2j/s3/2006-03-01/service-2.json", version: "v1.114.10"}}
	stsOld      = replacement{service: service{name: "sts", model: "smithy/sts-2011-06-15.json", version: "v1.33.19"}}
	stsNew      = replacement{service: service{name: "sts", model: "c2j/sts/2011-06-15/service-2.json", version: "v1.52.0"}}
	ssoOld      = replacement{service: service{name: "sso", model: "models/apis/sso/2019-06-10/api-2.json", version: "v1.25.3"}, defaults: ssoDefaults}
	ssoNew      = replacement{service: service{name: "sso", model: "models/apis/sso/2019-06-10/api-2.json", version: "v1.39.5"}, defaults: ssoDefaults}
	ssooidcOld  = replacement{service: service{name: "ssooidc", model: "models/apis/sso-oidc/2019-06-10/api-2.json", version: "v1.30.1"}, defaults: ssooidcDefaults}
	ssooidcNew  = replacement{service: service{name: "ssooidc", model: "models/apis/sso-oidc/2019-06-10/api-2.json", version: "v1.44.5"}, defaults: ssooidcDefaults}

	// There is no model of it but the one here, which has what features call.
	signin = replacement{service: service{name: "signin", model: "testdata/signin.json", version: "v1.13.1"}}

	ssoDefaults     = []string{"RoleCredentials.expiration"}
	ssooidcDefaults = []string{
		"CreateTokenResponse.expiresIn", "CreateTokenWithIAMResponse.expiresIn", "RegisterClientResponse.clientIdIssuedAt",
		"RegisterClientResponse.clientSecretExpiresAt", "StartDeviceAuthorizationResponse.expiresIn", "StartDeviceAuthorizationResponse.interval",
	}
)

// features are modules of the models' age, and the newest ones.
var features = []feature{
	{path: "feature/s3/manager", version: "v1.17.71", sum: "h1:s43gLuY+zGmtpx+KybfFP4IckopmTfDOPdlf/L++N5I=", clients: []replacement{s3Old, stsOld, ssoOld, ssooidcOld}},
	{path: "feature/s3/transfermanager", version: "v0.1.1", sum: "h1:CF7uX/Tbaf+nmgK6+/lRuCVc6385US385pt4vg/6YCs=", clients: []replacement{s3New, stsNew, ssoNew, ssooidcNew, signin}},
	{path: "feature/s3/transfermanager", version: "v0.5.7", sum: "h1:MWKccAstmjdVjDF5JaCWyGZNWUON8OmxI0eH+W+SkgY=", clients: []replacement{s3New, stsNew, ssoNew, ssooidcNew, signin}},
	{path: "feature/dynamodb/attributevalue", version: "v1.19.3", sum: "h1:xQYRnbQ+ypDMCLiFlLw5cF7Xd6K+oaL7jco2zwIMqTs=", clients: []replacement{dynamodbOld, streamsOld}},
	{path: "feature/dynamodb/attributevalue", version: "v1.21.21", sum: "h1:OLcCf/6IUttK7DIuuavNx6JmHPAgdRgJZCkTajVTd1o=", clients: []replacement{dynamodbNew, streamsNew}},
	{path: "feature/dynamodb/expression", version: "v1.8.4", sum: "h1:ZP5RdtlbzvFkLs+5jAoEmP11MedSlLbSqv19gm/DLqE=", clients: []replacement{dynamodbOld, streamsOld}},
	{path: "feature/dynamodb/expression", version: "v1.10.9", sum: "h1:dAyg3Vkc1P4DE+KejLkyxLjBuOW10FlBB9PbzSbqw7U=", clients: []replacement{dynamodbNew, streamsNew}},
	// It calls none: it signs by itself.
	{path: "feature/rds/auth", version: "v1.5.11", sum: "h1:qDk85oQdhwP4NR1RpkN+t40aN46/K96hF9J1vDRrkKM="},
	{path: "credentials", version: "v1.17.67", sum: "h1:9KxtdcIA/5xPNQyZRgUSpYOE6j9Bc4+D7nZua0KGYOM=", clients: []replacement{stsOld, ssoOld, ssooidcOld}},
	{path: "credentials", version: "v1.21.0", sum: "h1:OViwhqeipkQzSHuO2eQDUCdLrI6r3nzGxFUyM8GqnCs=", clients: []replacement{stsNew, ssoNew, ssooidcNew, signin}},
	{path: "config", version: "v1.29.14", sum: "h1:f+eEi/2cKCg9pqKBoAIwRGzVb70MRKqWX4dg1BDcSJM=", clients: []replacement{stsOld, ssoOld, ssooidcOld}},
	{path: "config", version: "v1.33.18", sum: "h1:WC0C4jM/tewXG8DWXnoxXnusJPZTryPazqk2k/zgd2s=", clients: []replacement{stsNew, ssoNew, ssooidcNew, signin}},
}

// TestFeatures runs the tests of each feature over our clients, which replace lines put in
// the place of the official packages.
func TestFeatures(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	root := t.TempDir()
	writeFile(t, filepath.Join(root, "go.mod"), []byte("module example.com/interop\n\ngo 1.26\n"))
	for _, f := range features {
		t.Run(f.name(), func(t *testing.T) {
			dir := f.copy(t, root)
			if got := officialOf(t, dir); len(got) > 0 {
				t.Errorf("the official packages of %q are in the build", got)
			}
			f.test(t, dir)
		})
	}
}

func (f feature) name() string { return strings.ReplaceAll(f.path, "/", "-") + "-" + f.version }

// copy copies a feature's module below root, with replace lines to our clients.
func (f feature) copy(t *testing.T, root string) string {
	t.Helper()
	source, err := download(sdk+f.path+"@"+f.version, f.sum)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, f.name())
	if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} { // what is copied can't be written
		if err := os.Chmod(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mod := regexp.MustCompile(`(?m)^replace .*$`).ReplaceAll(readFile(t, filepath.Join(dir, "go.mod")), nil)
	for _, c := range f.clients {
		mod = fmt.Appendf(mod, "\nreplace %s%s => %s\n", officialModule, c.name, c.generate(t, root))
	}
	writeFile(t, filepath.Join(dir, "go.mod"), mod)
	return dir
}

// generate generates a client as a module below root, once, and returns its folder.
func (r replacement) generate(t *testing.T, root string) string {
	t.Helper()
	dir := filepath.Join(root, r.name+"-"+r.version)
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	cfg := lathe.Config{Spec: modelFile(t, r.service), Out: dir, Package: r.name, Module: officialModule + r.name + "@" + r.version}
	for _, member := range r.defaults {
		cfg.Additions.Defaults = append(cfg.Additions.Defaults, spec.AddedDefault{Member: member, Value: json.Number("0")})
	}
	result, err := lathe.Generate(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(file.Path)), file.Data)
	}
	return dir
}

// officialOf are the services whose official packages the tests of a module link.
func officialOf(t *testing.T, dir string) (names []string) {
	t.Helper()
	out, err := run(dir, "list", "-mod=mod", "-deps", "-test", "-f", "{{with .Module}}{{if not .Replace}}{{.Path}}{{end}}{{end}}", "./...")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), officialModule); ok && !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

var passedTest = regexp.MustCompile(`(?m)^--- PASS: `)

// test runs the tests of a module.
func (f feature) test(t *testing.T, dir string) {
	t.Helper()
	for _, setting := range os.Environ() { // the SDK's own tests expect none of theirs
		if name, value, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, value) // put back at the end
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, err := goTest(dir, "-trimpath=false", "-v", "./...") // tests look for files beside their source
	passed := len(passedTest.FindAll(out, -1))
	if err != nil || passed == 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%d tests pass", passed)
}

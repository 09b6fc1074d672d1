package naming_test

import (
	"testing"

	"example.com/lathe/internal/naming"
)

func TestExported(t *testing.T) {
	for name, want := range map[string]string{
		"domainId": "DomainId", "ID": "ID", "x": "X", "_private": "Private", "9lives": "Lives",
		"with-dash": "With_dash", "a.b": "A_b", "": "X", "123": "X123", "été": "Été", "名前": "X名前", "type": "Type",
	} {
		if got := naming.Exported(name); got != want {
			t.Errorf("Exported(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestEnumConstant(t *testing.T) {
	for _, c := range [][2]string{
		{"IN_PROGRESS", "EInProgress"}, {"us-east-1", "EUsEast1"}, {"camelCase", "ECamelCase"},
		{"FullHD", "EFullHD"}, {"a.b:c", "EABC"}, {"", "E"}, {"SUCCESS", "ESuccess"}, {"v2_BETA", "EV2Beta"},
	} {
		if got := naming.EnumConstant("E", c[0]); got != c[1] {
			t.Errorf("EnumConstant(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestPackage(t *testing.T) {
	for id, want := range map[string]string{
		"DataZone": "datazone", "API Gateway": "apigateway", "S3": "s3", "": "client", "Go": "clientgo", "42nd": "nd",
	} {
		if got := naming.Package(id); got != want {
			t.Errorf("Package(%q) = %q, want %q", id, got, want)
		}
	}
	for name, want := range map[string]bool{"datazone": true, "DataZone": false, "func": false, "_": false, "a-b": false, "": false} {
		if got := naming.IsPackage(name); got != want {
			t.Errorf("IsPackage(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestScope(t *testing.T) {
	s := naming.NewScope("Client")
	for _, want := range []string{"Client_", "Client_2", "Client_3"} {
		if got := s.Free("Client"); got != want {
			t.Errorf("Free = %q, want %q", got, want)
		}
	}
	if !s.Take("Other") || s.Take("Other") || !s.Has("Other") {
		t.Error("Take does not take once")
	}
}

package plan

import (
	"slices"
	"testing"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

func TestLiteralHeaders(t *testing.T) {
	for _, tc := range []struct {
		id   string
		want []protocol.Header
	}{
		{"API Gateway", []protocol.Header{{Name: "Accept", Value: "application/json"}}},
		{"Glacier", []protocol.Header{{Name: "X-Amz-Glacier-Version", Value: "2012-06-01"}}},
		{"ApiGatewayV2", nil},
	} {
		b := &builder{api: &spec.API{ID: tc.id, Version: "2012-06-01"}, protocol: &protocol.Protocol{ContentType: "application/json"}}
		if got := b.literalHeaders(); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.id, got, tc.want)
		}
	}
}

func TestAccountField(t *testing.T) {
	account, vault := &spec.Member{Name: "accountId"}, &spec.Member{Name: "vaultName"}
	text := &Value{Kind: KindString}
	fields := map[*spec.Member]*Field{account: {Name: "AccountId", Pointer: true, Value: text}, vault: {Name: "VaultName", Pointer: true, Value: text}}
	if got := accountField(&spec.API{ID: "Glacier"}, fields); got != fields[account] {
		t.Errorf("Glacier: %+v", got)
	}
	if got := accountField(&spec.API{ID: "EKS"}, fields); got != nil {
		t.Errorf("EKS: %+v", got)
	}
}

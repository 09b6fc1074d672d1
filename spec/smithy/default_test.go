package smithy_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/spec/smithy"
)

// TestMemberDefaults sees which members of both versions have zero as their default, as
// Smithy's own tools make it of version 1.0.
func TestMemberDefaults(t *testing.T) {
	const model = `{"smithy": %q, "shapes": {
		"x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {"aws.api#service": {"sdkId": "S"}, "aws.protocols#awsJson1_0": {}}},
		"x#Op": {"type": "operation", "input": {"target": "x#In"}},
		"x#Plain": {"type": "integer"},
		"x#Boxed": {"type": "integer", "traits": {"smithy.api#box": {}}},
		"x#Zero": {"type": "integer", "traits": {"smithy.api#default": 0}},
		"x#In": {"type": "structure", "traits": {"smithy.api#input": {}}, "members": {"m": {"target": %q, "traits": %s}}}
	}}`
	const none, box, zero, null = `{}`, `{"smithy.api#box": {}}`, `{"smithy.api#default": 0}`, `{"smithy.api#default": null}`
	const added, optional = `{"smithy.api#default": 0, "smithy.api#addedDefault": {}}`, `{"smithy.api#default": 0, "smithy.api#clientOptional": {}}`
	for _, c := range []struct {
		version, target, traits string
		want                    bool
	}{
		{"1.0", "x#Plain", none, true},
		{"1.0", "x#Plain", `{"smithy.api#required": {}}`, true},
		{"1.0", "x#Plain", box, false},
		{"1.0", "x#Boxed", none, false},
		{"1.0", "smithy.api#Integer", none, false},
		{"1.0", "smithy.api#PrimitiveInteger", none, true},
		{"1.0", "smithy.api#PrimitiveInteger", box, false},
		{"2.0", "x#Plain", none, false},
		{"2.0", "x#Plain", zero, true},
		{"2.0", "x#Plain", null, false},
		{"2.0", "x#Plain", added, false},
		{"2.0", "x#Plain", optional, false},
		{"2.0", "x#Zero", none, false}, // Smithy asks for it to be repeated
		{"2.0", "x#Zero", zero, true},
		{"2.0", "x#Zero", null, false},
		{"2.0", "smithy.api#PrimitiveInteger", none, false},
		{"2.0", "smithy.api#PrimitiveInteger", zero, true},
		{"2.0", "smithy.api#Integer", zero, true},
	} {
		api, err := smithy.Load("m.json", fmt.Appendf(nil, model, c.version, c.target, c.traits), smithy.Options{})
		if err != nil {
			t.Errorf("%s %s %s: %v", c.version, c.target, c.traits, err)
			continue
		}
		if got := api.Operations[0].Input.Member("m").HasZeroDefault(); got != c.want {
			t.Errorf("%s %s %s: %t", c.version, c.target, c.traits, got)
		}
	}
}

// TestAmendments sees what the generator of the official packages does to a few
// members.
func TestAmendments(t *testing.T) {
	for _, c := range []struct {
		id, traits      string
		plain, required bool
	}{
		{"com.amazonaws.sqs#ChangeMessageVisibilityBatchRequestEntry$VisibilityTimeout", `{}`, true, true},
		{"com.amazonaws.sqs#ReceiveMessageRequest$WaitTimeSeconds", `{}`, true, false},
		{"com.amazonaws.sqs#ReceiveMessageRequest$WaitTimeSeconds", `{"smithy.api#default": 1}`, false, false}, // the publisher's word
		{"com.amazonaws.sqs#ReceiveMessageRequest$Other", `{}`, false, false},
		{"com.amazonaws.s3control#PublicAccessBlockConfiguration$IgnorePublicAcls", `{"smithy.api#default": 0}`, false, false},
		{"com.amazonaws.evidently#GetExperimentResultsRequest$period", `{"smithy.api#default": 0}`, false, false},
		{"com.amazonaws.imagebuilder#LaunchTemplateConfiguration$setDefaultVersion", `{"smithy.api#default": 0}`, false, false},
		{"com.amazonaws.paymentcryptographydata#VerifyPinDataInput$PinDataLength", `{"smithy.api#default": 0}`, false, false},
		{"com.amazonaws.s3control#PublicAccessBlockConfiguration$Other", `{"smithy.api#default": 0}`, true, false},
	} {
		namespace, rest, _ := strings.Cut(c.id, "#")
		shape, member, _ := strings.Cut(rest, "$")
		model := strings.NewReplacer("NS", namespace, "SHAPE", shape, "MEMBER", member, "TRAITS", c.traits).Replace(`{"smithy": "2.0", "shapes": {
			"NS#S": {"type": "service", "version": "1", "operations": [{"target": "NS#Op"}], "traits": {"aws.api#service": {"sdkId": "S"}, "aws.protocols#awsJson1_0": {}}},
			"NS#Op": {"type": "operation", "input": {"target": "NS#SHAPE"}},
			"NS#SHAPE": {"type": "structure", "members": {"MEMBER": {"target": "smithy.api#Integer", "traits": TRAITS}}}
		}}`)
		api, err := smithy.Load("m.json", []byte(model), smithy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m := api.Operations[0].Input.Members[0]; m.HasZeroDefault() != c.plain || m.Required != c.required {
			t.Errorf("%s %s: plain %t, required %t", c.id, c.traits, m.HasZeroDefault(), m.Required)
		}
	}
}

package c2j

import (
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// A number or boolean that is not boxed is zero when it is absent, and its Go type
// is no pointer. The published files have lost many of the marks ("box"), which
// boto3 has no use for. The rules here bring them back as far as names and limits
// tell. They were compared with the official Go packages of 17 services: but for IoT,
// where a third of such members come out differently, two members differ.

// known are the exceptions that the official packages show: shapes, or with an
// empty name all other shapes of a service.
var known = [...]struct {
	service, shape string
	nullable       bool
}{
	{"AppSync", "BooleanValue", true},
	{"Batch", "", true},
	{"Glacier", "Size", true},
	{"SESv2", "ExportedRecordsCount", true}, {"SESv2", "FailedRecordsCount", true}, {"SESv2", "MaxItems", true},
	{"SESv2", "Percentage", true}, {"SESv2", "ProcessedRecordsCount", true}, {"SESv2", "Volume", true},
	{"synthetics", "boolean", false}, {"synthetics", "", true},
}

// isNullable says whether a member that is absent differs from one that is zero.
func (l *loader) isNullable(m *spec.Member, node jsonpos.Value, target *definition) bool {
	for _, k := range known {
		if k.service == l.serviceID && (k.shape == "" || k.shape == target.name) {
			return k.nullable
		}
	}
	switch {
	case l.flag(node.Get("box")), l.flag(target.node.Get("box")):
		return true
	case m.Required && m.Location == spec.InLabel:
		return true // zero would be a value like any other
	default:
		return hasNullableName(target.name) || excludesZero(target.shape)
	}
}

// isGuess reports whether the file says nothing of whether a member can be absent.
func (l *loader) isGuess(node jsonpos.Value, target *definition) bool {
	for _, k := range known {
		if k.service == l.serviceID && (k.shape == "" || k.shape == target.name) {
			return false
		}
	}
	return !l.flag(node.Get("box")) && !l.flag(target.node.Get("box"))
}

// hasNullableName knows two conventions: names that say it, and the style of
// services that were made with API Gateway ("__integer"), which box everything.
func hasNullableName(name string) bool {
	return strings.HasPrefix(name, "Nullable") || strings.HasPrefix(name, "__") ||
		strings.HasSuffix(name, "Wrapper") || strings.HasSuffix(name, "WrapperObject")
}

// excludesZero says whether zero is outside a number's limits, so that it cannot
// be the default.
func excludesZero(s *spec.Shape) bool {
	least, most := s.Constraints.Min, s.Constraints.Max
	return least != "" && least != "0" && least[0] != '-' || strings.HasPrefix(most, "-")
}

package callers

import "example.com/client/types"

// A type switch over a union.
func trigger(t types.Trigger) string {
	switch t := t.(type) {
	case *types.TriggerMemberSchedule:
		return t.Value
	case *types.TriggerMemberPhase:
		return *t.Value.Name
	case *types.UnknownUnionMember:
		return t.Tag
	default:
		return ""
	}
}

package goapi

// verdict says what a change means to callers.
type verdict struct {
	kind     Kind
	breaking bool
	why      string
}

func breaking(kind Kind, why string) verdict { return verdict{kind, true, why} }

func fine(kind Kind, why string) verdict { return verdict{kind, false, why} }

// breakingIf chooses between the reasons why a change breaks callers and why not.
func breakingIf(breaks bool, kind Kind, whyBreaking, whyFine string) verdict {
	if breaks {
		return breaking(kind, whyBreaking)
	}
	return fine(kind, whyFine)
}

// Reasons that several changes share.
const (
	whyNew         = "It is new: no caller uses it yet."
	whyRemoved     = "A caller that uses it no longer compiles."
	whySignature   = "A caller that calls it, takes it as a value or has it in an interface no longer compiles."
	whyField       = "A caller that reads or sets it no longer compiles."
	whyOpen        = "All fields were exported: a caller that writes a value without their names, or converts a struct of its own, no longer compiles."
	whyMemberAdded = "Callers compile, except one that embeds the type beside another with a field or method of this name and uses that."
	whyImplements  = "a caller that uses it as one, or has a case for it in a type switch over one, no longer compiles."
)

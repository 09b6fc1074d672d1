// Package rules reads Smithy's endpoint rules language: rule sets and their
// published test cases, from JSON (https://smithy.io/2.0/additional-specs/rules-engine/), and what
// operations pass to them.
//
// It checks a rule set as a whole, so that what it accepts can be compiled without
// a further question: functions, the number and the types of their arguments,
// references, the scope of names, templates, and that nothing is used that may be
// unset. Every mistake is a problem with its position, and all of them are
// reported at once.
package rules

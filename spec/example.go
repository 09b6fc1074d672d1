package spec

// Example is a call of an operation that its source shows: smithy.api#examples. It is no
// part of the interface.
type Example struct {
	Pos                  Pos
	Title, Documentation string
	// Input and Output are what JSON has, as in [Default]; nil for none.
	Input, Output any
	// OutputText is the output as it stands in the source, in JSON.
	OutputText string
	// Error names the shape of the error that the call ends with; empty for none.
	Error string
	// Constraints reports whether the input keeps to the model's constraints; an example of
	// an error need not.
	Constraints bool
}

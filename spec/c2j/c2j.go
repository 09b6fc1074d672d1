// Package c2j loads models in the format of boto3 and the older AWS SDKs, known as
// C2J: a file of operations and shapes (service-2.json or api-2.json), with the
// paginators, the waiters and the endpoint rules in files beside it.
//
// The format says less than Smithy. What the publishers' converter turned Smithy's
// terms into is turned back where it can be recognised, so that a service becomes the
// same model from either. What is lost for good is said in a warning: the files have
// lost most marks of which numbers and booleans may be absent (boto3 has no use for
// "box"), so that all of them may, for 0 and false must be sendable; and enums have
// values but no names.
package c2j

import (
	"io/fs"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// Options are the choices that a caller has.
type Options struct {
	// Siblings is the folder of the service file, where the files beside it are
	// looked for; nil when there are none. All of them are optional.
	Siblings fs.FS
	// EndpointTests asks for the published test cases of the endpoint rules.
	EndpointTests bool
	// Examples asks for the examples of operations.
	Examples bool
}

// Load reads a service file; file is its path in positions. The error is a
// [spec.Problems] with everything that is wrong with the model and its siblings. Beside it is what
// could be read, which is enough to be compared with and nothing to generate from.
func Load(file string, data []byte, opts Options) (*spec.API, error) {
	root, problems := tree.Parse(file, data)
	l := loader{options: opts, file: file, Reader: tree.Reader{Problems: problems}}
	var api *spec.API
	if root.Exists() {
		api = l.load(root)
	}
	return api, l.Problems.Err()
}

// Sniff reports whether data looks like a C2J model: an object with the members
// "metadata" and "operations". It looks no further than a member that marks
// another format.
func Sniff(data []byte) bool {
	var metadata, operations bool
	for name, kind := range tree.Members(data) {
		switch name {
		case "metadata":
			metadata = kind == tree.Object
		case "operations":
			operations = kind == tree.Object
		case "smithy", "openapi":
			return false
		}
		if metadata && operations {
			return true
		}
	}
	return false
}

// Package c2j loads models in the format of boto3 and the older AWS SDKs, known as
// C2J: a file of operations and shapes (service-2.json or api-2.json), with the
// paginators, the waiters and the endpoint rules in files beside it.
//
// The format says less than Smithy. What the publishers' converter turned Smithy's
// terms into is turned back where it can be recognised, so that a service gives the
// same model from either; see box.go for what is guessed.
package c2j

import (
	"bytes"
	"io/fs"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// Options are the choices that a caller has.
type Options struct {
	// Siblings is the folder of the service file, where the files beside it are
	// looked for; nil when there are none. All of them are optional.
	Siblings fs.FS
	// EndpointTests asks for the published test cases of the endpoint rules.
	EndpointTests bool
}

// Load reads a service file; file is its path in positions. The error is a
// [spec.Problems] with everything that is wrong with the model and its siblings.
func Load(file string, data []byte, opts Options) (*spec.API, error) {
	root, problems := jsonpos.Parse(file, data)
	l := loader{options: opts, file: file, problems: problems}
	var api *spec.API
	if root.Exists() {
		api = l.load(root)
	}
	if err := l.problems.Err(); err != nil {
		return nil, err
	}
	return api, nil
}

// Sniff says whether data looks like a C2J model: an object with the members
// "metadata" and "operations" and without those that mark other formats.
func Sniff(data []byte) bool {
	dec := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))
	if dec.PeekKind() != '{' {
		return false
	}
	if _, err := dec.ReadToken(); err != nil {
		return false
	}
	found := map[string]bool{}
	for dec.PeekKind() == '"' {
		key, err := dec.ReadToken()
		if err != nil {
			break
		}
		name, kind := key.String(), dec.PeekKind()
		found[name] = kind == '{'
		if name == "smithy" || name == "openapi" || found["metadata"] && found["operations"] {
			break
		}
		if dec.SkipValue() != nil {
			break
		}
	}
	return found["metadata"] && found["operations"]
}

// Package docs holds the documents that are part of the program.
package docs

import _ "embed" // the schema

// Schema is the JSON schema of lathe.yaml.
//
//go:embed lathe.schema.json
var Schema []byte

package models

import (
	"encoding/json"
	"os"
	"path"

	"github.com/go-json-experiment/json/jsontext"
)

// BotoName is the name of a model in boto3's format, whose folders say of what it is.
const BotoName = "service-2.json"

// rank is higher for the format that official packages are made of.
func (f File) rank() int {
	if path.Base(f.Name) == BotoName {
		return 0
	}
	return 1
}

// botoID is the id of the service that a model in boto3's format describes, "" where it
// can't be read. It stands at the beginning of files that are large, so that no more of them
// is read.
func botoID(file string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // it was only read
	dec := jsontext.NewDecoder(f)
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return ""
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return ""
		}
		if name.String() != "metadata" {
			if dec.SkipValue() != nil {
				return ""
			}
			continue
		}
		var metadata struct {
			ServiceID string `json:"serviceId"`
		}
		if value, err := dec.ReadValue(); err != nil || json.Unmarshal(value, &metadata) != nil {
			return ""
		}
		return metadata.ServiceID
	}
	return ""
}

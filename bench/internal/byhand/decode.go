package byhand

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
	"github.com/go-json-experiment/json/jsontext"
)

// answer is an output with room for all that it points to, so that one allocation
// does for them.
type answer struct {
	out        datazone.GetDataSourceRunOutput
	statistics types.RunStatisticsForAssets
	lineage    types.DataSourceRunLineageSummary
	failure    types.DataSourceErrorMessage
	texts      [6]string
	times      [4]time.Time
	numbers    [5]int32
}

// decoder reads one body. The first error sticks.
type decoder struct {
	json   jsontext.Decoder
	in     bytes.Buffer
	body   string // a copy, which texts share
	err    error
	answer *answer
	texts  int
	times  int
	nums   int
}

var decoders = sync.Pool{New: func() any { return new(decoder) }}

func newDecoder(body []byte) *decoder {
	d := decoders.Get().(*decoder)
	d.in = *bytes.NewBuffer(body)
	d.json.Reset(&d.in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	d.body, d.err, d.texts, d.times, d.nums = string(body), nil, 0, 0, 0
	return d
}

func (d *decoder) free() {
	d.body, d.answer, d.in = "", nil, bytes.Buffer{}
	decoders.Put(d)
}

// Decode reads the answer to GetDataSourceRun, of which nothing refers to the body.
func Decode(body []byte) (*datazone.GetDataSourceRunOutput, error) {
	d := newDecoder(body)
	defer d.free()
	d.answer = new(answer)
	d.object(d.member)
	return &d.answer.out, d.err
}

// object reads an object, whose members are read by name.
func (d *decoder) object(member func(name string)) {
	if _, d.err = d.json.ReadToken(); d.err != nil {
		return
	}
	for d.err == nil && d.json.PeekKind() != jsontext.KindEndObject {
		if name := d.raw(); d.err == nil {
			member(name)
		}
	}
	if d.err == nil {
		_, d.err = d.json.ReadToken()
	}
}

// raw reads a scalar and returns its text without quotes.
func (d *decoder) raw() string {
	value, err := d.json.ReadValue()
	if err != nil {
		d.err = err
		return ""
	}
	end := int(d.json.InputOffset())
	text := d.body[end-len(value) : end]
	if value[0] != '"' {
		return text
	}
	if strings.IndexByte(text, '\\') < 0 {
		return text[1 : len(text)-1]
	}
	var plain []byte
	plain, d.err = jsontext.AppendUnquote(nil, value)
	return string(plain)
}

func (d *decoder) text() *string {
	p := &d.answer.texts[d.texts]
	d.texts++
	*p = d.raw()
	return p
}

func (d *decoder) time() *time.Time {
	p := &d.answer.times[d.times]
	d.times++
	if text := d.raw(); d.err == nil {
		*p, d.err = time.Parse(time.RFC3339Nano, text)
	}
	return p
}

func (d *decoder) number() *int32 {
	p := &d.answer.numbers[d.nums]
	d.nums++
	if text := d.raw(); d.err == nil {
		var n int64
		n, d.err = strconv.ParseInt(text, 10, 32)
		*p = int32(n)
	}
	return p
}

func (d *decoder) member(name string) {
	out := &d.answer.out
	switch name {
	case "domainId":
		out.DomainId = d.text()
	case "dataSourceId":
		out.DataSourceId = d.text()
	case "id":
		out.Id = d.text()
	case "projectId":
		out.ProjectId = d.text()
	case "status":
		out.Status = types.DataSourceRunStatus(d.raw())
	case "type":
		out.Type = types.DataSourceRunType(d.raw())
	case "dataSourceConfigurationSnapshot":
		out.DataSourceConfigurationSnapshot = d.text()
	case "runStatisticsForAssets":
		out.RunStatisticsForAssets = &d.answer.statistics
		d.object(d.statistics)
	case "lineageSummary":
		out.LineageSummary = &d.answer.lineage
		d.object(func(string) { d.answer.lineage.ImportStatus = types.LineageImportStatus(d.raw()) })
	case "errorMessage":
		out.ErrorMessage = &d.answer.failure
		d.object(d.failure)
	case "createdAt":
		out.CreatedAt = d.time()
	case "updatedAt":
		out.UpdatedAt = d.time()
	case "startedAt":
		out.StartedAt = d.time()
	case "stoppedAt":
		out.StoppedAt = d.time()
	default:
		d.err = d.json.SkipValue()
	}
}

func (d *decoder) statistics(name string) {
	s := &d.answer.statistics
	switch name {
	case "added":
		s.Added = d.number()
	case "updated":
		s.Updated = d.number()
	case "unchanged":
		s.Unchanged = d.number()
	case "skipped":
		s.Skipped = d.number()
	case "failed":
		s.Failed = d.number()
	default:
		d.err = d.json.SkipValue()
	}
}

func (d *decoder) failure(name string) {
	switch name {
	case "errorType":
		d.answer.failure.ErrorType = types.DataSourceErrorType(d.raw())
	case "errorDetail":
		d.answer.failure.ErrorDetail = d.text()
	default:
		d.err = d.json.SkipValue()
	}
}

// decodeMessage reads the message of an error.
func decodeMessage(body []byte) (message string, err error) {
	d := newDecoder(body)
	defer d.free()
	d.object(func(name string) {
		if name == "message" {
			message = d.raw()
		} else {
			d.err = d.json.SkipValue()
		}
	})
	return message, d.err
}

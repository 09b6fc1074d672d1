package jsoncodec_test

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/jsoncodec"
	"example.com/lathe/runtime/rest"
	"github.com/aws/smithy-go"
)

func TestEncode(t *testing.T) {
	e := jsoncodec.NewEncoder(nil)
	at := time.Date(2024, 1, 2, 3, 4, 5, 678_900_000, time.FixedZone("", 3600))
	e.BeginObject()
	e.Key(`a"b`)
	e.String("x\n<é>")
	e.Name("list")
	e.BeginArray()
	e.Int(-1)
	e.Bool(true)
	e.Null()
	e.BeginObject()
	e.EndObject()
	e.BeginArray()
	e.EndArray()
	e.String("")
	e.EndArray()
	e.Name("floats")
	e.BeginArray()
	for _, v := range []float64{0, 1.5, 1e21, 1e-7, math.NaN(), math.Inf(1), math.Inf(-1)} {
		e.Float64(v)
	}
	e.Float32(0.1)
	e.EndArray()
	e.Name("blobs")
	e.BeginArray()
	for _, v := range [][]byte{{0xff, 0xfe}, {}, nil} {
		e.Blob(v)
	}
	e.EndArray()
	e.Name("times")
	e.BeginArray()
	e.DateTime(at)
	e.HTTPDate(at)
	e.EpochSeconds(at)
	e.EndArray()
	e.Name("raw")
	e.Raw([]byte(`{"k":1}`))
	e.EndObject()
	const want = `{"a\"b":"x\n<é>","list":[-1,true,null,{},[],""],` +
		`"floats":[0,1.5,1e+21,1e-7,"NaN","Infinity","-Infinity",0.1],"blobs":["//4=","",""],` +
		`"times":["2024-01-02T02:04:05.678Z","Tue, 02 Jan 2024 02:04:05 GMT",1704161045.678],"raw":{"k":1}}`
	if got := string(e.Bytes()); got != want || !json.Valid(e.Bytes()) || e.Err() != nil {
		t.Errorf("got  %s\nwant %s\nerror %v", got, want, e.Err())
	}
}

func FuzzEncodeString(f *testing.F) {
	f.Add("plain", "quo\"te")
	f.Add("\xff\x00", "\u2028")
	f.Fuzz(func(t *testing.T, name, value string) {
		e := jsoncodec.NewEncoder(nil)
		e.BeginObject()
		e.Key(name)
		e.String(value)
		e.EndObject()
		var back map[string]string
		if err := json.Unmarshal(e.Bytes(), &back); err != nil || len(back) != 1 {
			t.Errorf("%q is no object of one string: %v", e.Bytes(), err)
		}
	})
}

func FuzzErrorCode(f *testing.F) {
	for _, seed := range []string{"", "A", "a#B", "B:c", "a#B:c", "#", ":", "##", "a#b#c:d:e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		codes, _, _ := jsoncodec.ErrorInfo(http.Header{"X-Amzn-Errortype": {code}}, nil)
		got := codes[0]
		if strings.Contains(got, ":") || !strings.Contains(code, got) {
			t.Errorf("code of %q is %q", code, got)
		}
	})
}

func TestErrorCodes(t *testing.T) {
	header := http.Header{"X-Amzn-Errortype": {"ns#Header:http://x"}, "X-Amzn-Query-Error": {"AWS.Query;Sender"}}
	body := []byte(`{"__type":"ns#Type","code":"Code"}`)
	codes, unknown, err := jsoncodec.ErrorInfo(header, body)
	want := [3]string{"Header", "Type", "Code"}
	if err != nil || codes != want || unknown != (smithy.GenericAPIError{Code: "Header"}) {
		t.Errorf("got %q, %#v, %v, want %q", codes, unknown, err, want)
	}
	codes, unknown, err = jsoncodec.QueryCompatibleErrorInfo(header, body)
	if err != nil || codes != want || unknown != (smithy.GenericAPIError{Code: "AWS.Query", Fault: smithy.FaultClient}) {
		t.Errorf("query compatible: got %q, %#v, %v, want %q", codes, unknown, err, want)
	}
}

// TestQueryErrorCodes: the fault may be absent or unknown, as newer official packages
// read it (smithy-go, internal/errors).
func TestQueryErrorCodes(t *testing.T) {
	for value, want := range map[string]smithy.GenericAPIError{
		"":                  {Code: "Type"},
		"Query":             {Code: "Query"},
		"Query;":            {Code: "Query"},
		"Query;Sender":      {Code: "Query", Fault: smithy.FaultClient},
		"Query;Receiver":    {Code: "Query", Fault: smithy.FaultServer},
		"Query;Sender;More": {Code: "Query"},
		";Sender":           {Code: "Type", Fault: smithy.FaultClient},
	} {
		header := http.Header{"X-Amzn-Query-Error": {value}}
		if _, got, err := jsoncodec.QueryCompatibleErrorInfo(header, []byte(`{"__type":"Type"}`)); err != nil || got != want {
			t.Errorf("%q: got %#v, %v, want %#v", value, got, err, want)
		}
		if got := rest.QueryErrorCode(header); (got != nil) != (want.Code == "Query") || got != nil && *got != "Query" {
			t.Errorf("%q: the code is %v", value, got)
		}
	}
}

func TestErrorInfo(t *testing.T) {
	for body, want := range map[string][3]string{ // __type, code, message
		``:                                {"", "", ""},
		`null`:                            {"", "", ""},
		`{}`:                              {"", "", ""},
		`{"code":"A","message":"m"}`:      {"", "A", "m"},
		`{"__type":"ns#B","Message":"m"}`: {"B", "", "m"},
		`{"code":"A","__type":"B"}`:       {"B", "A", ""},
		`{"code":"","__type":"B"}`:        {"B", "", ""},
		`{"code":null,"__type":"B"}`:      {"B", "", ""},
		`{"__type":"B","code":404,"message":"m"}`: {"B", "", "m"},
		`{"code":404,"message":{"why":[1]}}`:      {"", "", `{"why":[1]}`},
		`{"CODE":"A","__TYPE":"B","mEssage":"m"}`: {"B", "A", "m"},
		`{"code":" A ","message":" m "}`:          {"", " A ", " m "},
		`{"code":{"a":1},"__type":"B"}`:           {"B", "", ""},
		`{"__type":["B"],"code":true}`:            {"", "", ""},
		`{"__type":7,"code": "\u0041"}`:           {"", "A", ""},
	} {
		codes, unknown, err := jsoncodec.ErrorInfo(nil, []byte(body))
		if err != nil || codes != [3]string{1: want[0], 2: want[1]} || unknown.Message != want[2] {
			t.Errorf("%s: got %q, %q, %v, want %q", body, codes, unknown.Message, err, want)
		}
	}
	codes, _, err := jsoncodec.ErrorInfo(nil, []byte(`{"code":"A","message":"m`))
	if codes[2] != "A" || err == nil {
		t.Errorf("a truncated body gave %q, %v", codes, err)
	}
	if _, _, err := jsoncodec.ErrorInfo(nil, []byte("<html>")); err == nil {
		t.Error("HTML is no error")
	}
}

func TestErrorMessage(t *testing.T) {
	for body, want := range map[string]*string{
		"": nil, "null": nil, "[]": nil, "<html>": nil, `{}`: nil, `{"message":null}`: nil, `{"message":5}`: nil, `{"MESSAGE":"m"}`: nil,
		`{"message":"m"}`: new("m"), `{"x":{},"Message":"m"}`: new("m"), `{"message":"m","x":`: new("m"), `{"message":""}`: new(""),
	} {
		got := jsoncodec.ErrorMessage([]byte(body))
		if (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Errorf("%s: got %v, want %v", body, got, want)
		}
	}
}

// TestParts has a long message in parts and in one piece, and a short one.
func TestParts(t *testing.T) {
	for _, n := range []int{0, 1, 100_000} {
		e := jsoncodec.NewEncoder(nil)
		e.BeginArray()
		for range n {
			e.BeginArray()
			e.String("text")
			e.EndArray()
		}
		e.EndArray()
		parts := e.Parts()
		whole := string(bytes.Join(parts, nil))
		if want := "[" + strings.TrimSuffix(strings.Repeat(`["text"],`, n), ",") + "]"; whole != want {
			t.Errorf("%d elements: %.40q…", n, whole)
		}
		if string(e.Bytes()) != whole || (len(parts) > 1) != (n == 100_000) {
			t.Errorf("%d elements: %d parts differ from the whole", n, len(parts))
		}
	}
}

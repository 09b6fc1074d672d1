package scalar_test

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/scalar"
)

// utc is a time that a test wants.
func utc(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// TestEpochSeconds reads numbers and writes them again.
func TestEpochSeconds(t *testing.T) {
	for number, want := range map[string]string{
		"0": "1970-01-01T00:00:00Z", "0.001": "1970-01-01T00:00:00.001Z", "-0.001": "1969-12-31T23:59:59.999Z", "-1": "1969-12-31T23:59:59Z",
		"-1.5": "1969-12-31T23:59:58.5Z", "1398796238": "2014-04-29T18:30:38Z", "1398796238.5": "2014-04-29T18:30:38.5Z",
		"1099510880.771": "2004-11-03T19:41:20.771Z", "1099510880.999": "2004-11-03T19:41:20.999Z", // .770 and .998 by way of a float
		"253402300799": "9999-12-31T23:59:59Z", "253402300799.999": "9999-12-31T23:59:59.999Z",
		"-62135596800": "0001-01-01T00:00:00Z", "-62167219200": "0000-01-01T00:00:00Z", "-62135596800.001": "0000-12-31T23:59:59.999Z",
		"9223372036.854": "2262-04-11T23:47:16.854Z", "9223372036.855": "2262-04-11T23:47:16.855Z", "9223372037": "2262-04-11T23:47:17Z",
		"-9223372037": "1677-09-21T00:12:43Z", "-9223372036.855": "1677-09-21T00:12:43.145Z",
	} {
		got, err := scalar.ParseEpochSeconds(number)
		if want := utc(want); err != nil || got != want {
			t.Errorf("%s is %v, %v, want %v", number, got, err, want)
		}
		if text := string(scalar.AppendEpochSeconds(nil, got)); text != number {
			t.Errorf("%s is written %s", number, text)
		}
	}
	// The farthest that milliseconds can tell is 292 million years away.
	far := time.UnixMilli(-1<<63 + 1).UTC()
	if got, err := scalar.ParseEpochSeconds("-9223372036854775.807"); err != nil || got != far {
		t.Errorf("got %v, %v, want %v", got, err, far)
	}
}

func TestParseEpochSecondsForms(t *testing.T) {
	for number, want := range map[string]string{
		"1.398796238678E9": "2014-04-29T18:30:38.678Z", "1398796238678e-3": "2014-04-29T18:30:38.678Z", "1.398796238E+9": "2014-04-29T18:30:38Z",
		"+5": "1970-01-01T00:00:05Z", ".5": "1970-01-01T00:00:00.5Z", "5.": "1970-01-01T00:00:05Z", "-0": "1970-01-01T00:00:00Z",
		"1398796238.6789": "2014-04-29T18:30:38.678Z", "-1.0019": "1969-12-31T23:59:58.999Z", // cut, not rounded
		"1e-300": "1970-01-01T00:00:00Z", "0e99999999999999999999": "1970-01-01T00:00:00Z", "9e-99999999999999999999": "1970-01-01T00:00:00Z",
		"000000000000000000000000000000000001": "1970-01-01T00:00:01Z", "2.5339023e11": "9999-08-14T07:00:00Z",
		"0." + strings.Repeat("0", 40) + "5e41": "1970-01-01T00:00:05Z",
	} {
		if got, err := scalar.ParseEpochSeconds(number); err != nil || got != utc(want) {
			t.Errorf("%s is %v, %v, want %s", number, got, err, want)
		}
	}
	const none, far = "expected a number of seconds since 1970", "expected a number of seconds since 1970, got one that no time can hold"
	for number, want := range map[string]string{
		"": none, "-": none, "e5": none, ".": none, "1e": none, "1e+": none, "1.5.5": none, "0x10": none, "1_000": none, "NaN": none, "Infinity": none,
		"--1": none, "+-1": none, " 1": none, "1 ": none, "1e1.5": none, "٣": none,
		"1e300": far, "-1e300": far, "9223372036854775.808": far, "1e99999999999999999999": far, "99999999999999999999": far, "9223372036854776": far,
	} {
		if got, err := scalar.ParseEpochSeconds(number); err == nil || err.Error() != want {
			t.Errorf("%q is %v, %v, want the error %s", number, got, err, want)
		}
	}
}

// FuzzParseEpochSeconds compares with arithmetic of any precision, and reads back what
// is written.
func FuzzParseEpochSeconds(f *testing.F) {
	for _, seed := range []string{"0", "1398796238.678", "-1.001", "1e3", "1.5E-2", "253402300799.999", "9223372036854775.807", "1e19", "-.5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, number string) {
		got, err := scalar.ParseEpochSeconds(number)
		if err != nil {
			return
		}
		back, err := scalar.ParseEpochSeconds(string(scalar.AppendEpochSeconds(nil, got)))
		if err != nil || back != got {
			t.Fatalf("%s is read as %v and then as %v, %v", number, got, back, err)
		}
		if len(number) > 50 {
			return
		}
		if v, err := strconv.ParseFloat(number, 64); err != nil || v != 0 && (v < 1e-50 && v > -1e-50) {
			return // too far for the arithmetic below, or from zero
		}
		exact, ok := new(big.Rat).SetString(number)
		if !ok {
			return // the exponent of zero is too large
		}
		exact.Mul(exact, big.NewRat(1000, 1))
		want := new(big.Int).Quo(exact.Num(), exact.Denom())
		if !want.IsInt64() || want.Int64() != got.UnixMilli() {
			t.Errorf("%s is %d ms, want %d", number, got.UnixMilli(), want)
		}
	})
}

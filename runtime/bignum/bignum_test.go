package bignum_test

import (
	"errors"
	"math"
	"math/big"
	"runtime"
	"strings"
	"testing"

	"example.com/lathe/runtime/bignum"
)

// TestDigits sees that decimals keep their digits: what was read is written the same, in
// its shortest form.
func TestDigits(t *testing.T) {
	tests := map[string]string{
		"0": "0", "-0": "-0", "1": "1", "-7.5": "-7.5", "0.1": "0.1", "+.5": "0.5", "5.": "5", "1.50": "1.5", "007": "7",
		"1e3": "1000", "1E+3": "1000", "1e-7": "1e-07", "1e22": "1e22", "123456789012345678901": "123456789012345678901",
		"9007199254740993":                        "9007199254740993", // beyond a float64
		"3.14159265358979323846264338327950288":   "3.14159265358979323846264338327950288",
		"0.1000000000000000055511151231257827021": "0.1000000000000000055511151231257827021",
		"1e400":                   "1e400",
		"-1.7976931348623157e309": "-1.7976931348623157e309",
		"1e-9999":                 "1e-9999",
		"9999999999999999999":     "9999999999999999999",
	}
	for text, want := range tests {
		v, err := bignum.ParseFloat(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := written(t, v); got != want {
			t.Errorf("%s is written %s, want %s", text, got, want)
		}
	}
}

// FuzzDigits compares with exact fractions.
func FuzzDigits(f *testing.F) {
	for _, text := range []string{"0.1", "-12345678901234567890.5e-3", "9.999999999999999999e99", "1e5", "x", "", "1e", "e1", "--1", "1_0", "0x1", "1p3", "Inf", "nan"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 {
			return
		}
		v, err := bignum.ParseFloat(text)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		if got, ok := new(big.Rat).SetString(written(t, v)); !ok || got.Cmp(want) != 0 {
			t.Errorf("%q is written %s", text, written(t, v))
		}
	})
}

func written(t *testing.T, v *big.Float) string {
	t.Helper()
	var m message
	bignum.EncodeFloat(&m, v)
	if m.err != nil {
		t.Errorf("%v: %v", v, m.err)
	}
	return m.digits
}

// message is the encoder of one number.
type message struct {
	digits string
	err    error
}

func (m *message) Integer(digits string) { m.digits = digits }
func (m *message) Decimal(digits string) { m.digits = digits }
func (m *message) Fail(err error)        { m.err = errors.Join(m.err, err) }

// TestFloatsOfPrograms sees how values are written that no message had.
func TestFloatsOfPrograms(t *testing.T) {
	tests := map[string]*big.Float{
		"0.1": big.NewFloat(0.1), "1.7976931348623157e308": big.NewFloat(math.MaxFloat64), "0": new(big.Float),
		"0.3334": new(big.Float).SetPrec(12).Quo(big.NewFloat(1), big.NewFloat(3)),
	}
	for want, v := range tests {
		if got := written(t, v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}

func TestRefusedTexts(t *testing.T) {
	const long = "the number has more than 10000 digits"
	tests := []struct{ text, integer, decimal string }{
		{"", "expected an integer", "expected a number"},
		{"-", "expected an integer", "expected a number"},
		{"1_0", "expected an integer", "expected a number"},
		{"0x1", "expected an integer", "expected a number"},
		{"1p3", "expected an integer", "expected a number"},
		{"Inf", "expected an integer", "expected a number"},
		{"1.5", "expected an integer", ""},
		{"1e", "expected an integer", "expected a number"},
		{"1e+-1", "expected an integer", "expected a number"},
		{"1.2.3", "expected an integer", "expected a number"},
		{"1e1000000000", "expected an integer", long},
		{"1e-1000000000", "expected an integer", long},
		{"1e-9223372036854775808", "expected an integer", long},
		{"1e99999999999999999999", "expected an integer", long},
		{strings.Repeat("9", 10_001), long, long},
		{"0." + strings.Repeat("1", 10_000), long, long},
	}
	for _, tc := range tests {
		name := tc.text[:min(len(tc.text), 30)]
		if _, err := bignum.ParseInt(tc.text); textOf(err) != tc.integer {
			t.Errorf("integer %q: %v, want %q", name, err, tc.integer)
		}
		if _, err := bignum.ParseFloat(tc.text); textOf(err) != tc.decimal {
			t.Errorf("decimal %q: %v, want %q", name, err, tc.decimal)
		}
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestRefusedValues(t *testing.T) {
	huge := new(big.Int).Lsh(big.NewInt(1), 40_000)
	tests := []struct {
		encode func(bignum.Writer)
		want   string
	}{
		{func(w bignum.Writer) { bignum.EncodeInt(w, nil) }, "failed to encode an integer: there is no number"},
		{func(w bignum.Writer) { bignum.EncodeInt(w, huge) }, "failed to encode an integer: the number has more than 10000 digits"},
		{func(w bignum.Writer) { bignum.EncodeFloat(w, nil) }, "failed to encode a decimal: there is no number"},
		{func(w bignum.Writer) { bignum.EncodeFloat(w, new(big.Float).SetInf(true)) }, "failed to encode a decimal: the number is infinite"},
		{func(w bignum.Writer) { bignum.EncodeFloat(w, new(big.Float).SetMantExp(big.NewFloat(1), -1<<30)) }, "failed to encode a decimal: the number has more than 10000 digits"},
	}
	for _, tc := range tests {
		var m message
		if tc.encode(&m); textOf(m.err) != tc.want {
			t.Errorf("%v, want %s", m.err, tc.want)
		}
	}
}

// TestFormat sees what is sent outside of bodies.
func TestFormat(t *testing.T) {
	var m message
	if got := bignum.FormatInt(&m)(nil) + bignum.FormatFloat(&m)(nil); got != "" || m.err != nil {
		t.Errorf("%q, %v", got, m.err)
	}
	if got := bignum.FormatInt(&m)(big.NewInt(-5)) + " " + bignum.FormatFloat(&m)(big.NewFloat(0.25)); got != "-5 0.25" || m.err != nil {
		t.Errorf("%q, %v", got, m.err)
	}
	if bignum.FormatFloat(&m)(new(big.Float).SetInf(false)); textOf(m.err) != "failed to format a number: the number is infinite" {
		t.Error(m.err)
	}
}

// TestHostileExponents sees that a few bytes don't stand for a lot of memory.
func TestHostileExponents(t *testing.T) {
	for _, text := range []string{"1e1000000000", "1e-1000000000", "1e2147483647", "1e9999", "1e-9999"} {
		if got := allocated(func() {
			v, err := bignum.ParseFloat(text)
			if err == nil {
				written(t, v)
			}
		}); got > 1<<20 {
			t.Errorf("%s: %d bytes", text, got)
		}
	}
}

// allocated is how many bytes a function allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

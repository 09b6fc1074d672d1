package scalar_test

import (
	"math"
	"testing"

	"example.com/lathe/runtime/scalar"
	"github.com/aws/smithy-go/encoding"
)

// TestAppendFloat compares with the official encoder, around the numbers from which on there
// are exponents.
func TestAppendFloat(t *testing.T) {
	check := func(v float64, bits int) {
		t.Helper()
		got, want := string(scalar.AppendFloat([]byte("x"), v, bits)), string(encoding.EncodeFloat([]byte("x"), v, bits))
		if got != want {
			t.Errorf("%v of %d bits is %s, want %s", v, bits, got, want)
		}
	}
	for _, v := range []float64{
		0, 1, 0.1, 123.456, 1e-6, 1e-7, 1e-9, 1e-10, 1e-100, 1e20, 1e21, 1e22, 1e30, math.MaxFloat32, math.MaxFloat64,
	} {
		for _, v := range []float64{v, -v, math.Nextafter(v, 0), math.Nextafter(v, math.MaxFloat64)} {
			check(v, 64)
		}
		if v > math.MaxFloat32 {
			continue
		}
		f := float32(v)
		for _, v := range []float32{f, -f, math.Nextafter32(f, 0), math.Nextafter32(f, math.MaxFloat32)} {
			check(float64(v), 32)
		}
	}
}

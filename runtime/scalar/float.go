package scalar

import (
	"math"
	"strconv"
)

// AppendFloat writes a number in the shortest form that reads back as the same value, with
// an exponent only for very small and very large ones, as the official clients do in JSON
// and XML. What is very small or large is decided in floats of so many bits.
func AppendFloat(dst []byte, v float64, bits int) []byte {
	abs, least, most := math.Abs(v), 1e-6, 1e21
	if bits == 32 {
		least, most = float64(float32(least)), float64(float32(most))
	}
	if abs == 0 || abs >= least && abs < most || math.IsNaN(v) {
		return strconv.AppendFloat(dst, v, 'f', -1, bits)
	}
	dst = strconv.AppendFloat(dst, v, 'e', -1, bits)
	if n := len(dst); dst[n-4] == 'e' && dst[n-3] == '-' && dst[n-2] == '0' { // 1e-07
		dst = append(dst[:n-2], dst[n-1])
	}
	return dst
}

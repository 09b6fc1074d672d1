package report

import (
	"fmt"
	"time"
)

// Ratio prints a quotient with as many digits as mean something.
func Ratio(x float64) string {
	if x >= 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.3f", x)
}

// Count prints a number of things.
func Count(x float64) string { return fmt.Sprintf("%.0f", x) }

// Nanos prints nanoseconds as a duration of three digits.
func Nanos(x float64) string {
	switch d := time.Duration(x); {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", x/1e9)
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", x/1e9)
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", x/1e6)
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", x/1e6)
	default:
		return fmt.Sprintf("%.2f µs", x/1e3)
	}
}

// Bytes prints a size.
func Bytes(x float64) string {
	switch {
	case x >= 1e6:
		return fmt.Sprintf("%.2f MB", x/1e6)
	case x >= 1e4:
		return fmt.Sprintf("%.1f kB", x/1e3)
	default:
		return fmt.Sprintf("%.0f B", x)
	}
}

package plan

import (
	"fmt"
	"strconv"
)

// isZero says whether a default's JSON value is the number zero.
func isZero(v any) bool {
	switch v.(type) {
	case nil, bool, string, []any, map[string]any:
		return false
	}
	f, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	return err == nil && f == 0
}

package sigv4

import (
	"strings"
	"time"
)

const timeFormat = "20060102T150405Z"

// stamp is the time of all signatures of one second, as they have it.
type stamp struct {
	second int64  // since 1970
	text   string // in timeFormat
	day    string // its beginning
}

// stampOf returns the stamp of a time, which is that of the last signature as a rule.
func (s *Signer) stampOf(at time.Time) *stamp {
	last := s.last.Load()
	if last == nil || last.second != at.Unix() {
		last = newStamp(at)
		s.last.Store(last)
	}
	return last
}

func newStamp(at time.Time) *stamp {
	text := at.UTC().Format(timeFormat)
	day, _, _ := strings.Cut(text, "T")
	return &stamp{at.Unix(), text, day}
}

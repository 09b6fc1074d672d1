package harness

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// styler writes JSON with looks that mean nothing: space, the order of members, escapes.
type styler struct {
	*rand.Rand
	strings.Builder
}

// styled is a body of an answer, every second time in another look, which its text makes.
func styled(body []byte) []byte {
	hash := fnv.New64a()
	hash.Write(body)
	s := styler{Rand: rand.New(rand.NewPCG(hash.Sum64(), 0))}
	v, err := parse(body)
	if err != nil || s.IntN(2) == 0 {
		return body
	}
	s.value(v)
	s.space()
	return []byte(s.String())
}

func (s *styler) space() {
	s.WriteString([]string{"", "", "", " ", "\n\t", "\r\n  "}[s.IntN(6)])
}

func (s *styler) value(v any) {
	s.space()
	switch v := v.(type) {
	case map[string]any:
		s.object(v)
	case []any:
		s.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				s.WriteByte(',')
			}
			s.value(item)
			s.space()
		}
		s.space()
		s.WriteByte(']')
	case string:
		s.text(v)
	default:
		text, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		s.Write(text)
	}
}

func (s *styler) object(members map[string]any) {
	names := sorted(members)
	s.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	s.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			s.WriteByte(',')
		}
		s.space()
		s.text(name)
		s.space()
		s.WriteByte(':')
		s.value(members[name])
		s.space()
	}
	s.space()
	s.WriteByte('}')
}

// text writes a string with escapes, some of which need not be.
func (s *styler) text(text string) {
	s.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\' || c == '/' && s.IntN(2) == 0:
			s.WriteByte('\\')
			s.WriteRune(c)
		case c < ' ' || c <= 0xffff && s.IntN(6) == 0:
			fmt.Fprintf(s, "\\u%04x", c)
		case c > 0xffff && s.IntN(2) == 0:
			fmt.Fprintf(s, "\\u%04X\\u%04x", 0xd800+(c-0x10000)>>10, 0xdc00+(c-0x10000)&0x3ff)
		default:
			s.WriteRune(c)
		}
	}
	s.WriteByte('"')
}

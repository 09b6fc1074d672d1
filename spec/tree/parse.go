package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
)

// maxProblems is how many duplicate keys of a document are reported.
const maxProblems = 100

// Limits bound what a document may be; zero stands for no bound of one's own.
type Limits struct {
	// Depth is how many levels of objects and arrays there may be.
	Depth int
	// DepthHint says what to do about more.
	DepthHint string
	// Bytes bounds the length of a document, and BytesHint says what to do about a
	// longer one.
	Bytes     int
	BytesHint string
	// NoAliases refuses the anchors and aliases of YAML.
	NoAliases bool
}

// tooLong reports a document that is longer than the limit.
func (l Limits) tooLong(at spec.Pos, what string, size int, ps *spec.Problems) bool {
	if l.Bytes == 0 || size <= l.Bytes {
		return false
	}
	ps.Add(at, l.BytesHint, "the %s has %d bytes, more than %d", what, size, l.Bytes)
	return true
}

func (l Limits) tooDeep(at spec.Pos, ps *spec.Problems) {
	ps.Add(at, l.DepthHint, "the document is nested deeper than %d levels", l.Depth)
}

// Parse reads a document in JSON; file is its name in positions. A leading byte
// order mark is skipped. When the document is not JSON, the Value is absent and the
// last problem says why; duplicate keys are problems of a document that can be read.
func Parse(file string, data []byte) (Value, spec.Problems) { return ParseJSON(file, data, Limits{}) }

// ParseJSON is [Parse] with limits.
func ParseJSON(file string, data []byte, limits Limits) (Value, spec.Problems) {
	if len(data) > math.MaxInt32 {
		return Value{}, spec.Problems{{Pos: spec.Pos{File: file}, Message: "the document is larger than 2 GiB"}}
	}
	var ps spec.Problems
	if limits.tooLong(spec.Pos{File: file}, "document", len(data), &ps) {
		return Value{}, ps
	}
	t := newText(file, data)
	p := parser{
		builder: builder{doc: &document{text: t, json: t.src, nodes: make([]node, 0, len(data)/20)}, limits: limits},
		dec:     jsontext.NewDecoder(bytes.NewBuffer(data[len(data)-len(t.src):]), jsontext.AllowDuplicateNames(true)),
	}
	switch err := p.run(); {
	case errors.Is(err, errTooDeep):
		limits.tooDeep(p.doc.at(int(p.dec.InputOffset())-1), &p.problems)
		return Value{}, p.problems
	case err != nil:
		p.syntaxError(err)
		return Value{}, p.problems
	}
	return Value{doc: p.doc}, p.problems
}

// parser turns the decoder's tokens into nodes.
type parser struct {
	builder

	dec *jsontext.Decoder
}

// builder makes a document, node by node.
type builder struct {
	doc *document
	// open are the containers that are being read, outermost first.
	open []container
	// pending is the node to come when its key has been read.
	pending  node
	limits   Limits
	problems spec.Problems
}

// container is an array or object that is being read.
type container struct {
	index int32
	// size counts the values in it so far.
	size int32
}

// run reads tokens up to the end of the document.
func (p *parser) run() error {
	for {
		switch p.dec.PeekKind() {
		case '{', '[':
			if len(p.open) == 0 && len(p.doc.nodes) > 0 {
				return errTrailing
			}
			token, err := p.dec.ReadToken()
			if err != nil {
				return err
			}
			p.add(kindOf(token.Kind()), 1)
			p.enter()
			if p.limits.Depth > 0 && len(p.open) > p.limits.Depth {
				return errTooDeep
			}
		case '}', ']':
			if _, err := p.dec.ReadToken(); err != nil {
				return err
			}
			p.close()
		default:
			if done, err := p.scalar(); done || err != nil {
				return err
			}
		}
	}
}

var (
	errTrailing = errors.New("something follows the end of the document")
	errEmpty    = errors.New("the document is empty")
	errTooDeep  = errors.New("the document is nested too deep")
)

// scalar reads a value that has no parts, or a key. It is done at the end of the
// document.
func (p *parser) scalar() (done bool, err error) {
	raw, err := p.dec.ReadValue()
	switch {
	case errors.Is(err, io.EOF) && len(p.doc.nodes) == 0:
		return true, errEmpty
	case errors.Is(err, io.EOF):
		return true, nil
	case err != nil:
		return true, err
	case len(p.open) == 0 && len(p.doc.nodes) > 0:
		return true, errTrailing
	}
	kind := kindOf(raw.Kind())
	escaped := kind == String && bytes.IndexByte(raw, '\\') >= 0
	if p.pending.keyEnd == 0 && p.inObject() {
		p.pending.keyEnd = int32(p.dec.InputOffset())
		p.pending.key = p.pending.keyEnd - int32(len(raw))
		p.pending.keyEscaped, p.pending.keyKind = escaped, String
		return false, nil
	}
	p.pending.escaped = escaped
	p.add(kind, len(raw))
	return false, nil
}

func (p *parser) inObject() bool {
	return len(p.open) > 0 && p.doc.nodes[p.open[len(p.open)-1].index].kind == Object
}

// add appends the node of a value whose last size bytes have just been read.
func (p *parser) add(kind Kind, size int) {
	end := int(p.dec.InputOffset())
	p.append(kind, end-size, end)
}

// append appends the node of a value between two offsets of the JSON.
func (b *builder) append(kind Kind, start, end int) {
	n := b.pending
	b.pending = node{}
	n.kind, n.start, n.end = kind, int32(start), int32(end)
	n.next = int32(len(b.doc.nodes) + 1)
	n.parent = -1
	if len(b.open) > 0 {
		in := &b.open[len(b.open)-1]
		n.parent = in.index
		if n.keyEnd == 0 {
			n.key = in.size
		}
		in.size++
	}
	b.doc.nodes = append(b.doc.nodes, n)
}

// close ends the innermost container.
func (p *parser) close() {
	if object := p.closeAt(int(p.dec.InputOffset())); object.Kind() == Object {
		p.checkKeys(object)
	}
}

// enter opens the container that has been appended last.
func (b *builder) enter() { b.open = append(b.open, container{index: int32(len(b.doc.nodes) - 1)}) }

// closeAt ends the innermost container at an offset of the JSON.
func (b *builder) closeAt(end int) Value {
	index := b.open[len(b.open)-1].index
	b.open = b.open[:len(b.open)-1]
	n := &b.doc.nodes[index]
	n.end, n.next = int32(end), int32(len(b.doc.nodes))
	return Value{b.doc, index}
}

// syntaxError reports why the decoder has stopped.
func (p *parser) syntaxError(err error) {
	offset := p.dec.InputOffset()
	message, pointer := err.Error(), ""
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset, message, pointer = syntax.ByteOffset, "invalid JSON: "+syntax.Err.Error(), string(syntax.JSONPointer)
	}
	rest := strings.TrimLeft(p.doc.src[offset:], " \t\r\n")
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		message = "the document ends in the middle of " + p.unfinished()
	case errors.Is(err, errTrailing):
		offset = int64(len(p.doc.src) - len(rest))
	case isLastComma(rest):
		message = "invalid JSON: a comma stands behind the last element"
	}
	pos := p.doc.at(int(offset))
	pos.Pointer = pointer
	p.problems.Add(pos, "", "%s", message)
}

// isLastComma reports whether a text begins with a comma that a closing bracket
// follows.
func isLastComma(text string) bool {
	behind, ok := strings.CutPrefix(text, ",")
	behind = strings.TrimLeft(behind, " \t\r\n")
	return ok && behind != "" && (behind[0] == '}' || behind[0] == ']')
}

// unfinished names what the decoder was in when the document ended.
func (p *parser) unfinished() string {
	if len(p.open) == 0 {
		return "a value"
	}
	n := p.doc.nodes[p.open[len(p.open)-1].index]
	return fmt.Sprintf("%s that begins in line %d", n.kind, p.doc.line(int(n.start)))
}

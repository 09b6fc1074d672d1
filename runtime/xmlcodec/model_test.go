package xmlcodec

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// node is an element as either side reads it. Of one that holds elements the text does not
// count.
type node struct {
	Name       string
	Attributes [][2]string
	Text       string
	Children   []*node
}

// readNode reads the current element.
func readNode(d *Decoder) *node {
	n := &node{Name: string(d.Name())}
	for d.NextAttribute() {
		name := string(d.Name())
		n.Attributes = append(n.Attributes, [2]string{name, d.Text()})
	}
	before, depth := d.place(), len(d.open)
	for d.NextElement() {
		n.Children = append(n.Children, readNode(d))
	}
	if len(n.Children) == 0 && d.err == nil {
		if len(d.open) != depth-1 {
			panic("the element is still open")
		}
		d.open = append(d.open, before.innermost)
		d.pos, d.closed = before.pos, before.closed
		n.Text = d.Text()
	}
	return n
}

var errText = errors.New("text before the root")

// errNoRoot is that of a document without elements.
var errNoRoot = errors.New("no root")

// readModel reads the root as encoding/xml does.
func readModel(body []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	var stack []*node
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && len(stack) == 0:
			return nil, errNoRoot
		case err != nil:
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{Name: token.Name.Local}
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && (a.Name.Space != "" || a.Name.Local != "xmlns") {
					n.Attributes = append(n.Attributes, [2]string{a.Name.Local, a.Value})
				}
			}
			if len(stack) > 0 {
				top := stack[len(stack)-1]
				top.Children = append(top.Children, n)
			}
			stack = append(stack, n)
		case xml.EndElement:
			last := stack[len(stack)-1]
			if len(last.Children) > 0 {
				last.Text = ""
			}
			if stack = stack[:len(stack)-1]; len(stack) == 0 {
				return last, nil
			}
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].Text += string(token)
			} else if len(bytes.TrimSpace(bytes.TrimPrefix(token, []byte("\ufeff")))) > 0 {
				return nil, errText
			}
		case xml.Directive:
			return nil, errDeclaration
		}
	}
}

// foreignName finds what may be a name with letters beyond ASCII, which encoding/xml looks
// up in tables.
var foreignName = regexp.MustCompile(`[<&][^>]*[^\x00-\x7f]`)

// FuzzDecoder compares with encoding/xml what is accepted and what is read.
func FuzzDecoder(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	for _, file := range sharedBodies(f) {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		want, wantErr := readModel(body)
		if errors.Is(wantErr, errNoRoot) {
			wantErr = nil
		}
		d := NewDecoder(body)
		var got *node
		if d.Root() {
			got = readNode(d)
		}
		switch {
		case errors.Is(wantErr, errText) || errors.Is(wantErr, errDeclaration):
			if d.Err() == nil {
				t.Fatalf("accepted: %v", wantErr)
			}
		case d.Err() != nil && strings.Contains(d.Err().Error(), "nested more"):
		case (d.Err() == nil) != (wantErr == nil):
			if d.Err() == nil && foreignName.Match(body) {
				return
			}
			t.Fatalf("error %v, want %v", d.Err(), wantErr)
		case wantErr == nil:
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("- encoding/xml, + xmlcodec:\n%s", diff)
			}
		}
	})
}

var seeds = []string{
	"", " \n", "<a/>", "<a></a>", "<a>b</a>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\r\nb\rc</a>", "\xef\xbb\xbf<a/>",
	`<a xmlns="u" xmlns:p="v" p:x='1' y = "&lt;&#65;&#x42;&quot;&apos;]]>"><p:b>&amp;</p:b></a>`, "<a><![CDATA[<b>&amp;]]>c<!-- d -->e<?f g?></a>",
	"<a>]]></a>", "<a>&b;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>\x01</a>", "<a>\xff</a>", "<a b=\"<\"/>", "<a b=1/>", "<a b/>", "<a b=\"1\"c=\"2\"/>",
	"<a><b></a></b>", "<a></a >", "</a>", "<a", "<a>", "<a/", "<", "<!", "<!-", "<!-- -- --><a/>", "<!-- --->", "<!DOCTYPE a><a/>", "<a><!ENTITY b></a>",
	"<?xml version=\"1.1\"?><a/>", "<?xml encoding='latin1'?><a/>", "<?xml?><a/>", "x<a/>", "<a/>x", "<a/><b>", "<:a/>", "<a:/>", "<a:b></a:b>", "<a:b></b>", "<1/>",
	"<a>]</a>", "<a>]]</a>", "<a>\u00e9</a>", "<\u00e9/>", "<a>&#xA0;&nbsp;</a>", "<a><b/>text<b/></a>", "<a b='\n\t\r'/>",
}

// sharedBodies are the answers of the published suites.
func sharedBodies(f *testing.F) [][]byte {
	f.Helper()
	files, err := filepath.Glob("../../../shared/conformance/*/output-*.json")
	if err != nil {
		f.Fatal(err)
	}
	var bodies [][]byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		text := strings.NewReplacer(`\n`, "\n", `\"`, `"`).Replace(string(data))
		for _, body := range regexp.MustCompile(`"body": "(<[^\v]*?>)\s*"[,}\s]`).FindAllStringSubmatch(text, -1) {
			bodies = append(bodies, []byte(body[1]))
		}
	}
	return bodies
}

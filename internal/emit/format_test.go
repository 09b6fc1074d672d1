package emit

import (
	"errors"
	"testing"
)

func TestFormatGroupsImports(t *testing.T) {
	src := `package p
import (
"github.com/x/y"
	"fmt"
"context"
	"example.com/z"
)
var _ = fmt.Sprint( y.A,z.B,  context.Background)`
	want := `package p

import (
	"context"
	"fmt"

	"example.com/z"
	"github.com/x/y"
)

var _ = fmt.Sprint(y.A, z.B, context.Background)
`
	got, err := Format("p.go", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Imports that nothing uses, and names that nothing imports, stay as they are.
func TestFormatChangesNoImports(t *testing.T) {
	src := "package p\n\nimport \"os\"\n\nvar x = strings.ToUpper\n"
	got, err := Format("p.go", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != src {
		t.Errorf("got\n%s\nwant\n%s", got, src)
	}
}

func TestFormatErrors(t *testing.T) {
	tests := []struct {
		name, src, want string
	}{
		{
			"in the middle",
			"package p\n\nvar a = 1\nvar b = 2\nvar c = 3\nvar d = 4\nfunc f( {\n}\nvar e = 5\nvar g = 6\nvar h = 7\nvar i = 8\n",
			`types/types.go:7:9: generated source can't be formatted: expected ')', found '{'
     3 | var a = 1
     4 | var b = 2
     5 | var c = 3
     6 | var d = 4
>    7 | func f( {
     8 | }
     9 | var e = 5
    10 | var g = 6
    11 | var h = 7`,
		},
		{
			"at the start",
			"var a = 1\n",
			`types/types.go:1:1: generated source can't be formatted: expected 'package', found 'var'
>    1 | var a = 1
     2 | `,
		},
		{
			"nothing",
			"",
			`types/types.go:1:1: generated source can't be formatted: expected 'package', found 'EOF'
>    1 | `,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := Format("types/types.go", []byte(tt.src))
			if out != nil {
				t.Errorf("got output %q", out)
			}
			if _, ok := errors.AsType[*FormatError](err); !ok {
				t.Fatalf("got %T %v, want a *FormatError", err, err)
			}
			if err.Error() != tt.want {
				t.Errorf("got\n%s\nwant\n%s", err, tt.want)
			}
		})
	}
}

// A nil source is empty source, not the file of that name on disk.
func TestFormatNilReadsNoFile(t *testing.T) {
	if out, err := Format("format.go", nil); err == nil {
		t.Errorf("got %d bytes, want an error", len(out))
	}
}

func FuzzFormat(f *testing.F) {
	for _, src := range []string{
		"", "package p", "package p\nimport \"fmt\"\n", "package p\n/*", "package p; import (\"a\";\"b\") // x",
		"package p;import(\"\";\"\")//x", "package p;import(/*x*/\"a\";\"b\"/*y*/;)", "package p\nimport ()",
		"\xef\xbb\xbfpackage p", "package p\x00", "package p\nfunc f(", "\r\n",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		out, err := Format("p.go", src)
		if err != nil {
			if _, ok := errors.AsType[*FormatError](err); !ok {
				t.Fatalf("got %T %v, want a *FormatError", err, err)
			}
			return
		}
		if _, err := Format("p.go", out); err != nil {
			t.Errorf("the output of Format is refused by Format: %v", err)
		}
	})
}

package emit

import (
	"testing"
)

func TestSortImports(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"one", "package p\n\nimport \"os\"\n", "package p\n\nimport \"os\"\n"},
		{"none", "package p\n\nimport ()\n", "package p\n\nimport ()\n"},
		{
			"in order",
			"package p\n\nimport (\n\t\"io\"\n\t\"os\"\n\n\t\"a.b/c\"\n)\n\nvar  x = 1",
			"package p\n\nimport (\n\t\"io\"\n\t\"os\"\n\n\t\"a.b/c\"\n)\n\nvar  x = 1",
		},
		{
			"mixed",
			"package p\n\nimport (\n\t\"z.y/x\"\n\t\"os\"\n\tb \"a.b/c\"\n\t\"io\"\n)\n",
			"package p\n\nimport (\n\t\"io\"\n\t\"os\"\n\n\tb \"a.b/c\"\n\t\"z.y/x\"\n)\n",
		},
		{
			"in parts",
			"package p\n\nimport (\n\n\t\"z.y/x\"\n\t\"os\"\n\n\tb \"a.b/c\"\n\t\"io\"\n)\n",
			"package p\n\nimport (\n\t\"os\"\n\n\t\"z.y/x\"\n\n\t\"io\"\n\n\tb \"a.b/c\"\n)\n",
		},
		{
			"one line",
			"package p; import (\"os\"; \"io\"); var x = 1",
			"package p; import (\n\t\"io\"\n\t\"os\"\n); var x = 1",
		},
		{
			"comments move along",
			"package p\n\nimport (\n\t// of os\n\t\"os\" // too\n\t// of io\n\n\t\"io\" /* and */\n\t// behind\n)\n",
			"package p\n\nimport (\n\t// of io\n\n\t\"io\" /* and */\n\t// of os\n\t\"os\" // too\n\t// behind\n)\n",
		},
		{
			"two declarations",
			"package p\n\nimport (\n\t\"os\"\n\t\"io\"\n)\nimport (\n\t\"c.d\"\n\t\"a.b\"\n)\n",
			"package p\n\nimport (\n\t\"io\"\n\t\"os\"\n)\nimport (\n\t\"a.b\"\n\t\"c.d\"\n)\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := SortImports("p.go", []byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestSortImportsError(t *testing.T) {
	_, err := SortImports("types/types.go", []byte("package p\n\nimport os\n"))
	want := `types/types.go:3:10: generated source can't be formatted: missing import path
     1 | package p
     2 | 
>    3 | import os
     4 | `
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

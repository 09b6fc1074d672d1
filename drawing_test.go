package lathe_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
)

const drawnSpec = `openapi: 3.1.0
info: {title: Tiny, version: "1"}
x-service: {id: Tiny}
paths:
  /a:
    get:
      operationId: GetA
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/GetAOutput'}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/None'}}}}
components:
  schemas:
    GetAOutput: {type: object, properties: {text: {type: string}, nodes: {type: array, items: {$ref: '#/components/schemas/Node'}}, kind: {$ref: '#/components/schemas/Kind'}}}
    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, kinds: {type: object, additionalProperties: {type: array, items: {$ref: '#/components/schemas/Kind'}}}}}
    Kind: {type: string, enum: [A]}
    None: {type: object, x-error: {fault: client}, properties: {message: {type: string}}}
`

func TestDraw(t *testing.T) {
	file := filepath.Join(t.TempDir(), "api.yaml")
	if err := os.WriteFile(file, []byte(drawnSpec), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := lathe.Draw(lathe.Config{Spec: file})
	if err != nil {
		t.Fatal(err)
	}
	want := &lathe.Drawing{
		Nodes: []lathe.DrawnNode{{"GetA", "operation"}, {"GetAOutput", "structure"}, {"Node", "structure"}, {"Kind", "enum"}, {"None", "error"}},
		Edges: []lathe.DrawnEdge{{2, 2, "next"}, {2, 3, "kinds{}[]"}, {1, 2, "nodes[]"}, {1, 3, "kind"}, {0, 1, "output"}, {0, 4, "error"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("protocol.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("protocol.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asJSON reads YAML as an editor does: a date is a string.
func asJSON(t *testing.T, text []byte) any {
	t.Helper()
	var doc any
	if err := yaml.Load(text, &doc); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	back, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// The schema file that editors read is the one that the types give.
// Make it anew with: UPDATE=1 go test ./protocol -run SchemaFile
func TestSchemaFileIsCurrent(t *testing.T) {
	t.Parallel()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("schema.json", Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile("schema.json")
	if err != nil || !bytes.Equal(written, Schema()) {
		t.Errorf("schema.json differs from the types (%v); run UPDATE=1 go test ./protocol -run SchemaFile", err)
	}
}

func TestSchemaAcceptsTheExample(t *testing.T) {
	t.Parallel()
	schema := compileSchema(t)
	files, err := filepath.Glob("testdata/voorbeeld/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no example", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(asJSON(t, data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// Control: the schema refuses what an author mistypes.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	schema := compileSchema(t)
	for _, text := range []string{
		"step: []",
		"steps: [{id: x, title: X, wehn: y}]",
		"steps: [{title: X}]",
		"forms: [{id: x, title: X, use: report, sections: [{fields: [{id: a, type: txt}]}]}]",
		"products: [{id: x, title: X, level: V9}]",
		"deadlines: [{id: x, title: X, from: y, within: 2 days, warn: [half]}]",
		"deadlines: [{id: x, change: reword}]",
		"deadlines: [{id: x}]",
	} {
		if schema.Validate(asJSON(t, []byte(text))) == nil {
			t.Errorf("accepted %s", text)
		}
	}
}

// The page that describes the language names every key of the grammar.
func TestReferenceNamesEveryKey(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/protocol-language.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []reflect.Type{
		reflect.TypeFor[Protocol](), reflect.TypeFor[About](), reflect.TypeFor[DeskHours](), reflect.TypeFor[Calendar](), reflect.TypeFor[Role](),
		reflect.TypeFor[Kind](), reflect.TypeFor[Fact](), reflect.TypeFor[Option](), reflect.TypeFor[Form](), reflect.TypeFor[Section](),
		reflect.TypeFor[Field](), reflect.TypeFor[Table](), reflect.TypeFor[Rule](), reflect.TypeFor[Criteria](), reflect.TypeFor[Duty](),
		reflect.TypeFor[Deadline](), reflect.TypeFor[Phase](), reflect.TypeFor[Step](), reflect.TypeFor[Product](), reflect.TypeFor[Stop](),
		reflect.TypeFor[Part](), reflect.TypeFor[Checks](), reflect.TypeFor[Check](), reflect.TypeFor[Duplicate](), reflect.TypeFor[Question](),
		reflect.TypeFor[Figure](), reflect.TypeFor[Retention](), reflect.TypeFor[Chart](), reflect.TypeFor[ChartNode](), reflect.TypeFor[ChartArrow](),
		reflect.TypeFor[NamedText](), reflect.TypeFor[Term](), reflect.TypeFor[Recipient](), reflect.TypeFor[Concerns](), reflect.TypeFor[Overlay](), reflect.TypeFor[Pause](),
	} {
		for _, key := range keysOfType(kind) {
			if !strings.Contains(string(page), "`"+key+"`") {
				t.Errorf("docs/protocol-language.md does not name `%s` (%s)", key, kind.Name())
			}
		}
	}
	for action := range setOf(Actions) {
		if !strings.Contains(string(page), "`"+action+"`") {
			t.Errorf("docs/protocol-language.md does not name action `%s`", action)
		}
	}
}

// keysOfType lists the keys of a type as the grammar gives them.
func keysOfType(t reflect.Type) []string {
	var keys []string
	for key := range publicKeys(keysOf(t)) {
		keys = append(keys, key)
	}
	return keys
}

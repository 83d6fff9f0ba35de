// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

const schemaFile = "../docs/scenario.schema.json"

// The schema for editors is made from the types; LOKET_WRITE=1 writes it anew.
func TestSchemaIsUpToDate(t *testing.T) {
	t.Parallel()
	want, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if os.Getenv("LOKET_WRITE") != "" {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(schemaFile)
	if err != nil || !bytes.Equal(have, want) {
		t.Errorf("%s is not what the types say (%v); run: LOKET_WRITE=1 go test ./scenario -run Schema", schemaFile, err)
	}
}

// Every story passes the schema, and a misspelt key does not.
func TestStoriesPassTheSchema(t *testing.T) {
	t.Parallel()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("scenario.json")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("../scenarios/*.yaml")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(asJSON(t, data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	broken := bytes.Replace([]byte(story), []byte("report:"), []byte("rapport:"), 1)
	if schema.Validate(asJSON(t, broken)) == nil {
		t.Error("the schema takes a misspelt key")
	}
}

// asJSON reads YAML the way an editor does.
func asJSON(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := yaml.Load(data, &v); err != nil {
		t.Fatal(err)
	}
	return textual(v)
}

// textual turns dates, which JSON does not have, into text.
func textual(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			x[k] = textual(e)
		}
		return x
	case map[any]any:
		m := map[string]any{}
		for k, e := range x {
			text, _ := k.(string)
			m[text] = textual(e)
		}
		return m
	case []any:
		for i := range x {
			x[i] = textual(x[i])
		}
		return x
	case string, bool, nil, float64:
		return x
	case int:
		return float64(x)
	default:
		return ""
	}
}

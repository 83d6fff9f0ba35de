// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// document fetches what the interface says of itself.
func (r *rig) document(headers ...string) map[string]any {
	r.t.Helper()
	w := r.ask("GET", Base+"/openapi.json", "", "", headers...)
	var doc map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || w.Code != http.StatusOK {
		r.t.Fatalf("%d %v", w.Code, err)
	}
	if w.Header().Get("Access-Control-Allow-Origin") != "*" {
		r.t.Error("other sites cannot read it")
	}
	return doc
}

// faultsOf are everything wrong with a document: its shape, references to nothing, schemas
// that are none.
func faultsOf(t *testing.T, doc map[string]any) (out []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/openapi-shape.json")
	if err != nil {
		t.Fatal(err)
	}
	shape, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("shape.json", shape); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("shape.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(doc); err != nil {
		out = append(out, err.Error())
	}
	walk(doc, func(ref string) {
		if !points(doc, ref) {
			out = append(out, "refers to nothing: "+ref)
		}
	})
	schemas, _ := doc["components"].(map[string]any)["schemas"].(map[string]any)
	for name := range schemas {
		if _, err := compiledOf(doc, name); err != nil {
			out = append(out, err.Error())
		}
	}
	return out
}

// compiledOf is one schema of the document, ready to use.
func compiledOf(doc map[string]any, name string) (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("doc.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("doc.json#/components/schemas/" + name)
}

func walk(node any, each func(ref string)) {
	switch n := node.(type) {
	case map[string]any:
		if ref, ok := n["$ref"].(string); ok {
			each(ref)
		}
		for _, v := range n {
			walk(v, each)
		}
	case []any:
		for _, v := range n {
			walk(v, each)
		}
	}
}

func points(doc map[string]any, ref string) bool {
	var at any = doc
	for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		next, ok := at.(map[string]any)
		if !ok {
			return false
		}
		at = next[part]
	}
	return at != nil
}

// The document is right, for every protocol that comes along, in both languages, and names
// every address. Control: each thing that is broken is found.
func TestDocument(t *testing.T) {
	t.Parallel()
	r := start(t)
	all := []*protocol.Protocol{r.p}
	for _, id := range protocols.IDs() {
		folder, err := protocols.FS(id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := protocol.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	for _, p := range all {
		r.p = p
		for _, lang := range []string{"nl", "en"} {
			doc := r.document("Accept-Language", lang)
			for _, fault := range faultsOf(t, doc) {
				t.Errorf("%s in %s: %s", p.About.ID, lang, fault)
			}
			if strings.Contains(jsonOf(doc), `"api.`) {
				t.Errorf("%s in %s: a text is missing", p.About.ID, lang)
			}
		}
	}
	paths, _ := r.document()["paths"].(map[string]any)
	for _, address := range Addresses() {
		method, path, _ := strings.Cut(address, " "+Base)
		if at, _ := paths[path].(map[string]any); path != "/openapi.json" && at[strings.ToLower(method)] == nil {
			t.Errorf("%s is not in the document", address)
		}
	}
}

func TestDocumentCatches(t *testing.T) {
	t.Parallel()
	r := start(t)
	for name, break_ := range map[string]func(map[string]any){
		"no version":           func(d map[string]any) { d["info"].(map[string]any)["version"] = "1" },
		"no contact":           func(d map[string]any) { delete(d["info"].(map[string]any), "contact") },
		"no privacy statement": func(d map[string]any) { delete(d, "externalDocs") },
		"a path in capitals": func(d map[string]any) {
			d["paths"].(map[string]any)["/Meldingen"] = d["paths"].(map[string]any)["/meldingen"]
		},
		"an operation bare": func(d map[string]any) {
			d["paths"].(map[string]any)["/register"].(map[string]any)["get"] = map[string]any{}
		},
		"a reference to none": func(d map[string]any) {
			delete(d["components"].(map[string]any)["schemas"].(map[string]any), "Voorval")
		},
		"a schema that is none": func(d map[string]any) {
			d["components"].(map[string]any)["schemas"].(map[string]any)["Stand"] = map[string]any{"type": "tekst"}
		},
	} {
		doc := r.document()
		break_(doc)
		if len(faultsOf(t, doc)) == 0 {
			t.Errorf("%s was not noticed", name)
		}
	}
}

func jsonOf(what any) string {
	text, _ := json.Marshal(what)
	return string(text)
}

// What goes in and comes out is as the document says: a good report, the receipt, the
// standing, the register and problems. Control: the document refuses what the desk refuses.
func TestDocumentIsTrue(t *testing.T) {
	t.Parallel()
	r := start(t)
	doc := r.document()
	fits := func(schema, text string) error {
		compiled, err := compiledOf(doc, schema)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", schema, err)
		}
		return compiled.Validate(value)
	}
	for schema, text := range map[string]string{
		"Melding":         bodyOf(nil),
		"Ontvangstbewijs": r.ask("POST", Base+"/meldingen", "alfa", bodyOf(map[string]any{"story": "Bel 06 12345678"})).Body.String(),
		"Stand":           r.ask("GET", Base+"/meldingen/2026-0001", "alfa", "").Body.String(),
		"Register":        r.ask("GET", Base+"/register", "register", "").Body.String(),
		"Probleem":        r.ask("POST", Base+"/meldingen", "alfa", bodyOf(map[string]any{"harm": 1})).Body.String(),
	} {
		if err := fits(schema, text); err != nil {
			t.Errorf("%s: %v\n%s", schema, err, text)
		}
	}
	for name, pairs := range map[string]map[string]any{"a number": {"harm": 1}, "no such option": {"harm": "reusachtig"}, "no such question": {"onzin": "x"}, "two moments": {"happened": map[string]any{"op": "2026-03-29T12:00:00Z", "dag": "2026-03-29"}}} {
		if fits("Melding", bodyOf(pairs)) == nil || r.ask("POST", Base+"/meldingen", "alfa", bodyOf(pairs)).Code != http.StatusBadRequest {
			t.Errorf("%s: document and desk do not both refuse it", name)
		}
	}
	for _, when := range []map[string]any{{"dag": "2026-03-29"}, {"van": "2026-03-28T10:00:00+01:00", "tot": "2026-03-28T12:00:00+01:00"}, {"onbekend": true, "ontdektOp": "2026-03-29T12:00:00Z"}, {"onbekend": true, "ontdektDag": "2026-03-29"}} {
		body := bodyOf(map[string]any{"happened": when})
		if w := r.ask("POST", Base+"/meldingen", "alfa", body); fits("Melding", body) != nil || w.Code != http.StatusCreated {
			t.Errorf("%v: %d %s", slices.Sorted(maps.Keys(when)), w.Code, w.Body)
		}
	}
}

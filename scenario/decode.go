// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fault is one mistake in a story: where, what, and what to write instead.
type Fault struct {
	File    string
	Line    int
	Message string
	Cure    string
}

// String writes the fault on one line.
func (f Fault) String() string {
	line := fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	if f.Cure != "" {
		line += " → " + f.Cure
	}
	return line
}

// Faults is the error of Read: every mistake found, so that they can be mended in one go.
type Faults []Fault

// Error lists the faults, one per line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// decoder fills a Story from YAML nodes. It differs from the library's own decoding in
// three ways: an unknown key is a fault with a suggestion, every block knows its line,
// and a list of one may be written without its brackets, as one thing may with them.
type decoder struct {
	file   string
	faults Faults
}

var valueType = reflect.TypeFor[Value]()

func (d *decoder) fault(n *yaml.Node, cure, message string, args ...any) {
	d.faults = append(d.faults, Fault{File: d.file, Line: n.Line, Message: fmt.Sprintf(message, args...), Cure: cure})
}

func (d *decoder) decode(n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.AliasNode {
		d.fault(n, "Schrijf het uit, of gebruik een variant.", "Verwijzingen met & en * kunnen hier niet.")
		return
	}
	if isNull(n) && v.Type() != valueType {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		target := reflect.New(v.Type().Elem())
		d.decode(n, target.Elem())
		v.Set(target)
	case reflect.Struct:
		d.decodeBlock(n, v)
	case reflect.Slice:
		d.decodeList(n, v)
	case reflect.Map:
		d.decodeMap(n, v)
	default:
		d.decodeScalar(n, v)
	}
}

func (d *decoder) decodeBlock(n *yaml.Node, v reflect.Value) {
	if v.Type() == valueType {
		v.Set(reflect.ValueOf(d.value(n)))
		return
	}
	keys, short := keysOf(v.Type())
	if line := v.FieldByName("Line"); line.IsValid() {
		line.SetInt(int64(n.Line))
	}
	if short != "" && bare(n, v.Field(keys[short]).Kind(), keys) {
		d.decode(n, v.Field(keys[short]))
		return
	}
	if n.Kind != yaml.MappingNode {
		d.fault(n, "Bekend zijn: "+strings.Join(sortedKeys(keys), ", ")+".", "Hier hoort een blok met sleutels, geen %s.", kindName(n))
		return
	}
	d.decodeKeys(n, v, keys)
}

// bare reports whether the node is what the short key holds, written without that key: one
// value, a list where a list belongs, or names of which none is a key of the block.
func bare(n *yaml.Node, holds reflect.Kind, keys map[string]int) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return holds != reflect.Map
	case yaml.SequenceNode:
		return holds == reflect.Slice || len(n.Content) == 1
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if _, key := keys[n.Content[i].Value]; key {
				return false
			}
		}
		return holds == reflect.Map && len(n.Content) > 0
	default:
		return false
	}
}

func (d *decoder) decodeKeys(n *yaml.Node, v reflect.Value, keys map[string]int) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at, ok := keys[key.Value]
		switch {
		case !ok && isNull(value) && strings.Contains(key.Value, " "):
			d.fault(key, "Staat er een komma in een tekst tussen { en }? Zet die tekst tussen aanhalingstekens.", "Na de komma staat geen sleutel: %q.", key.Value)
		case !ok:
			d.fault(key, meant(key.Value, keys), "Onbekende sleutel %q.", key.Value)
		case seen[key.Value]:
			d.fault(key, "Laat er één staan.", "De sleutel %q staat er twee keer.", key.Value)
		default:
			seen[key.Value] = true
			d.decode(value, v.Field(at))
		}
	}
}

func (d *decoder) decodeList(n *yaml.Node, v reflect.Value) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	list := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		d.decode(item, list.Index(i))
	}
	v.Set(list)
}

func (d *decoder) decodeMap(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.fault(n, "Schrijf op elke regel een naam, een dubbele punt en een waarde.", "Hier hoort een blok met namen, geen %s.", kindName(n))
		return
	}
	m := reflect.MakeMap(v.Type())
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := reflect.ValueOf(n.Content[i].Value)
		if m.MapIndex(key).IsValid() {
			d.fault(n.Content[i], "Laat er één staan.", "%q staat er twee keer.", n.Content[i].Value)
		}
		item := reflect.New(v.Type().Elem()).Elem()
		d.decode(n.Content[i+1], item)
		m.SetMapIndex(key, item)
	}
	v.Set(m)
}

func (d *decoder) decodeScalar(n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		n = n.Content[0]
	}
	if n.Kind != yaml.ScalarNode {
		d.fault(n, "Schrijf één waarde op deze regel.", "Hier hoort één waarde, geen %s.", kindName(n))
		return
	}
	text := strings.TrimSpace(n.Value)
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		yes, ok := truth(text)
		if !ok {
			d.fault(n, "Schrijf yes of no.", "%q is geen ja of nee.", text)
		}
		v.SetBool(yes)
	case reflect.Int:
		number, err := strconv.Atoi(text)
		if err != nil {
			d.fault(n, "Schrijf een heel getal.", "%q is geen getal.", text)
		}
		v.SetInt(int64(number))
	}
}

func (d *decoder) value(n *yaml.Node) Value {
	v := Value{Line: n.Line}
	switch n.Kind {
	case yaml.SequenceNode:
		v.List = []string{}
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				d.fault(item, "Schrijf één waarde per streepje.", "Hier hoort één waarde, geen %s.", kindName(item))
			}
			v.List = append(v.List, strings.TrimSpace(item.Value))
		}
	case yaml.MappingNode:
		v.Keys = map[string]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i+1].Kind != yaml.ScalarNode {
				d.fault(n.Content[i+1], "Schrijf één waarde.", "Hier hoort één waarde, geen %s.", kindName(n.Content[i+1]))
			}
			v.Keys[n.Content[i].Value] = strings.TrimSpace(n.Content[i+1].Value)
		}
	case yaml.ScalarNode:
		if !isNull(n) {
			v.Text = strings.TrimSpace(n.Value)
		}
	default:
		d.fault(n, "Schrijf het uit.", "Verwijzingen met & en * kunnen hier niet.")
	}
	return v
}

// keysOf maps the YAML keys of a struct to its fields; short is the key that a bare value fills.
func keysOf(t reflect.Type) (keys map[string]int, short string) {
	keys = map[string]int{}
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		keys[name] = i
		if option == "short" {
			short = name
		}
	}
	return keys, short
}

func truth(text string) (yes, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "ja":
		return true, true
	case "false", "no", "nee":
		return false, true
	default:
		return false, false
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "blok met sleutels"
	case yaml.SequenceNode:
		return "lijst"
	default:
		return "losse waarde"
	}
}

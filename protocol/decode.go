// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

var (
	textType   = reflect.TypeFor[Text]()
	sourceType = reflect.TypeFor[Source]()
	posType    = reflect.TypeFor[Pos]()

	protocolType = reflect.TypeFor[Protocol]()

	recipientType = reflect.TypeFor[Recipient]()
	clocksType    = reflect.TypeFor[Clocks]()
)

// decode fills v from a YAML node. It differs from the library's own decoding in that
// it goes on after a fault, knows the line of everything, and words faults for authors.
func (l *loader) decode(file string, n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.AliasNode {
		l.atNode(file, n, "Schrijf de tekst uit, of gebruik `like` bij een veld.", "Verwijzingen met * en & zijn niet toegestaan.")
		return
	}
	if n.Anchor != "" {
		l.atNode(file, n, "Haal &"+n.Anchor+" weg.", "Verwijzingen met * en & zijn niet toegestaan.")
	}
	if !l.plain(file, n) {
		return
	}
	switch {
	case v.Type() == textType && n.Kind == yaml.ScalarNode:
		v.Set(reflect.ValueOf(Text{NL: scalar(n)}))
	case v.Type() == sourceType && n.Kind == yaml.ScalarNode:
		v.Set(reflect.ValueOf(Source{At: scalar(n)}))
	case v.Type() == recipientType && n.Kind == yaml.ScalarNode:
		v.Set(reflect.ValueOf(Recipient{Role: scalar(n), Pos: Pos{File: file, Line: n.Line}}))
	case v.Type() == clocksType && n.Kind == yaml.ScalarNode:
		v.Set(reflect.ValueOf(Clocks(strings.Fields(scalar(n))))) // empty in an overlay: what the base says goes
	case v.Kind() == reflect.Struct:
		l.decodeStruct(file, n, v)
	case v.Kind() == reflect.Slice:
		l.decodeList(file, n, v)
	case v.Kind() == reflect.Map:
		l.decodeThen(file, n, v)
	default:
		l.decodeScalar(file, n, v)
	}
}

func (l *loader) decodeStruct(file string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		l.atNode(file, n, "Schrijf hier sleutels met een waarde, bijvoorbeeld: id: …", "Hier hoort een blok met sleutels, geen %s.", kindName(n))
		return
	}
	keys := keysOf(v.Type())
	pos := Pos{File: file, Line: n.Line}
	if at, ok := keys["\x00pos"]; ok {
		v.Field(at).Set(reflect.ValueOf(pos))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at, ok := keys[key.Value]
		switch {
		case !ok && v.Type() == textType:
			l.atNode(file, key, "Zet een tekst met een komma of dubbele punt tussen aanhalingstekens; een tekst heeft alleen nl en en.", "Onbekende sleutel %q in een tekst.", key.Value)
			continue
		case !ok:
			l.atNode(file, key, meant(key.Value, publicKeys(keys), "Haal de sleutel weg."), "Onbekende sleutel %q.", key.Value)
			continue
		case seen[key.Value]:
			l.atNode(file, key, "Laat er één staan.", "De sleutel %q staat er twee keer.", key.Value)
			continue
		}
		seen[key.Value] = true
		if v.Type() == protocolType && v.Field(at).Kind() == reflect.Struct && l.again(file, key) {
			continue
		}
		l.lines[lineKey{pos, key.Value}] = firstLine(value)
		if isNull(value) {
			continue
		}
		l.decode(file, value, v.Field(at))
	}
}

// again refuses a second `protocol`, `desk`, `calendar` or `overlay`: lists of several files
// are joined, but of these the later one would quietly take the place of the first.
func (l *loader) again(file string, key *yaml.Node) bool {
	if first, twice := l.blocks[key.Value]; twice {
		l.atNode(file, key, "Zet alles in één blok.", "Er is al een blok %q (%s, regel %d).", key.Value, first.File, first.Line)
		return true
	}
	l.blocks[key.Value] = Pos{File: file, Line: key.Line}
	return false
}

func (l *loader) decodeList(file string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		cure := "Zet elk onderdeel op een eigen regel met een streepje ervoor."
		if n.Kind == yaml.ScalarNode {
			cure = "Schrijf [" + scalar(n) + "]."
		}
		l.atNode(file, n, cure, "Hier hoort een lijst, geen %s.", kindName(n))
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		l.decode(file, item, list.Index(i))
	}
	v.Set(reflect.AppendSlice(v, list))
}

// decodeThen reads the outcome of a rule, or the answers that a step opens its form with. The
// values stay text until the outputs of the table or the questions of the form, and so their
// types, are known.
func (l *loader) decodeThen(file string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		l.atNode(file, n, "Schrijf bijvoorbeeld: {naam: waarde}", "Hier hoort een blok met namen en waarden, geen %s.", kindName(n))
		return
	}
	then := map[string]any{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		then[n.Content[i].Value] = l.thenValue(file, n.Content[i+1])
	}
	v.Set(reflect.ValueOf(then))
}

func (l *loader) thenValue(file string, n *yaml.Node) any {
	l.plain(file, n)
	switch n.Kind {
	case yaml.SequenceNode:
		list := []string{}
		for _, item := range n.Content {
			list = append(list, scalar(item))
		}
		return list
	case yaml.MappingNode:
		var t Text
		l.decode(file, n, reflect.ValueOf(&t).Elem())
		return t
	default:
		return scalar(n)
	}
}

// plain refuses what YAML reads otherwise than its author: `show: !safe` is an empty value
// with the mark "!safe" to it, and a question that is always asked. So are signs that nobody
// sees, which databases refuse.
func (l *loader) plain(file string, n *yaml.Node) bool {
	if n.Style&yaml.TaggedStyle != 0 {
		l.atNode(file, n, fmt.Sprintf("Zet de hele waarde tussen aanhalingstekens, zoals \"%s\".", strings.TrimSpace(n.Tag+" "+n.Value)), "Hier staat een uitroepteken zonder aanhalingstekens; YAML leest dat als iets anders.")
		return false
	}
	if n.Style&yaml.DoubleQuotedStyle != 0 && strings.ContainsFunc(n.Value, unseen) {
		l.atNode(file, n, "Haal de code met de \\ ervoor weg.", "Deze tekst bevat een onzichtbaar stuurteken.")
		return false
	}
	return true
}

func unseen(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 }

func (l *loader) decodeScalar(file string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		l.atNode(file, n, "Schrijf één waarde op deze regel.", "Hier hoort één waarde, geen %s.", kindName(n))
		return
	}
	text := scalar(n)
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		switch strings.ToLower(text) {
		case "true", "yes", "ja":
			v.SetBool(true)
		case "false", "no", "nee":
			v.SetBool(false)
		default:
			l.atNode(file, n, "Schrijf true of false.", "%q is geen ja of nee.", text)
		}
	case reflect.Int:
		number, err := strconv.Atoi(text)
		if err != nil || number < 0 {
			l.atNode(file, n, "Schrijf een heel getal, bijvoorbeeld 500.", "%q is geen getal.", text)
			return
		}
		v.SetInt(int64(number))
	}
}

func (l *loader) atNode(file string, n *yaml.Node, cure, message string, args ...any) {
	l.problem(Pos{File: file, Line: n.Line}, "", cure, message, args...)
}

// keysKnown remembers keysOf: the language has some forty structs, a protocol thousands of blocks.
var keysKnown sync.Map

// keysOf maps the YAML keys of a struct to its fields.
func keysOf(t reflect.Type) map[string]int {
	if known, ok := keysKnown.Load(t); ok {
		return known.(map[string]int)
	}
	keys := map[string]int{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("yaml")
		switch {
		case f.Type == posType:
			keys["\x00pos"] = i
		case tag != "" && tag != "-":
			keys[tag] = i
		}
	}
	keysKnown.Store(t, keys)
	return keys
}

func publicKeys(keys map[string]int) map[string]int {
	public := map[string]int{}
	for k, i := range keys {
		if k[0] != 0 {
			public[k] = i
		}
	}
	return public
}

func scalar(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode || isNull(n) {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// firstLine is where the words of a value begin: below the sign of a block of text.
func firstLine(n *yaml.Node) int {
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Line + 1
	}
	return n.Line
}

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

// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// yamlReader reads YAML of the plain kind, as protocols are written, without the library,
// which takes most of the time that a desk needs to start. It makes the tree that the library
// would make:
//
//	block    = keys | items                      one column to the right of what they belong to
//	keys     = { name ":" ( value | block ) }    items = { "-" ( value | block ) }
//	value    = bare | 'quoted' | "quoted" | [ value, … ] | { name: value, … } | "|" or ">" and lines
//
// Whatever it does not know for certain it leaves to the library, and so to the library's
// faults: tabs, anchors, tags, documents, keys without a value, bare or quoted words over more
// lines, rare escapes. What it does read the library reads too, by a test over random files.
type yamlReader struct {
	text  string
	at    int
	line  int // counted from 1
	start int // where the line begins
	depth int
	fail  bool
	nodes []yaml.Node
}

const (
	deepestYAML = 40  // how far blocks and brackets may be nested; the library's limit is wider
	longestKey  = 200 // the library's is 1,024
	nodesAtOnce = 256 // that are made, and thrown away, together
)

// plainYAML gives the root of a file of the plain kind; false for any other.
func plainYAML(data []byte) (*yaml.Node, bool) {
	r := &yamlReader{text: string(data), line: 1}
	if !strings.HasSuffix(r.text, "\n") || strings.ContainsFunc(r.text, rareSign) {
		return nil, false
	}
	r.next()
	if r.over() || r.column() != 0 {
		return nil, false
	}
	root := r.block()
	return root, !r.fail && r.over()
}

// rareSign finds what is no text, and what the library takes for an end of line or a mark.
func rareSign(c rune) bool {
	return c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffd && c <= 0xffff
}

// none ends the reading: this is not plain.
func (r *yamlReader) none() *yaml.Node {
	r.fail = true
	r.at = len(r.text)
	return &yaml.Node{}
}

func (r *yamlReader) over() bool { return r.at >= len(r.text) }

func (r *yamlReader) column() int { return r.at - r.start }

// sign is the sign here; past the end it is the end of a line.
func (r *yamlReader) sign() byte {
	if r.over() {
		return '\n'
	}
	return r.text[r.at]
}

func (r *yamlReader) node(kind yaml.Kind, style yaml.Style) *yaml.Node {
	if len(r.nodes) == cap(r.nodes) {
		r.nodes = make([]yaml.Node, 0, nodesAtOnce)
	}
	r.nodes = append(r.nodes, yaml.Node{Kind: kind, Style: style, Line: r.line})
	return &r.nodes[len(r.nodes)-1]
}

func (r *yamlReader) spaces() {
	for r.sign() == ' ' {
		r.at++
	}
}

func (r *yamlReader) newline() {
	r.at++
	r.line++
	r.start = r.at
}

// next goes to the first sign of the next line that says something. On this line nothing
// but a remark may be left.
func (r *yamlReader) next() {
	for fresh := r.at == r.start; !r.over(); {
		r.spaces()
		switch {
		case r.sign() == '\n':
			r.newline()
			fresh = true
		case r.remark():
			r.at += strings.IndexByte(r.text[r.at:], '\n')
		case fresh:
			return
		default:
			r.none()
		}
	}
}

// remark tells that a remark begins here.
func (r *yamlReader) remark() bool {
	return r.sign() == '#' && (r.at == r.start || r.text[r.at-1] == ' ')
}

// block reads keys or items that begin here.
func (r *yamlReader) block() *yaml.Node {
	if r.depth++; r.depth > deepestYAML {
		return r.none()
	}
	defer func() { r.depth-- }()
	if r.item() {
		return r.items(r.column())
	}
	return r.keys(r.column())
}

func (r *yamlReader) item() bool {
	return r.sign() == '-' && (r.text[r.at+1] == ' ' || r.text[r.at+1] == '\n') // a file ends with an end of line
}

func (r *yamlReader) keys(column int) *yaml.Node {
	n := r.node(yaml.MappingNode, 0)
	for !r.over() && r.column() == column {
		key, ok := r.key()
		if !ok {
			return r.none()
		}
		n.Content = append(n.Content, key, r.behind(column, true))
	}
	return r.ended(n, column)
}

func (r *yamlReader) items(column int) *yaml.Node {
	n := r.node(yaml.SequenceNode, 0)
	for !r.over() && r.column() == column && r.item() {
		r.at++
		n.Content = append(n.Content, r.behind(column, false))
	}
	return r.ended(n, column)
}

// ended refuses a line that is further to the right than the block that it follows.
func (r *yamlReader) ended(n *yaml.Node, column int) *yaml.Node {
	if !r.over() && r.column() > column {
		return r.none()
	}
	return n
}

// behind reads what stands behind a key or a dash: on this line, or as a block below it. The
// items of a key may stand as far to the left as the key.
func (r *yamlReader) behind(column int, key bool) *yaml.Node {
	r.spaces()
	if r.sign() == '\n' || r.remark() {
		r.next()
		if !r.over() && (r.column() > column || key && r.column() == column && r.item()) {
			return r.block()
		}
		return r.none()
	}
	if !key && (r.item() || r.keyed()) {
		return r.block()
	}
	var n *yaml.Node
	if c := r.sign(); c == '|' || c == '>' {
		n = r.lines(column)
	} else {
		n = r.value(column, false)
	}
	r.next()
	return n
}

// keyed looks whether a key begins here.
func (r *yamlReader) keyed() bool {
	was := *r
	_, ok := r.key()
	*r = was
	return ok
}

// key reads a name or quoted text with its colon; after a failure it has moved.
func (r *yamlReader) key() (*yaml.Node, bool) {
	n := r.node(yaml.ScalarNode, 0)
	if c := r.sign(); c == '"' || c == '\'' {
		n = r.quoted()
	} else {
		from := r.at
		for nameByte(r.sign()) {
			r.at++
		}
		n.Value = r.text[from:r.at]
		if n.Value == "" || n.Value[0] == '-' || n.Value[0] == '.' {
			return nil, false
		}
	}
	if r.fail || len(n.Value) > longestKey || r.sign() != ':' || r.text[r.at+1] != ' ' && r.text[r.at+1] != '\n' {
		return nil, false
	}
	r.at++
	return n, true
}

func nameByte(c byte) bool { return nameSign(c) || c >= '0' && c <= '9' || c == '-' || c == '.' }

// value reads what fits between commas, or behind a key or dash. Its further lines are to the
// right of the column.
func (r *yamlReader) value(column int, within bool) *yaml.Node {
	switch r.sign() {
	case '"', '\'':
		return r.quoted()
	case '[', '{':
		return r.brackets(column)
	}
	return r.bare(within)
}

// brackets reads [a, b] and {a: b}.
func (r *yamlReader) brackets(column int) *yaml.Node {
	if r.depth++; r.depth > deepestYAML {
		return r.none()
	}
	defer func() { r.depth-- }()
	n, closing := r.node(yaml.SequenceNode, yaml.FlowStyle), byte(']')
	if r.sign() == '{' {
		n.Kind, closing = yaml.MappingNode, '}'
	}
	r.at++
	for {
		r.inside(column)
		if r.sign() == closing && len(n.Content) == 0 {
			break
		}
		if n.Kind == yaml.MappingNode {
			key, ok := r.key()
			if !ok {
				return r.none()
			}
			n.Content = append(n.Content, key)
			r.inside(column)
		}
		n.Content = append(n.Content, r.value(column, true))
		r.inside(column)
		if r.sign() == closing {
			break
		}
		if r.sign() != ',' {
			return r.none()
		}
		r.at++
	}
	r.at++
	return n
}

// inside goes to the next sign between brackets.
func (r *yamlReader) inside(column int) {
	line := r.line
	for !r.over() {
		r.spaces()
		switch {
		case r.sign() == '\n':
			r.newline()
		case r.remark():
			r.at += strings.IndexByte(r.text[r.at:], '\n')
		default:
			if r.line > line && r.column() <= column {
				r.none()
			}
			return
		}
	}
	r.none() // the bracket is not closed
}

// bare reads a value without quotes, on one line.
func (r *yamlReader) bare(within bool) *yaml.Node {
	c := r.sign()
	if !nameSign(c) && (c < '0' || c > '9') && c != '(' && c != '/' && c < 0x80 {
		return r.none()
	}
	n := r.node(yaml.ScalarNode, 0)
	from := r.at
	for ; r.sign() != '\n' && !r.remark(); r.at++ {
		c := r.sign()
		if within && (c == ',' || c == ']' || c == '}') {
			break
		}
		if c == ':' && !nameByte(r.text[r.at+1]) && r.text[r.at+1] != '/' || within && (c == '[' || c == '{' || c == '?') {
			return r.none()
		}
	}
	n.Value = strings.TrimRight(r.text[from:r.at], " ")
	if n.Value == "null" || n.Value == "Null" || n.Value == "NULL" {
		n.Tag = "!!null"
	}
	return n
}

// quoted reads a text between quotes, on one line.
func (r *yamlReader) quoted() *yaml.Node {
	n, quote := r.node(yaml.ScalarNode, yaml.SingleQuotedStyle), r.sign()
	if quote == '"' {
		n.Style = yaml.DoubleQuotedStyle
	}
	r.at++
	var said strings.Builder
	from, stops := r.at, "\n\\"+string(quote)
	for {
		r.at += max(0, strings.IndexAny(r.text[r.at:], stops))
		switch sign := r.sign(); {
		case sign == quote && (quote == '"' || r.text[r.at+1] != '\''):
			n.Value = said.String() + r.text[from:r.at]
			r.at++
			return n
		case sign == '\\' && quote == '\'':
			r.at++
		case sign == quote, sign == '\\' && escapes[r.text[r.at+1]] != "":
			said.WriteString(r.text[from:r.at])
			said.WriteString(escapes[r.text[r.at+1]])
			r.at += 2
			from = r.at
		default:
			return r.none()
		}
	}
}

// escapes are the signs that quoted texts write behind a sign of their own.
var escapes = [256]string{'\'': "'", '"': "\"", '\\': "\\", 'n': "\n"}

// lines reads the text below | or >: as it stands, or with its lines joined.
func (r *yamlReader) lines(column int) *yaml.Node {
	n, between := r.node(yaml.ScalarNode, yaml.LiteralStyle), "\n"
	if r.sign() == '>' {
		n.Style, between = yaml.FoldedStyle, " "
	}
	r.at++
	closing := "\n"
	if r.sign() == '-' {
		r.at++
		closing = ""
	}
	if r.sign() != '\n' {
		return r.none()
	}
	r.newline()
	r.spaces()
	indent := r.column()
	if indent <= column || r.sign() == '\n' {
		return r.none()
	}
	r.at = r.start
	var said strings.Builder
	for empty := 0; !r.over(); r.newline() {
		line := r.rest()
		words := strings.TrimLeft(line, " ")
		width := len(line) - len(words)
		if words != "" && width < indent {
			break
		}
		switch {
		case words == "" && line != "", words != "" && width > indent && n.Style == yaml.FoldedStyle:
			return r.none()
		case line == "":
			empty++
			continue
		case said.Len() > 0 && (empty == 0 || n.Style == yaml.LiteralStyle):
			said.WriteString(between)
		}
		said.WriteString(strings.Repeat("\n", empty))
		said.WriteString(line[indent:])
		empty = 0
		r.at += len(line)
	}
	n.Value = said.String() + closing
	return n
}

// rest is what is left of this line.
func (r *yamlReader) rest() string {
	return r.text[r.at : r.at+strings.IndexByte(r.text[r.at:], '\n')]
}

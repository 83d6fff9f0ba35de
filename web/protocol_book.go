// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"example.org/loket/chart"
	"example.org/loket/protocol"
)

// protocolParts are the chapters of the book, in order of reading.
var protocolParts = []string{"begrippen", "stroomschemas", "formulieren", "beslissen", "plichten", "termijnen", "stappen", "berichten", "leren"}

// protocolBook is the protocol as a book: made from the same files that the desk works by, so
// that it never says anything else (R-R-12, R-R-125).
type protocolBook struct {
	*reader
	part string
}

// showProtocolBook answers GET /protocol: what the protocol is, and its chapters.
func showProtocolBook(v *visit) error {
	v.deskLook = true
	return v.show(http.StatusOK, v.T("protocol_book.title"), (&protocolBook{reader: v.reader}).cover())
}

// showProtocolPart answers GET /protocol/{part}.
func showProtocolPart(v *visit) error {
	part := v.r.PathValue("part")
	if !slices.Contains(protocolParts, part) {
		return errUnknownPage()
	}
	v.nav, v.deskLook = "/protocol", true
	return v.show(http.StatusOK, v.T("protocol_book.part."+part), (&protocolBook{reader: v.reader, part: part}).page())
}

// chapter is the body of the part that is shown.
func (b *protocolBook) chapter() templ.Component {
	return map[string]func() templ.Component{
		"begrippen": b.terms, "stroomschemas": b.charts, "formulieren": b.forms, "beslissen": b.rules, "plichten": b.duties,
		"termijnen": b.deadlines, "stappen": b.steps, "berichten": b.products, "leren": b.learning,
	}[b.part]()
}

// neighbours are the parts before and after this one; empty at the ends.
func (b *protocolBook) neighbours() (before, after string) {
	i := slices.Index(protocolParts, b.part)
	if i > 0 {
		before = protocolParts[i-1]
	}
	if i+1 < len(protocolParts) {
		after = protocolParts[i+1]
	}
	return before, after
}

// drawing is one flowchart as an image; words stand under it for who does not see it.
func (b *protocolBook) drawing(c *protocol.Chart) templ.Component {
	var svg bytes.Buffer
	if err := chart.SVG(&svg, c, "schema-"+c.ID, b.P); err != nil {
		return templ.NopComponent
	}
	return templ.Raw(svg.String())
}

func (b *protocolBook) sentences(c *protocol.Chart) []string { return chart.Text(c, b.P) }

// exampleMoments are an ordinary day, a Friday before the clocks change, and the day
// before a holiday.
func (b *protocolBook) exampleMoments() []time.Time {
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, b.protocol.Location())
	}
	return []time.Time{at(time.February, 3, 10, 0), at(time.March, 27, 16, 30), at(time.May, 13, 15, 40)}
}

// examples are worked examples in words; those that say the same are left out.
func (b *protocolBook) examples(d *protocol.Deadline) []string {
	var out []string
	for _, at := range b.exampleMoments() {
		if words := b.P(b.protocol.Example(d, at).Words); words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}

// outcome is what a rule gives, in words: "Calamiteit of incident: calamiteit".
func (b *protocolBook) outcome(then map[string]any) []string {
	var out []string
	for _, id := range sortedKeys(then) {
		title, words := id, b.P(b.protocol.Words(id, listed(then[id])))
		if f := b.protocol.Fact(id); f != nil && b.P(f.Title) != "" {
			title = b.P(f.Title)
		}
		if words != "" {
			out = append(out, title+": "+words)
		}
	}
	return out
}

// listed gives a list as the facts hold one.
func listed(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	var out []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// roleTitles are roles in words.
func (b *protocolBook) roleTitles(ids []string) string {
	var out []string
	for _, id := range ids {
		if r := b.protocol.Role(id); r != nil {
			out = append(out, b.P(r.Title))
		}
	}
	return strings.Join(out, ", ")
}

// condition is a rule as it is written, on one line.
func condition(when string) string { return strings.Join(strings.Fields(when), " ") }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func protocolNeed(need string) string {
	if need == "" {
		return "optional"
	}
	return need
}

func protocolHit(hit string) string {
	if hit == "" {
		return "first"
	}
	return hit
}

func ruleTitle(title, id string) string {
	if title == "" {
		return id
	}
	return title
}

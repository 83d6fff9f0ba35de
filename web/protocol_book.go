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
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// protocolParts are the chapters of the book, in order of reading.
var protocolParts = []string{"begrippen", "stroomschemas", "formulieren", "beslissen", "plichten", "termijnen", "stappen", "berichten", "leren", partSources}

// protocolBook is the protocol as a book: made from the same files that the desk works by, so
// that it never says anything else (R-R-12, R-R-125).
type protocolBook struct {
	*reader
	part    string
	version string // of a version that is not in force; empty: the one in force
}

// at is the address of a chapter; of the cover when part is empty.
func (b *protocolBook) at(part string) string {
	at := "/protocol"
	if b.version != "" {
		at = versionPath(b.version) + "/boek"
	}
	if part == "" {
		return at
	}
	return at + "/" + part
}

// parts are the chapters of this book: that of an overlay also says what it changes.
func (b *protocolBook) parts() []string {
	if base, _ := b.protocol.Base(); base != nil {
		return append([]string{partOverlay}, protocolParts...)
	}
	return protocolParts
}

// partOverlay is the chapter with what a municipality changed on the protocol of its region.
const partOverlay = "aanvullingen"

// partSources is the chapter with the places in the source document that the rules rest on.
const partSources = "bronnen"

// overlayWords say on which protocol these are the changes, and of which version of it.
func (b *protocolBook) overlayWords() string {
	base, _ := b.protocol.Base()
	if base == nil {
		return ""
	}
	return b.T("protocol_book.overlay_of", b.P(b.protocol.About.Title), b.P(base.Title), base.Version) + " " + b.N("protocol_book.overlay_changes", len(b.own()))
}

// own are the changes of the overlay, without what says that it is one.
func (b *protocolBook) own() []protocol.Difference {
	_, changes := b.protocol.Base()
	return slices.DeleteFunc(slices.Clone(changes), func(d protocol.Difference) bool { return d.List == "overlay" || d.List == "protocol" })
}

// versions are those on which the reader was asked for an opinion, and those they may read
// for another reason: none when they may not.
func (b *protocolBook) versions() []desk.VersionView {
	if !b.known || b.version != "" {
		return nil
	}
	versions, err := b.service.Versions(b.r.Context(), b.actor)
	if err != nil {
		return nil
	}
	return versions
}

// showProtocolBook answers GET /protocol: what the protocol is, and its chapters.
func showProtocolBook(v *visit) error {
	v.deskLook = true
	return v.show(http.StatusOK, v.T("protocol_book.title"), (&protocolBook{reader: v.reader}).cover())
}

// showProtocolPart answers GET /protocol/{part}.
func showProtocolPart(v *visit) error {
	part := v.r.PathValue("part")
	if !slices.Contains((&protocolBook{reader: v.reader}).parts(), part) {
		return errUnknownPage()
	}
	v.nav, v.deskLook = "/protocol", true
	return v.show(http.StatusOK, v.T("protocol_book.part."+part), (&protocolBook{reader: v.reader, part: part}).page())
}

// chapter is the body of the part that is shown.
func (b *protocolBook) chapter() templ.Component {
	return map[string]func() templ.Component{
		"begrippen": b.terms, "stroomschemas": b.charts, "formulieren": b.forms, "beslissen": b.rules, "plichten": b.duties,
		"termijnen": b.deadlines, "stappen": b.steps, "berichten": b.products, "leren": b.learning, partSources: b.sources, partOverlay: b.overlay,
	}[b.part]()
}

// neighbours are the parts before and after this one; empty at the ends.
func (b *protocolBook) neighbours() (before, after string) {
	parts := b.parts()
	i := slices.Index(parts, b.part)
	if i > 0 {
		before = parts[i-1]
	}
	if i+1 < len(parts) {
		after = parts[i+1]
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
		if words, ok := b.dutyWords(id, then[id]); ok && b.protocol.Fact(id) == nil {
			out = append(out, words)
			continue
		}
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

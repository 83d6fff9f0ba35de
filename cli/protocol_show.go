// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/loket/chart"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// protocolShowCmd prints a protocol as a book.
type protocolShowCmd struct {
	Protocol string `arg:"" help:"Folder, or id of a protocol that comes with the program."`
	Charts   string `type:"path" help:"Folder in which the flowcharts are drawn, one SVG file each."`

	Examples string `type:"path" help:"Folder in which each document is written as it comes out of the invented cases in specimens/, one Markdown file each."`
}

// Run implements the command.
func (p protocolShowCmd) Run(c *console) error {
	read, err := readProtocol(p.Protocol)
	if err != nil {
		return err
	}
	b := &book{w: c.out, lang: c.lang}
	b.about(read)
	b.people(read)
	b.forms(read)
	b.rules(read)
	b.flow(read)
	b.products(read)
	b.lists(read)
	b.charts(read)
	if b.err == nil && p.Charts != "" {
		b.err = b.draw(read, p.Charts)
	}
	if b.err == nil && p.Examples != "" {
		b.err = writeExamples(read, p.Protocol, p.Examples)
	}
	return b.err
}

// book prints a protocol in Markdown: a reader's text, made from the same files that the
// desk works by.
type book struct {
	w    io.Writer
	lang locale.Lang
	err  error
}

func (b *book) line(format string, args ...any) {
	if b.err == nil {
		_, b.err = fmt.Fprintf(b.w, format+"\n", args...)
	}
}

func (b *book) text(t protocol.Text) string { return locale.Pick(b.lang, t.NL, t.EN) }

func (b *book) head(nl, en string, count int) {
	if count > 0 {
		b.line("\n## %s (%d)\n", locale.Pick(b.lang, nl, en), count)
	}
}

// source is where a rule comes from, when it says so.
func source(s protocol.Source) string {
	if s.At == "" {
		return ""
	}
	return " [" + s.At + "]"
}

func (b *book) about(p *protocol.Protocol) {
	b.line("# %s\n\n%s\n", b.text(p.About.Title), b.text(p.About.Summary))
	b.line("- %s, versie/version %s, %s", p.About.ID, p.About.Version, p.About.EffectiveFrom)
	b.line("- %s, %s", p.About.Owner, strings.Join(p.About.Laws, ", "))
	b.overlay(p)
	b.head("Begrippen", "Terms", len(p.Terms))
	for _, t := range p.Terms {
		b.line("- **%s**: %s%s", b.text(t.Title), b.text(t.Text), source(t.Source))
	}
}

// overlay tells what a municipality does otherwise than its region, before all that follows.
func (b *book) overlay(p *protocol.Protocol) {
	base, changes := p.Base()
	if base == nil {
		return
	}
	changes = slices.DeleteFunc(slices.Clone(changes), func(d protocol.Difference) bool { return d.List == "protocol" || d.List == "overlay" })
	b.head("Wat hier anders is dan in "+base.Title.NL+", versie "+base.Version, "What differs from "+b.text(base.Title)+", version "+base.Version, len(changes))
	for _, d := range changes {
		what := strings.TrimSpace("`" + strings.TrimSpace(d.List+" "+d.ID) + "` " + b.text(d.Title))
		switch d.Change {
		case "added", "removed":
			b.line("- %s · %s", what, locale.Pick(b.lang, map[string]string{"added": "nieuw", "removed": "vervallen"}[d.Change], d.Change))
		default:
			b.line("- %s · %s: %s → %s", what, cmp.Or(d.Key, d.Change), cmp.Or(d.Was, "–"), cmp.Or(d.Is, "–"))
		}
	}
}

func (b *book) people(p *protocol.Protocol) {
	b.head("Rollen", "Roles", len(p.Roles))
	for _, r := range p.Roles {
		b.line("- `%s` %s: %s…%s%s%s", r.ID, b.text(r.Title), r.Sees, r.Opens, names("side", r.Side), names("may", r.May...))
	}
	b.head("Soorten zaken", "Kinds of cases", len(p.Kinds))
	for _, k := range p.Kinds {
		b.line("- `%s` %s%s", k.ID, b.text(k.Title), names("converts_to", k.ConvertsTo...))
	}
}

// charts tells the flowcharts in sentences; the drawings are images.
func (b *book) charts(p *protocol.Protocol) {
	b.head("Stroomschema’s", "Flowcharts", len(p.Charts))
	for i := range p.Charts {
		c := &p.Charts[i]
		b.line("### %s `%s`%s\n", b.text(c.Title), c.ID, source(c.Source))
		for _, sentence := range chart.Text(c, b.text) {
			b.line("- %s", sentence)
		}
		b.line("")
	}
}

// draw writes every flowchart as an image (R-R-125, R-R-149).
func (b *book) draw(p *protocol.Protocol, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return refuse(err, "De map %s kan niet gemaakt worden.", "The folder %s cannot be made.", folder)
	}
	for i := range p.Charts {
		var svg bytes.Buffer
		if err := chart.SVG(&svg, &p.Charts[i], p.Charts[i].ID, b.text); err != nil {
			return err
		}
		file := filepath.Join(folder, p.Charts[i].ID+".svg")
		if err := os.WriteFile(file, svg.Bytes(), 0o644); err != nil {
			return refuse(err, "%s kan niet geschreven worden.", "%s cannot be written.", file)
		}
	}
	return nil
}

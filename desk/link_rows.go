// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// sharedRows brings the lists of the case that goes on in this one along: its parties,
// persons, measures and investigations are those of the same incident (DT-22, R-R-86). The
// other case keeps its own rows; what this case knew already does not come twice. Undoing the
// link takes away what came with it and nobody changed since.
func (d *Desk) sharedRows(o, from *open, want loket.Payload) []loket.Payload {
	switch w := want.(type) {
	case loket.Linked:
		if takesOver(w) {
			return d.rowsFrom(o, from, w.Link)
		}
	case loket.Unlinked:
		return cameWith(o, w.Link, undone(from))
	}
	return nil
}

// rowRoom is how much of the name of a row stays when it needs another one: a name has 64
// characters at most.
const rowRoom = 48

func (d *Desk) rowsFrom(o, from *open, link string) []loket.Payload {
	var out []loket.Payload
	for i := range o.p.Forms {
		f := &o.p.Forms[i]
		if f.Use != "rows" || f.HiddenUntil != "" {
			continue
		}
		here := o.Rows[f.ID]
		for _, row := range from.Rows[f.ID] {
			if len(row.Facts) == 0 || slices.ContainsFunc(here, func(r protocol.Row) bool { return reflect.DeepEqual(r.Facts, row.Facts) }) {
				continue
			}
			id := row.ID
			if slices.ContainsFunc(here, func(r protocol.Row) bool { return r.ID == id }) {
				id = id[:min(len(id), rowRoom)] + "-" + d.Rand.ID()[:8]
			}
			out = append(out, loket.RowRecorded{Form: f.ID, Row: id, Facts: maps.Clone(row.Facts), Reason: tookOver(from), Link: link})
			out = append(out, doneThere(o, from, f.ID, row.ID, id)...)
		}
	}
	return out
}

// doneThere puts aside what was done about a row in the case that it came from: a party is
// not asked twice, and the council not told twice, because two reports were one.
func doneThere(o, from *open, form, there, here string) []loket.Payload {
	var out []loket.Payload
	for i := range o.p.Steps {
		step := &o.p.Steps[i]
		if step.Each != form {
			continue
		}
		state := from.Steps[loket.RowKey(step.ID, there)]
		action, product, _ := strings.Cut(step.Action, ":")
		text := from.Products[loket.RowKey(product, there)]
		sent := action == "compose" && text != nil && text.Released()
		if sent || state.Done || state.Skipped && state.How != "later" {
			out = append(out, loket.StepSkipped{Step: step.ID, Row: here, How: "otherwise", Motivation: "Al gedaan in zaak " + from.Number + "."})
		}
	}
	return out
}

// cameWith removes the rows that came with a link and stayed as they came.
func cameWith(o *open, link, reason string) []loket.Payload {
	var came []loket.RowRecorded
	for _, e := range o.Events {
		w, ok := e.Payload.(loket.RowRecorded)
		if !ok {
			continue
		}
		came = slices.DeleteFunc(came, func(r loket.RowRecorded) bool { return r.Form == w.Form && r.Row == w.Row })
		if w.Link == link {
			came = append(came, w)
		}
	}
	var out []loket.Payload
	for _, w := range came {
		out = append(out, loket.RowRecorded{Form: w.Form, Row: w.Row, Removed: true, Reason: reason})
	}
	return out
}

// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"maps"
	"slices"

	"example.org/loket"
	"example.org/loket/protocol"
)

// rewrite is an event that loses some of what its vault held. The body is written anew only
// for an event of the first encoding, which kept typed words there.
type rewrite struct {
	seq   int
	body  []byte // nil: stays as it was
	vault []byte
}

// erase makes vaults anew without the facts and typed words that w names (D-26, D-43,
// decision 4), and folds the case again from what is left of its events.
func (d *Desk) erase(ctx context.Context, o *open, w loket.FactsErased) ([]rewrite, error) {
	var out []rewrite
	for i, e := range o.Events {
		payload, hit := without(o.p, e, w)
		if !hit {
			continue
		}
		r, err := d.reseal(ctx, o, e, payload)
		if err != nil {
			return nil, err
		}
		o.Events[i].Payload = payload
		out = append(out, r)
	}
	*o.Case = *loket.Fold(o.ID, o.Events)
	return out, nil
}

func (r rewrite) write(ctx context.Context, tx Tx, id loket.CaseID) error {
	if r.body != nil {
		return tx.RewriteEvent(ctx, id, r.seq, r.body, r.vault)
	}
	return tx.RewriteVault(ctx, id, r.seq, r.vault)
}

func (d *Desk) reseal(ctx context.Context, o *open, e loket.Event, payload loket.Payload) (rewrite, error) {
	r := rewrite{seq: e.Seq}
	enc, err := loket.Encode(o.p, payload)
	if err != nil {
		return r, err
	}
	if len(enc.Vault) > 0 {
		if r.vault, err = d.Sealer.Seal(ctx, o.row.Key, place("vault", e.Case, e.Seq), enc.Vault); err != nil {
			return r, err
		}
	}
	if e.Early {
		r.body, err = d.Sealer.Seal(ctx, o.row.Key, place("body", e.Case, e.Seq), enc.Body)
	}
	return r, err
}

// without copies a payload that holds something to erase, less that.
func without(p *protocol.Protocol, e loket.Event, w loket.FactsErased) (payload loket.Payload, hit bool) {
	payload, hit = withoutFacts(e.Payload, w.Fields)
	if slices.Contains(w.Texts, e.Seq) {
		bare, some := loket.WithoutText(p, payload, w.Levels)
		payload, hit = bare, hit || some
	}
	return payload, hit
}

func withoutFacts(payload loket.Payload, fields []string) (loket.Payload, bool) {
	drop := func(f protocol.Facts) (protocol.Facts, bool) {
		kept := maps.Clone(f)
		maps.DeleteFunc(kept, func(id string, _ any) bool { return slices.Contains(fields, id) })
		return kept, len(kept) < len(f)
	}
	var hit bool
	switch p := payload.(type) {
	case loket.ReportReceived:
		p.Facts, hit = drop(p.Facts)
		return p, hit
	case loket.FactsRecorded:
		p.Facts, hit = drop(p.Facts)
		return p, hit
	case loket.RowRecorded:
		p.Facts, hit = drop(p.Facts)
		return p, hit
	}
	return payload, false
}

// completeErasure fills in what an erasure takes and what the figures keep of it: a rule of
// the protocol takes its levels; "all typed words" are those of V3 and deeper.
func (d *Desk) completeErasure(o *open, w loket.FactsErased) loket.FactsErased {
	if rule := ruleOf(o.p, w.Rule); rule != nil {
		w.Levels = rule.Levels
		w.Fields, w.Texts = ruleTakes(o, rule)
	}
	if slices.Contains(w.Texts, AllTexts) {
		w.Levels = []protocol.Level{"V3", "V4", "V5"}
		_, w.Texts = loket.ToErase(o.Case, o.p, w.Levels)
	}
	if o.ev == nil {
		o.ev = o.p.Evaluate(o.Input(d.Now()))
	}
	w.Figures = columns(o.p, o.ev, o.Case)
	return w
}

// AllTexts as only entry of FactsErased.Texts asks for all typed words of a case of V3 and
// deeper; the desk fills in which events those are.
const AllTexts = -1

// ruleTakes are the facts and typed words that a retention rule takes from a case now.
func ruleTakes(o *open, rule *protocol.Retention) (fields []string, texts []int) {
	fields, texts = loket.ToErase(o.Case, o.p, rule.Levels)
	if len(rule.Fields) > 0 {
		fields = slices.DeleteFunc(fields, func(id string) bool { return !slices.Contains(rule.Fields, id) })
		texts = nil
	}
	return fields, texts
}

func ruleOf(p *protocol.Protocol, id string) *protocol.Retention {
	for i := range p.Retention {
		if id != "" && p.Retention[i].ID == id {
			return &p.Retention[i]
		}
	}
	return nil
}

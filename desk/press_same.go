// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"example.org/loket"
)

// Questions about the same subject are found by the words of the subject, so that answers
// agree. The words lie in the database only as keyed hashes, each cut to its beginning:
// "wachttijd" and "wachttijden" are one word.

// pressIndex marks the hashes of a subject in the blind index.
const pressIndex = "press subject"

const (
	shortestWord = 4  // letters; shorter words say little
	stemLength   = 7  // letters of a word that count
	mostWords    = 12 // of one subject
	mostSame     = 5  // other questions shown with one
)

// stems are the words of a subject that count, each once.
func stems(subject string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(strings.ToLower(subject), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letters := []rune(word)
		if len(letters) < shortestWord {
			continue
		}
		stem := string(letters[:min(len(letters), stemLength)])
		if !slices.Contains(out, stem) && len(out) < mostWords {
			out = append(out, stem)
		}
	}
	return out
}

// subjectOf is what a case in the press room is about; empty for every other case.
func subjectOf(o *open) string {
	k := o.p.Kind(o.Kind)
	if k == nil || !k.Press.There() {
		return ""
	}
	subject, _ := o.Facts[k.Press.Subject].(string)
	return subject
}

// subjectRows are the keyed hashes by which a question is found by another.
func (d *Desk) subjectRows(o *open) []IndexRow {
	var out []IndexRow
	for i, hash := range d.subjectHashes(o) {
		out = append(out, IndexRow{Case: o.ID, Fact: pressIndex + " " + itoa(i), Hash: hash, Moment: o.row.ReceivedAt})
	}
	return out
}

// atAnyTime looks for hashes whenever it was.
func atAnyTime(hashes [][]byte) []IndexLook {
	look := make([]IndexLook, len(hashes))
	for i, hash := range hashes {
		look[i].Hash = hash
	}
	return look
}

func (d *Desk) subjectHashes(o *open) [][]byte {
	var out [][]byte
	for _, stem := range stems(subjectOf(o)) {
		out = append(out, d.Sealer.Index(o.Tenant, pressIndex, stem))
	}
	return out
}

// sameSubject finds other questions that share two words of the subject, or all of a shorter
// one; the most alike first. Cases that the reader may not see are not among them.
func (d *Desk) sameSubject(ctx context.Context, a loket.Actor, cases *pressCases, o *open) ([]PressAnswer, error) {
	hashes := d.subjectHashes(o)
	if len(hashes) == 0 {
		return nil, nil
	}
	shared := map[loket.CaseID]int{}
	var near map[loket.CaseID]bool
	err := d.Store.Read(ctx, func(tx Tx) error {
		rows, err := tx.FindIndex(ctx, o.Tenant, atAnyTime(hashes))
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Case != o.ID && strings.HasPrefix(r.Fact, pressIndex) {
				shared[r.Case]++
			}
		}
		near, err = d.onlyRelated(ctx, tx, a, o.p, mostShared(shared, min(2, len(hashes))))
		return err
	})
	var out []PressAnswer
	for _, id := range mostShared(shared, min(2, len(hashes))) {
		if len(out) == mostSame {
			break
		}
		if other := cases.get(ctx, id); near[id] && other != nil {
			out = append(out, pressAnswer(other, cases.r))
		}
	}
	return out, err
}

// mostShared are the cases that share enough words, most first; of equals the newest, whose id
// comes last in order of time.
func mostShared(shared map[loket.CaseID]int, enough int) []loket.CaseID {
	var out []loket.CaseID
	for id, n := range shared {
		if n >= enough {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b loket.CaseID) int { return cmp.Or(shared[b]-shared[a], strings.Compare(string(b), string(a))) })
	return out
}

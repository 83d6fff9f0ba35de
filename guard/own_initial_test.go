// SPDX-License-Identifier: EUPL-1.2

package guard

import "testing"

// Issue 4.5: somebody of the case as newspapers write them, initials, small words and one
// letter. Control: the same shape with another letter or other small words is nobody of the
// case, and a letter that a list or an article has is no initial.
func TestOwnPressInitials(t *testing.T) {
	t.Parallel()
	known := Known{Names: []string{"Mila van den Verzonnen", "Daan de Bedacht", "Sara el Fictie", "Bram in 't Nepnaam"}}
	for text, want := range map[string]string{
		"De ouders van M. van den V. zijn ingelicht.":  "M. van den V.",
		"Het betreft D. de B., bij het loket bekend.":  "D. de B.",
		"Op de avond zelf zat S. el F. op de kamer.":   "S. el F.",
		"De groep zag dat B. in 't N. een tas pakte.":  "B. in 't N.",
		"Volgens M. van den V. was de deur dicht.":     "M. van den V.",
		"Zie bijlage M. van den Wet is niet gesproken": "",
		"De ouders van M. van den K. zijn ingelicht.":  "",
		"Artikel 3, lid D. de brief is verstuurd.":     "",
	} {
		found := ""
		for _, f := range Check(text, known) {
			if f.Reason == ownInitialsWhy && len(f.Text) > 2 {
				found = f.Text
			}
		}
		if found != want {
			t.Errorf("%q: %q, want %q", text, found, want)
		}
	}
}

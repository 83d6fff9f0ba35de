// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Design §4.14: what an overlay takes away and others still use is told where the author can
// mend it, in the overlay. Control: a name that was never there gets the usual cure.
func TestWhatAnOverlayTakesAway(t *testing.T) {
	t.Parallel()
	_, err := overStreek(t, "{id: reply, change: remove}", "{id: weigh_class, change: replace, when: nobody_said}", "  - id: class\n    change: replace\n    title: Klasse in Noord\n    rules:\n      - {id: c, change: remove}\n      - {id: b, change: add, when: urgent_matter, then: {level: c}, because: Hier telt haast.}\n", "  - {id: class, change: remove}\n")
	if err == nil {
		t.Fatal("steps decide a table that is gone")
	}
	for _, want := range []string{`Er is geen beslistabel "class". → noord.yaml, regel 5, haalt "class" weg`, `Het feit "class_decided" bestaat niet. → noord.yaml, regel 5, haalt "class" weg`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("want %q in\n%v", want, err)
		}
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		if strings.Contains(line, "nobody_said") && strings.Contains(line, "weg:") {
			t.Errorf("nobody took that away: %s", line)
		}
	}
}

// Design §4.14: changes that would pass for their own base, lie over themselves or name nothing
// are refused, and a base with a fault in its writing is told alone. Control: TestOverlay.
func TestOverlaysThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ was, is, says string }{
		{`protocol: {id: noord, version: "1-1", title: Noord}`, "", "noord.yaml:2: Deze wijzigingen heten net zo als hun basis: streek, versie 1."},
		{"{id: reply, change: remove}", "{change: remove}", "noord.yaml:12: Hier staat niet wat er wijzigt"},
		{"{id: reply, change: remove}", "{id: reply, change: remove}\n  - {id: reply, change: replace, title: Toch}", `noord.yaml:13: Het onderdeel "reply" is al weggehaald, op regel 12.`},
	} {
		if _, err := overStreek(t, c.was, c.is); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: want %s, got\n%v", c.is, c.says, err)
		}
	}
	over := fstest.MapFS{"noord.yaml": {Data: []byte(noord)}}
	if _, err := LoadOver(over, over); err == nil || !strings.Contains(err.Error(), `"streek" bevat zelf alleen wijzigingen`) {
		t.Errorf("changes over changes: %v", err)
	}
	broken := fstest.MapFS{"streek.yaml": {Data: []byte("protocol: {id: streek\n")}}
	if _, err := LoadOver(broken, over); err == nil || strings.Contains(err.Error(), "noord.yaml") || !strings.Contains(err.Error(), "streek.yaml") {
		t.Errorf("a base that cannot be read: %v", err)
	}
}

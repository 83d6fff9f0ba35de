// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"slices"
	"testing"

	"example.org/loket/internal/visitor"
)

// S03 R-I-32 DT-08: over HTTP, the press room is for who works on cases, its monitor for whom the
// protocol gives it, its short form for whom the form names; to everybody else they are not there.
func TestPressRoomAddresses(t *testing.T) {
	t.Parallel()
	p, err := readProtocol("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{twoDesks: openDesks(t, p, sitePeople(p), false, ""), browsers: map[string]*visitor.Browser{}, params: map[string]string{"kind": "press"}}
	w.browsers[""] = w.stranger(northHost)
	opens := p.ShortForm("press")
	in := 0
	for _, r := range p.Roles {
		w.browsers[r.ID] = w.as(r.ID, north)
		for pattern, may := range map[string]bool{
			"GET /pers":              slices.Contains(r.May, "work"),
			"GET /pers/media":        slices.Contains(r.May, "monitor"),
			"POST /pers/media":       slices.Contains(r.May, "monitor"),
			"POST /pers/media/weg":   false, // the article that is sent is not there
			"GET /pers/nieuw/{kind}": slices.Contains(opens.By, r.ID),
		} {
			got, _ := w.meets(cell{pattern, r.ID, without}, "")
			if (got == comesIn || got == told) != may {
				t.Errorf("%s as %s: %s", pattern, r.ID, got)
			}
			if got == comesIn {
				in++
			}
		}
	}
	for _, pattern := range []string{"GET /pers", "GET /pers/media", "POST /pers/media", "POST /pers/media/weg"} {
		if got, _ := w.meets(cell{pattern, "", without}, ""); got != atLogin {
			t.Errorf("%s without account: %s", pattern, got)
		}
	}
	if in < 10 {
		t.Errorf("control: only %d cells come in", in)
	}
}

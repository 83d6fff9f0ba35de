// SPDX-License-Identifier: EUPL-1.2

package municipality

import (
	"regexp"
	"testing"
)

// R-I-32, standards: 342 municipalities, each with a code of its own in four digits and a
// name of its own.
func TestList(t *testing.T) {
	t.Parallel()
	four, codes, names := regexp.MustCompile(`^[0-9]{4}$`), map[string]bool{}, map[string]bool{}
	for _, m := range All() {
		if !four.MatchString(m.Code) || codes[m.Code] || names[m.Name] || m.Province == "" {
			t.Errorf("%+v", m)
		}
		codes[m.Code], names[m.Name] = true, true
	}
	if len(codes) != 342 {
		t.Errorf("%d municipalities", len(codes))
	}
}

// A code as the registers write it and a name as people do find the same one; what is none
// finds nothing.
func TestFind(t *testing.T) {
	t.Parallel()
	for written, code := range map[string]string{
		"Zwolle": "0193", " gemeente  zwolle ": "0193", "0193": "0193", "193": "0193", "GM0193": "0193", "gm193": "0193", "Olst-Wijhe": "1773",
		"Bergen (NH)": "0373", "Bergen (L)": "0893", "súdwest-fryslân": "1900",
		"": "", "Bergen": "", "9999": "", "Gemeente": "", "Zwoll": "", "0": "",
	} {
		if m, found := Find(written); m.Code != code || found != (code != "") {
			t.Errorf("%q finds %+v", written, m)
		}
	}
}

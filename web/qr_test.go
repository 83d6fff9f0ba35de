// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

// bars are the black bars of a picture: column, row and width, with the white around.
var bars = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// drawn tells which modules a picture makes black.
func drawn(t *testing.T, picture string) map[[2]int]bool {
	t.Helper()
	black := map[[2]int]bool{}
	for _, bar := range bars.FindAllStringSubmatch(picture, -1) {
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(bar[i+1])
		}
		if n[2] != n[3] {
			t.Errorf("the bar %s does not close", bar[0])
		}
		for x := range n[2] {
			black[[2]int{n[0] + x - quiet, n[1] - quiet}] = true
		}
	}
	return black
}

// misdrawn counts the modules in which the picture differs from the code of the words.
func misdrawn(t *testing.T, picture, words string) (n int) {
	t.Helper()
	code, err := qr.Encode(words, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	black := drawn(t, picture)
	for y := range code.Size {
		for x := range code.Size {
			if black[[2]int{x, y}] != code.Black(x, y) {
				n++
			}
		}
	}
	return n
}

// The key of the second step can be taken over by a camera: the picture holds every module of
// the code, and no other words in readable form (S11).
func TestQRPicture(t *testing.T) {
	const words = "otpauth://totp/Loket:mila?secret=ABCDEFGHIJKLMNOP&issuer=Loket"
	var page strings.Builder
	if err := qrPicture(words, "de sleutel").Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	if n := misdrawn(t, page.String(), words); n > 0 {
		t.Errorf("%d modules are drawn wrong", n)
	}
	if strings.Contains(page.String(), "ABCDEFGHIJKLMNOP") {
		t.Error("the key stands in the picture in letters")
	}
	if n := misdrawn(t, page.String(), strings.Replace(words, "ABC", "ABD", 1)); n == 0 {
		t.Error("control: the picture is right for another key too")
	}
	var long strings.Builder
	if err := qrPicture(strings.Repeat("x", 3000), "").Render(t.Context(), &long); err != nil || long.Len() > 0 {
		t.Errorf("words too long for a code: %q, %v", long.String(), err)
	}
}

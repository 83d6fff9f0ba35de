// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"rsc.io/qr"
)

// quiet is how many modules around a QR code stay white, so that a camera finds it
// (ISO/IEC 18004).
const quiet = 4

// qrPicture draws words as a QR code, in the page itself: a picture at an address of its own
// would put the words, which may be a secret, into that address. It says nothing when the words
// are too long for one; what it holds must stand beside it in letters.
func qrPicture(words, label string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		code, err := qr.Encode(words, qr.M)
		if err != nil { // longer than 2,331 bytes
			return nil
		}
		size := strconv.Itoa(code.Size + 2*quiet)
		_, err = fmt.Fprintf(w, `<svg class="loket-qr" role="img" aria-label="%s" viewBox="0 0 %s %s" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%sv%sH0z"/><path fill="#000" d="%s"/></svg>`,
			templ.EscapeString(label), size, size, size, size, qrPath(code))
		return err
	})
}

// qrPath draws each row of black modules as bars of one module high.
func qrPath(code *qr.Code) string {
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			begin := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > begin {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", begin+quiet, y+quiet, x-begin, x-begin)
			}
		}
	}
	return path.String()
}

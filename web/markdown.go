// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// messages reads the Markdown of products. Raw HTML in a text is shown as nothing at all
// and unsafe addresses lose their link: goldmark's own defaults, which a test holds.
var messages = goldmark.New(goldmark.WithExtensions(extension.Table))

// markdown shows the text of a product.
func markdown(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var html strings.Builder
		if err := messages.Convert([]byte(text), &html); err != nil {
			return err
		}
		_, err := io.WriteString(w, `<div class="loket-prose">`+html.String()+`</div>`)
		return err
	})
}

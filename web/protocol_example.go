// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"regexp"
	"strings"

	"example.org/loket/protocol"
)

// showProtocolExample answers GET /protocol/voorbeeld/{document}: a document as the protocol
// makes it from an invented case, so that everybody can see what is told to whom.
func showProtocolExample(v *visit) error {
	b := &protocolBook{reader: v.reader, part: "berichten"}
	id := v.r.PathValue("document")
	if pr := v.protocol.Product(id); pr != nil {
		return b.exampleOf(protocol.SpecimenFile(pr), pr.Title)
	}
	for i := range v.protocol.Forms {
		if f := &v.protocol.Forms[i]; f.ID == id {
			b.part = "formulieren"
			return b.exampleOf(protocol.FormFile(f), f.Title)
		}
	}
	return errUnknownPage()
}

func (b *protocolBook) exampleOf(file string, title protocol.Text) error {
	text := b.example(file)
	if text == "" {
		return errUnknownPage()
	}
	b.nav, b.deskLook = "/protocol", true
	_, body, _ := strings.Cut(text, "\n") // the first line is the title of the page
	return b.show(http.StatusOK, b.T("protocol_book.example_of", b.P(title)), b.examplePage(b.P(title), body))
}

// example is the text of an example of the protocol in force; empty when there is none.
func (b *protocolBook) example(file string) string {
	if b.specimens == nil {
		return ""
	}
	return b.specimens(b.protocol, file)
}

var filledIn = regexp.MustCompile(`\{\{\s*(\w+)\s*\}\}`)

// blanks shows where facts are filled in, by the name of each fact: "Wet: [wet]".
func (b *protocolBook) blanks(text string) string {
	return filledIn.ReplaceAllStringFunc(strings.TrimSpace(text), func(found string) string {
		id := filledIn.FindStringSubmatch(found)[1]
		if f := b.protocol.Fact(id); f != nil && b.P(f.Title) != "" {
			return "[" + b.P(f.Title) + "]"
		}
		return "[" + id + "]"
	})
}

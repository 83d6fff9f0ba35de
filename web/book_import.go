// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// importPage takes a CSV file or pasted rows, and tells what became of each.
type importPage struct {
	*reader
	book    *desk.Book
	names   desk.Names
	text    string // what was pasted, or the rejected rows to put right
	result  *desk.Imported
	refused string
}

// importKept is how much of a file is read; the desk says so when it is more.
const importKept = 3 << 20

// showImport answers GET /lijsten/{book}/inlezen.
func showImport(v *visit) error {
	page, err := v.importPage()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, page.title(), page.page())
}

func (v *visit) importPage() (*importPage, error) {
	keeper, err := v.books()
	if err != nil {
		return nil, err
	}
	view, err := keeper.Entry(v.r.Context(), v.actor, v.r.PathValue("book"), "")
	if err != nil {
		return nil, err
	}
	return &importPage{reader: v.reader, book: view.Book, names: view.Names}, nil
}

// sendImport answers POST /lijsten/{book}/inlezen.
func sendImport(v *visit) error {
	page, err := v.importPage()
	if err != nil {
		return err
	}
	page.focus = true
	if page.text, err = v.importText(); err == errFileKind {
		page.refused = v.P(errFileKind.Message)
		return v.show(http.StatusUnprocessableEntity, page.title(), page.page())
	} else if err != nil {
		return err
	}
	page.result, err = v.service.(Books).ImportEntries(v.r.Context(), v.actor, page.book.ID, strings.NewReader(page.text))
	if said, ok := errors.AsType[*loket.Error](err); ok && (said.Code == loket.Invalid || said.Code == loket.Conflict) {
		page.refused, page.result = v.P(said.Message), nil
		return v.show(http.StatusUnprocessableEntity, page.title(), page.page())
	}
	if err != nil {
		return err
	}
	page.text = page.again()
	status := http.StatusOK
	if len(page.result.Rejected) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return v.show(status, page.title(), page.page())
}

// importText is the file that was sent, or else what was pasted.
func (v *visit) importText() (string, error) {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return "", errBodyKind()
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return "", errBodyKind()
	}
	text := ""
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return text, nil
		}
		if err != nil {
			return "", bodyFailure(err)
		}
		body, err := io.ReadAll(io.LimitReader(part, importKept))
		if err != nil {
			return "", bodyFailure(err)
		}
		if name := part.FormName(); len(bytes.TrimSpace(body)) > 0 && (name == "bestand" || name == "tekst" && text == "") {
			if name == "bestand" && !isTable(part.FileName(), body) {
				return "", errFileKind
			}
			text = string(body)
		}
	}
}

// errFileKind answers a file that is not what this page takes, before anybody reads its rows.
var errFileKind = loket.Refuse(loket.Invalid, "Dit bestand is geen CSV. Kies in uw rekenblad: Opslaan als CSV, en stuur dat bestand.",
	"This file is no CSV. Choose in your spreadsheet: Save as CSV, and send that file.")

// isTable reports whether a file is text of the kind that its name says (ASVS 5.2.2): a
// spreadsheet, a picture or a program with another name is none.
func isTable(name string, body []byte) bool {
	kind := strings.ToLower(path.Ext(name))
	return (kind == ".csv" || kind == ".txt" || kind == ".tsv") && !bytes.ContainsRune(body, 0) && strings.HasPrefix(http.DetectContentType(body), "text/plain")
}

// again is the rejected rows as a file, to put right and send once more.
func (p *importPage) again() string {
	if len(p.result.Rejected) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = ';'
	rows := [][]string{p.result.Head}
	for _, r := range p.result.Rejected {
		rows = append(rows, r.Cells)
	}
	if w.WriteAll(rows) != nil {
		return ""
	}
	return b.String()
}

func (p *importPage) title() string { return p.T("book.import_title", p.P(p.book.Title)) }

// columnTitle names a column of the list; a fault of a whole row has none.
func (p *importPage) columnTitle(id string) string {
	if c := p.book.Column(id); c != nil {
		return p.P(c.Title)
	}
	return p.T("book.whole_row")
}

// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"
)

// ASVS 5.2.2: a file is read when it is what its name says. Control: a table is.
func TestFilesAreWhatTheySay(t *testing.T) {
	t.Parallel()
	r, k := newKeeper(t)
	send := func(name, text string) answer {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		part, _ := w.CreateFormFile("bestand", name)
		_, _ = io.WriteString(part, text)
		_ = w.Close()
		request := httptest.NewRequest(http.MethodPost, "/lijsten/contacten/inlezen", &body)
		request.Header.Set("Content-Type", w.FormDataContentType())
		return r.do(request)
	}
	const table = "organisatie;naam\nzuid;x\n"
	for name, text := range map[string]string{"lijst.xlsx": table, "lijst": table, "lijst.csv.exe": table, "lijst.csv": "PK\x03\x04" + table, "foto.csv": "\x89PNG\r\n\x1a\n" + table, "a.csv": "<!doctype html>" + table, "b.csv": "organisatie\x00;" + table} {
		got := send(name, text)
		if got.status != http.StatusUnprocessableEntity || k.read != "" {
			t.Errorf("%s: %d, read %q", name, got.status, k.read)
		}
		wants(t, got.body, "Dit bestand is geen CSV")
	}
	if send("Lijst.CSV", table); k.read != table {
		t.Errorf("control: read %q", k.read)
	}
}

// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strings"

	"example.org/loket/desk"
	"example.org/loket/locale"
)

// certificatePage is one declaration of destruction.
type certificatePage struct {
	*reader
	c desk.Certificate
}

func certificatePath(id string, below ...string) string {
	return strings.Join(append([]string{retentionPath + "/certificaat/" + url.PathEscape(id)}, below...), "/")
}

// showCertificate answers GET /bewaren/certificaat/{certificate}.
func showCertificate(v *visit) error {
	p, err := v.certificate()
	if err != nil {
		return err
	}
	v.nav = retentionPath
	return v.show(http.StatusOK, v.T("certificate.title"), p.page())
}

func (v *visit) certificate() (*certificatePage, error) {
	c, err := v.service.Certificate(v.r.Context(), v.actor, v.r.PathValue("certificate"))
	return &certificatePage{reader: v.reader, c: c}, err
}

// sendCertificate answers GET …/tekst: the same as a text file, to keep in an archive.
func sendCertificate(v *visit) error {
	p, err := v.certificate()
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="certificaat-`+url.PathEscape(p.c.ID)+`.txt"`)
	_, err = v.w.Write([]byte(p.text()))
	return err
}

// text is the certificate line by line.
func (p *certificatePage) text() string {
	lines := []string{p.T("certificate.title"), "", p.c.Name, ""}
	for _, fact := range p.facts() {
		lines = append(lines, fact.name+": "+fact.value)
	}
	lines = append(lines, "", p.T("certificate.items"), "")
	for _, item := range p.c.Items {
		lines = append(lines, "- "+sentence(" · ", item.Number, p.ground(item), p.gone(item)))
	}
	return strings.Join(append(lines, "", p.T("certificate.remains"), ""), "\n")
}

// line is a name with its value.
type line struct{ name, value string }

func (p *certificatePage) facts() []line {
	out := []line{
		{p.T("certificate.number"), p.c.ID},
		{p.T("certificate.at"), locale.MomentYear(p.lang, p.c.At, p.zone())},
		{p.T("certificate.by"), sentence(", ", p.c.Person, p.c.Role)},
	}
	if p.c.Note != "" {
		out = append(out, line{p.T("certificate.note"), p.c.Note})
	}
	return out
}

// ground is why an item went.
func (p *certificatePage) ground(item desk.CertificateItem) string {
	if item.Asked != "" {
		return p.T("retention.asked", p.P(item.Title), item.Asked)
	}
	return sentence(", ", p.P(item.Title), item.Source)
}

// gone is what went: a whole case with its key, or facts and words of it.
func (p *certificatePage) gone(item desk.CertificateItem) string {
	if item.Whole {
		return p.T("certificate.whole", item.Key)
	}
	return p.T("certificate.part", item.Facts, item.Texts)
}

// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// organisationField is the question of every report form in whose name it is sent.
const organisationField = "organisation"

var idempotencyKey = regexp.MustCompile(`^[A-Za-z0-9._~-]{8,128}$`)

// reportBody is what a machine sends.
type reportBody struct {
	Answers map[string]json.RawMessage `json:"antwoorden"`
}

// receipt is what comes back: the same as a person gets, as data. The code is given once.
type receipt struct {
	Number    string    `json:"nummer"`
	Code      string    `json:"terugkeercode"`
	Received  time.Time `json:"ontvangenTijdstip"`
	Kind      string    `json:"soort"`
	Urgent    bool      `json:"spoed"`
	DeskOpen  bool      `json:"loketOpen"`
	DeskReads time.Time `json:"loketLeestTijdstip"`
	Clock     *clock    `json:"termijn,omitempty"`
	Missing   []string  `json:"ontbreekt"`
	Warnings  []warning `json:"waarschuwingen"`
	Phone     string    `json:"telefoon"`
}

// clock is the term within which the desk should have heard of it.
type clock struct {
	Title string    `json:"titel"`
	Due   time.Time `json:"uiterlijkTijdstip"`
	Words string    `json:"uitleg"`
}

// warning: a text seems to hold something that points to a person. It was taken all the same.
type warning struct {
	Pointer string `json:"pointer"`
	Kind    string `json:"soort"`
	Detail  string `json:"detail"`
}

// sendReport answers POST /meldingen.
func sendReport(c *call) error {
	key := c.r.Header.Get("Idempotency-Key")
	if !idempotencyKey.MatchString(key) {
		return errInput(fault{In: "header", Pointer: "Idempotency-Key", Code: "idempotency", Detail: c.T("api.answer.idempotency")})
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	form := c.protocol.PublicReport()
	if form == nil {
		return errUnknown()
	}
	posted, faults := c.read(form, body.Answers)
	if faults = append(faults, c.organisation(form, posted)...); len(faults) > 0 {
		return errInput(faults...)
	}
	if err := c.mayReport(form, posted); err != nil {
		return err
	}
	made, err := c.Service.SendReport(c.ctx(), c.actor, desk.ReportForm{Key: sending(key, posted), Tenant: c.tenant.ID, Form: form.ID, Channel: "web", Posted: posted})
	if err != nil {
		return c.answersRefused(form, err)
	}
	c.w.Header().Set("Location", Base+"/meldingen/"+made.Number)
	c.write(http.StatusCreated, "application/json", c.receipt(form, posted, made))
	return nil
}

// body reads the JSON of a request, strictly.
func (c *call) body() (b reportBody, err error) {
	kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return b, &problem{status: http.StatusUnsupportedMediaType, words: "content"}
	}
	text, err := io.ReadAll(c.r.Body)
	if err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return b, err
		}
		return b, &problem{status: http.StatusBadRequest, words: "lost"}
	}
	if err := strict(text, &b); err != nil {
		return b, errInput(fault{In: "body", Pointer: "", Code: "json", Detail: c.T("api.answer.json")})
	}
	return b, nil
}

// strict reads one JSON value that has no members but those it may have, and nothing after it.
func strict(text []byte, into any) error {
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(into); err != nil {
		return err
	}
	if _, err := in.Token(); err != io.EOF {
		return errors.New("more than one value")
	}
	return nil
}

// organisation: a key speaks for its own organisation and for no other.
func (c *call) organisation(form *protocol.Form, posted url.Values) []fault {
	own := c.actor.Organisation
	if own == "" || !asks(form, organisationField) {
		return nil
	}
	if said := posted.Get(organisationField); said != "" && !strings.EqualFold(strings.TrimSpace(said), own) {
		return []fault{{In: "body", Pointer: pointerTo(organisationField), Code: "organisation", Detail: c.T("api.answer.organisation")}}
	}
	posted.Set(organisationField, own)
	return nil
}

func asks(form *protocol.Form, id string) bool {
	for _, s := range form.Sections {
		if slices.ContainsFunc(s.Fields, func(f protocol.Field) bool { return f.ID == id }) {
			return true
		}
	}
	return false
}

// mayReport keeps urgent reports apart from the rest.
func (c *call) mayReport(form *protocol.Form, posted url.Values) error {
	who := c.tenant.ID + "/" + c.actor.ID
	for _, s := range form.Sections {
		for _, f := range s.Fields {
			if slices.ContainsFunc(f.Urgent, func(option string) bool { return slices.Contains(posted[f.ID], option) }) && c.within(limitUrgent, who) == nil {
				return nil
			}
		}
	}
	return c.within(limitReport, who)
}

// sending names one sending: the same key with the same answers again gives the same receipt
// (R03). Other answers under the same key are another report, as they are in the form: a
// report is never lost because a machine counts badly.
func sending(key string, posted url.Values) string {
	said := binary.AppendUvarint(nil, uint64(len(key)))
	said = append(said, key...)
	for _, name := range slices.Sorted(maps.Keys(posted)) {
		for _, text := range append([]string{name}, posted[name]...) {
			said = append(binary.AppendUvarint(said, uint64(len(text))), text...)
		}
		said = append(said, 0)
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:16])
}

// answersRefused says of every answer what is wrong with it.
func (c *call) answersRefused(form *protocol.Form, err error) error {
	said, ok := errors.AsType[*loket.Error](err)
	if !ok || len(said.Fields) == 0 {
		if ok && said.Code == loket.NotFound {
			return &problem{status: http.StatusForbidden, words: "scope"}
		}
		return err
	}
	var faults []fault
	for _, f := range said.Fields {
		code := "answer"
		if f.Missing {
			code = "missing"
		}
		faults = append(faults, fault{In: "body", Pointer: pointerTo(fieldOf(form, f.Field)), Code: code, Detail: c.P(f.Message)})
	}
	return errInput(faults...)
}

// fieldOf is the field that a posted name belongs to: the longest whose id begins it.
func fieldOf(form *protocol.Form, name string) string {
	best := name
	found := ""
	for _, s := range form.Sections {
		for _, f := range s.Fields {
			if (name == f.ID || strings.HasPrefix(name, f.ID+"_")) && len(f.ID) > len(found) {
				found, best = f.ID, f.ID
				if slices.ContainsFunc(f.Options, func(o protocol.Option) bool { return name == f.ID+"_"+o.ID }) {
					best = name
				}
			}
		}
	}
	return best
}

func (c *call) receipt(form *protocol.Form, posted url.Values, r desk.Receipt) receipt {
	out := receipt{Number: r.Number, Code: r.Code, Received: utc(r.ReceivedAt), Kind: c.P(r.Kind), Urgent: r.Urgent, DeskOpen: r.DeskOpen, DeskReads: utc(r.DeskReads),
		Missing: append([]string{}, r.Missing...), Warnings: c.warnings(form, posted), Phone: c.phone()}
	if d := r.Clock; d != nil && d.Deadline != nil {
		out.Clock = &clock{Title: c.P(d.Deadline.Title), Due: utc(d.Due), Words: c.P(d.Words)}
	}
	return out
}

// warnings name the texts that seem to hold something that points to a person (R-R-141).
func (c *call) warnings(form *protocol.Form, posted url.Values) []warning {
	out := []warning{}
	if c.Scan == nil {
		return out
	}
	for _, s := range form.Sections {
		for _, f := range s.Fields {
			if !f.Scan {
				continue
			}
			seen := map[string]bool{}
			for _, piece := range c.Scan(posted.Get(f.ID)) {
				if !seen[piece.Kind] {
					seen[piece.Kind] = true
					out = append(out, warning{Pointer: pointerTo(f.ID), Kind: piece.Kind, Detail: c.T("api.warning")})
				}
			}
		}
	}
	return out
}

func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// standing is how a report stands.
type standing struct {
	Number    string    `json:"nummer"`
	Received  time.Time `json:"ontvangenTijdstip"`
	State     string    `json:"stand"`
	Words     string    `json:"uitleg"`
	Questions int       `json:"openVragen"`
}

// followReport answers GET /meldingen/{nummer}.
func followReport(c *call) error {
	found, err := c.Service.Follow(c.ctx(), c.actor, c.r.PathValue("nummer"))
	if err != nil {
		return err
	}
	c.write(http.StatusOK, "application/json", standing{Number: found.Number, Received: utc(found.ReceivedAt), State: states[found.State], Words: c.P(found.Words), Questions: found.Questions})
	return nil
}

// states are the words of the interface, in Dutch as all of it.
var states = map[string]string{"received": "ontvangen", "working": "in-behandeling", "asked": "vraag-gesteld", "completed": "afgerond", "ended": "beeindigd"}

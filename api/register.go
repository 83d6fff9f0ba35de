// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// registered is one case of the register. It holds no person (R-R-74).
type registered struct {
	Number    string            `json:"nummer"`
	Year      int               `json:"jaar"`
	Kind      string            `json:"soort"`
	Received  time.Time         `json:"ontvangenTijdstip"`
	State     string            `json:"stand"`
	Incidents *int              `json:"voorvallen"`
	Persons   *int              `json:"personen"`
	Reports   *int              `json:"meldingen"`
	Figures   map[string]string `json:"cijfers"`
}

var yearForm = regexp.MustCompile(`^(19|20)\d\d$`)

// readRegister answers GET /register?jaar=…. The lines are sent as they are read: a year may
// be long. Nothing is sent before the first one, so that a refusal is a whole answer.
func readRegister(c *call) error {
	text := c.r.URL.Query().Get("jaar")
	if text == "" {
		text = strconv.Itoa(c.Service.Now().In(c.protocol.Location()).Year())
	}
	if !yearForm.MatchString(text) {
		return errInput(fault{In: "query", Pointer: "jaar", Code: "year", Detail: c.T("api.answer.year")})
	}
	year, _ := strconv.Atoi(text) // four digits
	out := &lines{call: c, year: text}
	err := c.Service.RegisterLines(c.ctx(), c.actor, year, out.add)
	switch {
	case err == nil:
		return out.end()
	case out.begun:
		c.Log.Error("register broke off", "error", err.Error())
		panic(http.ErrAbortHandler) // half a register must not look like a whole one
	case loket.ErrorCode(err) == loket.NotFound:
		return &problem{status: http.StatusForbidden, words: "scope"}
	}
	return err
}

// lines writes the register line by line.
type lines struct {
	*call
	year  string
	begun bool
}

func (l *lines) add(line desk.RegisterLine) error {
	text, err := json.Marshal(registered{Number: line.Number, Year: line.Year, Kind: l.P(line.Kind), Received: utc(line.ReceivedAt), State: line.State,
		Incidents: whole(line.Incidents), Persons: whole(line.Persons), Reports: whole(line.Reports), Figures: line.Figures})
	if err != nil {
		return err
	}
	before := ","
	if !l.begun {
		before = l.begin()
	}
	_, err = io.WriteString(l.w, before+string(text))
	return err
}

// begin sends the head of the answer, and gives what stands before the first line.
func (l *lines) begin() string {
	l.begun = true
	l.w.Header().Set("Content-Type", "application/json")
	l.w.Header().Set("Cache-Control", "no-store")
	l.w.WriteHeader(http.StatusOK)
	return `{"jaar":` + l.year + `,"zaken":[`
}

func (l *lines) end() error {
	head := ""
	if !l.begun {
		head = l.begin()
	}
	_, _ = io.WriteString(l.w, head+"]}\n") // who went away gets no end
	return nil
}

// whole is a number of the register; nil when it is not known.
func whole(text string) *int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return nil
	}
	return &n
}

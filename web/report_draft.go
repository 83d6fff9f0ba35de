// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"example.org/loket/locale"
)

// saveDraft keeps an unsent form for 24 hours; false when it could not be kept.
func (v *visit) saveDraft(in posted) bool {
	if len(in.Encode()) > keptDraft || v.aside(draftCookie) == nil && v.within(floodDraft) != nil {
		return false
	}
	return v.putAside(draftCookie, in.Values, draftKept) == nil
}

// keepReport answers POST /melden/concept. Scripts get what changed on the page; a
// browser without scripts gets a page that says how to come back.
func keepReport(v *visit) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	saved := v.saveDraft(in)
	if v.wantsJSON() {
		return v.reportState(in, saved)
	}
	if !saved {
		page, err := v.reportPage(in, checkTyped)
		if err != nil {
			return err
		}
		page.refused = v.T("report.not_saved")
		return v.showReport(http.StatusOK, page)
	}
	return v.to(reportPath + "/bewaard")
}

// showKept answers GET /melden/bewaard.
func showKept(v *visit) error {
	if v.aside(draftCookie) == nil {
		return v.to(reportPath)
	}
	v.nav = reportPath
	return v.show(http.StatusOK, v.T("report.saved_title"), draftKeptBody(v))
}

// dropReport answers POST /melden/wissen: the draft is gone.
func dropReport(v *visit) error {
	v.clearAside(draftCookie)
	return v.to(reportPath)
}

// formState is what a script on the page needs to keep it up to date. The script decides
// nothing: it shows and hides what is named here.
type formState struct {
	Shown    []string          `json:"shown"`    // fields that are asked now
	Sections map[string]string `json:"sections"` // section → "2 van 6"; hidden sections are absent
	Faults   map[string]string `json:"faults"`
	Looks    map[string]string `json:"looks"` // field → HTML of the second look
	Urgent   []string          `json:"urgent"`
	Folds    []string          `json:"folds"` // occurrences whose clock time came twice
	Aside    string            `json:"aside"` // HTML
	Saved    string            `json:"saved"` // words for the reader
}

// state describes a form for the script of its page.
func (v *visit) state(f *formView) (formState, error) {
	s := formState{Sections: map[string]string{}, Faults: f.Faults, Looks: map[string]string{}}
	for field := range f.fields() {
		if f.Shown[field.ID] {
			s.Shown = append(s.Shown, field.ID)
		}
		if f.urgent(field) {
			s.Urgent = append(s.Urgent, field.ID)
		}
		if f.Faults[field.ID+"_fold"] != "" || f.Values.Get(field.ID+"_fold") != "" {
			s.Folds = append(s.Folds, field.ID)
		}
	}
	for i := range f.Form.Sections {
		if section := &f.Form.Sections[i]; f.visible(section) {
			s.Sections[section.ID] = v.countWords(f, section)
		}
	}
	for _, found := range f.Look {
		var html bytes.Buffer
		if err := lookText(v.reader, found).Render(v.r.Context(), &html); err != nil {
			return s, err
		}
		s.Looks[found.field] = html.String()
	}
	return s, nil
}

// reportState answers a script with the state of the report form.
func (v *visit) reportState(in posted, saved bool) error {
	page, err := v.reportPage(in, checkTyped)
	if err != nil {
		return err
	}
	state, err := v.state(page.formView)
	if err != nil {
		return err
	}
	page.clock = v.runningClock(page.Form, v.cautiousFacts(page.formView))
	var aside bytes.Buffer
	if err := reportAside(v, page).Render(v.r.Context(), &aside); err != nil {
		return err
	}
	state.Aside = aside.String()
	state.Saved = v.T("report.autosaved", locale.Clock(v.lang, v.now, v.zone()))
	if !saved {
		state.Saved = v.T("report.not_saved")
	}
	return v.answerJSON(state)
}

// wantsJSON tells whether a script of ours asks, rather than a browser.
func (v *visit) wantsJSON() bool {
	return strings.Contains(v.r.Header.Get("Accept"), "application/json")
}

func (v *visit) answerJSON(value any) error {
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(value)
}

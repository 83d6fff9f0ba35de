// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"

	"example.org/loket"
	"example.org/loket/desk"
)

// ContactLister is what the printed overview of contacts asks of the desk (DOC-56).
type ContactLister interface {
	ContactOverview(ctx context.Context, by loket.Actor) (*desk.ContactOverview, error)
}

// contactsBook is the list that has an overview, and overviewMark asks for it.
const (
	contactsBook = "contacten"
	overviewMark = "overzicht"
)

// overviewPage is the list of contacts as a table to print.
type overviewPage struct {
	*sheet
	*desk.ContactOverview
}

// showOverview answers GET /lijsten/contacten?overzicht=1.
func showOverview(v *visit) error {
	lister, ok := v.service.(ContactLister)
	if !ok {
		return errUnknownPage()
	}
	all, err := lister.ContactOverview(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	page := &overviewPage{sheet: &sheet{reader: v.reader}, ContactOverview: all}
	return v.show(http.StatusOK, v.T("overview.title"), page.page())
}

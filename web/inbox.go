// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strconv"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// inboxPage is what was released to the reader, newest first.
type inboxPage struct {
	*reader
	items []desk.InboxItem
}

// showInbox answers GET /berichten.
func showInbox(v *visit) error {
	items, err := v.service.Inbox(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("inbox.title"), (&inboxPage{reader: v.reader, items: items}).page())
}

// messagePage is one released message as its recipient reads it.
type messagePage struct {
	*reader
	view *desk.ProductView
}

// readMessage answers GET /berichten/{case}/{product}/{version}?rij=…. The desk records
// that it was read before it gives the text.
func readMessage(v *visit) error {
	version, err := strconv.Atoi(v.r.PathValue("version"))
	if err != nil || version < 1 {
		return errUnknownPage()
	}
	view, err := v.service.Read(v.r.Context(), v.actor, v.caseID(), v.r.PathValue("product"), v.r.URL.Query().Get("rij"), version)
	if err != nil {
		return err
	}
	v.nav = "/berichten"
	return v.show(http.StatusOK, v.T("inbox.message"), (&messagePage{reader: v.reader, view: view}).page())
}

// inboxLink is the address of one released message.
func inboxLink(item desk.InboxItem) string {
	link := "/berichten/" + string(item.Case) + "/" + item.Product + "/" + strconv.Itoa(item.Version)
	if item.Row != "" {
		link += "?rij=" + url.QueryEscape(item.Row)
	}
	return link
}

// unread counts what the reader has not opened yet.
func (p *inboxPage) unread() int {
	n := 0
	for _, item := range p.items {
		if item.ReadAt.IsZero() && !item.Withdrawn {
			n++
		}
	}
	return n
}

// levelWords says what a level holds, for somebody outside the desk.
func (v *reader) levelWords(level protocol.Level) string { return v.word("inbox.level", string(level)) }

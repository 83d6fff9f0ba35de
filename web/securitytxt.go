// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"fmt"
	"net/http"
	"time"
)

// securityKept is how far ahead the page promises to hold: well under the year of RFC 9116.
const securityKept = 90 * 24 * time.Hour

// securityText answers GET /.well-known/security.txt (RFC 9116): whom to tell about a
// weakness. It is the mail address of the desk that answers here; without one there is no
// page, because a contact that nobody reads is worse than none.
func (s *Server) securityText(w http.ResponseWriter, r *http.Request) {
	v, err := s.visit(w, r)
	if err != nil || v.desk.Email == "" {
		_ = v.fail(errUnknownPage())
		return
	}
	scheme := "http"
	if s.secure {
		scheme = "https"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintf(w, "Contact: mailto:%s\nExpires: %s\nPreferred-Languages: nl, en\nCanonical: %s://%s/.well-known/security.txt\n",
		v.desk.Email, v.now.UTC().Truncate(24*time.Hour).Add(securityKept).Format(time.RFC3339), scheme, r.Host)
}

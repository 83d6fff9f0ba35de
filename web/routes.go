// SPDX-License-Identifier: EUPL-1.2

package web

// access says who may come to a page at all. What a person may see or do there is
// asked of the desk, which answers unknown and forbidden alike.
type access int

const (
	anyone   access = iota // reporters, neighbours, the press
	loggedIn               // people with an account; others are sent to the login page
)

// handler answers a visit, or returns an error that becomes an error page.
type handler func(*visit) error

// route is one line of the list.
type route struct {
	pattern string // method and path, as http.ServeMux reads it
	who     access
	handle  handler
}

// routes is every address of the desk.
func routes() []route {
	return append(publicRoutes(), deskRoutes()...)
}

// publicRoutes are open to anyone.
func publicRoutes() []route {
	return []route{
		{"GET /{$}", anyone, startPage},
		{"GET /melden", anyone, showReportForm},
		{"POST /melden", anyone, sendReport},
		{"GET /melden/bewaard", anyone, showKept},
		{"POST /melden/concept", anyone, keepReport},
		{"POST /melden/klaar", anyone, dropReceipt},
		{"GET /melden/ontvangen", anyone, showReceipt},
		{"POST /melden/vragen", anyone, redrawReport},
		{"POST /melden/wissen", anyone, dropReport},
		{"GET /mijn-melding", anyone, reporterHome},
		{"POST /mijn-melding", anyone, enterReporter},
		{"GET /mijn-melding/bericht", anyone, asReporter(showMessage)},
		{"GET /mijn-melding/formulier/{form}", anyone, asReporter(showFollowUp)},
		{"POST /mijn-melding/formulier/{form}", anyone, asReporter(sendFollowUp)},
		{"POST /mijn-melding/formulier/{form}/vragen", anyone, asReporter(redrawFollowUp)},
		{"POST /mijn-melding/sluiten", anyone, leaveReporter},
		{"GET /moet-ik-melden", anyone, showAdviceForm},
		{"POST /moet-ik-melden", anyone, giveAdvice},
		{"POST /moet-ik-melden/vragen", anyone, adviceState},
	}
}

// deskRoutes are the pages behind login, and the way in and out.
func deskRoutes() []route {
	return []route{
		// --- pages behind login: keep in order of address ---
	}
}

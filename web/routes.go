// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"

	"example.org/loket"
)

// access says who may come to a page at all. What a person may see or do there is
// asked of the desk, which answers unknown and forbidden alike.
type access int

const (
	anyone   access = iota // reporters, neighbours, the press
	loggedIn               // people with an account; others are sent to the login page
	nobody                 // a page of the installation: it belongs to no desk, and there may be none yet
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
	return slices.Concat(publicRoutes(), deskRoutes(), regionRoutes(), pressRoutes(), retentionRoutes(), shieldRoutes(), limitRoutes(), accountRoutes())
}

// Addresses are the method and path of every page, as http.ServeMux reads them, for checks
// that must leave none out.
func Addresses() []string {
	var out []string
	for _, r := range routes() {
		out = append(out, r.pattern)
	}
	slices.Sort(out)
	return out
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
		{"GET " + privacyPath, anyone, showPrivacy},
		{"GET /protocol", anyone, showProtocolBook},
		{"GET /protocol/{part}", anyone, showProtocolPart},
		{"GET /protocol/voorbeeld/{document}", anyone, showProtocolExample},
	}
}

// deskRoutes are the pages behind login, and the way in and out.
func deskRoutes() []route {
	return []route{
		{"GET /berichten", loggedIn, showInbox},
		{"GET /berichten/{case}/{product}/{version}", loggedIn, readMessage},
		{"GET /bezorging", loggedIn, showDeliveries},
		{"POST /bezorging/opnieuw", loggedIn, redeliver},
		{"GET /cijfers", loggedIn, showFigures},
		{"POST /cijfers/bevriezen", loggedIn, freezeYear},
		{"GET /inloggen", anyone, showLogin},
		{"POST /inloggen", anyone, logIn},
		{"GET /mijn", loggedIn, firstPage},
		{"GET /nieuw/{form}", loggedIn, showIntake},
		{"POST /nieuw/{form}", loggedIn, sendIntake},
		{"POST /nieuw/{form}/vragen", loggedIn, intakeState},
		{"GET /post", loggedIn, showMailbox},
		{"GET /register", loggedIn, showRegister},
		{"POST /uitloggen", anyone, logOut},
		{"GET /versies", loggedIn, showVersions},
		{"GET /versies/proef", loggedIn, showTrial},
		{"POST /versies/bericht", loggedIn, announceVersion},
		{"GET /versies/{version}", loggedIn, showVersion},
		{"GET /versies/{version}/boek", loggedIn, showVersionBook},
		{"GET /versies/{version}/boek/{part}", loggedIn, showVersionBook},
		{"POST /versies/{version}/antwoord", loggedIn, answerRemark},
		{"POST /versies/{version}/opmerking", loggedIn, makeRemark},
		{"POST /versies/{version}/raadpleging", loggedIn, openConsultation},
		{"POST /versies/{version}/raadpleging/sluiten", loggedIn, closeConsultation},
		{"POST /versies/{version}/vaststellen", loggedIn, adoptVersion},
		{"GET /werklijst", loggedIn, showWorklist},
		{"POST /werklijst/overdracht", loggedIn, leaveNote},
		{"GET /zaak/{case}", loggedIn, showCase},
		{"POST /zaak/{case}/anders", loggedIn, changeCase("deviated", "nu", to[loket.StepSkipped], readStepSkipped)},
		{"POST /zaak/{case}/antwoord", loggedIn, changeCase("answered", "vragen", to[loket.Answered], readAnswered)},
		{"POST /zaak/{case}/beeindigen", loggedIn, changeCase("ended", "afsluiten", to[loket.CaseEnded], readCaseEnded)},
		{"POST /zaak/{case}/behandelaar", loggedIn, changeCase("assigned", "inhoud", to[loket.CaseAssigned], readAssigned)},
		{"POST /zaak/{case}/besluit", loggedIn, changeCase("decided", "nu", toDecide, readDecision)},
		{"GET /zaak/{case}/formulier/{form}", loggedIn, showCaseForm},
		{"POST /zaak/{case}/formulier/{form}", loggedIn, sendCaseForm},
		{"POST /zaak/{case}/formulier/{form}/verwijderen", loggedIn, removeRow},
		{"POST /zaak/{case}/formulier/{form}/vragen", loggedIn, caseFormState},
		{"POST /zaak/{case}/heropenen", loggedIn, changeCase("reopened", "afsluiten", to[loket.Reopened], readReopened)},
		{"POST /zaak/{case}/koppelen", loggedIn, changeCase("linked", "koppelingen", to[loket.Linked], readLinked)},
		{"POST /zaak/{case}/notitie", loggedIn, changeCase("noted", "overdracht", to[loket.Noted], readNoted)},
		{"POST /zaak/{case}/omzetten", loggedIn, changeCase("converted", "koppelingen", to[loket.Linked], readConverted)},
		{"POST /zaak/{case}/ontkoppelen", loggedIn, changeCase("unlinked", "koppelingen", to[loket.Unlinked], readUnlinked)},
		{"POST /zaak/{case}/openen", loggedIn, openFacts},
		{"POST /zaak/{case}/plicht", loggedIn, changeCase("duty", "plichten", to[loket.DutyRecorded], readDuty)},
		{"GET /zaak/{case}/product/{product}", loggedIn, showProduct},
		{"POST /zaak/{case}/product/{product}/afstemmen", loggedIn, changeProduct("aligned", toAlign, readAligned)},
		{"POST /zaak/{case}/product/{product}/concept", loggedIn, changeProduct("drafted", toDraft, readDraft)},
		{"POST /zaak/{case}/product/{product}/intrekken", loggedIn, changeProduct("withdrawn", toWithdraw, readWithdrawn)},
		{"POST /zaak/{case}/product/{product}/vrijgeven", loggedIn, releaseProduct},
		{"POST /zaak/{case}/sluiten", loggedIn, changeCase("closed", "afsluiten", toClose, readPhaseClosed)},
		{"POST /zaak/{case}/sluiten-voorstellen", loggedIn, changeCase("proposed", "afsluiten", toPropose, readCloseProposed)},
		{"POST /zaak/{case}/stap", loggedIn, changeCase("done", "nu", to[loket.StepDone], readStepDone)},
		{"GET /zaak/{case}/toegang", loggedIn, showAccess},
		{"POST /zaak/{case}/taak", loggedIn, changeCase("task", "nu", to[loket.StepAdded], readStepAdded)},
		{"POST /zaak/{case}/verteld", loggedIn, changeCase("told", "wie", to[loket.Told], readTold)},
		{"POST /zaak/{case}/vraag", loggedIn, changeCase("asked", "vragen", to[loket.Asked], readAsked)},
	}
}

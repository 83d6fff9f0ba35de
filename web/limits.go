// SPDX-License-Identifier: EUPL-1.2

package web

import "time"

// Numbers that bound what a browser may ask of the desk.
const (
	usualBody = 8 << 10   // bytes of a full report, and some to spare
	keptBody  = 1 << 20   // bytes of a posted form that are read: 1 MiB is a hundred times a full report
	heardBody = 32 << 20  // bytes of a body that are received at all, so that the sender hears the answer
	keptDraft = 256 << 10 // bytes of an unsent form that are stored

	draftKept    = 24 * time.Hour   // an unsent form
	receiptKept  = time.Hour        // the receipt page, which holds the return code
	reporterKept = 30 * time.Minute // a visit with number and return code, counted from the last page

	staticKept = 365 * 24 * time.Hour // files under an address that holds their hash

	smallBody   = 64 << 10 // bytes of a form that is read without waiting its turn
	largeBodies = 32       // larger bodies that are read at the same time
	largeOfOne  = 8        // of those, from one source
	keptSources = 50_000   // sources that are counted at the same time, some 5 MiB
)

// What one source may do often, but not without end (S13). One office is one source, so
// these are many times what a busy office does, and far below what fills a disk.
const (
	floodReport       = "report"
	floodUrgent       = "urgent"       // reports that say they cannot wait
	floodOrganisation = "organisation" // reports by the accounts of one organisation
	floodFollowUp     = "follow_up"
	floodDraft        = "draft" // new drafts; changing one is free
	floodCode         = "code"  // wrong return codes
	floodAdvice       = "advice"
	floodPasskey      = "passkey" // questions to a device, which are kept until answered
	floodReading      = "reading" // pages about one case, by one account
	floodExport       = "export"  // pages and files with many of them, by one account
	floodTold         = "told"    // notices about an account that reads too fast
)

var allowances = map[string]allowance{
	floodReport:       {burst: 120, every: 10 * time.Second},
	floodUrgent:       {burst: 60, every: 20 * time.Second},
	floodOrganisation: {burst: 240, every: 5 * time.Second},
	floodFollowUp:     {burst: 120, every: 10 * time.Second},
	floodDraft:        {burst: 300, every: 10 * time.Second},
	floodCode:         {burst: 30, every: 2 * time.Minute},
	floodAdvice:       {burst: 600, every: time.Second},
	floodPasskey:      {burst: 120, every: 10 * time.Second},
	floodReading:      {burst: 600, every: 6 * time.Second},
	floodExport:       {burst: 30, every: 2 * time.Minute},
	floodTold:         {burst: 1, every: 24 * time.Hour},
}

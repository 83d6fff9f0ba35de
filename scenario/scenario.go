// SPDX-License-Identifier: EUPL-1.2

// Package scenario plays stories against a desk and tells where the desk did otherwise.
//
// A story is a YAML file that a protocol owner can read: people do things at
// moments, and after each step the story says what should be true. The runner
// asks the caller for a fresh desk with a clock that it can move, walks through
// the steps, lets due work happen on the way, and at the end sweeps everything
// that was stored or sent for words that should have stayed inside.
//
//	file ──Read──▶ Story ──variants──▶ steps ──play──▶ desk.Service
//	                                     │                 │
//	                                  expect ◀──compare── view, mails, raw bytes
//
// The package knows no store and no protocol of its own: Start gives it both.
package scenario

import (
	"context"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// Start gives a fresh desk for one story. It is called once per story and variant.
type Start func(ctx context.Context, setup Setup) (*Desk, error)

// Setup is what a story needs before it begins.
type Setup struct {
	Name    string // of the story and variant: "SC-02 (a)"; fit for a folder or a log
	Now     time.Time
	Tenants []Founding // at least one
	Drafts  []string   // folders with changes on a protocol: its next versions, in force for nobody yet
}

// Founding is one tenant to make, with its people.
type Founding struct {
	ID       string
	Name     string // empty: as Start likes
	Kind     string // empty: municipality
	Host     string
	Protocol string // protocol id, e.g. the name of its folder

	// People gives the accounts to make, once the protocol is known: who reports has none,
	// and which roles report is the protocol's word.
	People func(*protocol.Protocol) []desk.Person
}

// Desk is a running desk as a story sees it. Optional parts may be nil.
type Desk struct {
	Service desk.Service
	Tenant  string                                         // whose desk it is, in a story of one tenant; empty: as Setup asked
	SetNow  func(time.Time)                                // moves the clock; never backwards
	Work    func(ctx context.Context) error                // does everything that is due now, mail included
	Mails   func() []Mail                                  // every mail handed to the mail server, oldest first
	Dump    func(ctx context.Context) ([]Remainder, error) // optional: all bytes left behind, for the sweep
	Close   func() error                                   // optional
	Unswept bool                                           // nobody waits for the sweep: the story only furnishes the desk
}

// Mail is one outgoing mail as it left the desk. Raw has every header and the body.
type Mail struct {
	To      string
	Subject string
	Body    string
	Raw     string
	At      time.Time
}

// Remainder is something that lay on disk or went through the log during a story.
type Remainder struct {
	Name  string // "database", "log", "ledger", a file name
	Bytes []byte
}

// Summary counts what was played.
type Summary struct {
	Stories int // stories and variants played
	Failed  int // of those, with at least one difference
	Checks  int // expectations compared
	Results []Result
}

// Result is one story or variant.
type Result struct {
	File, Name  string
	Checks      int
	Differences []Difference
}

// Difference is one place where the desk did otherwise than the story says.
type Difference struct {
	Line     int    // in the file
	Step     string // label or number, moment and action
	What     string // the expectation, e.g. "tables.classification.class"
	Expected string
	Came     string
	Because  string // the reason the desk gives, when it has one
}

// SPDX-License-Identifier: EUPL-1.2

// Package cli is the command line, and the only package that puts all parts together.
//
//	loket serve      the desk, for real
//	loket demo       the desk with an invented organisation, invented cases and caught mail
//	loket desk       the organisation whose desk this is
//	loket person     who may log in or be told
//	loket protocol   check, show or test a protocol folder
//	loket scenario   play stories against a fresh desk
//	loket ledger     verify the tamper-evident log, or sign its state
//	loket guard      find what points to a person in texts
//	loket key        keys with which machines reach the desk
//	loket keys       change the root key and the keys of organisations
//	loket backup     copy a desk while it works; loket restore puts a copy back
//	loket health     ask a running desk how it is
//
// Every setting is a flag and an environment variable LOKET_…; `loket serve --help` lists
// them. Words for people are Dutch; --lang en gives English.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"example.org/loket/locale"
)

// Version of the program; set when it is built.
var Version = "dev"

// Exit statuses.
const (
	exitOK        = 0
	exitDifferent = 1 // a check, story or verification found something
	exitUsage     = 2 // wrong use, or something that cannot be read or started
)

// commands is everything one can type after `loket`.
type commands struct {
	Lang string `env:"LOKET_LANG" enum:"nl,en" default:"nl" help:"Language of messages: nl or en."`

	Serve    serveCmd    `cmd:"" help:"Run the desk."`
	Demo     demoCmd     `cmd:"" help:"Run a desk with invented people and cases; mail is caught."`
	Desk     deskCmd     `cmd:"" help:"The organisation whose desk this is."`
	Person   personCmd   `cmd:"" help:"People who may log in or be told."`
	Protocol protocolCmd `cmd:"" help:"Work on a protocol folder."`
	Scenario scenarioCmd `cmd:"" help:"Play stories against a fresh desk."`
	Ledger   ledgerCmd   `cmd:"" help:"The tamper-evident log."`
	Rebuild  rebuildCmd  `cmd:"" help:"Make the rows of lists and clocks anew from the events, and compare."`
	Backup   backupCmd   `cmd:"" help:"Copy a desk while it works, sealed for whoever may put it back."`
	Restore  restoreCmd  `cmd:"" help:"Put a copy back into a new data folder."`
	Guard    guardCmd    `cmd:"" help:"What points to a person in a text."`
	Key      keyCmd      `cmd:"" help:"Keys with which machines of organisations reach the desk."`
	Keys     keysCmd     `cmd:"" help:"Keys above the keys of cases."`
	Health   healthCmd   `cmd:"" help:"Ask a running desk how it is; exit status 0 when well."`
	Version  versionCmd  `cmd:"" help:"Print the version, or what is in this program."`
}

// console is where a command reads and writes.
type console struct {
	ctx  context.Context
	in   io.Reader
	out  io.Writer
	err  io.Writer // log lines
	lang locale.Lang
}

// say prints a line in the reader's language.
func (c *console) say(nl, en string, args ...any) {
	fmt.Fprintf(c.out, locale.Pick(c.lang, nl, en)+"\n", args...)
}

// several is a number with its word: one fault, two faults.
func (c *console) several(n int, oneNL, manyNL, oneEN, manyEN string) string {
	word := locale.Pick(c.lang, manyNL, manyEN)
	if n == 1 {
		word = locale.Pick(c.lang, oneNL, oneEN)
	}
	return fmt.Sprintf("%d %s", n, word)
}

// fault is an error in two languages: what, where and what to do.
type fault struct {
	nl, en string
	cause  error
}

func refuse(cause error, nl, en string, args ...any) error {
	return &fault{fmt.Sprintf(nl, args...), fmt.Sprintf(en, args...), cause}
}

// Error gives the Dutch words.
func (f *fault) Error() string { return f.nl }

// Unwrap gives the cause.
func (f *fault) Unwrap() error { return f.cause }

// errDifferent ends with status 1; what it is about was printed already.
var errDifferent = errors.New("different")

// Main runs one command and returns the exit status.
func Main(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	syscall.Umask(0o077) // nothing this program makes is for others to read
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()

	var all commands
	exit := -1
	parser, err := kong.New(&all, kong.Name("loket"), kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }),
		kong.Description("The incident desk for municipalities."), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(stderr, "loket:", err)
		return exitUsage
	}
	command, err := parser.Parse(args)
	if exit >= 0 { // --help was asked and given
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "loket:", err)
		return exitUsage
	}
	c := &console{ctx: ctx, in: os.Stdin, out: stdout, err: stderr, lang: locale.Of(all.Lang)}
	return c.status(command.Run(c))
}

// status prints an error for its reader and turns it into an exit status.
func (c *console) status(err error) int {
	if err == nil {
		return exitOK
	}
	if errors.Is(err, errDifferent) {
		return exitDifferent
	}
	words := err.Error()
	if f, ok := errors.AsType[*fault](err); ok {
		words = locale.Pick(c.lang, f.nl, f.en)
		if f.cause != nil {
			words += "\n" + f.cause.Error()
		}
	}
	fmt.Fprintln(c.err, "loket:", strings.TrimSpace(words))
	return exitUsage
}

// Run implements the command.
func (v versionCmd) Run(c *console) error {
	if v.Components {
		return c.list()
	}
	fmt.Fprintln(c.out, strings.TrimSpace("loket "+Version+" "+revision()))
	return nil
}

// revision is the commit the program was built from, when the build knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}

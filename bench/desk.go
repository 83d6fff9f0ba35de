// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The one person who works at the measured desk.
const (
	officerLogin    = "functionaris"
	officerPassword = "alleen voor de meting"
)

// furnish makes an organisation and one officer in an empty folder, as an administrator
// does.
func (b *bench) furnish() error {
	data := filepath.Join(b.dir, "desk")
	for _, args := range [][]string{
		{"desk", "set", "--data", data, "--id", "meting", "--name", "Gemeente Meting", "--protocol", filepath.Base(b.protocol)},
		{"person", "set", "--data", data, "--id", officerLogin, "--name", "Bram Nepnaam", "--role", "desk_officer", "--login", officerLogin, "--password", "read"},
	} {
		if err := b.command(officerPassword+"\n", args...); err != nil {
			return err
		}
	}
	return nil
}

// command gives the desk's program a command and what it asks for.
func (b *bench) command(in string, args ...string) error {
	cmd := exec.Command(b.program, args...)
	cmd.Stdin = strings.NewReader(in)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("loket %s: %w\n%s", strings.Join(args[:2], " "), err, out)
	}
	return nil
}

// startDesk starts the desk on its folder.
func (b *bench) startDesk() (err error) {
	b.desk, err = b.serve(filepath.Join(b.dir, "desk"))
	return err
}

func (b *bench) serve(data string) (*program, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return start(addr, "/melden", b.program, "serve", "--addr", addr, "--data", data,
		"--second-factor", "off", "--smtp", b.mails.addr, "--smtp-security", "plain", "--mail-from", "Loket <loket@example.org>")
}

// notices measures how long after the answer to a report its notice is at the mail
// server. One report at a time: it is the way that is measured, not the queue.
func (b *bench) notices() error {
	s, err := b.noticed(200)
	b.times("accepted report to notice at the mail server", s, mostNotice, mostNotice)
	return err
}

// behindOthers is how many reports come just before those whose notices are looked at.
const behindOthers = 1000

// flood measures the same just after very many reports, whose notices wait still.
func (b *bench) flood() error {
	if err := b.seed(b.cases + behindOthers); err != nil {
		return err
	}
	s, err := b.noticed(40)
	b.times(fmt.Sprintf("the same, just after %d other reports", behindOthers), s, mostNotice, mostNotice)
	return err
}

func (b *bench) noticed(reports int) (s sample, err error) {
	v := newVisitor(b.desk.addr)
	for range reports {
		n := b.cases
		report := fullReport(n, b.now)
		to := fmt.Sprintf("melder-%d@example.org", n)
		report.Set("contact_email", to)
		if err := v.send(report); err != nil {
			return s, err
		}
		accepted := time.Now()
		at, came := b.mails.when(to, accepted.Add(5*time.Second))
		if !came {
			return s, fmt.Errorf("no notice within 5 seconds")
		}
		s.took = append(s.took, max(0, at.Sub(accepted)))
		b.cases++
	}
	return s, nil
}

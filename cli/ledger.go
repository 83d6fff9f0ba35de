// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/loket/ledger"
	"example.org/loket/store"
)

// ledgerCmd is about the tamper-evident log.
type ledgerCmd struct {
	Verify     ledgerVerifyCmd     `cmd:"" help:"Check the whole log, and hold it against checkpoints kept elsewhere."`
	Export     ledgerExportCmd     `cmd:"" help:"Write the log as text, to be checked elsewhere without the database."`
	Read       ledgerReadCmd       `cmd:"" help:"Who did and read what in a period, and from where: CSV."`
	LDV        ledgerLDVCmd        `cmd:"" name:"ldv" help:"That data of cases were processed, without who did it: JSON lines of Logboek Dataverwerkingen."`
	Checkpoint ledgerCheckpointCmd `cmd:"" help:"Print a signed checkpoint; keep it outside this machine."`
}

// ledgerOrigin is the name in checkpoints; ledgerSecret and ledgerPublic are the files of
// the key pair in the data folder.
const (
	ledgerOrigin = "loket/ledger"
	ledgerSecret = "ledger.key"
	ledgerPublic = "ledger.pub"
)

// openLog opens the database of a desk that must be there already.
func (p *place) openLog(c *console) (*store.Store, error) {
	if _, err := os.Stat(p.Data); err != nil {
		return nil, refuse(err, "De map %s is er niet. Geef met --data de map van het loket.", "The folder %s is not there. Give the folder of the desk with --data.", p.Data)
	}
	if err := p.prepare(); err != nil {
		return nil, err
	}
	s, err := store.Open(c.ctx, p.DB)
	if err != nil {
		return nil, refuse(err, "De database kan niet geopend worden.", "The database cannot be opened.")
	}
	return s, nil
}

// ledgerVerifyCmd checks the log.
type ledgerVerifyCmd struct {
	place
	Checkpoint []string `type:"existingfile" placeholder:"FILE" help:"Checkpoints that were kept elsewhere."`
	PublicKey  string   `type:"existingfile" placeholder:"FILE" help:"Public key of the checkpoints; by default ledger.pub in the folder."`
	File       string   `type:"existingfile" placeholder:"FILE" help:"The log as 'loket ledger export' wrote it: no database and no data folder are needed."`
}

// Run implements the command.
func (l *ledgerVerifyCmd) Run(c *console) error {
	heads, err := l.heads()
	if err != nil {
		return err
	}
	report, err := l.verify(c, heads)
	if known, ok := errors.AsType[*fault](err); ok {
		return known
	}
	if err != nil {
		return refuse(err, "Het logboek kan niet gelezen worden.", "The log cannot be read.")
	}
	for _, p := range report.Problems {
		fmt.Fprintln(c.out, p)
	}
	if !report.OK() {
		c.say("Het logboek is NIET in orde: %d afwijkingen.", "The log is NOT in order: %d problems.", len(report.Problems))
		return errDifferent
	}
	c.say("Het logboek is in orde: %d regels, %d bewaarde controlepunten vergeleken.", "The log is in order: %d entries, held against %d kept checkpoints.", report.Head.Size, len(heads))
	return nil
}

// verify checks the log in the database, or in a file.
func (l *ledgerVerifyCmd) verify(c *console, heads []ledger.Head) (ledger.Report, error) {
	if l.File != "" {
		file, err := os.Open(l.File)
		if err != nil {
			return ledger.Report{}, err
		}
		defer file.Close()
		return ledger.VerifyFile(file, heads...)
	}
	log, err := l.openLog(c)
	if err != nil {
		return ledger.Report{}, err
	}
	defer log.Close()
	return log.VerifyLedger(c.ctx, heads...)
}

// ledgerExportCmd writes the log as text.
type ledgerExportCmd struct{ place }

// Run implements the command. There are ids and marks in it and no names, as in the log itself.
func (l *ledgerExportCmd) Run(c *console) error {
	log, err := l.openLog(c)
	if err != nil {
		return err
	}
	defer log.Close()
	out := bufio.NewWriter(c.out)
	if err := errors.Join(log.ExportLedger(c.ctx, out), out.Flush()); err != nil {
		return refuse(err, "Het logboek kan niet gelezen worden.", "The log cannot be read.")
	}
	return nil
}

// heads reads the checkpoints that were given and checks who signed them.
func (l *ledgerVerifyCmd) heads() ([]ledger.Head, error) {
	if len(l.Checkpoint) == 0 {
		return nil, nil
	}
	if l.PublicKey == "" {
		l.PublicKey = filepath.Join(l.Data, ledgerPublic)
	}
	public, err := os.ReadFile(l.PublicKey)
	if err != nil {
		return nil, refuse(err, "De openbare sleutel kan niet gelezen worden.", "The public key cannot be read.")
	}
	var heads []ledger.Head
	for _, file := range l.Checkpoint {
		signed, err := os.ReadFile(file)
		if err != nil {
			return nil, refuse(err, "Het controlepunt %s kan niet gelezen worden.", "The checkpoint %s cannot be read.", file)
		}
		head, err := ledger.OpenCheckpoint(string(signed), strings.TrimSpace(string(public)))
		if err != nil {
			return nil, refuse(err, "Het controlepunt %s is niet van dit logboek, of veranderd.", "The checkpoint %s is not of this log, or was changed.", file)
		}
		heads = append(heads, head)
	}
	return heads, nil
}

// ledgerCheckpointCmd makes a checkpoint.
type ledgerCheckpointCmd struct{ place }

// Run implements the command.
func (l *ledgerCheckpointCmd) Run(c *console) error {
	log, err := l.openLog(c)
	if err != nil {
		return err
	}
	defer log.Close()
	secret, err := l.ledgerKey()
	if err != nil {
		return refuse(err, "De sleutel van het logboek kan niet gelezen of gemaakt worden.", "The key of the log cannot be read or made.")
	}
	head, err := log.LedgerHead(c.ctx)
	if err != nil {
		return refuse(err, "Het logboek kan niet gelezen worden.", "The log cannot be read.")
	}
	signed, err := ledger.Sign(head, secret)
	if err != nil {
		return refuse(err, "Het controlepunt kan niet ondertekend worden.", "The checkpoint cannot be signed.")
	}
	_, err = fmt.Fprint(c.out, signed)
	return err
}

// ledgerKey reads the key that signs checkpoints, and makes the pair the first time.
func (p *place) ledgerKey() (string, error) {
	file := filepath.Join(p.Data, ledgerSecret)
	kept, err := os.ReadFile(file)
	if err == nil {
		return strings.TrimSpace(string(kept)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	secret, public, err := ledger.NewKey(rand.Reader, ledgerOrigin)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(p.Data, ledgerPublic), []byte(public+"\n"), 0o600); err != nil {
		return "", err
	}
	return secret, os.WriteFile(file, []byte(secret+"\n"), 0o600)
}

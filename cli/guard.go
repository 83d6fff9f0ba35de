// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"example.org/loket/guard"
	"example.org/loket/locale"
)

// guardCmd is about what points to a person.
type guardCmd struct {
	Check guardCheckCmd `cmd:"" help:"Read texts as JSON lines and print what points to a person; see docs/security.md."`
}

// guardCheckCmd checks texts one by one. It needs no desk and keeps nothing.
type guardCheckCmd struct {
	File string `arg:"" optional:"" help:"JSON lines; without it, or with -, standard input."`
}

// maxLine is how long one line may be, in bytes.
const maxLine = 64 << 20

// Run implements the command.
func (g guardCheckCmd) Run(c *console) error {
	spareMemory()
	in := c.in
	if g.File != "" && g.File != "-" {
		f, err := os.Open(g.File)
		if err != nil {
			return refuse(err, "Het bestand %s kan niet geopend worden. Controleer de naam.", "The file %s cannot be opened. Check its name.", g.File)
		}
		defer f.Close()
		in = f
	}
	return c.guardLines(in)
}

// guardLines reads line after line. A line that cannot be read is told and does not stop
// the others; the exit status tells that there was one.
func (c *console) guardLines(in io.Reader) error {
	out := bufio.NewWriter(c.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	wrong := 0
	for n := 1; lines.Scan(); n++ {
		line := trimLine(lines.Bytes(), n)
		if len(line) == 0 {
			continue
		}
		var t guardText
		if err := json.Unmarshal(line, &t); err != nil {
			c.guardWrong(n, err)
			wrong++
			continue
		}
		if err := enc.Encode(t.answer(c.lang)); err != nil {
			return refuse(err, "De uitkomst kan niet geschreven worden.", "The result cannot be written.")
		}
	}
	if err := out.Flush(); err != nil {
		return refuse(err, "De uitkomst kan niet geschreven worden.", "The result cannot be written.")
	}
	if err := lines.Err(); err != nil {
		return refuse(err, "De invoer kan niet verder gelezen worden. Is een regel langer dan 64 MB? Splits hem.", "The input cannot be read further. Is a line longer than 64 MB? Split it.")
	}
	if wrong > 0 {
		return refuse(nil, "%d regels zijn niet gecontroleerd; zie hierboven welke. De andere wel.", "%d lines were not checked; see above which. The others were.", wrong)
	}
	return nil
}

// trimLine drops a byte order mark and the space around a line.
func trimLine(line []byte, n int) []byte {
	if n == 1 && len(line) > 2 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF {
		line = line[3:]
	}
	for len(line) > 0 && (line[len(line)-1] == '\r' || line[len(line)-1] == ' ' || line[len(line)-1] == '\t') {
		line = line[:len(line)-1]
	}
	for len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
		line = line[1:]
	}
	return line
}

// guardWrong tells which line is wrong, where in it, and what to write instead. The line
// itself is not repeated: it may hold what must not be seen.
func (c *console) guardWrong(n int, err error) {
	nl := "Een regel is één JSON-object: {\"id\": \"1\", \"text\": \"…\", \"case\": {\"names\": […]}, \"allowed\": […]}."
	en := "A line is one JSON object: {\"id\": \"1\", \"text\": \"…\", \"case\": {\"names\": […]}, \"allowed\": […]}."
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		nl, en = fmt.Sprintf("Na %d tekens is dit geen JSON meer. ", syntax.Offset)+nl, fmt.Sprintf("After %d characters this is no JSON any more. ", syntax.Offset)+en
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		nl, en = fmt.Sprintf("In %q staat een waarde van de verkeerde soort (%s). ", kind.Field, kind.Value)+nl, fmt.Sprintf("%q holds a value of the wrong kind (%s). ", kind.Field, kind.Value)+en
	}
	fmt.Fprintf(c.err, locale.Pick(c.lang, "Regel %d: %s\n", "Line %d: %s\n"), n, locale.Pick(c.lang, nl, en))
}

// guardAnswer is what is printed for one text.
type guardAnswer struct {
	ID       json.RawMessage `json:"id"`
	Findings []guardFinding  `json:"findings"`
}

// guardFinding is one place in a text; start and end count Unicode code points.
type guardFinding struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Category string `json:"category"`
	Reason   string `json:"reason"`
}

func (t *guardText) answer(lang locale.Lang) guardAnswer {
	a := guardAnswer{ID: t.ID, Findings: []guardFinding{}}
	if len(a.ID) == 0 {
		a.ID = json.RawMessage("null")
	}
	for _, f := range guard.Check(t.Text, t.known()) {
		a.Findings = append(a.Findings, guardFinding{f.Start, f.End, f.Category, locale.Pick(lang, f.Reason.NL, f.Reason.EN)})
	}
	return a
}

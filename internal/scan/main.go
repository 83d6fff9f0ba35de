// SPDX-License-Identifier: EUPL-1.2

// Command scan lets two scanners that others wrote loose on Loket: wapiti and sqlmap. They
// must find nothing, and in a control build all four holes that were planted there (S14).
//
//	build ─▶ demo ◀── front ◀── wapiti          front keeps the scanner logged in,
//	         as it is  │    ◀── sqlmap          remembers what it asked for,
//	         planted   └─▶ requests ─▶ sqlmap   and keeps it off the way out
//
// A scanner that finds nothing may have seen nothing. So the same run tells how many requests
// came in, on how many different forms and addresses, and how many were answered.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	patience := flag.Duration("patience", 3*time.Minute, "how long wapiti may look around; each of its parts gets twice that, sqlmap five times")
	only := flag.String("only", "real,planted", "which builds to scan")
	keep := flag.String("keep", "", "folder to leave the reports of the scanners in")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *patience, *only, *keep); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run scans Loket as it is and the control build, and says how it went.
func run(ctx context.Context, patience time.Duration, only, keep string) error {
	for _, tool := range []string{"wapiti", "sqlmap"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is not installed; on Debian: apt install wapiti sqlmap", tool)
		}
	}
	folder, err := os.MkdirTemp("", "loket-scan-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var wrong []string
	for build := range strings.SplitSeq(only, ",") {
		at := filepath.Join(cmp.Or(keep, folder), build)
		if err := os.MkdirAll(at, 0o700); err != nil {
			return err
		}
		found, err := scan(ctx, at, build, patience)
		if err != nil {
			return err
		}
		if build == "planted" {
			wrong = append(wrong, missed(found)...)
		} else {
			wrong = append(wrong, holes(found)...)
		}
	}
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "\n"))
	}
	return nil
}

// finding is one weakness that a scanner reports.
type finding struct{ tool, kind, path, parameter string }

func (f finding) String() string {
	return fmt.Sprintf("%s: %s at %s, parameter %s", f.tool, f.kind, f.path, f.parameter)
}

// planted are the holes of the control build, as somebody who looks for one would name it.
var planted = []struct {
	what, path string
	kinds      []string
}{
	{"script given back", "/werklijst", []string{"Cross Site Scripting"}},
	{"typed text in a query", "/lijsten/rooster", []string{"SQL Injection"}},
	{"file by its name", "/cijfers", []string{"Path Traversal"}},
	{"redirect anywhere", "/bezorging", []string{"Open Redirect"}},
}

// holes are the findings in Loket itself: there must be none.
func holes(found []finding) (wrong []string) {
	for _, f := range found {
		wrong = append(wrong, "Loket: "+f.String())
	}
	fmt.Printf("Loket: %d findings\n", len(found))
	return wrong
}

// missed are the planted holes that no scanner found: there must be none.
func missed(found []finding) (wrong []string) {
	for _, hole := range planted {
		if !slices.ContainsFunc(found, func(f finding) bool { return f.path == hole.path && slices.Contains(hole.kinds, f.kind) }) {
			wrong = append(wrong, fmt.Sprintf("control: not found: %s at %s", hole.what, hole.path))
		}
	}
	fmt.Printf("control: %d of %d planted holes found\n", len(planted)-len(wrong), len(planted))
	return wrong
}

// scan builds a desk, starts it, and lets both scanners look at it as somebody who works there.
func scan(ctx context.Context, folder, build string, patience time.Duration) ([]finding, error) {
	d, err := startDesk(ctx, folder, build)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	f, err := openFront(d)
	if err != nil {
		return nil, err
	}
	defer f.close()
	began := time.Now()
	byWapiti, err := wapiti(ctx, f, folder, patience)
	if err != nil {
		return nil, err
	}
	crawled := f.seen()
	fmt.Printf("%s: wapiti: %s, %d findings, %.0f s\n", build, crawled, len(byWapiti), time.Since(began).Seconds())
	began = time.Now()
	bySQL, tried, err := sqlmap(ctx, f, folder, patience)
	if err != nil {
		return nil, err
	}
	fmt.Printf("%s: sqlmap: %s, %s, %d findings, %.0f s\n", build, tried, f.seen().since(crawled), len(bySQL), time.Since(began).Seconds())
	return append(byWapiti, bySQL...), d.stillThere()
}

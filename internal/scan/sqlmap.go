// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// sqlmap tries every parameter of one request of each kind that wapiti made.
func sqlmap(ctx context.Context, f *front, folder string, patience time.Duration) ([]finding, string, error) {
	targets, results := filepath.Join(folder, "targets.xml"), filepath.Join(folder, "sqlmap.csv")
	list, n := f.targets()
	if err := os.WriteFile(targets, []byte(list), 0o600); err != nil {
		return nil, "", err
	}
	_ = os.Remove(results)
	ctx, cancel := context.WithTimeout(ctx, 5*patience)
	defer cancel()
	command := exec.CommandContext(ctx, "sqlmap", "-l", targets, "--batch", "--ignore-stdin", "--disable-coloring", "--flush-session", "--dbms=sqlite", "--technique=BEU", "--level=1",
		"--ignore-redirects", "--ignore-code=*", "--answers=skip further=N", "--timeout=10", "--retries=0", "--output-dir="+filepath.Join(folder, "sqlmap"), "--results-file="+results)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	said, err := command.CombinedOutput()
	if err != nil && ctx.Err() == nil {
		return nil, "", fmt.Errorf("sqlmap: %w\n%s", err, last(said))
	}
	if err := os.WriteFile(filepath.Join(folder, "sqlmap.log"), said, 0o600); err != nil {
		return nil, "", err
	}
	tried := len(aTarget.FindAll(said, -1))
	if tried == 0 {
		return nil, "", fmt.Errorf("sqlmap tried nothing\n%s", last(said))
	}
	made, err := os.ReadFile(results)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, "", err
	}
	found, err := readSQLMap(string(made))
	return found, fmt.Sprintf("%d of %d kinds of request tried", tried, n), err
}

var aTarget = regexp.MustCompile(`(?m)^(?:\[\d+/\d+\] )?(?:URL|Form):`)

// targets writes the requests in the form of a history that sqlmap reads, those with least to
// try first: where time runs out, the most kinds were tried.
func (f *front) targets() (list string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := slices.Collect(maps.Values(f.kinds))
	slices.SortFunc(all, func(a, b asked) int { return fields(a) - fields(b) })
	host, port := strings.TrimPrefix(f.address, "http://"), f.address[strings.LastIndex(f.address, ":")+1:]
	var b strings.Builder
	language := false
	for _, a := range all {
		if _, query, _ := strings.Cut(a.target, "?"); a.body == "" && strings.HasPrefix(query, "taal=") {
			if language { // one piece of code reads it, before any page: once is enough
				continue
			}
			language = true
		}
		if fields(a) == 0 || fields(a) > mostFields || strings.HasPrefix(a.contentType, "multipart/") {
			continue
		}
		n++
		text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\n\r\n%s", a.method, a.target, host, a.contentType, a.body)
		fmt.Fprintf(&b, "<port>%s</port><request base64=\"true\"><![CDATA[%s]]></request>\n", port, base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return b.String(), n
}

func fields(a asked) int {
	n := 0
	if a.body != "" {
		n = strings.Count(a.body, "&") + 1
	}
	if _, query, has := strings.Cut(a.target, "?"); has {
		n += strings.Count(query, "&") + 1
	}
	return n
}

// readSQLMap takes the weaknesses out of a list of results; no list means none.
func readSQLMap(results string) ([]finding, error) {
	if results == "" {
		return nil, nil
	}
	rows, err := csv.NewReader(strings.NewReader(results)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the results of sqlmap: %w", err)
	}
	var out []finding
	for _, row := range rows[1:] {
		if len(row) < 4 || row[3] == "" {
			continue // looked at, nothing found
		}
		path := row[0]
		if at, err := url.Parse(row[0]); err == nil {
			path = at.Path
		}
		out = append(out, finding{"sqlmap", "SQL Injection", path, row[2]})
	}
	return out, nil
}

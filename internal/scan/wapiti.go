// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// The parts of wapiti that look for holes. Left out: sql and blindsql, where sqlmap looks better;
// exec, as the program starts no others (TestNoWaysIn); csrf, which asks for tokens in forms where
// the desk asks where a form comes from (TestAttacks); ssrf, which needs a machine outside;
// cookieflags, csp and http_headers, which ask for https or repeat TestHeaders.
const parts = "xss,permanentxss,file,redirect,crlf"

// mostFields is how large a form may be to be attacked field by field. The few larger ones are
// the reports, whose fields one piece of code reads; TestAttacks fills in all of them.
const mostFields = 20

var cutOff = regexp.MustCompile(`time was reached for module (\w+)`)

// wapiti looks at one page of each kind, and attacks those, what they lead to and their forms.
func wapiti(ctx context.Context, f *front, folder string, patience time.Duration) ([]finding, error) {
	report := filepath.Join(folder, "wapiti.json")
	seconds := func(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }
	ctx, cancel := context.WithTimeout(ctx, 15*patience)
	defer cancel()
	args := []string{"-u", f.address + "/", "--scope", "domain", "-m", parts, "-f", "json", "-o", report, "--no-bugreport", "-v", "1",
		"--store-session", filepath.Join(folder, "wapiti"), "--store-config", filepath.Join(folder, "wapiti-config"), "--flush-session",
		"-d", "1", "--max-parameters", strconv.Itoa(mostFields),
		"--max-scan-time", seconds(patience), "--max-attack-time", seconds(2 * patience), "-t", "10"}
	pages, err := f.crawl()
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		args = append(args, "-s", f.address+page)
	}
	said, err := exec.CommandContext(ctx, "wapiti", args...).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("wapiti: %w\n%s", err, last(said))
	}
	if err := os.WriteFile(filepath.Join(folder, "wapiti.log"), said, 0o600); err != nil {
		return nil, err
	}
	for _, part := range cutOff.FindAllSubmatch(said, -1) {
		fmt.Printf("wapiti: %s was not ready in time; give it more with -patience\n", part[1])
	}
	made, err := os.ReadFile(report)
	if err != nil {
		return nil, err
	}
	return readWapiti(made)
}

// readWapiti takes the weaknesses out of a report.
func readWapiti(report []byte) ([]finding, error) {
	var told struct {
		Vulnerabilities map[string][]struct {
			Path, Parameter string
		}
	}
	if err := json.Unmarshal(report, &told); err != nil {
		return nil, fmt.Errorf("the report of wapiti: %w", err)
	}
	if told.Vulnerabilities == nil {
		return nil, fmt.Errorf("the report of wapiti has no list of what it found")
	}
	var out []finding
	for kind, all := range told.Vulnerabilities {
		for _, one := range all {
			out = append(out, finding{"wapiti", kind, one.Path, one.Parameter})
		}
	}
	return out, nil
}

// last is the end of what a program said.
func last(said []byte) []byte { return said[max(0, len(said)-2000):] }

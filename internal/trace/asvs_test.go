// SPDX-License-Identifier: EUPL-1.2

package trace

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const asvsPage = "../../docs/asvs.md"

// asvsLevels are the levels of the requirements of each section of ASVS 5.0.0, in their order:
// the digit at place n is the level of requirement n.
var asvsLevels = map[string]string{
	"1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
	"2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
	"3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
	"4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
	"5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
	"6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222",
	"7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
	"8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
	"9.1": "111", "9.2": "1222",
	"10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22", "10.7": "222",
	"11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
	"12.1": "12233", "12.2": "11", "12.3": "22223",
	"13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
	"14.1": "22", "14.2": "12223333", "14.3": "122",
	"15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
	"16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
	"17.1": "23", "17.2": "22223333", "17.3": "22",
}

// asvsStates are how a requirement may stand; those that must name a test are true.
var asvsStates = map[string]bool{"test": true, "document": false, "duty": false, "n/a": false, "partly": false, "not yet": false}

var (
	asvsRow  = regexp.MustCompile(`^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$`)
	asvsTest = regexp.MustCompile("`([\\w/]+_test\\.go)` ((?:Test|Fuzz)\\w+)")
	asvsFile = regexp.MustCompile(`\b(browser/\w+\.test\.mjs)`)
	asvsLink = regexp.MustCompile(`\]\(([\w-]+\.md)(?:#([\w-]+))?\)`)
	anyTest  = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`)
)

// asvsFaults says what is not true of the page.
func asvsFaults(page string, read func(path string) string) (faults []string) {
	seen := map[string]int{}
	for line := range strings.Lines(page) {
		m := asvsRow.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			if regexp.MustCompile(`^\| \d`).MatchString(line) {
				faults = append(faults, "no row: "+strings.TrimSpace(line))
			}
			continue
		}
		seen[m[1]]++
		if want := levelOf(m[1]); want != m[2] || want == "3" {
			faults = append(faults, fmt.Sprintf("%s is of level %q, not %s", m[1], want, m[2]))
		}
		for _, fault := range asvsClaims(m[4], m[5], read) {
			faults = append(faults, m[1]+" "+fault)
		}
	}
	for _, section := range slices.Sorted(maps.Keys(asvsLevels)) {
		for i, level := range asvsLevels[section] {
			number := fmt.Sprintf("%s.%d", section, i+1)
			if level != '3' && seen[number] != 1 {
				faults = append(faults, fmt.Sprintf("%s has %d rows", number, seen[number]))
			}
		}
	}
	return faults
}

// levelOf is the level of a requirement; empty when there is no such number.
func levelOf(number string) string {
	at := strings.LastIndex(number, ".")
	var n int
	if _, err := fmt.Sscan(number[at+1:], &n); err != nil || n < 1 || n > len(asvsLevels[number[:at]]) {
		return ""
	}
	return asvsLevels[number[:at]][n-1 : n]
}

// asvsClaims looks whether what a row names is there.
func asvsClaims(state, shown string, read func(string) string) (faults []string) {
	needs, known := asvsStates[state]
	tests := asvsTest.FindAllStringSubmatch(shown, -1)
	files := asvsFile.FindAllString(shown, -1)
	if !known {
		faults = append(faults, "is in no known state: "+state)
	}
	if needs && len(tests)+len(files) == 0 {
		faults = append(faults, "names no test")
	}
	if len(anyTest.FindAllString(shown, -1)) != len(tests) {
		faults = append(faults, "names a test without its file")
	}
	for _, test := range tests {
		if !strings.Contains(read(test[1]), "\nfunc "+test[2]+"(") {
			faults = append(faults, fmt.Sprintf("names %s in %s, which is not there", test[2], test[1]))
		}
	}
	for _, file := range files {
		if read(file) == "" {
			faults = append(faults, "names "+file+", which is not there")
		}
	}
	for _, link := range asvsLink.FindAllStringSubmatch(shown, -1) {
		if text := read("docs/" + link[1]); text == "" || link[2] != "" && !slices.Contains(anchors(text), link[2]) {
			faults = append(faults, "leads to "+link[1]+"#"+link[2]+", which is not there")
		}
	}
	return faults
}

// anchors are the places in a page that a link can lead to.
func anchors(page string) (out []string) {
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "#") {
			title := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "#")))
			out = append(out, regexp.MustCompile(`[^\w-]`).ReplaceAllString(strings.ReplaceAll(title, " ", "-"), ""))
		}
	}
	return out
}

func fromTree(path string) string {
	text, err := os.ReadFile(filepath.Join("../..", path))
	if err != nil {
		return ""
	}
	return string(text)
}

// Issue 4: one row for each requirement of ASVS 5.0.0 at levels 1 and 2, and every test and
// document that a row names is there.
func TestASVS(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(asvsPage)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range asvsFaults(string(page), fromTree) {
		t.Error(fault)
	}
	count := map[rune]int{}
	for _, levels := range asvsLevels {
		for _, level := range levels {
			count[level]++
		}
	}
	if count['1'] != 70 || count['2'] != 183 || count['3'] != 92 {
		t.Errorf("the standard has 70, 183 and 92 requirements, this table %v", count)
	}
}

// The numbers at the head of the page are those of its rows.
func TestASVSCounts(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(asvsPage)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string][2]int{}
	for line := range strings.Lines(string(page)) {
		if m := asvsRow.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			n := count[m[4]]
			n[m[2][0]-'1']++
			count[m[4]] = n
		}
	}
	for state := range asvsStates {
		if want := fmt.Sprintf("| %s | %d | %d |", state, count[state][0], count[state][1]); !strings.Contains(string(page), want) {
			t.Errorf("the head of docs/asvs.md lacks %s", want)
		}
	}
}

// Control: a wrong name of a test, a missing and a doubled row, a wrong level, a row that shows
// nothing and a link to nowhere are all found.
func TestASVSCatches(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(asvsPage)
	if err != nil {
		t.Fatal(err)
	}
	good := string(page)
	row := regexp.MustCompile(`(?m)^\| 4\.1\.1 .*\n`).FindString(good)
	for name, change := range map[string]string{
		"gone": "", "doubled": row + row, "level": strings.Replace(row, "| 1 |", "| 2 |", 1),
		"name": strings.Replace(row, " Test", " TestNo", 1), "file": strings.Replace(row, "cli/", "clu/", 1), "no file": "| 4.1.1 | 1 | x | test | TestHeaders |\n",
		"nothing": "| 4.1.1 | 1 | x | test | yes |\n", "state": strings.Replace(row, "| test |", "| surely |", 1), "cells": strings.Replace(row, "| test |", "| test", 1),
		"link": strings.TrimSuffix(row, " |\n") + " [x](security.md#no-such-place) |\n",
	} {
		if row == "" || change == row || len(asvsFaults(strings.Replace(good, row, change, 1), fromTree)) == 0 {
			t.Errorf("%s was not found", name)
		}
	}
}

// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Run plays every story in files, with all its variants, and prints what differs to
// out. A folder stands for the *.yaml files in it. The error is about files that cannot
// be read or a desk that cannot start; differences are in the Summary (Failed > 0).
func Run(ctx context.Context, start Start, files []string, out io.Writer) (Summary, error) {
	stories, err := readAll(files)
	if err != nil {
		return Summary{}, err
	}
	var sum Summary
	for _, s := range stories {
		for _, t := range s.tales() {
			result, err := play(ctx, start, t)
			if err != nil {
				return sum, err
			}
			sum.add(result)
			printResult(out, t, result)
		}
	}
	fmt.Fprintf(out, "\n%d verhalen, %d verwachtingen, %d anders dan verwacht.\n", sum.Stories, sum.Checks, sum.differences())
	return sum, nil
}

func (s *Summary) add(r Result) {
	s.Stories++
	s.Checks += r.Checks
	if len(r.Differences) > 0 {
		s.Failed++
	}
	s.Results = append(s.Results, r)
}

func (s *Summary) differences() int {
	n := 0
	for _, r := range s.Results {
		n += len(r.Differences)
	}
	return n
}

// readAll reads every file before anything is played, so that all mistakes in the
// stories come out at once.
func readAll(files []string) ([]*Story, error) {
	var stories []*Story
	var faults Faults
	for _, name := range files {
		paths := []string{name}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			paths, _ = filepath.Glob(filepath.Join(name, "*.yaml"))
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			story, err := Read(path, data)
			if found, ok := errors.AsType[Faults](err); ok {
				faults = append(faults, found...)
				continue
			}
			if err != nil {
				return nil, err
			}
			stories = append(stories, story)
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return stories, nil
}

// printResult writes one line for a story that goes as told, and a block per difference for
// one that does not.
func printResult(out io.Writer, t tale, r Result) {
	if len(r.Differences) == 0 {
		fmt.Fprintf(out, "goed   %s  %s (%d)\n", t.name, t.title, r.Checks)
		return
	}
	fmt.Fprintf(out, "ANDERS %s  %s (%d van %d)\n", t.name, t.title, len(r.Differences), r.Checks)
	step := ""
	for _, d := range r.Differences {
		if d.Step != step {
			fmt.Fprintf(out, "  %s\n", d.Step)
			step = d.Step
		}
		fmt.Fprintf(out, "    %s:%d %s\n", r.File, d.Line, d.What)
		if d.What == storyWrong {
			fmt.Fprintf(out, "      %s\n", strings.TrimSuffix(d.Came+" → "+d.Because, " → "))
			continue
		}
		fmt.Fprintf(out, "      verwacht: %s\n      gekregen: %s\n", d.Expected, d.Came)
		if d.Because != "" {
			fmt.Fprintf(out, "      omdat:    %s\n", strings.ReplaceAll(d.Because, "\n", " "))
		}
	}
}

func version(n int) string { return strconv.Itoa(n) }

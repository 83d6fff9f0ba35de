// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"
)

// looks are the pages of one desk officer at one number of cases, and what each took of a
// processor in the server.
type looks struct {
	worklist, cases       sample
	worklistCPU, casesCPU time.Duration
	due                   dues
}

// caseLink finds the cases on a worklist.
var caseLink = regexp.MustCompile(`href="(/zaak/[a-z0-9]+)"`)

// look measures the worklist and the pages of the cases on it, one page after another, as
// one officer would load them.
func (b *bench) look() (looks, error) {
	officer := newVisitor(b.desk.addr).remembering()
	if err := officer.login(officerLogin, officerPassword); err != nil {
		return looks{}, err
	}
	page, err := officer.page("/werklijst")
	if err != nil {
		return looks{}, err
	}
	var paths []string
	for _, match := range caseLink.FindAllStringSubmatch(page, -1) {
		paths = append(paths, match[1])
	}
	if len(paths) == 0 {
		return looks{}, errors.New("the worklist shows no case")
	}
	var l looks
	started := b.desk.cpu()
	l.worklist = load(1, b.lasts, func(int) error { return officer.load("/werklijst") })
	between := b.desk.cpu()
	n := 0
	l.cases = load(1, b.lasts, func(int) error {
		n++
		return officer.load(paths[n%len(paths)])
	})
	l.worklistCPU, l.casesCPU = l.worklist.each(between-started), l.cases.each(b.desk.cpu()-between)
	l.due, err = b.due()
	return l, errors.Join(err, l.worklist.fault, l.cases.fault)
}

// tell adds the lines of a look at so many cases. The processor time has no bar: it says the
// same on a busy machine, where the times do not.
func (b *bench) tell(l looks, at string) {
	b.times("worklist at "+at, l.worklist, pageP50, pageP99)
	b.spent("processor time per worklist in the server, at "+at, l.worklistCPU)
	b.times("case page at "+at, l.cases, pageP50, pageP99)
	b.spent("processor time per case page in the server, at "+at, l.casesCPU)
}

func (b *bench) pagesFew() error {
	if err := b.seed(b.few); err != nil {
		return err
	}
	var err error
	b.before, err = b.look()
	b.tell(b.before, fmt.Sprintf("%d cases", b.few))
	return errors.Join(err, b.yearPage(fmt.Sprintf("%d cases", b.few)))
}

func (b *bench) pagesMany() error {
	if err := b.seed(min(b.few, b.many)); err != nil {
		return err
	}
	sent := int(b.cases)
	if err := b.fill(context.Background(), b.many); err != nil {
		return err
	}
	after, err := b.look()
	at := int(b.cases)
	said := fmt.Sprintf("%d cases", at)
	if at > sent {
		said += fmt.Sprintf(" (%d sent, %d copies)", sent, at-sent)
	}
	b.tell(after, said)
	err = errors.Join(err, b.yearPage(said))
	if len(b.before.cases.took) == 0 { // only the second look was asked for
		return err
	}
	b.growth(fmt.Sprintf("worklist, %d cases against %d", at, b.few), after.worklist, b.before.worklist, mostGrowth)
	b.growth(fmt.Sprintf("case page, %d cases against %d", at, b.few), after.cases, b.before.cases, mostGrowth)
	b.growth(fmt.Sprintf("looking for what is due, nothing is, %d cases against %d", at, b.few), after.due.none, b.before.due.none, mostGrowth)
	b.growth(fmt.Sprintf("looking for what is due, %d clocks are, %d cases against %d", dueAtOnce, at, b.few), after.due.some, b.before.due.some, mostGrowth)
	return err
}

// seed fills the desk with reports, by the same form as everybody, until it has so many.
func (b *bench) seed(cases int) error {
	v := newVisitor(b.desk.addr)
	todo := make(chan int)
	var failed error
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range seeders {
		wg.Go(func() {
			for n := range todo {
				if err := v.report(n, b.now); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
				}
			}
		})
	}
	for ; int(b.cases) < cases; b.cases++ {
		mu.Lock()
		stop := failed
		mu.Unlock()
		if stop != nil {
			break
		}
		todo <- int(b.cases)
	}
	close(todo)
	wg.Wait()
	return failed
}

// restart stops the desk and starts it on the folder it left.
func (b *bench) restart() error {
	b.desk.stop()
	if err := b.startDesk(); err != nil {
		return err
	}
	b.most(fmt.Sprintf("start to first answer, %d cases on disk", b.cases), float64(b.desk.ready)/float64(time.Millisecond), mostStart, "ms")
	time.Sleep(time.Second) // memory settles: this is a measurement, not a test
	idle, _ := b.desk.memory()
	b.most("memory, idle", float64(idle)/(1<<20), mostIdle, "MB")
	return nil
}

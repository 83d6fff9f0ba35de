// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// batchMost is how many units of work share one commit at most; it bounds how long the
// first of them waits for the others.
const batchMost = 64

// checkpointEvery is after how many units of work the log is moved into the database file:
// some 20 MB of log, quick to recover from.
const checkpointEvery = 256

// writer runs units of work one after another on one connection and commits them in
// groups: while one commit waits for the disk the next group gathers.
type writer struct {
	session *session
	jobs    chan *job
	patient chan *job // jobs that wait a moment for others to share a commit with
	quit    chan struct{}
	gone    chan struct{} // closed when the goroutine has ended
	broken  chan struct{} // closed after a failed commit
	why     error         // why it is broken; read after broken is closed
	logged  int           // units of work in the log since it was moved into the file
}

// job is one unit of work and where its answer goes.
type job struct {
	ctx  context.Context
	fn   func(*tx) error
	done chan error
	wait time.Duration // a patient job: how long it waits for company
}

func startWriter(s *session) *writer {
	w := &writer{session: s, jobs: make(chan *job), patient: make(chan *job), quit: make(chan struct{}), gone: make(chan struct{}), broken: make(chan struct{})}
	go w.loop()
	return w
}

// do hands fn to the writer and waits. Once taken, the answer is waited for even when ctx
// ends: the caller must know whether its work is durable.
func (w *writer) do(ctx context.Context, fn func(*tx) error) error {
	return w.hand(w.jobs, &job{ctx: ctx, fn: fn, done: make(chan error, 1)})
}

// later is do for work that may wait a moment for others: it then costs no commit of its own.
func (w *writer) later(ctx context.Context, wait time.Duration, fn func(*tx) error) error {
	return w.hand(w.patient, &job{ctx: ctx, fn: fn, done: make(chan error, 1), wait: wait})
}

func (w *writer) hand(queue chan<- *job, j *job) error {
	select {
	case queue <- j:
	case <-j.ctx.Done():
		return j.ctx.Err()
	case <-w.gone:
		return w.end()
	}
	err := <-j.done
	if p, ok := errors.AsType[*panicked](err); ok {
		panic(p)
	}
	return err
}

// end says why the writer takes no more work.
func (w *writer) end() error {
	select {
	case <-w.broken:
		return &caused{errBroken, w.why}
	default:
		return errClosed
	}
}

func (w *writer) loop() {
	defer close(w.gone)
	for {
		select {
		case j := <-w.jobs:
			w.batch(j, nil)
			w.checkpoint()
		case j := <-w.patient:
			w.company(j)
			w.checkpoint()
		case <-w.quit:
			return
		}
		select {
		case <-w.broken:
			return
		default:
		}
	}
}

// company waits for a job that is in a hurry, so that a patient one shares its commit.
func (w *writer) company(patient *job) {
	timer := time.NewTimer(patient.wait)
	defer timer.Stop()
	select {
	case j := <-w.jobs:
		w.batch(j, patient)
	case <-timer.C:
		w.batch(patient, nil)
	case <-w.quit:
		w.batch(patient, nil)
	}
}

// batch is one transaction: the first job and those that come while it runs.
type batch struct {
	session *session
	tree    *trunk
	done    []*job
	second  *job // a patient job, which runs after the first; nil: none
}

// batch runs first and everybody who is waiting by then, commits once, answers all. Who was
// patient (nil: nobody) comes second.
func (w *writer) batch(first, patient *job) {
	b := &batch{session: w.session, tree: &trunk{}, second: patient}
	err := errors.New("store: a unit of work ended its goroutine")
	defer func() { w.answer(b, err) }()
	b.done = append(b.done, first)
	if err = b.session.do("BEGIN IMMEDIATE"); err != nil {
		return
	}
	if err = b.gather(first, w); err != nil {
		_ = b.session.do("ROLLBACK") // it may be over already; the error above is the cause
		return
	}
	if len(b.done) == 0 {
		err = b.session.do("ROLLBACK")
		return
	}
	if err = b.commit(); err != nil {
		_ = b.session.do("ROLLBACK")
	}
}

// gather runs jobs until nobody waits. A job that fails is undone and answered at once;
// the others go on. An error from gather itself means that the transaction is lost.
func (b *batch) gather(j *job, w *writer) error {
	b.done = b.done[:0]
	for n := 1; ; n++ {
		b.done = append(b.done, j)
		failure, err := b.run(j, n == 1)
		if err != nil {
			return err
		}
		if failure != nil {
			b.done = b.done[:len(b.done)-1]
			j.done <- failure
		}
		if j = b.next(w, n); j == nil {
			return nil
		}
	}
}

// next is who joins the batch after n others: the patient one, then those who wait.
func (b *batch) next(w *writer, n int) (j *job) {
	if j, b.second = b.second, nil; j != nil || n >= batchMost {
		return j
	}
	select {
	case j = <-w.jobs:
		return j
	default:
	}
	select {
	case j = <-w.patient:
	default:
	}
	return j
}

// run runs one job inside its own savepoint; the first needs none, the transaction is all
// its own. failure belongs to the job; err means that the whole transaction is lost.
func (b *batch) run(j *job, first bool) (failure, err error) {
	if err := j.ctx.Err(); err != nil {
		return err, nil
	}
	mark, keep, undo := "SAVEPOINT job", "RELEASE job", []string{"ROLLBACK TO job", "RELEASE job"}
	if first {
		mark, keep, undo = "", "", []string{"ROLLBACK", "BEGIN IMMEDIATE"}
	}
	if err := b.session.all(mark); err != nil {
		return nil, err
	}
	before := *b.tree
	t := &tx{run: b.session, ctx: j.ctx, tree: b.tree}
	failure = protect(func() error {
		if err := j.fn(t); err != nil {
			return err
		}
		return t.flush()
	})
	if failure == nil {
		return nil, b.session.all(keep)
	}
	*b.tree = before
	if err := b.session.all(undo...); err != nil {
		return nil, errors.Join(fault(failure), err)
	}
	return fault(failure), nil
}

func (b *batch) commit() error {
	t := &tx{run: b.session, ctx: context.Background(), tree: b.tree}
	if err := t.keepTree(); err != nil {
		return err
	}
	return b.session.do("COMMIT")
}

// checkpoint moves the log into the database file once there is enough of it. Everybody
// has been answered: what it moves is durable in the log. An fsync that failed must not be
// tried again, because the second try may say all is well when it is not (R07).
func (w *writer) checkpoint() {
	if w.logged < checkpointEvery {
		return
	}
	w.logged = 0
	rows, err := w.session.query(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	if err == nil {
		for rows.Next() {
		}
		err = errors.Join(rows.Err(), rows.Close())
	}
	w.note(err)
}

// note breaks the writer for good after an error that leaves the state of the disk unknown.
func (w *writer) note(err error) {
	if err == nil || passing(err) {
		return
	}
	select {
	case <-w.broken:
	default:
		w.why = err
		close(w.broken)
	}
}

// answer tells everybody in the batch how it ended.
func (w *writer) answer(b *batch, err error) {
	w.note(err)
	err = fault(err)
	w.logged += len(b.done)
	if b.second != nil { // the transaction ended before its turn
		b.done = append(b.done, b.second)
	}
	for _, j := range b.done {
		j.done <- err
	}
}

func (w *writer) stop() error {
	select {
	case <-w.gone:
	default:
		close(w.quit)
		<-w.gone
	}
	return w.session.close()
}

// panicked carries a panic of a unit of work back to the goroutine that asked for it.
type panicked struct {
	value any
	stack []byte
}

// Error implements error.
func (p *panicked) Error() string { return fmt.Sprintf("%v\n%s", p.value, p.stack) }

func protect(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{value: v, stack: debug.Stack()}
		}
	}()
	return fn()
}

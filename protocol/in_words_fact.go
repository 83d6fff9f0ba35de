// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// The statements of a condition: what a fact is, which answers were chosen, what comes before what.

// fact is the fact that an expression names; nil for anything else.
func (w *worder) fact(e celast.Expr) *Fact {
	if e.Kind() != celast.IdentKind {
		return nil
	}
	return w.p.Fact(e.AsIdent())
}

// nameOf is a fact as it stands within a sentence: a question between quotes, else its title.
func nameOf(f *Fact) Text {
	title := f.Title.filled()
	if title.NL == "" {
		return Text{"“" + f.ID + "”", "“" + f.ID + "”"}
	}
	for _, kind := range sharedTitles { // a duty and a clock give their title to more than one fact
		if len(f.Options) > 0 && &f.Options[0] == &kind.options[0] {
			return Text{kind.word.NL + " “" + title.NL + "”", kind.word.EN + " “" + title.EN + "”"}
		}
	}
	return Text{inSentence(title.NL), inSentence(title.EN)}
}

// sharedTitles say which fact of a duty or a clock is meant.
var sharedTitles = []struct {
	options []Option
	word    Text
}{
	{mustOptions, Text{"de plicht", "the duty"}}, {dutyStates, Text{"de stand van", "the state of"}}, {clockStates, Text{"de klok", "the clock"}},
}

// answerInSentence leaves an answer as the protocol writes it: it may be the name of a town or a law.
func answerInSentence(label string) string {
	switch lower := strings.ToLower(label); {
	case lower == "ja", lower == "nee", lower == "yes", lower == "no":
		return lower
	case ambiguous(label):
		return "“" + label + "”"
	}
	return label
}

// ambiguous: within a sentence one would not see where it ends.
func ambiguous(title string) bool {
	return strings.ContainsAny(title, "?!.:,;–") || strings.Contains(title, " of ") || strings.Contains(title, " or ")
}

func inSentence(title string) string {
	if ambiguous(title) {
		return "“" + title + "”"
	}
	first, size := utf8.DecodeRuneInString(title)
	next, _ := utf8.DecodeRuneInString(title[size:])
	if unicode.IsUpper(first) && unicode.IsLower(next) {
		return string(unicode.ToLower(first)) + title[size:]
	}
	return title
}

// asksFor: somebody answers it on a form; what follows by itself reads as a statement.
func (w *worder) asksFor(f *Fact) bool {
	i, known := w.p.compiled.index[f.ID]
	return known && len(w.p.compiled.declared[i].askedBy) > 0
}

// truth says a fact of yes and no.
func (w *worder) truth(id string, holds bool) Clause {
	f := w.p.Fact(id)
	if f == nil || f.Type != TypeYesNo {
		return w.none()
	}
	if is, not, marked := happened(f); marked {
		return either(holds, is, not)
	}
	name := nameOf(f)
	if w.asksFor(f) {
		answer := yesNo(f, holds)
		return Clause{Say: Text{name.NL + " is " + answerInSentence(answer.NL), name.EN + " is " + answerInSentence(answer.EN)}}
	}
	return either(holds, name, Text{"niet: " + name.NL, "not: " + name.EN})
}

// happenedWords say of a step, a text or a phase what happened to it; % is its title.
var happenedWords = map[string][2]Text{
	"decided":  {{"over % is besloten", "% was decided"}, {"over % is niet besloten", "% was not decided"}},
	"drafted":  {{"de tekst van % is gemaakt", "the text of % was made"}, {"de tekst van % is niet gemaakt", "the text of % was not made"}},
	"released": {{"% is vrijgegeven", "% was released"}, {"% is niet vrijgegeven", "% was not released"}}, "sent": {{"% is ingevuld", "% was filled in"}, {"% is niet ingevuld", "% was not filled in"}},
	"done": {{"% is gedaan", "% was done"}, {"% is niet gedaan", "% was not done"}}, "closed": {{"% is afgesloten", "% was closed"}, {"% is niet afgesloten", "% was not closed"}},
	"skipped":        {{"over % is anders besloten", "% was decided otherwise"}, {"over % is niet anders besloten", "% was not decided otherwise"}},
	"close_proposed": {{"het afsluiten van % is voorgesteld", "closing % was proposed"}, {"het afsluiten van % is niet voorgesteld", "closing % was not proposed"}},
}

// happened says a milestone of yes and no; see marked.
func happened(f *Fact) (is, not Text, ok bool) {
	title := f.Title.filled()
	for what, words := range happenedWords {
		nl, cut := strings.CutSuffix(title.NL, " – "+markWords[what].NL)
		if !cut {
			continue
		}
		en := strings.TrimSuffix(strings.TrimSuffix(title.EN, " – "+markWords[what].EN), " – "+markWords[what].NL)
		nl, en = inSentence(nl), inSentence(en)
		fill := func(t Text) Text { return Text{strings.Replace(t.NL, "%", nl, 1), strings.Replace(t.EN, "%", en, 1)} }
		return fill(words[0]), fill(words[1]), true
	}
	return Text{}, Text{}, false
}

// bekend says that somebody answered, or that something happened.
func (w *worder) bekend(e celast.Expr, holds bool) Clause {
	f := w.fact(e)
	if f == nil {
		return w.none()
	}
	name := nameOf(f)
	return either(holds, Text{name.NL + " is bekend", name.EN + " is known"}, Text{name.NL + " is niet bekend", name.EN + " is not known"})
}

// equal says that a fact has a value.
func (w *worder) equal(left, right celast.Expr, holds bool) Clause {
	f := w.fact(left)
	if f == nil {
		return w.compareAs(left, right, either(holds, Text{"is", "is"}, Text{"is niet", "is not"}).Say)
	}
	if is, ok := boolean(right); ok {
		return w.truth(f.ID, is == holds)
	}
	if f.Type == TypeNumber || f.Type == TypeMoment || f.Type == TypeDate {
		return w.compareAs(left, right, either(holds, Text{"is", "is"}, Text{"is niet", "is not"}).Say)
	}
	name, label := nameOf(f), w.label(f, right)
	return either(holds, Text{name.NL + " is " + label.NL, name.EN + " is " + label.EN}, Text{name.NL + " is niet " + label.NL, name.EN + " is not " + label.EN})
}

// label is a value of a fact as the protocol calls it.
func (w *worder) label(f *Fact, e celast.Expr) Text {
	if e.Kind() == celast.LiteralKind {
		if s, ok := e.AsLiteral().Value().(string); ok {
			if s == "" {
				return Text{"leeg", "empty"}
			}
			t := f.label(s)
			return Text{answerInSentence(t.NL), answerInSentence(t.EN)}
		}
	}
	if other := w.fact(e); other != nil {
		return nameOf(other)
	}
	w.lost = true
	return Text{}
}

// labels are several values: “a, b of c”.
func (w *worder) labels(f *Fact, e celast.Expr) Text {
	if e.Kind() != celast.ListKind {
		return w.label(f, e)
	}
	var nl, en []string
	for _, item := range e.AsList().Elements() {
		t := w.label(f, item)
		nl, en = append(nl, t.NL), append(en, t.EN)
	}
	return Text{orList(nl, " of "), orList(en, " or ")}
}

func orList(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + last + words[len(words)-1]
}

// within says “fact in [a, b]”, and “"a" in choices”.
func (w *worder) within(left, right celast.Expr, holds bool) Clause {
	if f := w.fact(right); f != nil && left.Kind() == celast.LiteralKind {
		return w.among(f, w.label(f, left), holds)
	}
	f := w.fact(left)
	if f == nil {
		return w.none()
	}
	name, labels := nameOf(f), w.labels(f, right)
	return either(holds, Text{name.NL + " is " + labels.NL, name.EN + " is " + labels.EN}, Text{name.NL + " is niet " + labels.NL, name.EN + " is not " + labels.EN})
}

// chosen says any_in: one of these was chosen, or none of them.
func (w *worder) chosen(left, right celast.Expr, holds bool) Clause {
	f := w.fact(left)
	if f == nil {
		return w.none()
	}
	return w.among(f, w.labels(f, right), holds)
}

func (w *worder) among(f *Fact, labels Text, holds bool) Clause {
	name := nameOf(f)
	return either(holds, Text{"bij " + name.NL + " is gekozen: " + labels.NL, "at " + name.EN + " was chosen: " + labels.EN},
		Text{"bij " + name.NL + " is niet gekozen: " + labels.NL, "at " + name.EN + " was not chosen: " + labels.EN})
}

// contrary is what holds when a comparison does not.
var contrary = map[string]string{
	operators.Less: operators.GreaterEquals, operators.GreaterEquals: operators.Less, operators.Greater: operators.LessEquals, operators.LessEquals: operators.Greater,
}

var (
	numberWords = map[string]Text{
		operators.Less: {"is minder dan", "is less than"}, operators.LessEquals: {"is hoogstens", "is at most"}, operators.Greater: {"is meer dan", "is more than"}, operators.GreaterEquals: {"is minstens", "is at least"},
	}
	momentWords = map[string]Text{
		operators.Less: {"is vóór", "is before"}, operators.LessEquals: {"is niet later dan", "is not later than"}, operators.Greater: {"is na", "is after"}, operators.GreaterEquals: {"is niet eerder dan", "is not earlier than"},
	}
)

func (w *worder) compare(operator string, left, right celast.Expr, holds bool) Clause {
	if !holds {
		operator = contrary[operator]
	}
	if f := w.counted(left); f != nil && isZero(right) && (operator == operators.Greater || operator == operators.LessEquals) { // the size of what was chosen
		some := Text{"bij " + nameOf(f).NL + " is iets gekozen", "at " + nameOf(f).EN + " something was chosen"}
		none := Text{"bij " + nameOf(f).NL + " is niets gekozen", "at " + nameOf(f).EN + " nothing was chosen"}
		return either(operator == operators.Greater, some, none)
	}
	if w.isMoment(left) || w.isMoment(right) {
		return w.compareAs(left, right, momentWords[operator])
	}
	return w.compareAs(left, right, numberWords[operator])
}

func (w *worder) compareAs(left, right celast.Expr, words Text) Clause {
	if f := w.counted(left); f != nil && isZero(right) && words.NL == "is" {
		return Clause{Say: Text{"bij " + nameOf(f).NL + " is niets gekozen", "at " + nameOf(f).EN + " nothing was chosen"}}
	}
	l, r := w.value(left), w.value(right)
	return Clause{Say: Text{l.NL + " " + words.NL + " " + r.NL, l.EN + " " + words.EN + " " + r.EN}}
}

// counted is the fact of choices.size() or size(choices).
func (w *worder) counted(e celast.Expr) *Fact {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != "size" {
		return nil
	}
	return w.sizeOf(e.AsCall())
}

func (w *worder) sizeOf(c celast.CallExpr) *Fact {
	if c.IsMemberFunction() {
		return w.fact(c.Target())
	}
	return w.fact(c.Args()[0])
}

func (w *worder) isMoment(e celast.Expr) bool {
	if e.Kind() == celast.IdentKind && e.AsIdent() == "now" {
		return true
	}
	f := w.fact(e)
	return f != nil && (f.Type == TypeMoment || f.Type == TypeDate || f.Type == TypeOccurrence)
}

// value is a number, a moment or what is counted, in words.
func (w *worder) value(e celast.Expr) Text {
	switch e.Kind() {
	case celast.IdentKind:
		if e.AsIdent() == "now" {
			return Text{"nu", "now"}
		}
		if f := w.fact(e); f != nil {
			return nameOf(f)
		}
	case celast.LiteralKind:
		switch v := e.AsLiteral().Value().(type) {
		case int64:
			return plain(strconv.FormatInt(v, 10))
		case string:
			return plain(v)
		}
	case celast.CallKind:
		return w.counting(e.AsCall())
	}
	w.lost = true
	return Text{}
}

// betweenWords are the functions that count between two moments.
var betweenWords = map[string]Text{
	"hours_between": {"het aantal uren", "the number of hours"}, "days_between": {"het aantal dagen", "the number of days"}, "years_between": {"het aantal jaren", "the number of years"},
}

func (w *worder) counting(c celast.CallExpr) Text {
	args := c.Args()
	words, between := betweenWords[c.FunctionName()]
	switch {
	case between && len(args) == 2:
		a, b := w.value(args[0]), w.value(args[1])
		return Text{words.NL + " tussen " + a.NL + " en " + b.NL, words.EN + " between " + a.EN + " and " + b.EN}
	case c.FunctionName() == "year" && len(args) == 1:
		a := w.value(args[0])
		return Text{"het jaar van " + a.NL, "the year of " + a.EN}
	case c.FunctionName() == "size":
		if f := w.sizeOf(c); f != nil {
			return Text{"het aantal antwoorden bij " + nameOf(f).NL, "the number of answers at " + nameOf(f).EN}
		}
	case c.FunctionName() == operators.Add && len(args) == 2:
		return w.shifted(args, Text{" na ", " after "})
	case c.FunctionName() == operators.Subtract && len(args) == 2:
		return w.shifted(args, Text{" vóór ", " before "})
	}
	w.lost = true
	return Text{}
}

// shifted is a moment some time after or before another.
func (w *worder) shifted(args []celast.Expr, words Text) Text {
	long, ok := duration(args[1])
	if !ok {
		w.lost = true
		return Text{}
	}
	from := w.value(args[0])
	return Text{long.NL + words.NL + from.NL, long.EN + words.EN + from.EN}
}

// duration says duration("48h").
func duration(e celast.Expr) (Text, bool) {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != "duration" || len(e.AsCall().Args()) != 1 || e.AsCall().Args()[0].Kind() != celast.LiteralKind {
		return Text{}, false
	}
	s, _ := e.AsCall().Args()[0].AsLiteral().Value().(string)
	long, err := time.ParseDuration(s)
	if err != nil {
		return Text{}, false
	}
	if hours := int(long / time.Hour); time.Duration(hours)*time.Hour == long {
		return Text{strconv.Itoa(hours) + " uur", strconv.Itoa(hours) + " hours"}, true
	}
	minutes := strconv.Itoa(int(long / time.Minute))
	return Text{minutes + " minuten", minutes + " minutes"}, true
}

func boolean(e celast.Expr) (is, ok bool) {
	if e.Kind() != celast.LiteralKind {
		return false, false
	}
	is, ok = e.AsLiteral().Value().(bool)
	return is, ok
}

func isZero(e celast.Expr) bool {
	if e.Kind() != celast.LiteralKind {
		return false
	}
	n, ok := e.AsLiteral().Value().(int64)
	return ok && n == 0
}

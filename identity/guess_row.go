// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"math"
	"strings"
)

// rows are what fingers and eyes find next to each other, as plain writes it.
var rows = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "!a#s%^&*()"}

// rowCost is the work of the same sign again, a row of signs, or a year; false: it is none.
func rowCost(part []rune) (cost float64, ok bool) {
	n := len(part)
	switch {
	case n < 3:
		return 0, false
	case same(part):
		return 3 + math.Log2(float64(n)), true
	case inRow(string(part)):
		return 4 + math.Log2(float64(n)), true
	case n == 4 && aYear(string(part)):
		return 6, true
	case (n == 6 || n == 8) && aDay(part):
		return 13, true
	}
	return 0, false
}

func same(part []rune) bool {
	for _, c := range part {
		if c != part[0] {
			return false
		}
	}
	return true
}

// inRow reports whether signs stand in a row, forwards or backwards.
func inRow(part string) bool {
	for _, row := range rows {
		if strings.Contains(row, part) || strings.Contains(row, backwards(part)) {
			return true
		}
	}
	return false
}

func backwards(text string) string {
	out := []rune(text)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return string(out)
}

func aYear(part string) bool {
	return (strings.HasPrefix(part, "19") || strings.HasPrefix(part, "20")) && digits([]rune(part))
}

// aDay reports whether digits can be read as a day: 010426, 20260401.
func aDay(part []rune) bool {
	if !digits(part) {
		return false
	}
	day, month := number(part[:2]), number(part[2:4])
	if len(part) == 8 && aYear(string(part[:4])) {
		day, month = number(part[6:]), number(part[4:6])
	}
	return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

func number(two []rune) int { return int(two[0]-'0')*10 + int(two[1]-'0') }

func digits(part []rune) bool {
	for _, c := range part {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// repeated finds the shortest text that part is a repetition of, and how often; 1: it is none.
func repeated(part string) (half string, times int) {
	text := []rune(part)
	for n := 1; n <= len(text)/2; n++ {
		if half := string(text[:n]); len(text)%n == 0 && strings.Repeat(half, len(text)/n) == part {
			return half, len(text) / n
		}
	}
	return part, 1
}

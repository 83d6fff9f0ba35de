// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// providers are invented. Reports are spread over 25 houses of each, over the hours of the
// year before now and over ages, as a real register is: a page that lists or compares
// cases then has something to do, and no more than it would have.
var providers = []string{"Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel"}

const (
	houses = 25
	hours  = 365 * 24
	stride = 1789 // steps through the hours of a year without meeting one twice
)

// fullReport is a report with an answer to nearly every question that its answers raise.
// Nobody in it exists.
func fullReport(n int, now time.Time) url.Values {
	at := now.Add(-time.Duration(1+n*stride%hours) * time.Hour)
	if at.Hour() == 2 { // on two nights a year this hour is twice there, or not at all; the form would ask
		at = at.Add(time.Hour)
	}
	return url.Values{
		"sleutel":           {strings.ToLower(rand.Text())},
		"urgency":           {"not_urgent"},
		"organisation":      {fmt.Sprintf("Aanbieder %s, huis %d", providers[n%len(providers)], n/len(providers)%houses+1)},
		"reporter_kind":     {"contracted"},
		"kinds":             {"serious_violence"},
		"incident_date":     {at.Format("02-01-2006")},
		"incident_time":     {at.Format("15:04")},
		"relation_to_care":  {"care_given"},
		"care_started":      {"yes"},
		"violence_nature":   {"physical", "threat"},
		"violence_serious":  {"yes"},
		"violence_by":       {"co_client"},
		"violence_against":  {"client"},
		"co_resident":       {"yes"},
		"injury":            {"physical"},
		"injury_serious":    {"no"},
		"contact_name":      {"Sara Fictie"},
		"contact_phone":     {"010 000 00 00"},
		"contact_email":     {"sara.fictie@example.org"},
		"location":          {"treatment_or_residential"},
		"description":       {strings.Repeat("In de groep ontstond ruzie tussen twee bewoners; een van hen sloeg de ander. ", 8)},
		"dossier_no":        {"D" + rand.Text()[:8]},
		"age":               {strconv.Itoa(4 + n%80)},
		"sex":               {[]string{"man", "woman"}[n/80%2]},
		"residence":         {"rotterdam"},
		"laws":              {"jeugdwet"},
		"setting":           {"voluntary"},
		"safety":            {"yes"},
		"safety_how":        {"De bewoners zijn uit elkaar gehaald en er is extra begeleiding."},
		"parents_informed":  {"yes"},
		"partners_informed": {"no"},
		"police_reported":   {"no"},
		"follow_up":         {"Morgen volgt een gesprek met beide bewoners en hun begeleiders."},
		"supervisor_told":   {"none"},
		"stakeholders_told": {"nobody"},
		"unrest":            {"none"},
		"media":             {"none"},
		"remarks":           {"De begeleiding is op de hoogte."},
	}
}

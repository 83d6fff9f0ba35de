// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"crypto/rand"
	"net/url"
	"strings"
	"time"
)

// providers are invented. Reports are spread over them and over the hours before now, as
// a real register is: lists that filter and sort then have something to do.
var providers = []string{"Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel"}

// fullReport is a report with an answer to nearly every question that its answers raise.
// Nobody in it exists.
func fullReport(n int, now time.Time) url.Values {
	at := now.Add(-time.Duration(1+n%40) * time.Hour)
	return url.Values{
		"sleutel":           {strings.ToLower(rand.Text())},
		"urgency":           {"not_urgent"},
		"organisation":      {"Aanbieder " + providers[n%len(providers)]},
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
		"age":               {"16"},
		"sex":               {"man"},
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

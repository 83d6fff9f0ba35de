// SPDX-License-Identifier: EUPL-1.2

package web

import "example.org/loket"

// regionRoutes are the lists that an organisation keeps up, its roster and its setup.
func regionRoutes() []route {
	return []route{
		{"GET /agenda/{token}", anyone, sendCalendar},
		{"GET " + neighboursPath, loggedIn, showNeighbours},
		{"POST " + neighboursPath, loggedIn, answerNeighbour},
		{"GET /dienst", loggedIn, showRoster},
		{"POST /dienst/agenda", loggedIn, makeCalendar},
		{"GET /inrichting", loggedIn, showCheck},
		{"GET " + settingsPath, loggedIn, showSettings},
		{"POST " + settingsPath, loggedIn, putSettings},
		{"GET " + machinesPath, loggedIn, showMachines},
		{"POST " + machinesPath, loggedIn, makeMachine},
		{"POST " + machinesPath + "/intrekken", loggedIn, endMachine},
		{"GET /lijsten", loggedIn, showBooks},
		{"GET /lijsten/{book}", loggedIn, showBook},
		{"GET /lijsten/{book}/bestand", loggedIn, exportBook},
		{"GET /lijsten/{book}/inlezen", loggedIn, showImport},
		{"POST /lijsten/{book}/inlezen", loggedIn, sendImport},
		{"GET /lijsten/{book}/regel/{id}", loggedIn, showEntry},
		{"POST /lijsten/{book}/regel/{id}", loggedIn, putEntry},
		{"POST /lijsten/{book}/regel/{id}/beeindigen", loggedIn, endEntry},
		{"GET /mensen", loggedIn, showPeople},
		{"POST /mensen", loggedIn, putPerson},
		{"GET /nieuw-loket", nobody, showFounding},
		{"POST /nieuw-loket", nobody, found},
		{"POST /zaak/{case}/andere-organisatie", loggedIn, changeCase("neighbour", "andere-organisaties", to[loket.Neighboured], readNeighboured)},
		{"GET /zaak/{case}/gedeeld/{link}/{place}", loggedIn, showShared},
	}
}

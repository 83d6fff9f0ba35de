// SPDX-License-Identifier: EUPL-1.2

package protocols_test

// definitions holds the documents of both protocols by their numbers: DOC-01 and DOC-30 are
// forms, DOC-56 is a page of the desk, see internal/testkit.
var definitions = map[string][]document{"rotterdam": rotterdamDocuments, "ijsselland": ijssellandDocuments}

// DOC-02 DOC-03 DOC-04 DOC-05 DOC-06 DOC-07 DOC-08 DOC-09 DOC-10 DOC-11 DOC-12 DOC-13 DOC-14
// DOC-15 DOC-16 DOC-17 DOC-18 DOC-19 DOC-20 DOC-21
var rotterdamDocuments = []document{
	{"DOC-02", "receipt", "V1", []string{"reporter", "other_reporter", "signaller"}, []string{
		"Het nummer is 2026-0038", "op zondag 6 september 2026 om 10.30 uur", "elke dag van 9:00 tot 22:00 uur",
		"uiterlijk op maandag 7 september 2026 om 20.15 uur", "vervangt ook niet de melding die u bij de inspectie", "Is de vermiste terecht?",
	}},
	{"DOC-03", "request_completion", "V2", []string{"reporter"}, []string{
		"nummer 2026-0012", "Met de link in dit bericht", "- Wat is het dossiernummer bij u?", "- Hoe is de veiligheid geregeld?",
	}},
	{"DOC-04", "dat", "V1", []string{"executive", "executive_adviser"}, []string{
		"een melding binnengekomen", "Soort: Ernstig geweld", "Wanneer: zaterdag 5 september 2026", "Wet: Jeugdwet, Wmo",
		"Rol van de gemeente", "Coördinatie door: Rotterdam", "(Dreigende) onrust: Ja", "Aandacht van de media: Ja", "laat weten of er een samenvatting volgt",
	}},
	{"DOC-05", "summary", "V3", []string{"executive", "executive_adviser", "comms_adviser"}, []string{
		"Wat is er gebeurd", "Gevolg, voor zover bekend: ernstige schade", "Betrokken zorg", "Gemeld door: Charlie", "Andere aanbieders: Alfa, JBRR",
		"Is de veiligheid geregeld: Deels", "Andere partners weten ervan: Ja, namelijk wijkteam en school", "Gemeld bij de politie: Ja",
		"Personeel: Ja", "Pers: Ja", "Publiek: Ja", "Politiek: Mogelijk", "Inspectie (IGJ): gedaan", "### Vervolg",
	}},
	{"DOC-06", "fact_account", "V5", []string{"desk_coordinator", "mdt_member"}, []string{
		"Dit feitenrelaas geeft beknopt inzicht in de context", "Nodig, en niet met minder gegevens mogelijk: ja", "Lezers: coördinator, jurist en wethouder",
		"Te lezen tot en met: donderdag 31 december 2026", "| Moment | Feit | Bron |", "Op 12 juni begon de jeugdhulp", "| Alfa |",
		"Huisarts: Kan niet delen: beroepsgeheim", "### Vervolg",
	}},
	{"DOC-07", "supplement", "V3", []string{"executive", "executive_adviser"}, []string{"Wat is er veranderd"}},
	{"DOC-08", "neighbours", "V3", []string{"neighbour_municipality"}, []string{
		"Uw gemeente is daarbij betrokken", "Gemeente waar het gebeurde: Schiedam", "Verantwoordelijke gemeente: Rotterdam",
		"Dat berust op: Gemeente die de Wmo-voorziening verstrekt", "Schiedam regelt de opvang",
	}},
	{"DOC-09", "cooperation_request", "V2", []string{"involved_party"}, []string{
		"De burgemeester sloot op 3 november een woning", "### Doel", "Bent u betrokken: ja of nee?", "onder welke wet", "Stuur nu geen andere gegevens", "binnen 1 werkdag",
	}},
	{"DOC-10", "found_notice", "V1", []string{"executive", "executive_adviser"}, []string{"is terecht", "Terecht op: maandag 6 april 2026 om 17.15 uur", "Is de vermiste veilig: ja"}},
	{"DOC-11", "council_letter", "V3", []string{"council"}, []string{
		"Geachte leden van de gemeenteraad", "### Aanleiding", "Hoe de zorg en het toezicht werken", "Deze brief is geheim", "Kenmerk van het besluit: BSD-VOORBEELD-2026-9",
		"Strafrechtelijk onderzoek", "Wat er gebeurt", "Wanneer hoort de raad meer",
	}},
	{"DOC-12", "investigation_start", "V3", []string{"council"}, []string{
		"Onderzoek door: Inspectie Gezondheidszorg en Jeugd (IGJ)", "over de kwaliteit van zorg", "Bij de gemeente bekend sinds", "Begonnen op: maandag 7 september 2026", "bericht als het onderzoek klaar is", "Dit bericht is geheim",
	}},
	{"DOC-12", "investigation_end", "V3", []string{"council"}, []string{
		"Onderzoek door: Regionaal toezicht Wmo", "Afgerond op: dinsdag 8 september 2026", "De aanbieders stemden de hulp niet goed op elkaar af", "Wat doet de gemeente hiermee",
		"Dit bericht is geheim", "over de kwaliteit van zorg", "U kreeg nog geen bericht toen het begon",
	}},
	{"DOC-13", "yearly_letter", "V0", []string{"council"}, []string{"Eenmaal per jaar informeert het college u", "Jaar: 2026", "Meldingen: 214", "te klein om te tonen", "Twee meldingen over 2026", "### Trends", "### Wat wij leren"}},
	{"DOC-14", "yearly_analysis", "V0", []string{"protocol_owner"}, []string{"Jaar: 2026", "alle calamiteiten en incidenten", "Op tijd gemeld: 181", "Per soort", "### Trends", "### Wat wij leren"}},
	{"DOC-15", "event_overview", "V2", []string{"municipal_contract_manager"}, []string{"Aanbieder: Echo", "Periode: derde kwartaal van 2026", "Klachten: 3", "Valpartijen zonder ernstig letsel: 0", "Wij trainen de avonddienst"}},
	{"DOC-15", "event_figures_request", "V2", []string{"reporter"}, []string{"afgesproken in uw contract", "Schrijf geen namen op", "uiterlijk op: zaterdag 31 oktober 2026"}},
	{"DOC-16", "media_statement", "V2", []string{"spokesperson", "comms_adviser", "case_owner_comms"}, []string{
		"om de privacy van mensen te beschermen", "Vragen over een strafrechtelijk onderzoek beantwoordt het Openbaar Ministerie", "Het woord is aan",
	}},
	{"DOC-17", "qanda", "V2", []string{"spokesperson", "comms_adviser"}, []string{"**Wat doet de gemeente?**", "Antwoord: De gemeente volgt", "Bron: incidentenloket", "Geldig tot en met: donderdag 1 oktober 2026"}},
	{"DOC-18", "means_plan", "V2", []string{"comms_adviser", "spokesperson"}, []string{"Ouderavond", "Voor: ouders van de school", "Wanneer: dinsdag 8 september 2026 om 19.30 uur", "Wie regelt het: communicatieadviseur"}},
	{"DOC-19", "closing_record", "V2", []string{"desk_coordinator", "protocol_owner"}, []string{
		"Uitkomst: Calamiteit", "Meldcriteria: Wettelijke calamiteit", "Raadscriteria: Onderzoek", "Vervolg: Samen evalueren, Onderzoek door een toezichthouder", "Klaar op: dinsdag 1 december 2026",
	}},
	{"DOC-20", "protocol_change", "V0", []string{"reporter", "municipal_contract_manager"}, []string{"een vraag over gesloten zorg", "Geldt vanaf: donderdag 1 oktober 2026", "Reageer via het incidentenloket"}},
	{"DOC-21", "delegation", "V2", []string{"delegated_director"}, []string{
		"een deel van de procesregie bij: Team PSHi", "Bij u: opvang op de school", "Van: zondag 6 september 2026", "Tot: zondag 20 september 2026", "Afgesproken met: teamleider PSHi",
	}},
}

// DOC-02 DOC-03 DOC-20 DOC-31 DOC-32 DOC-33 DOC-34 DOC-35 DOC-36 DOC-37 DOC-38 DOC-39 DOC-40
// DOC-41 DOC-42 DOC-43 DOC-44 DOC-45 DOC-46 DOC-47 DOC-48 DOC-49 DOC-50 DOC-51 DOC-52 DOC-53
// DOC-54 DOC-55
var ijssellandDocuments = []document{
	{"DOC-02", "receipt", "V1", []string{"provider_reporter"}, []string{"Het nummer is 2026-0077", "op dinsdag 29 december 2026 om 10.15 uur", "op werkdagen van 9:00 tot 17:00 uur", "melding bij de inspectie: die doet u zelf", "terecht die vermist was"}},
	{"DOC-03", "request_completion", "V2", []string{"provider_reporter"}, []string{"nummer 2026-0077", "Met de link in dit bericht"}},
	{"DOC-20", "protocol_change", "V0", []string{"provider_reporter", "access_lead", "policy_officer_youth"}, []string{"Wat verandert er", "Geldt vanaf: donderdag 1 oktober 2026", "vraag of een opmerking"}},
	{"DOC-31", "impact_analysis", "V3", []string{"contract_manager", "access_lead"}, []string{
		"De veiligheid van betrokkenen is gewaarborgd: Ja", "handelde voldoende en juist: Ja", "Kans op herhaling: Nee", "(Kans op) maatschappelijke onrust: Ja",
		"verleent jeugdhulp in: Zwolle, Deventer", "Meerdere signalen over de aanbieder: Ja", "Verwacht effect: Ouders", "Grootte van de impact: Regionaal",
	}},
	{"DOC-32", "joint_assessment", "V3", []string{"contract_manager", "access_lead"}, []string{
		"Klasse: d: onrust, meer gemeenten", "### Waarom", "Wie twijfelde: De leidinggevende", "Geraadpleegd op donderdag 31 december 2026", "Wij adviseren om op te schalen: ja", "### Getekend",
	}},
	{"DOC-33", "comms_advice", "V2", []string{"contract_manager", "regional_manager", "municipal_comms_adviser"}, []string{
		"maatschappelijke onrust: ja", "Uit de mediamonitor", "Keuze voor de media: Actief", "Doel 1. Informeren", "Doel 2. Schade beperken", "Doel 3. Betekenis geven",
	}},
	{"DOC-33", "municipal_comms_advice", "V2", []string{"regional_manager", "municipal_manager"}, []string{"Houding: Actief", "Persbeleid: Regionaal", "Doel 1. Informeren", "Doel 2. Schade beperken", "Doel 3. Betekenis geven"}},
	{"DOC-34", "task_division_note", "V2", []string{"rsj_comms_adviser", "municipal_comms_adviser"}, []string{"voert: Deventer", "Vragen van de pers beantwoorden: De gemeente", "mediaoverzicht maken: Het RSJ"}},
	{"DOC-35", "key_message", "V2", []string{"municipal_comms_adviser"}, []string{"langer dan tien weken", "### Kernboodschap", "uiterlijk op: vrijdag 15 mei 2026 om 17.00 uur", "kwartaalcijfers van mei 2026"}},
	{"DOC-36", "background", "V2", []string{"municipal_comms_adviser"}, []string{"gemiddelde wachttijd zes weken", "kwartaalcijfers van mei 2026"}},
	{"DOC-36", "fact_sheet", "V2", []string{"municipal_comms_adviser"}, []string{"Raamovereenkomst met het RSJ: ja", "verleent jeugdhulp in: Zwolle", "Meldplicht bij de inspectie (IGJ): gedaan"}},
	{"DOC-37", "memo", "V2", []string{"policy_officer_youth"}, []string{"Onderwerp: wachttijden", "Gemeente die antwoordt: Kampen", "### Kernboodschap", "Dit is een concept"}},
	{"DOC-38", "press_mail", "V2", []string{"policy_officer_youth"}, []string{"### De vraag", "### Het antwoord", "### Achtergrond", "in uw eigen organisatie verspreiden"}},
	{"DOC-39", "escalation_mail", "V2", []string{"escalation_team_member"}, []string{"Ter informatie", "Vraag: Klopt het", "Antwoord: De gemiddelde wachttijd"}},
	{"DOC-40", "press_answer", "V2", []string{"rsj_comms_adviser", "contract_manager"}, []string{"Wij vinden dat te lang", "Citaat van de wethouder jeugd"}},
	{"DOC-41", "press_evaluation_note", "V2", []string{"contract_manager", "municipal_comms_adviser"}, []string{"**Namens het RSJ**", "**Namens de gemeente**", "naar tevredenheid: ja", "aanvullende afspraken: nee", "Bel elkaar voordat de mail uitgaat"}},
	{"DOC-42", "manager_notice", "V2", []string{"regional_manager", "municipal_manager"}, []string{"Er is een persvraag", "Klasse: b: gesprek met de directeur", "Klasse: c: onrust, één gemeente", "rapport van de inspectie"}},
	{"DOC-43", "director_invitation", "V3", []string{"provider_director", "municipal_manager"}, []string{"Wij nodigen u uit voor een gesprek", "afvaardiging van de gemeente", "Agenda"}},
	{"DOC-43", "director_report", "V3", []string{"provider_director", "contract_manager"}, []string{"Gesprek op: woensdag 20 mei 2026", "Aanwezig: directeur van Delta", "### Afspraken", "Klaar op: maandag 15 juni 2026"}},
	{"DOC-44", "urgent_record", "V3", []string{"contract_manager", "municipal_manager"}, []string{"### Situatie", "Overleg op: zaterdag 6 juni 2026", "### Besluiten", "Leiding: manager van de gemeente", "crisisprotocol van Ommen"}},
	{"DOC-45", "managers_call", "V3", []string{"municipal_manager"}, []string{"### Waar en wanneer", "### De impactanalyse", "Is lokaal opschalen genoeg"}},
	{"DOC-45", "managers_record", "V3", []string{"municipal_manager", "regional_manager"}, []string{"Kampen: Een vervanger", "Beoordeling van de impactanalyse", "Opschalen: regionaal nodig"}},
	{"DOC-46", "chair_notice", "V2", []string{"rsj_board_chair"}, []string{"Klasse: d", "De aanbieder is actief in: Zwolle", "Fase 1 (organisatie) klaar uiterlijk op: zaterdag 2 januari 2027 om 15.00 uur", "### Wat volgt"}},
	{"DOC-47", "phase1_plan", "V2", []string{"regional_manager", "municipal_manager"}, []string{"Hotel. Betrekken: ja. Informeren: ja", "Spreekuur voor ouders. Wie: manager van Deventer", "Houding: Actief", "Persbeleid: Regionaal"}},
	{"DOC-48", "administrators_notice", "V2", []string{"alderman_youth", "mayor"}, []string{"Opschalen: regionaal nodig", "Wat onze gemeente doet"}},
	{"DOC-49", "igj_distribution", "V2", []string{"access_lead", "municipal_manager", "regional_manager"}, []string{"Datum van het rapport: woensdag 10 februari 2027", "Bevindingen: De inspectie vindt", "Gesproken met: inspecteur"}},
	{"DOC-50", "evaluation_report", "V2", []string{"regional_manager", "contract_manager"}, []string{
		"1. Was het een unieke en niet te voorkomen calamiteit: Nee", "2. Inschattingsfouten: Deels", "3. Systeemfouten: Nee", "4. Goed afgehandeld: Ja",
		"5. Lessen: Bel elkaar eerder", "6. Contractuele gevolgen voor de aanbieder: Ja", "7. Communicatie en afstemming tussen gemeente en RSJ: Goed", "Wie deden mee", "Antwoorden per partij",
	}},
	{"DOC-51", "feedback_notice", "V2", []string{"municipal_manager", "alderman_youth"}, []string{"### Uitkomst", "Goed afgehandeld: Ja", "### Lessen", "Belafspraak tussen toegang en RSJ"}},
	{"DOC-52", "strategy_note", "V2", []string{"regional_manager", "contract_manager"}, []string{"Strategie van de gemeente", "Strategie van het RSJ", "Wat de media laten zien", "Een filmpje van de plek"}},
	{"DOC-53", "staff_notice", "V2", []string{"rsj_employee"}, []string{"### Wat er speelt", "### Wat wij u vragen"}},
	{"DOC-54", "monitor_report", "V2", []string{"contract_manager", "municipal_comms_adviser"}, []string{"sociale media: Een filmpje", "toon: negatief, bereik: regionaal", "### Ontwikkeling"}},
	{"DOC-55", "own_evaluation_note", "V2", []string{"regional_manager"}, []string{"### Eigen inzet", "### Rol van het RSJ"}},
}

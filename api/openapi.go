// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"net/http"
)

// The document is made from the protocol in force, so that it cannot say anything else than
// what the desk takes. It is the same for everybody: no key is needed, and it names nobody.

// object is a part of the document.
type object = map[string]any

// describe answers GET /openapi.json.
func describe(c *call) error {
	c.w.Header().Set("Access-Control-Allow-Origin", "*")
	c.write(http.StatusOK, "application/json", c.document())
	return nil
}

func (c *call) document() object {
	contact := object{"name": c.tenant.Name, "url": c.here() + "/openapi.json"}
	if c.tenant.Email != "" {
		contact["email"] = c.tenant.Email
	}
	return object{
		"openapi":      "3.1.0",
		"info":         object{"title": c.T("api.doc.title"), "version": Version, "description": c.T("api.doc.text", c.phone()), "contact": contact},
		"externalDocs": object{"description": c.T("privacy.title"), "url": c.privacy()},
		"servers":      []object{{"url": c.here()}},
		"tags":         []object{{"name": "meldingen", "description": c.T("api.doc.reports")}, {"name": "register", "description": c.T("api.doc.register")}},
		"paths": object{
			"/meldingen":          object{"post": c.sendOperation()},
			"/meldingen/{nummer}": object{"get": c.followOperation()},
			"/register":           object{"get": c.registerOperation()},
		},
		"components": object{
			"securitySchemes": object{"sleutel": object{"type": "http", "scheme": "bearer", "description": c.T("api.doc.key")}},
			"schemas":         c.schemas(),
			"responses":       c.problemResponses(),
			"headers":         object{"API-Version": object{"description": c.T("api.doc.version"), "schema": object{"type": "string", "example": Version}}},
		},
		"security": []object{{"sleutel": []string{}}},
	}
}

func (c *call) sendOperation() object {
	return object{
		"operationId": "meldingSturen", "tags": []string{"meldingen"}, "summary": c.T("api.doc.send"), "description": c.T("api.doc.send_text"),
		"parameters":  []object{{"name": "Idempotency-Key", "in": "header", "required": true, "description": c.T("api.doc.idempotency"), "schema": object{"type": "string", "pattern": idempotencyKey.String()}}},
		"requestBody": object{"required": true, "content": object{"application/json": object{"schema": object{"$ref": "#/components/schemas/Melding"}}}},
		"responses":   answered("201", c.T("api.doc.receipt"), "Ontvangstbewijs", "400", "401", "403", "409", "413", "415", "429", "503"),
	}
}

func (c *call) followOperation() object {
	return object{
		"operationId": "meldingVolgen", "tags": []string{"meldingen"}, "summary": c.T("api.doc.follow"), "description": c.T("api.doc.follow_text"),
		"parameters": []object{{"name": "nummer", "in": "path", "required": true, "description": c.T("api.doc.number"), "schema": object{"type": "string"}}},
		"responses":  answered("200", c.T("api.doc.follow"), "Stand", "400", "401", "404", "429", "503"),
	}
}

func (c *call) registerOperation() object {
	return object{
		"operationId": "registerLezen", "tags": []string{"register"}, "summary": c.T("api.doc.register"), "description": c.T("api.doc.register_text"),
		"parameters": []object{{"name": "jaar", "in": "query", "description": c.T("api.doc.year"), "schema": object{"type": "integer", "minimum": 1900, "maximum": 2099}}},
		"responses":  answered("200", c.T("api.doc.register"), "Register", "400", "401", "403", "429", "503"),
	}
}

// answered are the answers of an operation: the good one, and problems by their status.
func answered(status, says, schema string, problems ...string) object {
	version := object{"API-Version": object{"$ref": "#/components/headers/API-Version"}}
	out := object{status: object{"description": says, "headers": version, "content": object{"application/json": object{"schema": object{"$ref": "#/components/schemas/" + schema}}}}}
	for _, p := range append(problems, "406") {
		out[p] = object{"$ref": "#/components/responses/" + p}
	}
	return out
}

// problemWords are the problems that operations name, by status.
var problemWords = map[string]string{"400": "input", "401": "key", "403": "scope", "404": "unknown", "406": "accept", "409": "conflict", "413": "too_large", "415": "content", "429": "flooded", "503": "unavailable"}

func (c *call) problemResponses() object {
	out := object{}
	for status, words := range problemWords {
		out[status] = object{"description": c.T("api." + words + ".title"), "headers": object{"API-Version": object{"$ref": "#/components/headers/API-Version"}},
			"content": object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/Probleem"}}}}
	}
	return out
}

// closed is a schema of an object that has these members and no others.
func closed(properties object, required ...string) object {
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

var (
	aText   = object{"type": "string"}
	aMoment = object{"type": "string", "format": "date-time"}
	aDay    = object{"type": "string", "format": "date"}
	aYesNo  = object{"type": "boolean"}
	aCount  = object{"type": []string{"integer", "null"}}
	texts   = object{"type": "array", "items": aText}
)

// schemas are everything that goes in and comes out.
func (c *call) schemas() object {
	answers := c.answersSchema()
	return object{
		"Melding":    closed(object{"antwoorden": object{"$ref": "#/components/schemas/Antwoorden"}}, "antwoorden"),
		"Antwoorden": answers,
		"Voorval":    c.occurrenceSchema(),
		"Ontvangstbewijs": closed(object{"nummer": aText, "terugkeercode": object{"type": "string", "description": c.T("api.doc.code")}, "ontvangenTijdstip": aMoment, "soort": aText, "spoed": aYesNo, "loketOpen": aYesNo,
			"loketLeestTijdstip": aMoment, "termijn": closed(object{"titel": aText, "uiterlijkTijdstip": aMoment, "uitleg": aText}, "titel", "uiterlijkTijdstip", "uitleg"),
			"ontbreekt":      object{"type": "array", "items": aText, "description": c.T("api.doc.missing")},
			"waarschuwingen": object{"type": "array", "items": closed(object{"pointer": aText, "soort": aText, "detail": aText}, "pointer", "soort", "detail")}, "telefoon": aText},
			"nummer", "terugkeercode", "ontvangenTijdstip", "soort", "spoed", "loketOpen", "loketLeestTijdstip", "ontbreekt", "waarschuwingen", "telefoon"),
		"Stand": closed(object{"nummer": aText, "ontvangenTijdstip": aMoment, "stand": object{"type": "string", "enum": []string{"ontvangen", "in-behandeling", "vraag-gesteld", "afgerond", "beeindigd"}},
			"uitleg": aText, "openVragen": object{"type": "integer"}}, "nummer", "ontvangenTijdstip", "stand", "uitleg", "openVragen"),
		"Register": closed(object{"jaar": object{"type": "integer"}, "zaken": object{"type": "array", "items": object{"$ref": "#/components/schemas/Zaak"}}}, "jaar", "zaken"),
		"Zaak": closed(object{"nummer": aText, "jaar": object{"type": "integer"}, "soort": aText, "ontvangenTijdstip": aMoment, "stand": aText, "voorvallen": aCount, "personen": aCount, "meldingen": aCount,
			"cijfers": object{"type": "object", "additionalProperties": aText, "description": c.T("api.doc.figures")}},
			"nummer", "jaar", "soort", "ontvangenTijdstip", "stand", "voorvallen", "personen", "meldingen", "cijfers"),
		"Probleem": object{"type": "object", "required": []string{"status", "title", "detail", "code"},
			"properties": object{"status": object{"type": "integer"}, "title": aText, "detail": aText, "code": aText, "telefoon": object{"type": "string", "description": c.T("api.doc.phone")},
				"errors": object{"type": "array", "items": closed(object{"in": object{"type": "string", "enum": []string{"body", "query", "header"}}, "pointer": aText, "code": aText, "detail": aText}, "in", "pointer", "code", "detail")}}},
	}
}

// SPDX-License-Identifier: EUPL-1.2

// The region at work: a press question from receipt to evaluation (chapter 1, SM-4, DT-08,
// R-I-07 … R-I-25), and a report that two people weigh without seeing each other's half, that
// both sign as class d and that opens the checklist of phase 1 (R-I-60 … R-I-67, R-I-82 …
// R-I-96, DT-05, DT-06).

import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { journey, see } from './journey.mjs'
import { answer, bring, compose, confirm, moment, receipt, record, send, unfold } from './steps.mjs'

journey('the region', (stage) => {
  const as = (user) => stage.as(user, 1)

  describe('answers a press question', () => {
    let path

    // R-I-07, T-12: the clock runs from the moment the municipality was asked.
    test('a spokesperson records it as it was asked', async () => {
      const page = await as('woordvoerder-kampen')
      await page.goto('/nieuw/press_enquiry')
      await answer(page, {
        press_question: 'Klopt het dat kinderen langer dan tien weken wachten?', press_subject: 'wachttijden in de jeugdhulp', press_calamity: 'no',
        asker_kind: 'municipality', municipality_asking: ['kampen'], press_medium: 'regionale krant', asked_at: moment(1), journalist_deadline: moment(-26),
      })
      await see(page, 'press-intake')
      await page.locator('form.loket-sheet button[type=submit]:not([formaction])').first().click()
      await page.locator('a.utrecht-button[href^="/zaak/"]').click()
      await page.waitForURL(/\/zaak\//)
      path = new URL(page.url()).pathname
      const clocks = (await page.locator('.desk-clocks').allTextContents()).join(' ')
      assert.match(clocks, /werkdag/, 'the clock counts working days, and says so')
      assert.match(clocks, /journalist/i, 'the journalist has a clock too')
    })

    test('the contract manager gives figures, the adviser a key message', async () => {
      await record(await as('contract'), path, 'press_information', { info_can: 'yes', info_facts: 'De gemiddelde wachttijd was zes weken.', info_source: 'kwartaalcijfers' })
      const page = await as('communicatie')
      await compose(page, path, 'key_message', { message: 'De gemiddelde wachttijd was zes weken. Wij werken aan een kortere wachttijd.' })
      await page.goto(path)
      await see(page, 'press-case')
    })

    // R-I-15, R-I-20: the answer is the municipality's own.
    test('the municipality answers itself', async () => {
      const page = await as('woordvoerder-kampen')
      await record(page, path, 'press_reply', { reply_outcome: 'answered', reply_at: moment(0), reply_text: 'De gemiddelde wachttijd is zes weken.', reply_from: 'municipality', reply_by: 'woordvoerder Kampen' })
      const other = await as('communicatie')
      await other.goto(`${path}/product/press_answer`)
      assert.equal(await other.locator('#f-concept').count(), 0, 'nobody of the region writes it')
    })

    // R-I-23, R-I-25: two questions, asked of both sides; with an agreement that is a task.
    test('both evaluate with two questions, and the question closes', async () => {
      const page = await as('contract')
      await record(page, path, 'press_evaluation', { evaluated_by: 'region', press_satisfied: 'yes', press_agreements: 'no' })
      await record(await as('woordvoerder-kampen'), path, 'press_evaluation', { evaluated_by: 'municipality', press_satisfied: 'yes', press_agreements: 'no' })
      await page.goto(path)
      const closing = page.locator('#f-sluiten')
      for (const box of await closing.locator('textarea').all()) {
        await unfold(box)
        await box.fill('Niet nodig bij deze vraag.')
      }
      await see(page, 'press-closing')
      await closing.locator('button[type=submit]:not([formaction])').click()
      await page.waitForURL(/gedaan=closed/)
      stage.quiet()
    })
  })

  describe('weighs a report with two people', () => {
    let path, number
    const grounds = 'Er is meteen gehandeld door de groep.'

    stage.walk('a provider reports without persons', { desk: 1 }, async ({ page }) => {
      await page.goto('/melden')
      await answer(page, {
        organisation: 'Hotel', examples: ['serious_injury'], incident: moment(20), municipality_actual: 'deventer', municipality_responsible: 'raalte',
        source_kind: 'provider', laws: ['jeugdwet'], legal_ground: 'jeugdwet_4_1_8', consequence: 'serious_harm', description: 'Een jeugdige viel van de trap van de groep.', igj_told: 'yes', expected_unrest: 'threatening', expected_media: 'expected',
      })
      await see(page, 'region-report')
      await send(page)
      number = (await receipt(page)).number
    })

    test('the contract manager takes it up and qualifies it', async () => {
      const page = await as('contract')
      await page.goto(`/werklijst?zoek=${number}`)
      await page.locator('.desk-job', { hasText: number }).first().locator('h3 a').click()
      await page.waitForURL(/\/zaak\//)
      path = new URL(page.url()).pathname
      await confirm(page, path, 'qualification')
    })

    // R-I-62, R-I-63: nobody reads the other half before both are in.
    test('the access fills its half; the region does not see it', async () => {
      await record(await as('toegang-raalte'), path, 'impact_access', { safe: 'yes', conduct: 'yes', conduct_grounds: grounds, recurrence: 'no', unrest_access: 'possible' })
      const page = await as('contract')
      await page.goto(path)
      const words = await page.locator('main').textContent()
      assert.ok(!words.includes(grounds), 'the half of the access stays unseen')
      await see(page, 'region-half')
    })

    test('the region fills its half, and both are compared', async () => {
      const page = await as('contract')
      await record(page, path, 'impact_region', { active_confirmed: 'yes', several_signals: 'no', effect: 'Ook bij andere locaties.', unrest_region: 'possible', reach: 'regional' })
      await skipOther(page)
      await page.goto(path)
      assert.ok((await page.locator('main').textContent()).includes(grounds), 'now both halves can be read')
      assert.match(await page.locator('#nu').textContent(), /\bd: onrust/, 'class d is proposed')
    })

    // R-I-67: the class is there when both signed; one signature is not enough.
    test('class d is signed by both', async () => {
      const page = await as('contract')
      await confirm(page, path, 'escalation')
      assert.match(await page.locator('#nu').innerText(), /wacht op|nog/i, 'one signature is not enough')
      await see(page, 'region-signed-once')
      await confirm(await as('toegang-raalte'), path, 'escalation')
      await page.goto(path)
      assert.match(await page.locator('#besluiten').innerText(), /klasse: d\b/i)
    })

    // R-I-83 … R-I-90, DOC-48: the managers agree that it is regional; phase 1 opens its list.
    test('the managers choose regional, and phase 1 shows its checklist', async () => {
      const page = await as('regio')
      for (const municipality of ['zwolle', 'deventer', 'raalte']) {
        await record(page, path, 'municipality', { at_municipality: municipality, attendance: 'manager', manager_view: 'regional' })
      }
      await confirm(page, path, 'd_consultation')
      await page.goto(path)
      const closing = await page.locator('#afsluiten').innerText()
      assert.match(closing, /Fase 1/)
      assert.ok(await page.locator('#afsluiten .desk-checks li').count() >= 5, 'the list of phase 1')
      assert.match((await page.locator('.desk-clocks').allTextContents()).join(' '), /48 uur/)
      await see(page, 'region-phase1')
      stage.quiet()
    })

    // Deventer, where it happened, has nobody at its access: that is said, with a reason.
    async function skipOther(page) {
      await page.goto(path)
      const step = page.locator('#f-anders-fill_residence')
      if (await step.count() === 0) return
      await bring(page, step)
      await step.locator('[name=hoe][value=otherwise]').check()
      await step.locator('[name=tekst_motivering]').fill('Deventer heeft niemand bij de toegang; de manager is gebeld.')
      await step.locator('button[type=submit]').click()
      await page.waitForURL(/gedaan=deviated/)
    }
  })
})

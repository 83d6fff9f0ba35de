// SPDX-License-Identifier: EUPL-1.2

// States of a page that no link leads to: a file with faults, sealed answers that are opened,
// a note, a question that becomes a case (S14, R-I-02, R-I-31, R-I-115).

import assert from 'node:assert/strict'
import { journey } from './journey.mjs'
import { bring, unfold } from './steps.mjs'

journey('a page in another state', (stage) => {
  /** Opens the first case on the worklist whose page holds something. */
  async function caseWith(page, selector) {
    await page.goto('/werklijst')
    const cases = await page.locator('.desk-job h3 a').evaluateAll((links) => links.map((a) => new URL(a.href).pathname))
    for (const path of new Set(cases)) {
      await page.goto(path)
      if (await page.locator(selector).count() > 0) return path
    }
    assert.fail(`no case has ${selector}`)
  }

  stage.walk('a file of contacts with faults: each line is named, none is taken', { desk: 1, as: 'beheer' }, async ({ page, see }) => {
    await page.goto('/lijsten/organisaties/inlezen')
    await page.locator('[name=tekst]').fill('name;kind\n;onbekend\nAlfa;')
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForLoadState()
    assert.match(await page.locator('main').innerText(), /Rij 2[^]*Rij 3/)
    await see('import-faults')
  })

  stage.walk('sealed answers open with a purpose, a note has a level', { as: 'functionaris' }, async ({ page, see }) => {
    const path = await caseWith(page, '#f-openen')
    const open = page.locator('#f-openen')
    const tick = page.locator('[name=veld][form=f-openen]').first()
    await unfold(tick)
    await tick.check()
    await open.locator('button[type=submit]').click()
    await page.waitForLoadState()
    assert.equal(await page.locator('#fout').count(), 1, 'not without a purpose')
    await open.locator('[name=tekst_doel]').fill('De aanbieder bellen.')
    await open.locator('button[type=submit]').click()
    await page.waitForLoadState()
    await see('case-opened')

    await page.goto(path)
    const note = await bring(page, page.locator('#f-notitie'))
    await note.locator('[name=tekst_notitie]').fill('De school is gebeld.')
    await note.locator('[name=niveau]').selectOption({ index: 1 })
    await note.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=noted/)
  })

  stage.walk('a press question that is about a calamity becomes a case', { desk: 1, as: 'contract' }, async ({ page, see }) => {
    await caseWith(page, 'details[id^="f-omzetten"]')
    const form = page.locator('details[id^="f-omzetten"]').first()
    await unfold(form)
    await see('case-convert')
    await form.locator('[name=tekst_motivering]').fill('De vraag gaat over een calamiteit.')
    await form.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=converted/)
    await see('case-converted')
  })
})

// SPDX-License-Identifier: EUPL-1.2

// States of a page that no link leads to: a file with faults, sealed answers that are opened,
// a note, a question that becomes a case (S14, R-I-02, R-I-31, R-I-115).

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { startDemo, stopDemo } from './demo.mjs'
import { fewLooks, launch, look, quiet, skip, visitor } from './chromium.mjs'
import { bring, login, unfold } from './steps.mjs'

describe('a page in another state', { skip }, () => {
  let demo, browser
  before(async () => {
    demo = await startDemo()
    browser = await launch()
  })
  after(async () => {
    await browser?.close()
    if (demo) await stopDemo(demo)
  })

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

  test('a file of contacts with faults: each line is named, none is taken', async () => {
    const { context, page, heard } = await visitor(browser, demo.desks[1].url)
    await login(page, demo.desks[1], 'beheer')
    await page.goto('/lijsten/organisaties/inlezen')
    await page.locator('[name=tekst]').fill('name;kind\n;onbekend\nAlfa;')
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForLoadState()
    assert.match(await page.locator('main').innerText(), /Rij 2[^]*Rij 3/)
    assert.deepEqual(await look(page, 'import-faults', fewLooks), [])
    quiet(heard)
    await context.close()
  })

  test('sealed answers open with a purpose, a note has a level', async () => {
    const { context, page, heard } = await visitor(browser, demo.url)
    await login(page, demo, 'functionaris')
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
    assert.deepEqual(await look(page, 'case-opened', fewLooks), [])

    await page.goto(path)
    const note = await bring(page, page.locator('#f-notitie'))
    await note.locator('[name=tekst_notitie]').fill('De school is gebeld.')
    await note.locator('[name=niveau]').selectOption({ index: 1 })
    await note.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=noted/)
    quiet(heard)
    await context.close()
  })

  test('a press question that is about a calamity becomes a case', async () => {
    const { context, page, heard } = await visitor(browser, demo.desks[1].url)
    await login(page, demo.desks[1], 'contract')
    await caseWith(page, 'details[id^="f-omzetten"]')
    const form = page.locator('details[id^="f-omzetten"]').first()
    await unfold(form)
    assert.deepEqual(await look(page, 'case-convert', fewLooks), [])
    await form.locator('[name=tekst_motivering]').fill('De vraag gaat over een calamiteit.')
    await form.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=converted/)
    assert.deepEqual(await look(page, 'case-converted', fewLooks), [])
    quiet(heard)
    await context.close()
  })
})

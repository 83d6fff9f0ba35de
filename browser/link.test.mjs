// SPDX-License-Identifier: EUPL-1.2

// Two reports of one incident: linked, undone and called separate, with and without
// JavaScript; nothing is merged without a person's verdict (DT-22, D-44).

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { startDemo, stopDemo } from './demo.mjs'
import { fewLooks, launch, look, quiet, skip, visitor } from './chromium.mjs'
import { fillNeeded, login, openCase, receipt, send, unfold } from './steps.mjs'

describe('two reports of one incident', { skip }, () => {
  let demo, browser
  before(async () => {
    demo = await startDemo()
    browser = await launch()
  })
  after(async () => {
    await browser?.close()
    if (demo) await stopDemo(demo)
  })

  async function report(dossier) {
    const { context, page } = await visitor(browser, demo.url)
    await page.goto('/melden')
    await fillNeeded(page, 'Alfa')
    const box = page.locator('[name=dossier_no]')
    await unfold(box)
    await box.fill(dossier)
    await send(page)
    const { number } = await receipt(page)
    await context.close()
    return number
  }

  for (const javaScriptEnabled of [true, false]) {
    test(`a verdict, and back, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const dossier = `OEFENING-${javaScriptEnabled}`
      const [first, second] = [await report(dossier), await report(dossier)]
      const { context, page, heard } = await visitor(browser, demo.url, { javaScriptEnabled })
      await login(page, demo, 'functionaris')
      await openCase(page, second)
      const path = new URL(page.url()).pathname
      const part = page.locator('#koppelingen')
      const wrong = []
      const see = async (name) => { if (javaScriptEnabled) wrong.push(...await look(page, `link-${name}`, fewLooks)) }
      const proposed = part.locator('section').filter({ hasText: first })
      await see('proposed')
      assert.equal(await proposed.locator('[name=oordeel][value=same_report]').isChecked(), true)
      assert.equal(await proposed.locator('[name=leidend]').isChecked(), false, 'the case that came first goes on')
      await proposed.locator('button').click()
      await page.waitForURL(/gedaan=linked/)
      assert.match(await part.innerText(), new RegExp(`Deze zaak gaat verder in ${first}`))
      await see('linked')
      for (const [list, there] of [['team', 0], ['waiting', 0], ['closed', 1]]) {
        await page.goto(`/werklijst?lijst=${list}&zoek=${second}`)
        assert.equal(await page.locator('.desk-job', { hasText: second }).count(), there, list)
      }
      assert.match(await page.locator('.desk-job').innerText(), /Gaat verder in een andere zaak/)

      await page.goto(path)
      const undo = part.locator('details').filter({ hasText: 'Ongedaan maken' })
      await undo.locator('summary').click()
      await undo.locator('button').click()
      assert.match(await page.locator('[role=alert]').innerText(), /waarom u de koppeling ongedaan maakt/)
      await see('undo-fault')
      await undo.locator('textarea').fill('Het waren twee kinderen.')
      await undo.locator('button').click()
      await page.waitForURL(/gedaan=unlinked/)
      await page.goto(`/werklijst?zoek=${second}`)
      assert.equal(await page.locator('.desk-job', { hasText: second }).count(), 1, 'it is work again')

      await page.goto(path)
      await proposed.locator('[name=oordeel][value=separate]').check()
      await proposed.locator('button').click()
      await page.waitForURL(/gedaan=linked/)
      assert.match(await part.innerText(), /Twee losse zaken/)
      assert.doesNotMatch(await part.innerText(), /gaat verder in/)
      await see('separate')
      assert.deepEqual(wrong, [])
      quiet(heard)
      await context.close()
    })
  }
})

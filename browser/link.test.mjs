// SPDX-License-Identifier: EUPL-1.2

// Two reports of one incident: linked, undone and called separate, with and without
// JavaScript; nothing is merged without a person's verdict (DT-22, D-44).

import assert from 'node:assert/strict'
import { journey } from './journey.mjs'
import { bring, fillNeeded, openCase, receipt, send, unfold } from './steps.mjs'

journey('two reports of one incident', (stage) => {
  async function report(dossier) {
    const { context, page } = await stage.visit()
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
    stage.walk(`a verdict, and back, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, { as: 'functionaris', javaScriptEnabled }, async ({ page, see }) => {
      const dossier = `OEFENING-${javaScriptEnabled}`
      const [first, second] = [await report(dossier), await report(dossier)]
      await openCase(page, second)
      const path = new URL(page.url()).pathname
      const part = page.locator('#koppelingen')
      const seen = (name) => javaScriptEnabled && see(`link-${name}`)
      const proposed = part.locator('section').filter({ hasText: first })
      await seen('proposed')
      assert.equal(await proposed.locator('[name=oordeel][value=same_report]').isChecked(), true)
      assert.equal(await proposed.locator('[name=leidend]').isChecked(), false, 'the case that came first goes on')
      await proposed.locator('button').click()
      await page.waitForURL(/gedaan=linked/)
      assert.match(await part.innerText(), new RegExp(`Deze zaak gaat verder in ${first}`))
      await seen('linked')
      for (const [list, there] of [['team', 0], ['waiting', 0], ['closed', 1]]) {
        await page.goto(`/werklijst?lijst=${list}&zoek=${second}`)
        assert.equal(await page.locator('.desk-job', { hasText: second }).count(), there, list)
      }
      assert.match(await page.locator('.desk-job').innerText(), /Gaat verder in een andere zaak/)

      await page.goto(path)
      const undo = await bring(page, part.locator('[id^="f-"]').filter({ hasText: 'Ongedaan maken' }))
      await undo.locator('button').click()
      assert.match(await page.locator('[role=alert]').innerText(), /waarom u de koppeling ongedaan maakt/)
      await seen('undo-fault')
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
      await seen('separate')
    })
  }
})

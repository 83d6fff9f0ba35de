// SPDX-License-Identifier: EUPL-1.2

// A provider reports and comes back (R-R-09, R-R-31, R-R-126 … R-R-148, F01 … F30).

import assert from 'node:assert/strict'
import { looks } from './chromium.mjs'
import { journey } from './journey.mjs'
import { fillNeeded, receipt, send, yesterday } from './steps.mjs'

journey('a provider reports', (stage) => {
  // R-R-31, T-01, DOC-02: three answers give a number, a code and the moment it was due.
  for (const javaScriptEnabled of [true, false]) {
    stage.walk(`three answers are enough, ${javaScriptEnabled ? 'with' : 'without'} scripts`, { javaScriptEnabled }, async ({ page, see }) => {
      await page.goto('/melden')
      await fillNeeded(page)
      await send(page)
      const { number, code } = await receipt(page)
      assert.match(number, /^\d{4}-\d{4}$/)
      assert.match(code, /^\w{4}([ -]\w{4}){3}$/)
      const text = await page.locator('main').innerText()
      assert.match(text, /48 uur/, 'the receipt explains the clock')
      assert.match(text, /14:00/, 'and says until when')
      assert.ok(!page.url().includes(code), 'the code is in no address')

      await page.goto('/mijn-melding')
      await page.locator('[name=nummer]').fill(number)
      await page.locator('[name=code]').fill(code)
      await page.locator('main form button[type=submit]').click()
      await page.waitForLoadState()
      assert.match(await page.locator('h1').innerText(), new RegExp(number))
      assert.match(await page.locator('main').innerText(), /Aanbieder Alfa/, 'the own answers are there')
      if (javaScriptEnabled) await see('mijn-melding', looks)
    })
  }

  // F16: questions that an answer calls for appear without a reload, and the meter counts.
  stage.walk('an answer calls for questions, with scripts', {}, async ({ page }) => {
    await page.goto('/melden')
    const question = page.locator('[data-field=violence_nature]')
    assert.equal(await question.isVisible(), false)
    await page.locator('[name=kinds][value=serious_violence]').check()
    await page.waitForFunction(() => !document.querySelector('[data-field=violence_nature]').hidden)
    await page.locator('[name=kinds][value=serious_violence]').uncheck()
    await page.waitForFunction(() => document.querySelector('[data-field=violence_nature]').hidden)
  })

  // The same without scripts: a button shows them, and what was typed stays.
  stage.walk('an answer calls for questions, without scripts', { javaScriptEnabled: false }, async ({ page }) => {
    await page.goto('/melden')
    await fillNeeded(page)
    await page.locator('button[formaction^="/melden/vragen"]').click()
    await page.waitForLoadState()
    assert.equal(await page.locator('[data-field=violence_nature]').getAttribute('hidden'), null)
    assert.equal(await page.locator('[name=organisation]').inputValue(), 'Aanbieder Alfa')
    assert.equal(await page.locator('[name=incident_date]').inputValue(), yesterday())
  })

  // R-R-129: what is typed is kept until it is sent, also when the browser is closed.
  stage.walk('a draft survives leaving the page', {}, async ({ page }) => {
    await page.goto('/melden')
    const kept = page.waitForResponse((r) => r.url().endsWith('/melden/concept') && r.ok())
    await page.locator('[name=organisation]').fill('Aanbieder Bravo')
    await page.locator('[name=incident_date]').fill(yesterday())
    await page.locator('[name=incident_time]').focus()
    await kept
    await page.goto('/moet-ik-melden')
    await page.goto('/melden')
    assert.equal(await page.locator('[name=organisation]').inputValue(), 'Aanbieder Bravo')
  })

  // R-R-141: a name in a free text is shown once more before it leaves; it never blocks.
  stage.walk('a person in a free text gets a second look', { javaScriptEnabled: false }, async ({ page }) => {
    await page.goto('/melden')
    await fillNeeded(page)
    await page.locator('[name=description]').evaluate((e) => (e.closest('details').open = true))
    await page.locator('[name=description]').fill('Bel Mila Verzonnen op 010 000 00 00 of mail mila@example.org.')
    await page.locator('form.loket-sheet button[type=submit]:not([formaction])').first().click()
    await page.waitForLoadState()
    assert.match(await page.locator('#fouten').innerText(), /mila@example\.org/)
    assert.match(await page.locator('[name=description]').inputValue(), /Mila Verzonnen/, 'no text is lost')
    await send(page)
  })
})

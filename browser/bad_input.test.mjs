// SPDX-License-Identifier: EUPL-1.2

// What goes wrong gives a clear page and loses no typed text (R03, R-R-138, S14).

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { journey } from './journey.mjs'
import { fillNeeded, receipt, received, yesterday } from './steps.mjs'

journey('bad input', (stage) => {
  const post = (path, form, headers = {}) => fetch(stage.url + path, { method: 'POST', redirect: 'manual', headers, body: form instanceof URLSearchParams ? form : new URLSearchParams(form) })

  // Control: the same helper does get through with a good form.
  const good = () => ({ sleutel: 'a'.repeat(26), organisation: 'Aanbieder Delta', kinds: 'missing', incident_date: yesterday(), incident_time: '10:00' })

  test('an unknown address is a 404 with the phone number', async () => {
    for (const path of ['/bestaat-niet', '/static/niets.css']) {
      const reply = await fetch(stage.url + path)
      assert.equal(reply.status, 404, path)
    }
  })

  stage.walk('its page says what to do, and whom to call', {}, async ({ page }) => {
    await page.goto('/bestaat-niet')
    assert.match(await page.locator('main').innerText(), /er niet/)
    assert.match(await page.locator('main').innerText(), /010 000 00 00/)
  })

  stage.walk('an answer of the wrong type is named and everything typed stays', { javaScriptEnabled: false }, async ({ page }) => {
    await page.goto('/melden')
    await fillNeeded(page)
    await page.locator('[name=incident_date]').fill('31-02-gisteren')
    await page.locator('form.loket-sheet button[type=submit]:not([formaction])').first().click()
    await page.waitForLoadState()
    assert.match(await page.locator('#fouten').innerText(), /staat er nog/)
    assert.equal(await page.locator('[name=incident_date]').inputValue(), '31-02-gisteren')
    assert.equal(await page.locator('[name=organisation]').inputValue(), 'Aanbieder Alfa')
    assert.match(await page.title(), /^Fout/)
  })

  for (const [what, change] of [
    ['an option that does not exist', { kinds: 'verzonnen' }],
    ['a number that is text', { age: 'zestien' }],
    ['no organisation', { organisation: '' }],
    ['a time that is none', { incident_time: '25:99' }],
    ['an incident in the future', { incident_date: '01-01-2099' }],
  ]) {
    test(`${what} makes no case`, async () => {
      const reply = await post('/melden', { ...good(), ...change })
      assert.equal(reply.status, 422)
      assert.match(await reply.text(), /Fout/)
    })
  }

  test('a field of 10 MB is cut and said so; the page comes back', async () => {
    const reply = await post('/melden', { ...good(), description: 'x'.repeat(10 << 20) })
    assert.equal(reply.status, 422)
    const page = await reply.text()
    assert.match(page, /te lang/)
    assert.match(page, /Aanbieder Delta/)
  })

  test('a body of another kind is refused', async () => {
    const reply = await fetch(stage.url + '/melden', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    assert.ok(reply.status >= 400 && reply.status < 500)
    assert.match(await reply.text(), /niet lezen/)
  })

  // R03: the same form sent again gives the same receipt, and no second case.
  test('sending twice gives one case', async () => {
    const number = async () => {
      const reply = await post('/melden', good())
      assert.equal(reply.status, 303)
      const cookie = reply.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
      const page = await (await fetch(stage.url + '/melden/ontvangen', { headers: { cookie } })).text()
      return page.match(/\d{4}-\d{4}/)[0] + page.match(/loket-code">([^<]+)/)[1]
    }
    const first = await number()
    assert.equal(await number(), first)
  })

  stage.walk('the back button and a second send give the same receipt', {}, async ({ page }) => {
    await page.goto('/melden')
    const key = await page.locator('[name=sleutel]').inputValue()
    await fillNeeded(page, 'Aanbieder Echo')
    const button = page.locator('form.loket-sheet button[type=submit]:not([formaction])').first()
    await Promise.all([page.waitForURL(received), button.click()])
    const first = await receipt(page)
    await page.goBack()
    if (await page.locator('[name=sleutel]').inputValue() === key) {
      await fillNeeded(page, 'Aanbieder Echo')
      await Promise.all([page.waitForURL(received), button.click()])
      assert.deepEqual(await receipt(page), first)
    }
  })

  test('a wrong code, an unknown number and no code get the same answer', async () => {
    const strip = (page) => page.replaceAll(/value="[^"]*"|<time[^>]*>[^<]*<\/time>/g, '')
    const answers = await Promise.all([['2026-0001', 'aaaa aaaa aaaa aaaa'], ['2026-9999', 'bbbb bbbb bbbb bbbb'], ['x', '']].map(async ([nummer, code]) => {
      const reply = await post('/mijn-melding', { nummer, code })
      assert.equal(reply.status, 422)
      return strip(await reply.text())
    }))
    assert.equal(answers[1], answers[0])
    assert.equal(answers[2], answers[0])
  })

  stage.walk('a visit that expired says so and asks for the code again', {}, async ({ context, page }) => {
    await context.addCookies([{ name: 'loket-melder', value: 'b'.repeat(26), url: stage.url }])
    await page.goto('/mijn-melding/formulier/follow_up')
    assert.match(page.url(), /verlopen/)
    assert.match(await page.locator('main').innerText(), /verlopen|opnieuw/i)
  })

  // S14: a form on somebody else's site changes nothing here.
  test('a foreign origin is refused', async () => {
    for (const headers of [{ origin: 'https://elders.example.org' }, { 'sec-fetch-site': 'cross-site' }]) {
      const reply = await post('/melden', { ...good(), sleutel: 'c'.repeat(26) }, headers)
      assert.equal(reply.status, 403)
      assert.match(await reply.text(), /andere website/)
    }
  })

  test('pages of the desk send a stranger to the login page, and unknown cases look alike', async () => {
    for (const path of ['/werklijst', '/zaak/aaaaaaaaaaaaaaaaaaaaaaaaaa', '/berichten', '/register']) {
      const reply = await fetch(stage.url + path, { redirect: 'manual' })
      assert.equal(reply.status, 303, path)
      assert.match(reply.headers.get('location'), /^\/inloggen/)
    }
  })
})

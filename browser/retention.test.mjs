// SPDX-License-Identifier: EUPL-1.2

// A case that is held, then destroyed: one person asks, another approves, and a certificate is
// left (D-26, D-43, S08).

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { see, journey } from './journey.mjs'
import { bring, fillNeeded, openCase, receipt, send } from './steps.mjs'

const told = 'Kwartelvlinder' // stands nowhere but in this report

journey('keeping and destroying', (stage) => {
  let number, code, path

  stage.walk('somebody reports by mistake', {}, async ({ page }) => {
    await page.goto('/melden')
    await fillNeeded(page, told)
    await send(page)
    ;({ number, code } = await receipt(page))
  })

  async function form(user, name) {
    const page = await stage.as(user)
    await page.goto(path)
    return { page, form: await bring(page, page.locator(`#f-${name}`)) }
  }

  test('on hold it cannot be destroyed', async () => {
    const page = await stage.as('functionaris')
    await openCase(page, number)
    path = new URL(page.url()).pathname
    const { form: hold } = await form('functionaris', 'vasthouden')
    await hold.locator('[name=tekst_reden]').fill('De inspectie vraagt de zaak op.')
    await hold.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=held/)
    assert.equal(await page.locator('#f-vernietigen').count(), 0)
    await see(page, 'case-held')
    const { page: other, form: lift } = await form('coordinator', 'loslaten')
    await lift.locator('[name=tekst_reden]').fill('De inspectie is klaar.')
    await lift.locator('button[type=submit]').click()
    await other.waitForURL(/gedaan=lifted/)
  })

  test('one asks, the other approves', async () => {
    const { page, form: ask } = await form('functionaris', 'vernietigen')
    await ask.locator('[name=grond][value=test]').check()
    await ask.locator('[name=tekst_reden]').fill('Het was een oefening van Hotel.')
    await ask.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=destruction/)
    await see(page, 'destruction-asked')

    const other = await stage.as('coordinator')
    await other.goto('/bewaren')
    await other.locator('[name=tekst_toelichting]').fill('Nagekeken met de leverancier.')
    await other.getByRole('button', { name: /Keur|goed/i }).click()
    await other.locator('#fout').waitFor()
    assert.equal(await other.locator('[name=tekst_toelichting]').inputValue(), 'Nagekeken met de leverancier.', 'nothing typed is lost')
    await see(other, 'retention-fault')
    await other.locator('.loket-option', { hasText: number }).locator('input').check()
    await other.getByRole('button', { name: /Keur|goed/i }).click()
    await other.waitForURL(/\/bewaren\/certificaat\//)
  })

  test('the certificate says what went, by whom, and nothing of what was in it', async () => {
    const page = await stage.as('coordinator')
    const words = await page.locator('main').innerText()
    for (const wanted of [number, 'Sam Voorbeeld', 'Noor Oefenaar', 'Nagekeken met de leverancier.']) assert.ok(words.includes(wanted), wanted)
    for (const secret of [told, 'oefening van Hotel', 'geweld']) assert.ok(!words.includes(secret), `the certificate says ${secret}`)
    await see(page, 'certificate')
    const certificate = page.url()
    const file = await page.request.get(await page.getByRole('link', { name: /bestand|tekst/i }).getAttribute('href'))
    assert.match(file.headers()['content-disposition'], /certificaat-[a-z0-9]+\.txt/)
    assert.ok((await file.text()).includes(number) && !(await file.text()).includes(told))
    await page.goto('/bewaren')
    assert.equal(await page.locator(`a[href="${new URL(certificate).pathname}"]`).count(), 1, 'it stays to be found')
    const other = await stage.as('wethouder')
    assert.equal((await other.goto(certificate)).status(), 404, 'not for everybody')
  })

  test('of the case only the number is left', async () => {
    const page = await stage.as('functionaris')
    const reply = await page.goto(path)
    assert.equal(reply.status(), 410)
    assert.match(await page.locator('main').innerText(), new RegExp(`${number} is vernietigd`))
    await see(page, 'case-gone')
    for (const list of ['team', 'waiting']) {
      await page.goto(`/werklijst?lijst=${list}&zoek=${number}`)
      assert.equal(await page.locator('.desk-job', { hasText: number }).count(), 0, list)
    }
    stage.quiet()
  })

  stage.walk('the return code opens nothing any more', {}, async ({ page }) => {
    await page.goto('/mijn-melding')
    await page.locator('[name=nummer]').fill(number)
    await page.locator('[name=code]').fill(code)
    await page.locator('main form button[type=submit]').click()
    await page.waitForLoadState()
    assert.ok(!(await page.locator('main').innerText()).includes(told))
    assert.equal(await page.locator('[name=code]').count(), 1, 'it is asked again')
  })
})

// SPDX-License-Identifier: EUPL-1.2

// Who may see a case: hidden from somebody whose family it is about, opened in an emergency by
// somebody to whom it is closed, and reviewed by a third (D-65, S10, R-R-62); and who was told
// otherwise than by mail (R-R-20).

import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { see, journey } from './journey.mjs'
import { bring, fillNeeded, openCase, receipt, send } from './steps.mjs'

journey('who may see a case', (stage) => {
  let number, path
  before(async () => {
    const { context, page } = await stage.visit()
    await page.goto('/melden')
    await fillNeeded(page, 'Aanbieder Hotel')
    await send(page)
    number = (await receipt(page)).number
    await context.close()
  })

  /** The form of a case, unfolded, on the page of somebody. */
  async function form(user, name) {
    const page = await stage.as(user)
    await page.goto(path)
    return { page, form: await bring(page, page.locator(`#f-${name}`)) }
  }

  // R-R-20: what was told by telephone stands beside what was mailed.
  test('the officer records that the alderman was told by telephone', async () => {
    const page = await stage.as('functionaris')
    await openCase(page, number)
    path = new URL(page.url()).pathname
    const { form: tell } = await form('functionaris', 'verteld')
    await tell.locator('button[type=submit]').click()
    await page.locator('#fout').waitFor()
    await see(page, 'told-fault')
    const again = page.locator('#f-verteld')
    await again.locator('[name=persoon]').selectOption('wethouder')
    await again.locator('[name=kanaal][value=phone]').check()
    await again.locator('[name=tekst_toelichting]').fill('Hij belde zelf terug.')
    await again.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=told/)
    assert.match(await page.locator('#wie').innerText(), /Wethouder Verzonnen/)
    assert.match(await page.locator('#wie').innerText(), /telefoon|verteld/i)
    await page.locator('#wie').evaluate((e) => e.scrollIntoView())
    await see(page, 'told')
  })

  test('the coordinator hides the case, not without a reason', async () => {
    const { page, form: hide } = await form('coordinator', 'verbergen')
    await hide.locator('[name=persoon][value=functionaris]').check()
    await hide.locator('button[type=submit]').click()
    await page.locator('#fout').waitFor()
    const again = page.locator('#f-verbergen')
    assert.ok(await again.locator('[name=persoon][value=functionaris]').isChecked(), 'the choice is kept')
    await see(page, 'hide-fault')
    await again.locator('[name=tekst_reden]').fill('De jongere is familie van haar.')
    await again.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=hidden/)
    assert.match(await page.locator('#inzage').innerText(), /Noor Oefenaar[\s\S]*familie/)
    await see(page, 'hidden')
  })

  // D-65: a case that is hidden answers as one that never was.
  test('for whom it is hidden there is no such case', async () => {
    const page = await stage.as('functionaris')
    const hidden = await page.goto(path)
    assert.equal(hidden.status(), 404)
    const words = await page.locator('main').innerText()
    const unknown = await page.goto('/zaak/aaaaaaaaaaaaaaaaaaaaaaaaaa')
    assert.equal(unknown.status(), 404)
    assert.equal(await page.locator('main').innerText(), words, 'word for word the page of a case that is not there')
    for (const list of ['team', 'mine', 'waiting', 'closed']) {
      await page.goto(`/werklijst?lijst=${list}&zoek=${number}`)
      assert.equal(await page.locator('.desk-job', { hasText: number }).count(), 0, list)
    }
    assert.ok(!(await (await page.request.get('/register?jaar=' + new Date().getFullYear())).text()).includes(number), 'nor in the register')
    const other = await stage.as('coordinator')
    await other.goto(`/werklijst?zoek=${number}`)
    assert.equal(await other.locator('.desk-job', { hasText: number }).count(), 1, 'control: a colleague has it')
  })

  test('the owner of the protocol opens it in an emergency', async () => {
    const page = await stage.as('eigenaar')
    assert.equal((await page.goto(path)).status(), 404, 'control: it is closed to this role')
    await page.goto('/noodopeningen')
    const open = page.locator('form[action="/noodopeningen"]')
    await open.locator('[name=nummer]').fill(number)
    await open.locator('[name=grond][value=absence]').check()
    await open.locator('[name=diepte][value=V4]').check()
    await open.locator('[name=tekst_doel]').fill('De politie belt en wil iets weten.')
    await open.locator('button[type=submit]').click()
    await page.locator('#fout').waitFor()
    assert.equal(await open.locator('[name=tekst_doel]').inputValue(), 'De politie belt en wil iets weten.', 'nothing typed is lost')
    await see(page, 'emergency-fault')
    await open.locator('[name=tekst_reden]').fill('Het loket neemt niet op.')
    await open.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=emergency/)
    assert.match(await page.locator('main').innerText(), /nood/i, 'the case says that it is open for a while')
    await see(page, 'emergency-case')
    await page.goto('/noodopeningen')
    await see(page, 'emergency-own')
  })

  // Nobody judges an opening of their own.
  test('it is told at once, and somebody else reviews it', async () => {
    const page = await stage.as('privacy')
    await page.goto('/post')
    const mail = page.locator('.desk-mails > li', { hasText: number }).filter({ hasText: 'nood' }).first()
    for (let tries = 0; tries < 40 && !(await mail.count()); tries++) await page.reload()
    assert.ok(!(await mail.innerText()).includes('politie'), 'the notice says that, and not why')
    await page.goto('/noodopeningen')
    const line = page.locator('.desk-record', { hasText: number })
    assert.match(await line.innerText(), /Eigenaar Fictie[\s\S]*De politie belt/)
    await line.locator('summary').click()
    await see(page, 'emergency-review')
    await line.locator('button[type=submit]').click()
    await page.locator('#fout').waitFor()
    await line.getByLabel('Terecht', { exact: true }).check()
    await line.locator('[name=tekst_oordeel]').fill('Dit kon niet wachten.')
    await line.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=reviewed/)
    assert.match(await line.innerText(), /Privacy Voorbeeld[\s\S]*Dit kon niet wachten/)
    assert.equal(await line.locator('form').count(), 0, 'once is enough')
    await see(page, 'emergency-reviewed')
    const own = await stage.as('eigenaar')
    await own.goto('/noodopeningen')
    assert.equal(await own.locator('.desk-record form').count(), 0, 'not by who opened it')
  })

  test('the coordinator shows the case again', async () => {
    const { page, form: show } = await form('coordinator', 'tonen')
    await show.locator('[name=tekst_reden]').fill('Zij was het niet.')
    await show.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=shown/)
    assert.equal((await (await stage.as('functionaris')).goto(path)).status(), 200)
    stage.quiet()
  })
})

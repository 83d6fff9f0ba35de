// SPDX-License-Identifier: EUPL-1.2

// One case from report to closed phase 1, by the people who do it (FC-2, SM-2, R-I-05,
// R-R-15, R-R-16, R-R-20, R-R-62, DT-24).

import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { looks, quiet, shoot } from './chromium.mjs'
import { journey, see } from './journey.mjs'
import { bring, fillNeeded, logout, openCase, receipt, send, unfold } from './steps.mjs'

const told = 'Een bewoner sloeg een medebewoner met een stoel.' // must be in no mail
const why = 'Na overleg met de aanbieder anders beoordeeld.'

journey('from report to closed phase 1', (stage) => {
  let provider, officer, number, path
  before(async () => {
    provider = await stage.visit()
    officer = await stage.visit({ as: 'functionaris' })
  })

  test('a provider reports', async () => {
    const { page, heard } = provider
    await page.goto('/melden')
    await fillNeeded(page, 'Aanbieder Golf')
    await unfold(page.locator('[name=description]'))
    await page.locator('[name=description]').fill(told)
    await page.waitForFunction(() => !document.querySelector('[data-field=relation_to_care]').hidden)
    await unfold(page.locator('[name=relation_to_care]').first())
    await page.locator('[name=relation_to_care][value=care_given]').check()
    await unfold(page.locator('[name=laws]').first())
    await page.locator('[name=laws][value=jeugdwet]').check()
    await send(page)
    number = (await receipt(page)).number
    quiet(heard)
  })

  test('the officer finds it on the worklist and opens it', async () => {
    const { page, heard } = officer
    await openCase(page, number)
    path = new URL(page.url()).pathname
    assert.match(await page.locator('h1').innerText(), new RegExp(number))
    assert.match(await page.locator('#nu').textContent(), /regel \d+/, 'a proposal cites its source')
    assert.match((await page.locator('.desk-clocks').allTextContents()).join(' '), /\+ 48 uur/, 'the clock explains itself')
    quiet(heard)
  })

  // R-I-05: one button confirms what the desk proposes.
  test('the officer confirms a proposal', async () => {
    const { page, heard } = officer
    const form = page.locator('form:has(> input[name=formulier][value^="bevestig-"])').first()
    const subject = await form.locator('[name=onderwerp]').inputValue()
    await form.locator('button').click()
    await page.waitForURL(/gedaan=decided/)
    assert.equal(await page.locator(`form:has(> input[value="bevestig-${subject}"])`).count(), 0, 'it is not proposed again')
    assert.ok(await page.locator('#besluiten tbody tr').count() >= 1)
    quiet(heard)
  })

  // R-R-16: deviating is always allowed, with a reason; without one nothing is lost.
  test('the officer deviates, first without and then with a reason', async () => {
    const { page } = officer
    await page.goto(path)
    const other = await bring(page, page.locator('[id^="f-besluit-"]').first())
    const id = await other.getAttribute('id')
    const unchosen = other.locator('input[type=radio]:not(:checked)').first()
    const value = await unchosen.getAttribute('value')
    await unchosen.check()
    await other.locator('button[type=submit]').click()
    await page.waitForLoadState()
    assert.equal(await page.locator('#fout').count(), 1, 'a deviation without a reason is refused')
    const again = page.locator(`#${id}`)
    assert.ok(await again.locator(`input[type=radio][value="${value}"]:checked`).count() >= 1, 'the choice is kept')
    await see(page, 'case-refused', looks)
    await again.locator('[name=tekst_motivering]').fill(why)
    await again.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=decided/)
    assert.match(await page.locator('#besluiten').innerText(), new RegExp(why))
  })

  // R-R-15: a step may be left undone, with a reason; the typed text survives a refusal.
  test('the officer leaves a step, and the text survives a refusal', async () => {
    const { page } = officer
    await page.goto(path)
    const step = await bring(page, page.locator('[id^="f-anders-"]').last())
    const id = await step.getAttribute('id')
    await step.locator('[name=tekst_motivering]').fill(why)
    await step.locator('button[type=submit]').click() // not said how: later, otherwise or not
    await page.waitForLoadState()
    const again = page.locator(`#${id}`)
    assert.equal(await page.locator('#fout').count(), 1)
    assert.equal(await again.locator('[name=tekst_motivering]').inputValue(), why, 'the text is kept')
    await again.locator('[name=hoe][value=not]').check()
    await again.locator('button[type=submit]').click()
    await page.waitForURL(/gedaan=deviated/)
  })

  // DOC-04, R-R-62: composed from the facts, checked, released by a person to a person.
  test('the officer composes and releases the dat-melding', async () => {
    const { page, heard } = officer
    await page.goto(path)
    await unfold(page.locator('#documenten'))
    await page.locator('#documenten a', { hasText: /dat-melding/i }).first().click()
    await page.waitForURL(/\/product\//)
    const text = await page.locator('#f-concept textarea').first().inputValue()
    assert.ok(text.length > 20, 'the text is composed from the facts')
    await see(page, 'product-draft', looks)
    await page.locator('#f-concept button[type=submit]').click()
    await page.waitForURL(/gedaan=drafted/)
    const release = page.locator('#f-vrijgeven')
    for (const box of await release.locator('[name=ontvanger]').all()) await box.uncheck()
    await release.locator('label', { hasText: /bestuurlijk verantwoordelijke|wethouder/i }).first().locator('input').check()
    await release.locator('[name=tekst_doel]').fill('Bestuurlijk informeren.')
    if (await release.locator('[name=tekst_toch]').count()) await release.locator('[name=tekst_toch]').fill(why)
    await release.locator('[name=tekst_noodzaak]').fill('De bestuurder moet weten dat dit speelt.')
    await release.locator('button[type=submit]').click()
    await page.waitForLoadState()
    await see(page, 'product-sure', looks)
    await page.locator('form:has(input[name=zeker]) button').click()
    await page.waitForURL(/gedaan=released/)
    quiet(heard)
  })

  // S05: the mail says that there is something, and not what.
  test('the notice has no content', async () => {
    const { page, heard } = officer
    await page.goto('/post')
    for (let n = 0; n < 40 && !(await page.locator('main').innerText()).includes(number); n++) await page.reload()
    const mail = page.locator('.desk-mails > li', { hasText: number }).first()
    const words = await mail.innerText()
    assert.match(words, /geen inhoud/)
    for (const secret of [told, 'Aanbieder Golf', 'geweld', 'Jeugdwet', 'stoel']) assert.ok(!words.includes(secret), `the mail says ${secret}`)
    await shoot(page, 'mailbox')
    quiet(heard)
  })

  stage.walk('the executive reads it in the inbox', { as: 'bestuurlijk verantwoordelijke' }, async ({ page }) => {
    await page.goto('/berichten')
    const item = page.locator('.desk-inbox > li', { hasText: number }).first()
    await item.locator('a').click()
    await page.waitForURL(/\/berichten\/.+/)
    assert.ok(!(await page.locator('main').innerText()).includes(told), 'at the level of the reader')
    await see(page, 'inbox-message', looks)
    const reply = await page.request.get(path)
    assert.equal(reply.status(), 404, 'the case itself stays closed to the executive')
  })

  // R-R-20: who knows what, how far it came.
  test('the case shows who knows what', async () => {
    const { page } = officer
    await page.goto(path)
    assert.match(await page.locator('#wie tbody').innerText(), /gelezen/i)
  })

  // DT-24, D-68: the officer proposes, the coordinator closes; what is open gets a reason.
  test('the officer proposes and the coordinator closes phase 1', async () => {
    const { page } = officer
    await page.goto(path)
    await motivate(page)
    await page.locator('button[formaction$="/sluiten-voorstellen"]').click()
    await page.waitForURL(/gedaan=proposed/)
    await logout(page)

    const { context, page: other, heard } = await stage.visit({ as: 'coördinator' })
    await other.goto(path)
    await motivate(other)
    await other.locator('#f-sluiten button[type=submit]:not([formaction])').click()
    await other.waitForURL(/gedaan=closed/)
    await see(other, 'case-closed', looks)
    quiet(heard)
    await context.close()
  })

  async function motivate(page) {
    for (const box of await page.locator('#f-sluiten textarea').all()) {
      await unfold(box)
      if (await box.inputValue() === '') await box.fill(why)
    }
  }
})

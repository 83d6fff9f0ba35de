// SPDX-License-Identifier: EUPL-1.2

// One incident at two organisations: a person on each side links it, one text is shared, and
// the other reads that text and nothing more (D-60, R-I-112, DT-17).

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { see, journey } from './journey.mjs'
import { answer, bring, compose, fillNeeded, moment, openCase, receipt, send, unfold } from './steps.mjs'

const inside = 'Kwartelvlinder' // in the report of the region, and nowhere else
const reference = 'Gemeld door Foxtrot, gisteren'

journey('one incident, two organisations', (stage) => {
  const region = (user = 'contract') => stage.as(user, 1)
  const city = (user = 'functionaris') => stage.as(user, 0)
  let ours, theirs // cases: number and address

  stage.walk('a provider reports to the region', { desk: 1 }, async ({ page }) => {
    await page.goto('/melden')
    await answer(page, {
      organisation: 'Foxtrot', examples: ['serious_injury'], incident: moment(20), municipality_actual: 'zwolle', municipality_responsible: 'zwolle',
      description: `Een jeugdige viel van de trap. ${inside}`,
    })
    await send(page)
    ours = await receipt(page)
  })

  stage.walk('and to the city', {}, async ({ page }) => {
    await page.goto('/melden')
    await fillNeeded(page, 'Foxtrot')
    await send(page)
    theirs = await receipt(page)
  })

  test('the region asks whether the city has it too', async () => {
    const page = await region()
    await openCase(page, ours.number)
    ours.path = new URL(page.url()).pathname
    const ask = await bring(page, page.locator('#f-buur'))
    await ask.locator('[name=organisatie]').first().check()
    await ask.locator('[name=tekst_verwijzing]').fill(reference)
    await ask.locator('button[type=submit]').click()
    await page.waitForLoadState()
    assert.match(await page.locator('#andere-organisaties').innerText(), /Rotterdam/)
    await see(page, 'neighbour-asked')
  })

  test('the city sees the question, and answers with its own case', async () => {
    const page = await city()
    await page.goto('/andere-organisaties')
    const offer = page.locator('.desk-record', { hasText: reference })
    assert.ok(!(await offer.innerText()).includes(inside))
    assert.ok(!(await offer.innerText()).includes('zwolle'))
    await offer.locator('[name=nummer]').fill('2026-9999')
    await offer.getByRole('button', { name: 'Dit is hetzelfde voorval' }).click()
    await page.locator('.utrecht-form-field-error-message').waitFor()
    await see(page, 'neighbour-fault')
    await offer.locator('[name=nummer]').fill(theirs.number)
    await offer.getByRole('button', { name: 'Dit is hetzelfde voorval' }).click()
    await page.waitForURL(/\/zaak\//)
    theirs.path = new URL(page.url()).pathname
    assert.match(await page.locator('#andere-organisaties').innerText(), new RegExp(ours.number))
    await see(page, 'neighbour-linked')
  })

  test('before anything is shared there is nothing to read', async () => {
    const page = await city()
    await page.goto(theirs.path)
    assert.equal(await page.locator('#andere-organisaties a[href*="/gedeeld/"]').count(), 0)
    assert.ok(!(await page.locator('main').textContent()).includes(inside))
  })

  test('the region releases a text and shares it', async () => {
    const page = await region()
    await page.goto(ours.path)
    await unfold(page.locator('#documenten'))
    const link = await page.locator('#documenten a[href*="/product/"]').first().getAttribute('href')
    await compose(page, ours.path, link.match(/\/product\/([^?]+)/)[1])
    await page.goto(ours.path)
    const share = await bring(page, page.locator('[id^="f-deel-"]').first())
    await share.locator('[name=tekst]').first().check()
    await share.locator('button[type=submit]').click()
    await page.waitForLoadState()
    assert.match(await page.locator('#andere-organisaties').innerText(), /Gedeeld:/)
    await see(page, 'neighbour-shared')
  })

  // D-60: what was explicitly shared, and nothing more.
  test('the city reads that text and nothing more', async () => {
    const page = await city()
    await page.goto(theirs.path)
    const read = page.locator('#andere-organisaties a[href*="/gedeeld/"]')
    assert.equal(await read.count(), 1)
    const shared = await read.getAttribute('href')
    await read.click()
    await page.waitForURL(/\/gedeeld\//)
    assert.match(await page.locator('main').innerText(), /Gedeeld door Regionaal/)
    assert.ok(!(await page.locator('main').innerText()).includes(inside), 'the deep words stayed at home')
    assert.ok(await page.locator('main li').count() >= 3, 'a list is a list')
    await see(page, 'neighbour-read')
    for (const path of [ours.path, `${ours.path}/product/dat`, shared.replace(/\/0$/, '/1')]) {
      assert.equal((await page.goto(path)).status(), 404, path)
    }
    const alderman = await city('wethouder')
    assert.equal((await alderman.goto(shared)).status(), 404, 'only for who comes to the case')
  })

  // DT-17, D-60: one list of what is asked, what was asked, and what became of it.
  test('the region proposes who coordinates, the city does not agree, and both read so', async () => {
    const page = await region()
    await page.goto(ours.path)
    const propose = await bring(page, page.locator('[id^="f-coordineer-"]').first())
    await propose.locator('[name=wie]').first().check()
    await propose.locator('[name=grond]').first().check()
    await propose.locator('button[type=submit]').click()
    await page.waitForLoadState()
    await page.goto('/andere-organisaties')
    assert.match(await page.locator('section[aria-labelledby=wacht]').innerText(), /Voorstel: [^]*Rotterdam.* antwoordt/)
    const other = await city()
    await other.goto('/werklijst')
    await other.locator('#nu-buren a').click()
    await other.waitForURL(/andere-organisaties/)
    const asked = other.locator('section[aria-labelledby=gevraagd]')
    assert.match(await asked.innerText(), /Uw loket antwoordt/)
    assert.ok(!(await asked.innerText()).includes(inside))
    await see(other, 'neighbour-dealings-asked')
    await asked.getByRole('link', { name: /Antwoord bij uw zaak/ }).click()
    await other.waitForURL(/\/zaak\//)
    await other.getByRole('button', { name: 'Niet mee eens' }).click()
    await other.waitForLoadState()
    await page.goto('/andere-organisaties')
    assert.match(await page.locator('section[aria-labelledby=afgesproken]').innerText(), /Rotterdam.* ging niet akkoord/)
    await see(page, 'neighbour-dealings-refused')
  })

  test('after the link is undone nothing crosses', async () => {
    const page = await region()
    await page.goto(ours.path)
    const undo = await bring(page, page.locator('[id^="f-buur-weg-"]').first())
    await undo.locator('[name=tekst_motivering]').fill('Toch een ander voorval.')
    await undo.locator('button[type=submit]').click()
    await page.waitForLoadState()
    const other = await city()
    await other.goto(theirs.path)
    assert.equal(await other.locator('#andere-organisaties a[href*="/gedeeld/"]').count(), 0)
    assert.ok(!(await other.locator('main').textContent()).includes(ours.number + ' '), 'nor its number')
    stage.quiet()
  })
})

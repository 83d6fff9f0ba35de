// SPDX-License-Identifier: EUPL-1.2

// A folded form of a case comes when it is asked for (R-R-16, S14): with scripts in its place,
// without them on a page of its own, and nothing that was typed elsewhere is lost.

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { startDemo, stopDemo } from './demo.mjs'
import { fewLooks, launch, look, quiet, skip, visitor } from './chromium.mjs'
import { bring, bringAll, login } from './steps.mjs'

const typed = 'De school belde terug.'

describe('a folded form of a case', { skip }, () => {
  let demo, browser
  before(async () => {
    demo = await startDemo()
    browser = await launch()
  })
  after(async () => {
    await browser?.close()
    if (demo) await stopDemo(demo)
  })

  async function onCase(options) {
    const found = await visitor(browser, demo.url, options)
    await login(found.page, demo, 'functionaris')
    await found.page.goto('/werklijst')
    await found.page.locator('.desk-job h3 a').first().click()
    await found.page.waitForURL(/\/zaak\//)
    return { ...found, path: new URL(found.page.url()).pathname }
  }

  const otherwise = (page) => page.locator('[id^="f-anders-"]').first()

  test('comes in its place, with the keyboard, and what was typed elsewhere stays', async () => {
    const { context, page, heard, path } = await onCase()
    await (await bring(page, page.locator('#f-notitie'))).locator('[name=tekst_notitie]').fill(typed)
    const id = await otherwise(page).getAttribute('id')
    await otherwise(page).locator('a').focus()
    await page.keyboard.press('Enter')
    await page.locator(`details[id="${id}"][open]`).waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY')
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, path, 'the page stayed')
    assert.equal(await page.locator('#f-notitie [name=tekst_notitie]').inputValue(), typed)
    quiet(heard)
    await context.close()
  })

  test('comes without scripts too', async () => {
    const { context, page, heard } = await onCase({ javaScriptEnabled: false })
    const id = await otherwise(page).getAttribute('id')
    await otherwise(page).locator('a').click()
    await page.waitForURL(/toon=anders/)
    const form = page.locator(`details[id="${id}"][open]`)
    assert.ok(await form.locator('[name=hoe][value=later]').isVisible())
    assert.ok(await form.evaluate((e) => e.getBoundingClientRect().top < innerHeight), 'the browser is where the form is')
    quiet(heard)
    await context.close()
  })

  // A form in its place is for the case that the reader saw; of another version the whole page comes.
  test('of a case that changed meanwhile the whole page comes', async () => {
    const { context, page, heard, path } = await onCase()
    const other = await onCase()
    await other.page.goto(path)
    const note = await bring(other.page, other.page.locator('#f-notitie'))
    await note.locator('[name=tekst_notitie]').fill(typed)
    await note.locator('button[type=submit]').click()
    await other.page.waitForURL(/gedaan=noted/)
    await otherwise(page).locator('a').click()
    await page.waitForURL(/toon=anders/)
    assert.ok((await page.locator('#overdracht').innerText()).includes(typed))
    for (const one of [{ context, heard }, other]) {
      quiet(one.heard)
      await one.context.close()
    }
  })

  test('all at once they stand in the page, which axe finds no fault in', async () => {
    const { context, page, heard } = await onCase()
    assert.ok(await bringAll(page) > 8)
    assert.deepEqual(await look(page, 'case-all-forms', fewLooks), [])
    quiet(heard)
    await context.close()
  })
})

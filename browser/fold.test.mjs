// SPDX-License-Identifier: EUPL-1.2

// A folded form of a case comes when it is asked for (R-R-16, S14): with scripts in its place,
// without them on a page of its own, and nothing that was typed elsewhere is lost.

import assert from 'node:assert/strict'
import { quiet } from './chromium.mjs'
import { journey } from './journey.mjs'
import { bring, bringAll } from './steps.mjs'

const typed = 'De school belde terug.'

journey('a folded form of a case', (stage) => {
  /** Goes to the first case on the worklist, and gives its address. */
  async function toCase(page) {
    await page.goto('/werklijst')
    await page.locator('.desk-job h3 a').first().click()
    await page.waitForURL(/\/zaak\//)
    return new URL(page.url()).pathname
  }

  const otherwise = (page) => page.locator('[id^="f-anders-"]').first()

  stage.walk('comes in its place, with the keyboard, and what was typed elsewhere stays', { as: 'functionaris' }, async ({ page }) => {
    const path = await toCase(page)
    await (await bring(page, page.locator('#f-notitie'))).locator('[name=tekst_notitie]').fill(typed)
    const id = await otherwise(page).getAttribute('id')
    await otherwise(page).locator('a').focus()
    await page.keyboard.press('Enter')
    await page.locator(`details[id="${id}"][open]`).waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY')
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, path, 'the page stayed')
    assert.equal(await page.locator('#f-notitie [name=tekst_notitie]').inputValue(), typed)
  })

  stage.walk('comes without scripts too', { as: 'functionaris', javaScriptEnabled: false }, async ({ page }) => {
    await toCase(page)
    const id = await otherwise(page).getAttribute('id')
    await otherwise(page).locator('a').click()
    await page.waitForURL(/toon=anders/)
    const form = page.locator(`details[id="${id}"][open]`)
    assert.ok(await form.locator('[name=hoe][value=later]').isVisible())
    const there = () => form.evaluate((e) => e.getBoundingClientRect().top < innerHeight)
    for (let tries = 0; tries < 50 && !(await there()); tries++) await page.waitForTimeout(100) // the jump comes after the page
    assert.ok(await there(), 'the browser is where the form is')
  })

  // A form in its place is for the case that the reader saw; of another version the whole page comes.
  stage.walk('of a case that changed meanwhile the whole page comes', { as: 'functionaris' }, async ({ page }) => {
    const path = await toCase(page)
    const other = await stage.visit({ as: 'functionaris' })
    await other.page.goto(path)
    const note = await bring(other.page, other.page.locator('#f-notitie'))
    await note.locator('[name=tekst_notitie]').fill(typed)
    await note.locator('button[type=submit]').click()
    await other.page.waitForURL(/gedaan=noted/)
    await otherwise(page).locator('a').click()
    await page.waitForURL(/toon=anders/)
    assert.ok((await page.locator('#overdracht').innerText()).includes(typed))
    quiet(other.heard)
  })

  stage.walk('all at once they stand in the page, which axe finds no fault in', { as: 'functionaris' }, async ({ page, see }) => {
    await toCase(page)
    assert.ok(await bringAll(page) > 8)
    await see('case-all-forms')
  })
})

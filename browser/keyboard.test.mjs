// SPDX-License-Identifier: EUPL-1.2

// The report form with a keyboard only: Tab, space and Enter (WCAG 2.1.1, 2.4.3, 2.4.7).

import assert from 'node:assert/strict'
import { journey } from './journey.mjs'
import { receipt, received, yesterday } from './steps.mjs'

const most = 120 // presses of Tab within which everything must be found

/** Presses Tab until the element that has the focus is the one meant. */
async function tabTo(page, what, isIt) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(isIt)) return
  }
  assert.fail(`${what} cannot be reached with Tab`)
}

/** The focus must be visible: an outline, a shadow or a border that an unfocused element
 *  of the kind does not have. */
async function focusShows(page) {
  return page.evaluate(() => {
    const e = document.activeElement
    const look = () => ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor', 'backgroundColor'].map((k) => getComputedStyle(e)[k]).join('|')
    const focused = look()
    e.blur()
    const plain = look()
    e.focus({ focusVisible: true })
    return focused !== plain
  })
}

journey('keyboard only', (stage) => {
  stage.walk('a report is filled and sent', {}, async ({ page }) => {
    await page.goto('/melden')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#inhoud', 'the skip link comes first')
    await page.keyboard.press('Enter')
    await tabTo(page, 'the organisation', () => document.activeElement.name === 'organisation')
    assert.ok(await focusShows(page), 'the focus shows on a text box')
    await page.keyboard.type('Aanbieder Charlie')
    await tabTo(page, 'what happened', () => document.activeElement.name === 'kinds' && document.activeElement.value === 'serious_violence')
    assert.ok(await focusShows(page), 'the focus shows on a tick box')
    await page.keyboard.press('Space')
    await tabTo(page, 'the date', () => document.activeElement.name === 'incident_date')
    await page.keyboard.type(yesterday())
    await tabTo(page, 'the time', () => document.activeElement.name === 'incident_time')
    await page.keyboard.type('09:30')
    await tabTo(page, 'the button', () => document.activeElement.matches('form.loket-sheet button[type=submit]:not([formaction])'))
    assert.ok(await focusShows(page), 'the focus shows on a button')
    await page.keyboard.press('Enter')
    await page.waitForURL(received)
    assert.match((await receipt(page)).number, /^\d{4}-\d{4}$/)
  })

  // When something blocks, the focus is on the list of what to mend.
  stage.walk('the focus goes to what blocks sending', {}, async ({ page }) => {
    await page.goto('/melden')
    await tabTo(page, 'the button', () => document.activeElement.matches('form.loket-sheet button[type=submit]:not([formaction])'))
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'fouten')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.ok(await page.evaluate(() => document.activeElement.closest('[data-field]')), 'its first link leads to the answer')
  })
})

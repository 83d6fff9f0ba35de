// SPDX-License-Identifier: EUPL-1.2

// What people do at the desk, in the words of the pages. A test reads as a story.

import assert from 'node:assert/strict'

/** A login of the demo for somebody with this role. */
export function loginOf(demo, role) {
  const found = demo.logins.find((login) => login.role.toLowerCase().includes(role.toLowerCase()))
  assert.ok(found, `the demo prints a login for “${role}”:\n${demo.printed}`)
  return found
}

export async function login(page, demo, role) {
  const { user, password } = loginOf(demo, role)
  await page.goto('/inloggen')
  await page.locator('[name=gebruiker]').fill(user)
  await page.locator('[name=wachtwoord]').fill(password)
  await page.locator('main form[action="/inloggen"] button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'))
}

export async function logout(page) {
  await page.getByRole('button', { name: 'Uitloggen' }).click()
}

/** Yesterday as people here write it: always within the reporting clock. */
export function yesterday() {
  const at = new Date(Date.now() - 24 * 3600 * 1000)
  return new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: '2-digit', month: '2-digit', year: 'numeric' }).format(at)
}

/** Fills what sending needs: who, what and when. */
export async function fillNeeded(page, organisation = 'Aanbieder Alfa') {
  await page.locator('[name=organisation]').fill(organisation)
  await page.locator('[name=kinds][value=serious_violence]').check()
  await page.locator('[name=incident_date]').fill(yesterday())
  await page.locator('[name=incident_time]').fill('14:00')
}

/** Tells the address of the receipt; what stands after # in it differs. */
export const received = (url) => url.pathname === '/melden/ontvangen'

export async function send(page) {
  await page.locator('form.loket-sheet button[type=submit]:not([formaction])').first().click()
  await page.waitForURL(received)
}

/** Number and code on the receipt. */
export async function receipt(page) {
  const [number, code] = await page.locator('.loket-ticket dd').allInnerTexts()
  return { number: number.trim(), code: code.trim() }
}

/** Opens a folded part so that what is in it can be used. */
export async function unfold(element) {
  await element.evaluate((e) => {
    for (let d = e.closest('details'); d; d = d.parentElement?.closest('details')) d.open = true
    for (const d of e.querySelectorAll('details')) d.open = true
  })
}

/** Finds a case on the worklist by its number and opens it. */
export async function openCase(page, number) {
  await page.goto(`/werklijst?zoek=${number}`)
  await page.locator('.desk-job', { hasText: number }).first().locator('h3 a').click()
  await page.waitForURL(/\/zaak\//)
}

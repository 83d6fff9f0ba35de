// SPDX-License-Identifier: EUPL-1.2

// What people do at the desk, in the words of the pages. A test reads as a story.

import assert from 'node:assert/strict'

/** A login of a desk for somebody with this login name or, else, with this role. */
export function loginOf(demo, role) {
  const found = demo.logins.find((login) => login.user === role) ??
    demo.logins.find((login) => login.role.toLowerCase().includes(role.toLowerCase()))
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

/** Follows the words of a folded form, which come in their place, and gives the form that stands
 *  there then. A form that is on the page already stays as it is. */
export async function bring(page, fold) {
  const id = await fold.getAttribute('id')
  const here = page.locator(`[id="${id}"]`)
  await unfold(here)
  const words = here.locator('a[data-bring]')
  if (await words.count() > 0) {
    await words.click()
    await page.locator(`details[id="${id}"][open]`).waitFor()
  }
  return here
}

/** Brings every folded form of a case, so that all of the page can be looked at. */
export async function bringAll(page) {
  const links = page.locator('a[data-bring]:not(.utrecht-button)')
  const forms = await links.evaluateAll((found) => found.map((link) => link.click()).length)
  await page.waitForFunction(() => !document.querySelector('[id] > a[data-bring]:not(.utrecht-button)'))
  return forms
}

/** Finds a case on the worklist by its number and opens it. */
export async function openCase(page, number) {
  await page.goto(`/werklijst?zoek=${number}`)
  await page.locator('.desk-job', { hasText: number }).first().locator('h3 a').click()
  await page.waitForURL(/\/zaak\//)
}

/** Yesterday and now as people here write them, for a moment in two boxes. */
export function moment(hoursAgo) {
  const parts = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })
    .formatToParts(new Date(Date.now() - hoursAgo * 3600 * 1000))
  const of = (type) => parts.find((part) => part.type === type).value
  return { date: `${of('day')}-${of('month')}-${of('year')}`, time: `${of('hour')}:${of('minute')}` }
}

/** Answers questions by their name: a list ticks boxes, a moment fills two boxes, a word
 *  chooses or is typed. A question that an answer calls for is waited for. */
export async function answer(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    if (value?.date) await answer(page, { [`${name}_date`]: value.date, [`${name}_time`]: value.time })
    else for (const one of [value].flat()) await answerOne(page, name, one)
  }
}

async function answerOne(page, name, value) {
  const choice = page.locator(`[name="${name}"][value="${value}"]`)
  const at = (await choice.count()) > 0 ? choice.first() : page.locator(`[name="${name}"]`).first()
  await page.waitForFunction((e) => !e.closest('[hidden]'), await at.elementHandle())
  await unfold(at)
  if ((await choice.count()) > 0) return at.check()
  return (await at.evaluate((e) => e.tagName)) === 'SELECT' ? at.selectOption(value) : at.fill(value)
}

/** Fills a form of a case and saves it. */
export async function record(page, path, form, answers) {
  await page.goto(`${path}/formulier/${form}`)
  await answer(page, answers)
  await page.locator('form.loket-sheet button[type=submit]:not([name])').first().click()
  await page.waitForURL((url) => url.pathname === path, { waitUntil: 'domcontentloaded' })
}

/** Confirms what the desk proposes for a subject, or signs for it. */
export async function confirm(page, path, subject) {
  await page.goto(path)
  const button = page.locator(`form:has(> input[value="bevestig-${subject}"]) button`)
  await unfold(button)
  await button.click()
  await page.waitForURL(/gedaan=decided/)
}

/** Composes a product, fills the given parts and releases it to whom the desk proposes. */
export async function compose(page, path, product, parts = {}) {
  await page.goto(`${path}/product/${product}`)
  for (const [part, text] of Object.entries(parts)) await page.locator(`#f-concept [name="tekst_deel_${part}"]`).fill(text)
  await page.locator('#f-concept button[type=submit]').click()
  await page.waitForURL(/gedaan=drafted/)
  const release = page.locator('#f-vrijgeven')
  for (const [name, text] of [['tekst_doel', 'Het antwoord voorbereiden.'], ['tekst_noodzaak', 'Zij werken aan het antwoord.']]) {
    const box = release.locator(`[name=${name}]`)
    if (await box.count() && await box.inputValue() === '') await box.fill(text)
  }
  await release.locator('button[type=submit]').click()
  await page.waitForLoadState()
  const sure = page.locator('form:has(input[name=zeker]) button')
  if (await sure.count()) await sure.click()
  await page.waitForURL(/gedaan=released/)
}

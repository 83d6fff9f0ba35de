// SPDX-License-Identifier: EUPL-1.2

// A real browser that listens for everything a page should not do.

import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Whether these tests can run. On a build server a missing browser is a failure, not a
 *  skip: a suite that skips itself proves nothing. */
export const skip = !existsSync(executablePath) && !process.env.CI ? `no Chromium at ${executablePath}` : false

export function launch() {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A fresh visitor: an empty jar of cookies, and ears. What it hears that a page should
 *  not do is in `heard`; `quiet` fails on it. */
export async function visitor(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', ...options })
  const page = await context.newPage()
  const heard = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !expectedStatus(message.text())) heard.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => heard.push(`script: ${error.message}`))
  page.on('request', (request) => {
    const to = new URL(request.url())
    if (to.protocol !== 'data:' && to.origin !== url) heard.push(`asks another host: ${to.origin}`)
  })
  page.setDefaultTimeout(20_000) // on a busy machine; who waits that long has failed
  return { context, page, heard }
}

// A browser reports every answer of 4xx on its console; those pages are meant.
function expectedStatus(text) {
  return /Failed to load resource: the server responded with a status of 4\d\d/.test(text)
}

export function quiet(heard) {
  assert.deepEqual(heard, [], 'what the browser heard')
}

/** Runs axe on the page as it is now and gives what it finds, one line each. The rules
 *  are those of WCAG 2.2 A and AA and axe's own best practices. */
export async function violations(page) {
  // Half a megabyte of script is read once for a page, however often it is looked at.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }))
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} — ${rule.help}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`))
}

/** How many pixels a page is wider than the window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Which elements stick out to the right, to name them in a failure. */
export function stickingOut(page) {
  return page.evaluate(() => [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.className}`))
}

/** Which cells of tables are lower than the text in them, so that lines lie over each other:
 *  a cell that is stacked as a block takes the height that the component meant as a least. */
export function spilling(page) {
  return page.evaluate(() => [...document.querySelectorAll('td, th')]
    .filter((e) => e.checkVisibility() && getComputedStyle(e).overflow === 'visible' && e.clientHeight > 1 && e.scrollHeight > e.clientHeight + 4)
    .slice(0, 5).map((e) => `${e.tagName.toLowerCase()} “${e.textContent.trim().slice(0, 40)}”`))
}

/** Every way a page is looked at: narrow and wide, light and dark. */
export const looks = [320, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })))

/** Two looks that have each width and each scheme once, for pages that are made of the
 *  same parts as others. */
export const fewLooks = [looks[0], looks[3]]

/** Looks at the page in every way and gives what is wrong with it. Screenshots go to the
 *  folder SCREENSHOTS, when there is one, under the given name. */
export async function look(page, name, ways = looks) {
  const wrong = []
  for (const { width, colorScheme } of ways) {
    await page.setViewportSize({ width, height: width < 600 ? 640 : 900 })
    await page.emulateMedia({ colorScheme })
    const how = `${name} at ${width} ${colorScheme}`
    wrong.push(...(await violations(page)).map((found) => `${how}: ${found}`))
    if (await overflow(page) > 0) wrong.push(`${how}: scrolls sideways because of ${(await stickingOut(page)).join(', ')}`)
    const over = await spilling(page)
    if (over.length) wrong.push(`${how}: text lies over text in ${over.join(', ')}`)
    await shoot(page, `${name}-${width}-${colorScheme}`)
  }
  return wrong
}

export async function shoot(page, name) {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^a-z0-9-]+/gi, '_')}.png`), fullPage: true })
}

// SPDX-License-Identifier: EUPL-1.2

// Every page that somebody can reach, for every role: no fault that axe can find, nothing
// that sticks out at 320 pixels, nothing on the console, no request to another host
// (WCAG 2.2 A and AA, R-R-126, S14). A page without test cannot slip in: the crawler
// follows every link.

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { startDemo, stopDemo } from './demo.mjs'
import { fewLooks, launch, look, looks, overflow, quiet, skip, stickingOut, violations, visitor } from './chromium.mjs'
import { fillNeeded, login, send } from './steps.mjs'

const perKind = 1 // pages looked at of one kind: one case stands for all cases

/** The kind of page behind an address: what varies between cases is taken out. */
function kind(path) {
  const { pathname, searchParams } = new URL(path, 'http://loket')
  const fixed = pathname
    .replace(/^\/zaak\/[^/]+/, '/zaak/…')
    .replace(/^\/berichten\/.+/, '/berichten/…')
    .replace(/\/product\/[^/]+/, '/product/…')
  return fixed + (searchParams.has('versie') ? '?versie' : '')
}

/** What a page is made of: every element with its classes, once. Two roles that get a page
 *  made of the same things need it looked at once; the width is measured for both. */
function making(page) {
  return page.evaluate(() => [...new Set([...document.querySelectorAll('body *')].map((e) => `${e.tagName}.${e.className}`))].sort().join(' '))
}

const looked = new Set()

async function lookOnce(page, what, who) {
  const made = `${what} ${await making(page)}`
  if (!looked.has(made)) {
    looked.add(made)
    return look(page, `${who}${what}`, /\/(formulier|nieuw)\//.test(what) ? fewLooks : looks)
  }
  await page.setViewportSize({ width: 320, height: 640 })
  return (await overflow(page)) > 0 ? [`${who}${what} scrolls sideways at 320 because of ${await stickingOut(page)}`] : []
}

/** Follows every link from the given addresses and looks at one page of each kind. */
async function crawl(page, from, who) {
  const seen = new Map()
  const todo = [...from]
  const wrong = []
  while (todo.length > 0) {
    const path = todo.shift()
    const what = kind(path)
    if ((seen.get(what) ?? 0) >= perKind) continue
    seen.set(what, (seen.get(what) ?? 0) + 1)
    const reply = await page.goto(path)
    if (!reply.ok() && reply.status() !== 304) wrong.push(`${path}: ${reply.status()}`)
    wrong.push(...(await lookOnce(page, what, who)))
    todo.push(...(await links(page)))
  }
  return { wrong, kinds: [...seen.keys()].sort() }
}

/** Addresses on this page that lead to another page here: no files, no language switch. */
function links(page) {
  return page.evaluate(() => [...document.querySelectorAll('a[href]')]
    .map((a) => new URL(a.href))
    .filter((u) => u.origin === location.origin && u.pathname !== location.pathname)
    .filter((u) => !u.searchParams.has('taal') && !u.searchParams.has('jaar') && !u.pathname.startsWith('/static/'))
    .map((u) => u.pathname + u.search))
}

describe('every page', { skip }, () => {
  let demo, browser
  before(async () => {
    demo = await startDemo()
    browser = await launch()
  })
  after(async () => {
    await browser?.close()
    if (demo) await stopDemo(demo)
  })

  test('of somebody who is not logged in', async () => {
    const { context, page, heard } = await visitor(browser, demo.url)
    const { wrong, kinds } = await crawl(page, ['/', '/melden', '/moet-ik-melden', '/mijn-melding', '/mijn-melding?verlopen=1', '/inloggen'], 'public')
    assert.deepEqual(wrong, [])
    assert.ok(kinds.length >= 5, `only ${kinds}`)
    quiet(heard)
    await context.close()
  })

  test('in English', async () => {
    const { context, page, heard } = await visitor(browser, demo.url)
    await page.goto('/melden?taal=en')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    assert.deepEqual(await look(page, 'public-english'), [])
    quiet(heard)
    await context.close()
  })

  test('around a report: with questions open, with faults, kept, received', async () => {
    const { context, page, heard } = await visitor(browser, demo.url)
    const wrong = []
    await page.goto('/melden')
    await page.locator('form.loket-sheet button[type=submit]:not([formaction])').first().click()
    await page.waitForLoadState()
    wrong.push(...(await look(page, 'report-faults')))
    await fillNeeded(page)
    for (const kind of await page.locator('[name=kinds]').all()) await kind.check()
    await page.waitForFunction(() => !document.querySelector('[data-field=violence_nature]').hidden)
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)))
    wrong.push(...(await look(page, 'report-all-open')))
    await page.locator('button[formaction="/melden/concept"]').click()
    await page.waitForLoadState()
    wrong.push(...(await look(page, 'report-kept')))
    await page.goto('/melden')
    await send(page)
    wrong.push(...(await look(page, 'report-received')))
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.getByRole('button', { name: 'Klaar' }).isVisible(), false, 'buttons do not print')
    assert.deepEqual(wrong, [])
    quiet(heard)
    await context.close()
  })

  test('of errors', async () => {
    const { context, page } = await visitor(browser, demo.url)
    const reply = await page.goto('/bestaat-niet')
    assert.equal(reply.status(), 404)
    assert.deepEqual(await look(page, 'error-404'), [])
    await context.close()
  })

  test('of everybody who can log in', async (t) => {
    assert.ok(demo.logins.length >= 4, `the demo prints logins:\n${demo.printed}`)
    for (const { role, user } of demo.logins) {
      await t.test(role, async () => {
        const { context, page, heard } = await visitor(browser, demo.url)
        await login(page, demo, role)
        const { wrong } = await crawl(page, [new URL(page.url()).pathname], `role-${user}`)
        assert.deepEqual(wrong, [])
        quiet(heard)
        await context.close()
      })
    }
  })

  // Controls: the checks above catch what they are for.
  test('control: a planted fault is found', async () => {
    const { context, page, heard } = await visitor(browser, demo.url)
    await page.goto('/melden')
    assert.deepEqual(await violations(page), [])
    await page.evaluate(() => {
      const img = document.createElement('img')
      img.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='
      document.querySelector('main').append(img)
    })
    assert.ok((await violations(page)).some((found) => found.startsWith('image-alt')), 'an image without alternative')
    assert.ok(heard.some((line) => /Content Security Policy/.test(line)), 'and the policy did not let it load')

    await page.setViewportSize({ width: 320, height: 640 })
    assert.equal(await overflow(page), 0)
    await page.evaluate(() => {
      const wide = document.createElement('pre')
      wide.textContent = 'x'.repeat(400)
      document.querySelector('main').append(wide)
    })
    assert.ok(await overflow(page) > 0, 'a line that is too wide')
    await context.close()
  })

  test('control: a request to another host is heard', async () => {
    const { context, page, heard } = await visitor(browser, demo.url)
    await page.goto('/melden')
    await page.evaluate(() => fetch('https://elders.example.org/').catch(() => null))
    assert.ok(heard.some((line) => /elders|Content Security Policy/.test(line)))
    await context.close()
  })

  // R-R-126: a first visit costs little: page, style sheet and script together.
  test('the report form weighs at most 60 KB over the wire', async () => {
    const { context, page } = await visitor(browser, demo.url)
    const wire = await context.newCDPSession(page)
    await wire.send('Network.enable')
    let bytes = 0
    wire.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
    await page.goto('/melden', { waitUntil: 'networkidle' })
    assert.ok(bytes > 5_000, 'something was counted')
    assert.ok(bytes <= 60 * 1024, `${bytes} bytes`)
    await context.close()
  })
})

// SPDX-License-Identifier: EUPL-1.2

// Every page that somebody can reach, for every role of both desks of the demo: no fault
// that axe can find, nothing that sticks out at 320 pixels, nothing on the console, no
// request to another host (WCAG 2.2 A and AA, R-R-126, S14). A page without test cannot
// slip in: the crawler follows every link.

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { startDemo, stopDemo } from './demo.mjs'
import { fewLooks, launch, look, overflow, quiet, shoot, skip, stickingOut, violations, visitor } from './chromium.mjs'
import { bringAll, fillNeeded, login, send } from './steps.mjs'

const perKind = 3 // pages asked for of one kind, for each visitor: some cases stand for all

/** The kind of page behind an address: what varies between cases is taken out. */
function kind(path) {
  const { pathname, searchParams } = new URL(path, 'http://loket')
  const fixed = pathname
    .replace(/^\/zaak\/[^/]+/, '/zaak/…')
    .replace(/^\/berichten\/.+/, '/berichten/…')
    .replace(/\/regel\/.+/, '/regel/…')
    .replace(/^\/(bewaren)\/.+/, '/$1/…')
  return fixed + [...searchParams.keys()].sort().map((key) => ` ${key}`).join('')
}

/** Pages that are made by one template: forms, products, parts of the protocol. */
const family = (what) => what.replace(/\/(formulier|nieuw|product|protocol|lijsten)\/[^/ ]+/, '/$1/…')

/** Asks for a page without showing it: its status, what it is made of (every element with
 *  its classes and every kind of folded form, once) and the addresses of other pages here that it leads to. */
function ask(page, path) {
  return page.evaluate(async (path) => {
    const reply = await fetch(path)
    const text = await reply.text()
    const made = new DOMParser().parseFromString(text, 'text/html')
    const elements = [...made.querySelectorAll('body *')].map((e) => `${e.tagName}.${e.className} ${e.getAttribute('type') ?? ''}`)
    const forms = [...made.querySelectorAll('[id]:has(> a[data-bring])')].map((e) => `form ${e.id.split('-')[1]}`)
    const links = [...made.querySelectorAll('a[href]')]
      .map((a) => new URL(a.getAttribute('href'), reply.url))
      .filter((u) => u.origin === location.origin && u.pathname !== path)
      .filter((u) => !u.searchParams.has('taal') && !/^\/(static|agenda|oefenkrant)\/|\/bestand$/.test(u.pathname))
      .map((u) => u.pathname + u.search)
    return { status: reply.status, misfilled: text.match(/%!.{0,20}/)?.[0], isPage: /html/.test(reply.headers.get('content-type')), elements: [...new Set([...elements, ...forms])], links: [...new Set(links)] }
  }, path)
}

/** Follows every link from the given addresses. Each kind of page is shown once, whoever
 *  comes first, and measured at 320 pixels. It is looked at closely when it has something
 *  that no page of its family had before. */
async function crawl(page, from, who, seen) {
  const asked = new Map()
  const todo = [...from]
  const wrong = []
  while (todo.length > 0) {
    const path = todo.shift()
    const what = kind(path)
    const before = asked.get(what) ?? []
    if (before.includes(path) || before.length >= perKind) continue
    asked.set(what, [...before, path])
    const { status, misfilled, isPage, elements, links } = await ask(page, path)
    if (status !== 200) wrong.push(`${path}: ${status}`)
    if (misfilled) wrong.push(`${path}: a text was filled in wrongly: ${misfilled}`)
    if (!isPage) continue
    todo.push(...links)
    wrong.push(...(await lookOnce(page, path, elements, `${who}${what}`, seen)))
  }
  return { wrong, kinds: [...asked.keys()].sort() }
}

async function lookOnce(page, path, elements, name, seen) {
  const what = kind(path)
  const parts = seen.get(family(what)) ?? new Set()
  if (elements.some((e) => !parts.has(e))) {
    seen.set(family(what), new Set([...parts, ...elements]))
    seen.set(what, seen.get(what) ?? new Set())
    await page.goto(path)
    await bringAll(page)
    return look(page, name, fewLooks)
  }
  if (seen.has(what)) return []
  seen.set(what, new Set())
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(path)
  await shoot(page, `${name}-320`)
  return (await overflow(page)) > 0 ? [`${name} scrolls sideways at 320 because of ${await stickingOut(page)}`] : []
}

// Two at a time: each visitor waits for its own page, and what is looked at is shared per desk.
describe('every page', { skip, concurrency: 2 }, () => {
  let demo, browser
  before(async () => {
    demo = await startDemo()
    browser = await launch()
  })
  after(async () => {
    await browser?.close()
    if (demo) await stopDemo(demo)
  })

  const start = ['/', '/melden', '/moet-ik-melden', '/mijn-melding', '/mijn-melding?verlopen=1', '/protocol', '/inloggen']

  for (const n of [0, 1]) {
    test(`of desk ${n + 1}, for somebody who is not logged in and for everybody who is`, async (t) => {
      const desk = demo.desks[n]
      assert.ok(desk.logins.length >= 4, `the demo prints logins:\n${demo.printed}`)
      const seen = new Map() // per desk: kind of page → what it was made of
      await t.test('not logged in', async () => {
        const { context, page, heard } = await visitor(browser, desk.url)
        await page.goto('/')
        const { wrong, kinds } = await crawl(page, start, `desk${n}-public`, seen)
        assert.deepEqual(wrong, [])
        assert.ok(kinds.length >= 5, `only ${kinds}`)
        quiet(heard)
        await context.close()
      })
      for (const { role, user } of desk.logins) {
        await t.test(`${role} (${user})`, async () => {
          const { context, page, heard } = await visitor(browser, desk.url)
          await login(page, desk, user)
          const { wrong } = await crawl(page, [new URL(page.url()).pathname], `desk${n}-${user}`, seen)
          assert.deepEqual(wrong, [])
          quiet(heard)
          await context.close()
        })
      }
    })
  }

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

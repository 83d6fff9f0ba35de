// SPDX-License-Identifier: EUPL-1.2

// Every page that somebody can reach, for every role of both desks of the demo: no fault
// that axe can find, nothing that sticks out at 320 pixels, nothing on the console, no
// request to another host (WCAG 2.2 A and AA, R-R-126, S14). A page without test cannot
// slip in: the crawler follows every link.

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { fewLooks, look, looks, overflow, quiet, shoot, stickingOut, violations } from './chromium.mjs'
import { journey } from './journey.mjs'
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

/** Chapters and examples of the protocol read the same for everybody inside. They are half of all
 *  addresses, so one visitor of a desk asks for each; the first page of the book is for all. */
const sameForAll = (path) => /^\/(protocol|versies\/[^/]+\/boek)\/./.test(path)

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
      .filter(() => path !== '/post') // caught mail is of everybody: a link in it is for whom it went to
      .filter((u) => !u.searchParams.has('taal') && !/^\/(static|agenda|oefenkrant)\/|\/bestand$/.test(u.pathname))
      .map((u) => u.pathname + u.search)
    return { status: reply.status, misfilled: text.match(/%!.{0,20}/)?.[0], isPage: /html/.test(reply.headers.get('content-type')), elements: [...new Set([...elements, ...forms])], links: [...new Set(links)] }
  }, path)
}

/** Follows every link from the given addresses. Each kind of page is shown once, whoever
 *  comes first, and measured at 320 pixels. It is looked at closely when it has something
 *  that no page of its family had before; `read` are the chapters that a colleague asked for. */
async function crawl(page, from, who, seen, read = new Set()) {
  const asked = new Map()
  const todo = [...from]
  const wrong = []
  while (todo.length > 0) {
    const path = todo.shift()
    const what = kind(path)
    const before = asked.get(what) ?? []
    if (before.includes(path) || before.length >= perKind || read.has(path)) continue
    if (sameForAll(path)) read.add(path)
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
journey('every page', (stage) => {
  const start = ['/', '/melden', '/moet-ik-melden', '/mijn-melding', '/mijn-melding?verlopen=1', '/protocol', '/inloggen']

  for (const n of [0, 1]) {
    test(`of desk ${n + 1}, for somebody who is not logged in and for everybody who is`, async (t) => {
      const desk = stage.desk(n)
      assert.ok(desk.logins.length >= 4, `the demo prints logins:\n${stage.demo.printed}`)
      const seen = new Map() // per desk: kind of page → what it was made of
      const read = new Set() // and the chapters that somebody inside asked for
      await t.test('not logged in', async () => {
        const { context, page, heard } = await stage.visit({ at: desk.url })
        await page.goto('/')
        const { wrong, kinds } = await crawl(page, start, `desk${n}-public`, seen)
        assert.deepEqual(wrong, [])
        assert.ok(kinds.length >= 5, `only ${kinds}`)
        quiet(heard)
        await context.close()
      })
      for (const { role, user } of desk.logins) {
        await t.test(`${role} (${user})`, async () => {
          const { context, page, heard } = await stage.visit({ at: desk.url })
          await login(page, desk, user)
          const { wrong } = await crawl(page, [new URL(page.url()).pathname], `desk${n}-${user}`, seen, read)
          assert.deepEqual(wrong, [])
          quiet(heard)
          await context.close()
        })
      }
    })
  }

  stage.walk('in English', {}, async ({ page, see }) => {
    await page.goto('/melden?taal=en')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    await see('public-english', looks)
  })

  stage.walk('around a report: with questions open, with faults, kept, received', {}, async ({ page, see }) => {
    await page.goto('/melden')
    await page.locator('form.loket-sheet button[type=submit]:not([formaction])').first().click()
    await page.waitForLoadState()
    await see('report-faults', looks)
    await fillNeeded(page)
    for (const kind of await page.locator('[name=kinds]').all()) await kind.check()
    await page.waitForFunction(() => !document.querySelector('[data-field=violence_nature]').hidden)
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)))
    await see('report-all-open', looks)
    await page.locator('button[formaction="/melden/concept"]').click()
    await page.waitForLoadState()
    await see('report-kept', looks)
    await page.goto('/melden')
    await send(page)
    await see('report-received', looks)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.getByRole('button', { name: 'Klaar' }).isVisible(), false, 'buttons do not print')
  })

  stage.walk('of errors', {}, async ({ page, see }) => {
    const reply = await page.goto('/bestaat-niet')
    assert.equal(reply.status(), 404)
    await see('error-404', looks)
  })

  // Controls: the checks above catch what they are for.
  stage.walk('control: a planted fault is found', { loud: true }, async ({ page, heard }) => {
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
  })

  stage.walk('control: a request to another host is heard', { loud: true }, async ({ page, heard }) => {
    await page.goto('/melden')
    await page.evaluate(() => fetch('https://elders.example.org/').catch(() => null))
    assert.ok(heard.some((line) => /elders|Content Security Policy/.test(line)))
  })

  // R-R-126: a first visit costs little: page, style sheet and script together.
  stage.walk('the report form weighs at most 60 KB over the wire', {}, async ({ context, page }) => {
    const wire = await context.newCDPSession(page)
    await wire.send('Network.enable')
    let bytes = 0
    wire.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
    await page.goto('/melden', { waitUntil: 'networkidle' })
    assert.ok(bytes > 5_000, 'something was counted')
    assert.ok(bytes <= 60 * 1024, `${bytes} bytes`)
  })
}, { concurrency: 2 })

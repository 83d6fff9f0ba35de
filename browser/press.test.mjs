// SPDX-License-Identifier: EUPL-1.2

// The press room: a question on the telephone, from receipt to evaluation, and an article
// that the media monitor found on the way (chapter 1, SM-4, DT-08, R-I-06 … R-I-25, DOC-54).

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { journey, see } from './journey.mjs'
import { answer, compose, moment, record, unfold } from './steps.mjs'

process.env.LOKET_FEEDS_INSIDE = '1' // the newspaper of this test lies on this machine

/** A newspaper with two articles, of which one is worth a look. */
async function newspaper() {
  const paper = createServer((_, reply) => reply.end(`<rss version="2.0"><channel><item><title>Zorgen over &lt;b&gt;nachtopvang&lt;/b&gt;</title>
    <link>https://krant.example.org/1</link><guid>1</guid></item><item><title>Voetbal</title><guid>2</guid></item></channel></rss>`))
  await new Promise((resolve) => paper.listen(0, '127.0.0.1', resolve))
  return paper
}

let paper

journey('the press room', (stage) => {
  let path
  const subject = 'nachtopvang in de zomer'
  const as = (user) => stage.as(user, 1)
  const card = (page) => page.locator('article', { has: page.getByRole('heading', { level: 2, name: /nachtopvang in de zomer/i }) })
  const fold = (room, words) => room.locator('details').filter({ has: room.page().locator('> summary', { hasText: words }) }).last()
  async function inRoom(user) {
    const page = await as(user)
    await page.goto('/pers')
    return card(page)
  }

  // R-I-06, R-I-22: the practice desk is alive at once: questions in several states, the one that
  // presses most on top, and a newspaper of its own in the media monitor.
  test('the demo has questions in several states, and a newspaper', async () => {
    const page = await as('communicatie')
    await page.goto('/pers')
    const heads = await page.locator('article h2').allInnerTexts()
    assert.deepEqual(heads, ['Toezicht bij de nachtopvang', 'Wachttijden', 'Wachttijden jeugdhulp'])
    assert.deepEqual(await page.locator('article [aria-current=step]').allInnerTexts().then((all) => all.map((s) => s[0])), ['1', '3', '4'])
    const item = page.getByRole('link', { name: 'Gezinnen wachten langer op jeugdhulp' })
    for (let tries = 0; tries < 30; tries++) {
      await page.goto('/pers/media')
      if (await item.count()) break
      await page.waitForTimeout(500)
    }
    assert.equal(await page.getByRole('link', { name: /Sportdag/ }).count(), 0, 'without a keyword it is not kept')
    await item.click()
    assert.match(await page.locator('main').innerText(), /Dit bericht is verzonnen/)
    await see(page, 'press-paper')
  })

  // R-I-07: who, medium, question, deadline; the rest comes later.
  test('the adviser takes a question on the telephone', async () => {
    const page = await as('communicatie')
    await page.goto('/pers')
    await page.getByRole('link', { name: 'Nieuwe persvraag' }).click()
    await page.locator('form.loket-sheet button[type=submit]').click()
    await see(page, 'press-new-faults')
    await answer(page, {
      asker_kind: 'journalist', press_medium: 'regionale krant', press_question: 'Sluit de nachtopvang?', press_subject: subject,
      municipality_asking: ['kampen'], asked_at: moment(1), journalist_deadline: moment(-3), press_calamity: 'no',
    })
    await page.locator('form.loket-sheet button[type=submit]').click()
    await page.waitForURL(/gedaan=nieuw/)
    const words = await card(page).innerText()
    assert.match(words, /Sluit de nachtopvang\?/)
    assert.match(words, /Eigen deadline van de journalist[\s\S]*De persvraag beantwoorden/, 'the journalist’s deadline stands first')
    assert.match(words, /1\. Vraagstelling[\s\S]*5\. Evaluatie/, 'the five steps')
    path = new URL(await card(page).locator('h2 a').getAttribute('href'), page.url()).pathname
    await see(page, 'press-room')
  })

  // R-I-32: another municipality sees nothing of it.
  test('a spokesperson sees the questions of the own municipality only', async () => {
    assert.equal(await (await inRoom('woordvoerder-kampen')).count(), 1)
    assert.equal(await (await inRoom('woordvoerder-deventer')).count(), 0)
    assert.equal(await (await as('woordvoerder-kampen')).getByRole('link', { name: /Mediamonitor/ }).count(), 0)
  })

  // R-I-06, R-I-07: at a quarter to ten in the evening, without JavaScript: what came, by when,
  // the step, and one button; all else is folded, in the room and on the question itself.
  stage.walk('what to do is seen at once, and the rest is folded', { desk: 1, as: 'communicatie', javaScriptEnabled: false, viewport: { width: 320, height: 640 } }, async ({ page }) => {
    const buttons = (where) => where.locator('.utrecht-button:visible').count()
    for (const [address, where] of [['/pers', card(page)], [path, page.locator('main')]]) {
      await page.goto(address)
      assert.match(await where.innerText(), /Sluit de nachtopvang\?[\s\S]*Eigen deadline van de journalist[\s\S]*nog \d+ uur/)
      assert.equal(await buttons(where), 1, `one button on ${address}`)
      const { height } = await where.boundingBox()
      await where.evaluate((e) => { for (const d of e.querySelectorAll('details')) d.open = true })
      assert.ok((await where.boundingBox()).height > 1.5 * height, 'control: unfolded it is long')
    }
    await page.goto(`${path}#overdracht`) // a link into a folded part opens it
    assert.ok(await page.locator('#overdracht').isVisible())
  })

  // WCAG 2.1.1: the same with the keyboard.
  test('the keyboard reaches the button and the fold', async () => {
    const page = await as('communicatie')
    await page.goto('/pers')
    const room = card(page)
    await room.locator('h2 a').focus()
    await page.keyboard.press('Tab')
    assert.ok(await page.evaluate(() => document.activeElement.matches('a.utrecht-button')))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.ok(await fold(room, /^Alle stappen/).evaluate((e) => e.open))
  })

  // R-I-08, R-I-12, R-I-14: figures, key message, and to whom it went.
  test('the key message reaches the municipality, and the room shows it', async () => {
    await record(await as('contract'), path, 'press_information', { info_can: 'yes', info_facts: 'De nachtopvang blijft open.', info_source: 'contract' })
    await compose(await as('communicatie'), path, 'key_message', { message: 'De nachtopvang blijft open in de zomer.' })
    const room = await inRoom('communicatie')
    const text = fold(room, /^Kernboodschap: vrijgegeven/)
    await unfold(text)
    assert.match(await text.innerText(), /De nachtopvang blijft open in de zomer[\s\S]*Naar wie ging dit/)
  })

  // R-I-22, R-I-113: what a feed holds with a keyword waits for a person.
  test('the media monitor finds an article, and the adviser links it', async () => {
    const page = await as('communicatie')
    await page.goto('/lijsten/nieuwsbronnen/regel/nieuw')
    await page.fill('#name', 'De Proefkrant')
    await page.fill('#address', `http://127.0.0.1:${paper.address().port}/feed`)
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForURL(/gedaan=bewaard/)
    await page.goto('/lijsten/zoekwoorden/regel/nieuw')
    await page.fill('#word', 'zorgen')
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForURL(/gedaan=bewaard/)
    const item = page.locator('li', { has: page.getByRole('heading', { name: 'Zorgen over nachtopvang', exact: true }) })
    for (let tries = 0; tries < 60; tries++) { // the monitor looks every ten seconds
      await page.goto('/pers/media')
      if (await item.count()) break
      await page.waitForTimeout(1000)
    }
    await item.locator('summary').click()
    await see(page, 'press-media')
    await item.getByRole('button', { name: 'Vastleggen' }).click() // no case chosen: told, and what was typed stays
    assert.match(await page.locator('[role=alert]').innerText(), /Kies bij welke zaak/)
    await see(page, 'press-media-fault')
    await item.locator('select[name=zaak]').selectOption({ label: await item.locator('select[name=zaak] option', { hasText: subject }).innerText() })
    await item.getByRole('button', { name: 'Vastleggen' }).click()
    await page.waitForURL(/gedaan=gekoppeld/)
    assert.match(await (await inRoom('communicatie')).textContent(), /In de media \(1\)/)
  })

  // R-I-15, R-I-17, R-I-20, D-62: the municipality answers; then all others hear it.
  test('the municipality answers, and the policy officers get the mail', async () => {
    await record(await as('woordvoerder-kampen'), path, 'press_reply', { reply_outcome: 'answered', reply_at: moment(0), reply_text: 'Ja, de nachtopvang blijft gewoon open.', reply_from: 'municipality', reply_by: 'woordvoerder Kampen' })
    await compose(await as('communicatie'), path, 'press_mail')
    const room = await inRoom('communicatie')
    assert.match(await room.textContent(), /Ja, de nachtopvang blijft gewoon open/)
    const mail = fold(room, /^Mail aan de beleidsmedewerkers jeugd: vrijgegeven/)
    await unfold(mail)
    assert.ok(await mail.locator('li').count() >= 3, 'to whom it went')
    await room.locator('details').first().evaluate((e) => { for (const d of e.closest('article').querySelectorAll('details')) d.open = true })
    await see(await as('communicatie'), 'press-room-open')
  })

  // So that answers agree: the next question about the same shows what was answered.
  test('a second question about the same shows the answer', async () => {
    const page = await as('communicatie')
    await page.goto('/pers/nieuw/press')
    await answer(page, { asker_kind: 'journalist', press_medium: 'omroep', press_question: 'Blijft hij open?', press_subject: 'Zomer en nachtopvang', municipality_asking: ['zwolle'] })
    await page.locator('form.loket-sheet button[type=submit]').click()
    await page.waitForURL(/gedaan=nieuw/)
    const second = page.locator('article', { has: page.getByRole('heading', { level: 2, name: 'Zomer en nachtopvang' }) })
    assert.match(await second.innerText(), /Over hetzelfde onderwerp: 1 al beantwoord/)
    assert.match(await second.textContent(), /Over hetzelfde onderwerp[\s\S]*Ja, de nachtopvang blijft gewoon open/)
  })

  // R-I-25: two questions, asked of both sides; then it closes and stays to be found.
  test('both evaluate, and the question closes', async () => {
    const page = await as('contract')
    await record(page, path, 'press_evaluation', { evaluated_by: 'region', press_satisfied: 'yes', press_agreements: 'no' })
    await record(await as('woordvoerder-kampen'), path, 'press_evaluation', { evaluated_by: 'municipality', press_satisfied: 'yes', press_agreements: 'no' })
    assert.match(await (await inRoom('communicatie')).first().textContent(), /Evaluatie \(2\)/)
    await page.goto(path)
    const closing = page.locator('#f-sluiten')
    await unfold(closing)
    for (const box of await closing.locator('textarea').all()) await box.fill('Niet nodig bij deze vraag.')
    await closing.locator('button[type=submit]:not([formaction])').click()
    await page.waitForURL(/gedaan=closed/)
    await page.goto('/pers')
    assert.match(await page.locator('aside').innerText(), /nachtopvang[\s\S]*vandaag beantwoord/i)
    await see(page, 'press-room-after')
    stage.quiet()
  })
}, { prepare: async () => { paper = await newspaper(); return () => paper.close() } })

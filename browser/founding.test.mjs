// SPDX-License-Identifier: EUPL-1.2

// A newcomer sets up a desk from nothing, in the browser: a protocol to begin with, a first
// person, what is still missing, and the first report (R-I-97 … R-I-99, D-55).

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { quiet } from './chromium.mjs'
import { journey, see } from './journey.mjs'
import { fillNeeded, receipt, send } from './steps.mjs'

journey('a new desk', (stage) => {
  test('takes reports after one page and one login', async () => {
    const [, address, code] = stage.demo.printed.match(/(http\S+\/nieuw-loket)\D.*?: (\S+)/)
    const begun = Date.now()
    const { context, page, heard } = await stage.visit({ at: new URL(address).origin })
    await page.goto('/nieuw-loket')
    const fill = (name, text) => page.locator(`[name=${name}]`).fill(text)
    await fill('code', 'verkeerd')
    await fill('naam', 'Gemeente Voorbeeld')
    await page.locator('[name=protocol][value=rotterdam]').check()
    await fill('telefoon', '010 000 00 00')
    await fill('host', `voorbeeld.localhost:${new URL(stage.url).port}`)
    await fill('coordinator', 'Bram Nepnaam')
    await fill('inlognaam', 'bram')
    await see(page, 'founding')
    await page.locator('main form button[type=submit]').click()
    await page.waitForLoadState()
    assert.match(await page.locator('[role=alert]').innerText(), /code/i, 'a wrong code is refused')
    assert.equal(await page.locator('[name=naam]').inputValue(), 'Gemeente Voorbeeld', 'and nothing typed is lost')
    await see(page, 'founding-refused')

    await fill('code', code)
    await page.locator('main form button[type=submit]').click()
    await page.waitForLoadState()
    const password = (await page.locator('.loket-code').innerText()).trim()
    const home = new URL(await page.locator('.desk-pairs a').getAttribute('href'))
    await see(page, 'founding-ready')

    const own = await stage.visit({ at: home.origin })
    await own.page.goto('/inloggen?naar=/inrichting')
    await own.page.locator('[name=gebruiker]').fill('bram')
    await own.page.locator('[name=wachtwoord]').fill(password)
    await own.page.locator('main form[action="/inloggen"] button').click()
    await own.page.waitForURL(/\/inrichting/)
    assert.ok(await own.page.locator('.loket-known li').count() > 0, 'what is missing is named')
    await see(own.page, 'founding-check')

    const reporter = await stage.visit({ at: home.origin })
    await reporter.page.goto('/melden')
    await fillNeeded(reporter.page)
    await send(reporter.page)
    assert.match((await receipt(reporter.page)).number, /^\d{4}-\d{4}$/)
    assert.ok(Date.now() - begun < 5 * 60_000, 'in under five minutes')

    await page.goto('/nieuw-loket')
    await fill('code', code)
    for (const [name, text] of [['naam', 'Nog een'], ['telefoon', '010 000 00 00'], ['coordinator', 'Sara Fictie'], ['inlognaam', 'sara']]) await fill(name, text)
    await page.locator('main form button[type=submit]').click()
    await page.waitForLoadState()
    assert.equal(await page.locator('.loket-code').count(), 0, 'control: the code works once')
    quiet([...heard, ...own.heard, ...reporter.heard])
    for (const visit of [context, own.context, reporter.context]) await visit.close()
  })
})

// SPDX-License-Identifier: EUPL-1.2

// “Moet ik dit melden?” answers with the rule and its source, and keeps nothing
// (DT-09 … DT-13, R-R-30 … R-R-48).

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startDemo, stopDemo } from './demo.mjs'
import { launch, look, quiet, skip, visitor } from './chromium.mjs'

describe('moet ik dit melden', { skip }, () => {
  let demo, browser
  before(async () => {
    demo = await startDemo()
    browser = await launch()
  })
  after(async () => {
    await browser?.close()
    if (demo) await stopDemo(demo)
  })

  for (const javaScriptEnabled of [true, false]) {
    test(`the answer names the rule and its source, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const { context, page, heard } = await visitor(browser, demo.url, { javaScriptEnabled })
      await page.goto('/moet-ik-melden')
      await page.locator('[name=kinds][value=serious_violence]').check()
      if (!javaScriptEnabled) {
        await page.locator('main form button[type=submit]').first().click()
        await page.waitForLoadState()
      }
      await page.locator('main form button[type=submit]').first().click()
      await page.waitForLoadState()
      const answer = await page.locator('#antwoord').innerText()
      assert.match(answer, /regel \d+/, 'the answer cites a line of the protocol')
      if (javaScriptEnabled) {
        assert.deepEqual(await look(page, 'moet-ik-melden-antwoord'), [])
        quiet(heard)
      }
      await context.close()
    })
  }

  test('nothing of it is kept', async () => {
    const { context, page } = await visitor(browser, demo.url, { javaScriptEnabled: false })
    const mark = 'kenmerkdatnietbewaardmagworden'
    await page.goto('/moet-ik-melden')
    await page.request.post('/moet-ik-melden', { form: { kinds: 'other', kinds_other: mark } })
    assert.deepEqual((await context.cookies()).filter((c) => c.name !== 'loket-taal'), [], 'no cookie')
    for (const name of await readdir(demo.folder, { recursive: true })) {
      const raw = await readFile(join(demo.folder, name)).catch(() => Buffer.alloc(0))
      assert.equal(raw.includes(mark), false, `${name} holds what was typed`)
    }
    await context.close()
  })
})

// SPDX-License-Identifier: EUPL-1.2

// “Moet ik dit melden?” answers with the rule and its source, and keeps nothing
// (DT-09 … DT-13, R-R-30 … R-R-48).

import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { looks } from './chromium.mjs'
import { journey } from './journey.mjs'

journey('moet ik dit melden', (stage) => {
  for (const javaScriptEnabled of [true, false]) {
    stage.walk(`the answer names the rule and its source, ${javaScriptEnabled ? 'with' : 'without'} scripts`, { javaScriptEnabled }, async ({ page, see }) => {
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
      if (javaScriptEnabled) await see('moet-ik-melden-antwoord', looks)
    })
  }

  stage.walk('nothing of it is kept', { javaScriptEnabled: false }, async ({ context, page }) => {
    const mark = 'kenmerkdatnietbewaardmagworden'
    await page.goto('/moet-ik-melden')
    await page.request.post('/moet-ik-melden', { form: { kinds: 'other', kinds_other: mark } })
    assert.deepEqual((await context.cookies()).filter((c) => c.name !== 'loket-taal'), [], 'no cookie')
    for (const name of await readdir(stage.demo.folder, { recursive: true })) {
      const raw = await readFile(join(stage.demo.folder, name)).catch(() => Buffer.alloc(0))
      assert.equal(raw.includes(mark), false, `${name} holds what was typed`)
    }
  })
})

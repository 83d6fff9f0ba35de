// SPDX-License-Identifier: EUPL-1.2

// A journey: what people do at the demo, each in a browser of their own. Every journey begins
// with a demo in an empty folder and ends with everything closed, whatever failed.
//
//	journey('two reports of one incident', (stage) => {
//	  stage.walk('a verdict, and back', { as: 'functionaris' }, async ({ page, see }) => {
//	    await openCase(page, number)
//	    await see('linked')            // axe, 320 pixels, a screenshot
//	  })
//	})
//
// A walk is one visitor and one test. When it ends the browser must have heard nothing: no
// error on the console, no script that broke, no request to another host.

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { startDemo, stopDemo } from './demo.mjs'
import { fewLooks, launch, look, quiet, skip, visitor } from './chromium.mjs'
import { login } from './steps.mjs'

/** Tells a journey. `prepare` does what must be there before the demo starts, and gives back
 *  how to end it; the other options are those of node's own describe. */
export function journey(title, tell, { prepare, ...options } = {}) {
  describe(title, { skip, ...options }, () => {
    const stage = new Stage()
    before(() => stage.open(prepare))
    after(() => stage.close())
    tell(stage)
  })
}

/** A demo with a browser before it. */
class Stage {
  people = new Map()

  async open(prepare) {
    this.finish = await prepare?.()
    this.demo = await startDemo()
    this.browser = await launch()
  }

  async close() {
    await this.browser?.close()
    if (this.demo) await stopDemo(this.demo)
    await this.finish?.()
  }

  /** The address of the first desk, as somebody types it. */
  get url() { return this.demo.url }

  /** A desk of the demo: its name, address and logins. The first one is Rotterdam's. */
  desk(n = 0) { return this.demo.desks[n] }

  /** Somebody comes by who was never here. `desk` is which desk, `at` another address, or what
   *  gives it once the demo runs; `as` logs in; the rest is how the browser is, such as
   *  `javaScriptEnabled: false`. */
  async visit({ desk = 0, at = desk === 0 ? this.url : this.desk(desk).url, as, ...options } = {}) {
    const visit = await visitor(this.browser, typeof at === 'function' ? at() : at, options)
    if (as) await login(visit.page, this.desk(desk), as)
    return visit
  }

  /** The page of somebody at a desk; the second time without logging in again. */
  async as(user, desk = 0) {
    const name = `${desk} ${user}`
    if (!this.people.has(name)) this.people.set(name, await this.visit({ desk, as: user }))
    return this.people.get(name).page
  }

  /** One visitor and one test. With `loud` the browser may complain: the test plants faults. */
  walk(title, { loud = false, ...how }, walked) {
    test(title, async (t) => {
      const visit = await this.visit(how)
      try {
        await walked({ ...visit, t, see: (name, ways) => see(visit.page, name, ways) })
        if (!loud) quiet(visit.heard)
      } finally {
        await visit.context.close()
      }
    })
  }

  /** Nobody whose page was kept with `as` heard anything. */
  quiet() { quiet([...this.people.values()].flatMap((visit) => visit.heard)) }
}

/** Looks at the page as it is now, narrow and wide, light and dark, and fails on what is wrong. */
export async function see(page, name, ways = fewLooks) {
  assert.deepEqual(await look(page, name, ways), [])
}

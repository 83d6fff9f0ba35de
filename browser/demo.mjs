// SPDX-License-Identifier: EUPL-1.2

// The demo in a process of its own, on a free port and in an empty folder, as somebody
// who tries the program starts it.

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = process.env.LOKET ?? 'bin/loket'

/** Starts the demo and waits for its first answer. */
export async function startDemo() {
  const address = `127.0.0.1:${await freePort()}`
  const folder = await mkdtemp(join(tmpdir(), 'loket-browser-'))
  const child = spawn(program, ['demo', '--addr', address, '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  const demo = { child, folder, url: `http://${address}`, printed: '', ended: false }
  child.stdout.on('data', (text) => (demo.printed += text))
  child.stderr.on('data', (text) => (demo.printed += text))
  child.on('exit', () => (demo.ended = true))
  await answers(demo)
  demo.desks = desks(demo.printed)
  demo.logins = demo.desks[0].logins // the desk that answers on the plain address
  return demo
}

/** Ends the demo and removes what it kept. */
export async function stopDemo(demo) {
  if (!demo.ended) {
    const gone = new Promise((resolve) => demo.child.once('exit', resolve))
    demo.child.kill('SIGINT')
    await gone
  }
  await rm(demo.folder, { recursive: true, force: true })
}

async function answers(demo) {
  const until = Date.now() + 60_000
  while (Date.now() < until && !demo.ended) {
    const reply = await fetch(`${demo.url}/melden`).catch(() => null)
    if (reply?.ok && /Ctrl-C/.test(demo.printed)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the demo does not answer\n${demo.printed}`)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Reads what the demo prints of each desk: its address and its logins (role, name, password). */
export function desks(printed) {
  const found = []
  for (const line of printed.split('\n')) {
    const head = line.match(/^== (.+): (http\S+) ==$/)
    if (head) found.push({ name: head[1], url: head[2], printed, logins: [] })
    const login = line.match(/^\s+(\S.*?)\s{2,}(\S+)\s{2,}(\S+)\s*$/)
    if (login) found.at(-1)?.logins.push({ role: login[1], user: login[2], password: login[3] })
  }
  return found
}

// SPDX-License-Identifier: EUPL-1.2

// Somebody makes the own account safe: a passkey on a device, which then logs in without a
// password; a second step with a code and recovery codes (S11). The device is Chromium's own
// virtual one, the app that makes codes is the few lines at the end.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { quiet } from './chromium.mjs'
import { journey, see as look } from './journey.mjs'
import { login, loginOf, logout } from './steps.mjs'

journey('the own account', (stage) => {
  // A passkey belongs to a name, so people come by the name of the desk, not by a number.
  const at = () => new URL(stage.desk().url).origin

  stage.walk('a passkey is made, logs in, and is taken away', { at }, async ({ context, page, see }) => {
    await authenticator(context, page)
    await login(page, stage.desk(), 'functionaris')
    await page.goto('/account')
    await page.getByRole('link', { name: 'Maak een passkey' }).click()
    await see('passkey-new')
    await page.locator('[name=naam]').fill('laptop')
    await page.locator('[name=wachtwoord]').fill('verkeerd wachtwoord')
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await page.locator('#fout').waitFor()
    assert.equal(await page.locator('[name=naam]').inputValue(), 'laptop', 'nothing typed is lost')
    await page.locator('[name=wachtwoord]').fill(loginOf(stage.desk(), 'functionaris').password)
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await page.waitForURL(/klaar=passkey/)
    assert.match(await page.locator('[role=status]').first().innerText(), /passkey is gemaakt/)
    await see('passkey-made')

    await logout(page)
    await page.goto('/inloggen')
    await page.getByRole('link', { name: 'Log in met een passkey' }).click()
    await see('passkey-login')
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'))
    await page.goto('/account')
    await page.locator('form[action="/account/passkey/weg"] button').click()
    await page.waitForURL(/klaar=passkey-weg/)

    await logout(page)
    await page.goto('/inloggen/passkey')
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await page.locator('#fout').waitFor()
    assert.match(page.url(), /\/inloggen\/passkey/, 'a passkey that was taken away opens nothing')
  })

  // S11: who is new gets a code, chooses a password, makes a passkey and never needs the password again.
  stage.walk('a new person comes in with a code and makes a first passkey', { at }, async ({ context, page, see }) => {
    const admin = await stage.visit({ at: at(), as: 'beheer' })
    await admin.page.goto('/mensen')
    const fill = (name, text) => admin.page.locator(`form[action="/mensen"] [name=${name}]`).fill(text)
    for (const [name, text] of [['naam', 'Daan Bedacht'], ['inlognaam', 'daan'], ['email', 'daan.bedacht@example.org']]) await fill(name, text)
    await admin.page.locator('[name=rol][value=desk_officer]').check()
    await admin.page.locator('form[action="/mensen"] button[type=submit]').click()
    const line = admin.page.locator('.desk-book__line', { hasText: 'Daan Bedacht' })
    await line.getByRole('button', { name: /Nodig uit|uitnodig/i }).click()
    const code = (await admin.page.locator('.loket-code').innerText()).trim()
    await look(admin.page, 'invited')

    await authenticator(context, page)
    await page.goto('/uitnodiging')
    await page.locator('[name=code]').fill('AAAA BBBB CCCC DDDD')
    await page.locator('main form button[type=submit]').click()
    await page.locator('[role=alert]').first().waitFor()
    await see('invitation-fault')
    await page.locator('[name=code]').fill(code)
    await page.locator('main form button[type=submit]').click()
    await page.locator('[name=nieuw]').fill('vier zomerse woorden achtereen')
    await see('invitation')
    await page.locator('main form button[type=submit]').click()
    await page.waitForURL((url) => !url.pathname.startsWith('/uitnodiging'))
    await page.goto('/account/passkey')
    await page.locator('[name=naam]').fill('telefoon')
    if (await page.locator('[name=wachtwoord]').count()) await page.locator('[name=wachtwoord]').fill('vier zomerse woorden achtereen')
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await page.waitForURL(/klaar=passkey/)
    await logout(page)
    await page.goto('/inloggen/passkey')
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'))
    await page.goto('/werklijst')
    assert.match(await page.locator('header').first().innerText(), /Daan Bedacht/, 'known by the passkey alone')
    quiet(admin.heard)

    const late = await stage.visit({ at: at() })
    await late.page.goto('/uitnodiging')
    await late.page.locator('[name=code]').fill(code)
    await late.page.locator('main form button[type=submit]').click()
    await late.page.locator('[role=alert]').first().waitFor()
    assert.equal(await late.page.locator('[name=nieuw]').count(), 0, 'control: the code works once')
  })

  stage.walk('without JavaScript the page says what to do', { at, javaScriptEnabled: false }, async ({ page }) => {
    await page.goto('/inloggen/passkey')
    assert.match(await page.locator('main').innerText(), /JavaScript nodig/)
    await page.getByRole('link', { name: 'Log in met gebruikersnaam' }).click()
    assert.ok(await page.locator('[name=wachtwoord]').isVisible())
  })

  stage.walk('a second step is set up, asked at the next login, and a recovery code counts once', { at, as: 'coordinator' }, async ({ page, see }) => {
    const { user, password } = loginOf(stage.desk(), 'coordinator')
    await page.goto('/account/tweede-stap')
    await see('second-setup')
    const secret = (await page.locator('.loket-code').innerText()).replace(/[^A-Z2-7]/g, '')
    await page.locator('[name=wachtwoord]').fill(password)
    await page.locator('[name=code]').fill('12')
    await page.getByRole('button', { name: 'Bevestig' }).click()
    await page.locator('#fout').waitFor()
    await page.locator('[name=wachtwoord]').fill(password)
    await page.locator('[name=code]').fill(codeOf(secret))
    await page.getByRole('button', { name: 'Bevestig' }).click()
    await page.getByRole('heading', { name: 'Uw herstelcodes' }).waitFor()
    await see('recovery-codes')
    const [recovery] = await page.locator('main li').allInnerTexts()
    await page.getByText('Ik heb ze bewaard').click()
    await page.waitForURL(/\/account/)
    await see('account')

    const half = async () => {
      await logout(page)
      await page.goto('/inloggen')
      await page.locator('[name=gebruiker]').fill(user)
      await page.locator('[name=wachtwoord]').fill(password)
      await page.locator('main form[action="/inloggen"] button').click()
      await page.waitForURL(/tweede-stap/)
    }
    await half()
    await see('second-step')
    await page.locator('[name=code]').fill(recovery.trim())
    await page.getByRole('button', { name: 'Bevestig' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'))
    await half()
    await page.locator('[name=code]').fill(recovery.trim())
    await page.getByRole('button', { name: 'Bevestig' }).click()
    await page.locator('#fout').waitFor()
  })
})

/** Chromium's own virtual device, which says yes to everything. */
async function authenticator(context, page) {
  const device = await context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
}

/** The code that an app shows now (RFC 6238: 30 seconds, SHA-1, six digits). */
function codeOf(secret) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const sum = createHmac('sha1', key).update(step).digest()
  const at = sum[19] & 15
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

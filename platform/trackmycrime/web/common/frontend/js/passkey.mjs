// Passkeys: the browser asks for a finger, a face or the device's own code, and its answer is sent as any form is.

import { Component } from 'govuk-frontend/dist/govuk/component.mjs'

export class Passkey extends Component {
  static moduleName = 'tmc-passkey'

  /** Show the form only where the browser can do it; what stands there instead goes away. */
  constructor ($root) {
    super($root)
    if (!window.PublicKeyCredential) return
    this.$status = $root.querySelector('[data-failed]')
    this.$shared = document.querySelector('#shared')
    const $instead = document.getElementById($root.dataset.instead)
    if ($instead) $instead.hidden = true
    $root.hidden = false
    $root.querySelector('[data-ask]').addEventListener('click', () => this.ask())
  }

  async ask () {
    this.$status.textContent = ''
    try {
      const answer = this.$root.dataset.create ? await this.make() : await this.use()
      this.$root.elements.credential.value = JSON.stringify(answer)
    } catch {
      this.$status.textContent = this.$status.dataset.failed // also when somebody thought better of it
      return
    }
    this.$root.requestSubmit()
  }

  async make () {
    const options = JSON.parse(this.$root.dataset.create)
    const publicKey = { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) } }
    publicKey.excludeCredentials = (options.excludeCredentials ?? []).map((known) => ({ ...known, id: bytes(known.id) }))
    const made = await navigator.credentials.create({ publicKey })
    return told(made, { attestationObject: text(made.response.attestationObject) })
  }

  async use () {
    const body = new URLSearchParams(new FormData(this.$root))
    const answer = await fetch(this.$root.dataset.challenges, { method: 'POST', body, redirect: 'error' })
    if (!answer.ok) throw new Error('refused')
    const options = await answer.json()
    const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: [] }
    const used = await navigator.credentials.get({ publicKey })
    this.$root.elements.shared.disabled = !this.$shared?.checked
    const { authenticatorData, signature, userHandle } = used.response
    const handle = userHandle ? text(userHandle) : ''
    return told(used, { authenticatorData: text(authenticatorData), signature: text(signature), userHandle: handle })
  }
}

function told ({ id, rawId, type, response }, more) {
  return { id, rawId: text(rawId), type, response: { clientDataJSON: text(response.clientDataJSON), ...more } }
}

function bytes (base64url) {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

function text (buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

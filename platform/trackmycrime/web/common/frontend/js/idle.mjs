// Whoever does nothing is signed out, and is warned first: heard by screen readers, answered by keyboard, covering the page.
// Typing and moving count as doing something: the service is told, so that a long message is not lost while it is written.

import { Component } from 'govuk-frontend/dist/govuk/component.mjs'

const WARN_BEFORE_MS = 60_000
const SLACK_MS = 60_000 // the service may have noted the last page up to a minute before it was drawn
const TELL_EVERY_MS = 65_000
const LOOK_EVERY_MS = 1_000

export class Idle extends Component {
  static moduleName = 'tmc-idle'

  constructor ($root) {
    super($root)
    this.idleMs = Number($root.dataset.seconds) * 1000 - SLACK_MS
    this.usedAt = this.toldAt = Date.now()
    this.$stay = $root.querySelector('[data-stay]')
    this.$back = null
    this.tabs = new BroadcastChannel('tmc-idle')
    this.tabs.addEventListener('message', () => this.elsewhere())

    for (const kind of ['keydown', 'pointerdown', 'pointermove', 'scroll', 'input']) {
      document.addEventListener(kind, () => this.used(), { passive: true })
    }
    this.$stay.addEventListener('click', () => this.stay())
    $root.addEventListener('keydown', (event) => this.key(event))
    setInterval(() => this.look(), LOOK_EVERY_MS)
    document.addEventListener('visibilitychange', () => this.look())
    window.addEventListener('pageshow', () => this.look())
  }

  /** Somebody is there. Behind the warning only its own answers count. */
  used () {
    if (!this.$root.hidden) return
    this.usedAt = Date.now()
  }

  /** They use another tab of ours: here they are neither warned nor signed out. */
  elsewhere () {
    this.usedAt = this.toldAt = Date.now()
    this.$root.hidden = true
  }

  look () {
    const idle = Date.now() - this.usedAt
    if (this.usedAt > this.toldAt && Date.now() - this.toldAt > TELL_EVERY_MS) this.tell()
    if (idle >= this.idleMs) this.leave()
    else if (idle >= this.idleMs - WARN_BEFORE_MS && this.$root.hidden) this.warn()
  }

  warn () {
    this.$back = document.activeElement
    this.$root.hidden = false
    this.$stay.focus()
  }

  stay () {
    this.usedAt = Date.now()
    this.$root.hidden = true
    this.$back?.focus?.()
    this.tell()
  }

  /** Escape stays, and Tab goes round inside the warning. */
  key (event) {
    if (event.key === 'Escape') this.stay()
    if (event.key !== 'Tab') return
    const $stops = [...this.$root.querySelectorAll('button, a')]
    const $next = $stops[($stops.indexOf(document.activeElement) + 1) % $stops.length]
    event.preventDefault()
    $next.focus()
  }

  async tell () {
    this.toldAt = Date.now()
    this.tabs.postMessage('used')
    const answer = await fetch('/signed-in', { redirect: 'manual' }).catch(() => null)
    if (answer && answer.status !== 204) this.leave() // it has ended already: somewhere else, or by itself
  }

  /** What was just typed is kept first, where something keeps it. */
  leave () {
    document.dispatchEvent(new Event('tmc-leave'))
    window.location.replace('/sign-out')
  }
}

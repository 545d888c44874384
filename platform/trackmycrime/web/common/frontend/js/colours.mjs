// Colours beside their codes, and the preview in them as they are chosen. The server judges them, here as when they are saved.

import { Component } from 'govuk-frontend/dist/govuk/component.mjs'

const CODE = /^#[0-9a-f]{6}$/i
const WAIT_MS = 150

/** The four colours of a force's branding form. */
export class Colours extends Component {
  static moduleName = 'tmc-colours'

  constructor ($root) {
    super($root)
    this.$preview = document.querySelector('[data-colours]')
    this.$codes = ['header', 'accent', 'brand', 'link'].map((name) => $root.elements[name]).filter(Boolean)
    for (const $code of this.$codes) this.addSwatch($code)
    this.$preview?.addEventListener('load', () => this.judge())
  }

  addSwatch ($code) {
    const $row = document.createElement('div')
    const $swatch = document.createElement('input')
    $row.className = 'tmc-swatch'
    $swatch.type = 'color'
    $swatch.setAttribute('aria-label', `${$code.labels[0].textContent.trim()}, ${this.$root.dataset.choose}`)
    if (CODE.test($code.value)) $swatch.value = $code.value
    $code.replaceWith($row)
    $row.append($swatch, $code)
    $swatch.addEventListener('input', () => this.take($code, $swatch.value))
    $code.addEventListener('input', () => {
      if (CODE.test($code.value)) this.take($swatch, $code.value)
    })
  }

  take ($other, value) {
    $other.value = value
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.judge(), WAIT_MS)
  }

  async judge () {
    const asked = new URLSearchParams(this.$codes.map(($code) => [$code.name, $code.value]))
    const answer = await fetch(`${this.$root.dataset.judge}?${asked}`).catch(() => null)
    if (answer?.ok) this.show(await answer.json())
  }

  show (judged) {
    const $page = this.$preview?.contentDocument?.documentElement
    for (const [name, value] of Object.entries(judged.properties)) $page?.style.setProperty(name, value)
    for (const check of judged.checks) {
      const $row = document.querySelector(`[data-check="${check.key}"]`)
      if (!$row) continue
      $row.querySelector('[data-ratio]').textContent = check.ratio
      $row.querySelector('[data-passes]').hidden = !check.passes
      $row.querySelector('[data-fails]').hidden = check.passes
    }
  }
}

// The quick exit: the button, its skip link, or Shift three times.

import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs'

export class Exit extends ExitThisPage {
  /** Hide the page at once, then put the way out in its place in the history rather than after it. */
  exitPage () {
    super.exitPage()
    window.location.replace(this.$button.href)
  }
}

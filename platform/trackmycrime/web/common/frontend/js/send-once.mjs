// A form is sent once, however often an impatient or shaking hand presses its button.

const FORGET_AFTER_MS = 8000

/** Refuse a second sending of the same form until the page is shown again or the first has clearly failed. */
export function sendOnce ($document) {
  const sending = new Set()

  $document.addEventListener('submit', (event) => {
    const $form = event.target
    if ($form.method !== 'post') return
    if (sending.has($form)) {
      event.preventDefault()
      return
    }
    sending.add($form)
    setTimeout(() => sending.delete($form), FORGET_AFTER_MS)
  })

  window.addEventListener('pageshow', () => sending.clear())
}

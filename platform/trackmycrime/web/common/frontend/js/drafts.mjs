// What is being written is kept by the server until it is sent, and never by the browser.

const PAUSE_MS = 2000
const PATIENCE_MS = 5000

/** Keep what is written into a form that has somewhere to keep it. */
export function keepDrafts ($document) {
  const $form = $document.querySelector('form[data-draft]')
  if (!$form) return
  const $text = $form.querySelector('textarea')
  const $status = $form.querySelector('[data-not-kept]')
  let kept = $text.defaultValue
  let sending = false
  let timer = null
  let saving = null

  async function keep (leaving = false) {
    clearTimeout(timer)
    const text = $text.value
    if (sending || text === kept) return
    const body = new URLSearchParams(new FormData($form))
    try {
      const signal = AbortSignal.timeout?.(PATIENCE_MS)
      saving = fetch($form.dataset.draft, { method: 'POST', body, redirect: 'manual', keepalive: leaving, signal })
      const answer = await saving
      if (answer.ok) kept = text
      $status.textContent = answer.ok ? '' : $status.dataset.notKept
    } catch {
      $status.textContent = $status.dataset.notKept
    }
    saving = null
  }

  $text.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => keep(), PAUSE_MS)
  })
  // What is on its way to be kept arrives first: behind what was sent, it would come back as not sent.
  $form.addEventListener('submit', (event) => {
    sending = true
    clearTimeout(timer)
    if (!saving) return
    event.preventDefault()
    event.stopPropagation()
    const $button = event.submitter ?? undefined
    Promise.allSettled([saving]).then(() => {
      saving = null
      $form.requestSubmit($button)
    })
  })
  window.addEventListener('pageshow', () => { sending = false })
  window.addEventListener('pagehide', () => keep(true))
  $document.addEventListener('tmc-leave', () => keep(true))

  // The page that is shown next holds what was written here: so it is kept before that page is asked for.
  for (const $link of $document.querySelectorAll('a[data-keep-first]')) {
    $link.addEventListener('click', async (event) => {
      event.preventDefault()
      await keep()
      window.location.assign($link.href)
    })
  }
}

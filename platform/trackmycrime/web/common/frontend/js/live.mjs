// An open page hears that something new has come, and says so. It never changes under its reader, and it listens only while
// somebody can see it.

/** Listen where a page asks for it. */
export function listen ($document) {
  const $live = $document.querySelector('[data-live]')
  if (!$live || !window.EventSource) return
  const $line = $live.firstElementChild
  let source = null
  let ended = false

  function tell (event) {
    const number = Number.parseInt(event.data, 10)
    const words = number === 1 ? $live.dataset.one : $live.dataset.many
    $line.firstElementChild.textContent = words.replace('{number}', String(number))
    $line.hidden = number < 1
  }

  function open () {
    if (source || ended || $document.visibilityState === 'hidden') return
    source = new EventSource($live.dataset.live)
    source.addEventListener('news', tell)
    source.addEventListener('end', () => {
      ended = true
      close()
    })
  }

  function close () {
    source?.close()
    source = null
  }

  $document.addEventListener('visibilitychange', () => $document.visibilityState === 'hidden' ? close() : open())
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', open)
  open()
}

// Where many have failed to sign in, a browser does some work before it is heard: a person waits a moment, a guesser pays
// for every guess. Only a page that asks for work asks for this module. The work is a number that, put behind the challenge, makes a SHA-256 beginning with enough zero bits.

import { sha256 } from '@noble/hashes/sha2.js'

const SLICE_MS = 40

/** Begin the work of a page that asks for some while its form is filled in, and hold the form back until it is done. */
function proveFirst ($document) {
  const $work = $document.querySelector('input[name="work"]')
  const $status = $document.querySelector('[data-working]')
  let done = false
  let $waiting = null

  $work.form.addEventListener('submit', (event) => {
    if (done) return
    event.preventDefault()
    event.stopPropagation()
    $waiting = event.submitter ?? undefined
    $status.textContent = $status.dataset.working
  })

  solve($work.value, (answer) => {
    done = true
    $work.value = answer
    if ($waiting !== null) $work.form.requestSubmit($waiting)
  })
}

function solve (challenge, tell) {
  const bits = Number.parseInt(challenge, 10)
  const encoder = new TextEncoder()
  let number = 0

  function slice () {
    const until = performance.now() + SLICE_MS
    while (performance.now() < until) {
      for (let times = 0; times < 200; times++, number++) {
        const answer = `${challenge}.${number}`
        if (zeros(sha256(encoder.encode(answer))) >= bits) {
          tell(answer)
          return
        }
      }
    }
    setTimeout(slice)
  }

  setTimeout(slice)
}

function zeros (digest) {
  const words = new DataView(digest.buffer, digest.byteOffset)
  const first = Math.clz32(words.getUint32(0))
  return first < 32 ? first : 32 + Math.clz32(words.getUint32(4))
}

proveFirst(document)

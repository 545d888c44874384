// Everything here only improves pages that already work without it.

import { createAll } from 'govuk-frontend/dist/govuk/init.mjs'
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs'
import { ServiceNavigation } from 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import { Colours } from './colours.mjs'
import { keepDrafts } from './drafts.mjs'
import { Exit } from './exit.mjs'
import { Idle } from './idle.mjs'
import { listen } from './live.mjs'
import { Passkey } from './passkey.mjs'
import { sendOnce } from './send-once.mjs'

// The way out comes first, so that nothing that fails later can take it away.
const components = [
  Exit, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink,
  Idle, Passkey, Colours
]
for (const component of components) createAll(component)
sendOnce(document)
keepDrafts(document)
listen(document)

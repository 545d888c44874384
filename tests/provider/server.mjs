// Identity providers of forces, by the certified oidc-provider, for as long as the tests need them.
//
// Whoever started this asks on its first port: POST / makes a provider, POST /<number> changes what it does from now on,
// GET /<number> tells what it was asked and which logout tokens it has sent. `forge` makes it sign what it should not.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import Provider from 'oidc-provider'

const made = []
const base64 = text => Buffer.from(text).toString('base64url')

function newKey (kind) {
  const { privateKey } = kind === 'RSA'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : kind === 'EC' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig' }
}

// A token that says something else, signed in one of the ways that must not be believed, or rightly.
async function forged (token, of, { claims = {}, without = [], signed = 'RS256', kid, other }) {
  const [head, body] = token.split('.').slice(0, 2).map(part => JSON.parse(Buffer.from(part, 'base64url')))
  const said = { ...body, ...claims }
  for (const name of without) delete said[name]
  const header = { ...head, alg: signed, kid: kid ?? of.key.kid }
  const input = `${base64(JSON.stringify(header))}.${base64(JSON.stringify(said))}`
  const key = other ? newKey('RSA') : of.key
  const pair = { key, format: 'jwk' }
  if (signed === 'none') return `${input}.`
  if (signed === 'HS256') {
    const pem = createPublicKey(pair).export({ type: 'spki', format: 'pem' })
    return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`
  }
  return `${input}.${sign('sha256', Buffer.from(input), pair).toString('base64url')}`
}

async function make ({ callback, signs = 'RS256', namesItself = true }) {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${server.address().port}`
  const key = newKey({ RS256: 'RSA', PS256: 'RSA', ES256: 'EC', EdDSA: 'OKP' }[signs])
  const origin = new URL(callback).origin
  const of = { issuer, key, account: {}, forge: null, asked: [], logouts: [], answers: {}, server }
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'trackmycrime',
      client_secret: 'a secret between the two of us',
      redirect_uris: [callback],
      post_logout_redirect_uris: [`${origin}/staff/sign-in`],
      backchannel_logout_uri: `http://127.0.0.1:${control.address().port}/logouts/${made.length}`,
      backchannel_logout_session_required: true,
      id_token_signed_response_alg: signs
    }],
    jwks: { keys: [key] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
    claims: { openid: ['sub', 'acr', 'amr', 'sid'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    acrValues: ['strong'],
    conformIdTokenClaims: false,
    // It reaches no address of this machine by itself, and the one it tells of signing out is.
    fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: true }
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ ...of.account, sub: id }) }),
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
    loadExistingGrant: async ctx => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    }
  })
  provider.use(async (ctx, next) => {
    const answer = of.answers[ctx.path]
    of.asked.push(`${ctx.method} ${ctx.path}`)
    if (answer) {
      if (answer.wait) await new Promise(resolve => setTimeout(resolve, answer.wait))
      ctx.status = answer.status ?? 200
      for (const [name, value] of Object.entries(answer.headers ?? {})) ctx.set(name, value)
      ctx.body = answer.size ? 'x'.repeat(answer.size) : answer.body ?? ''
      return
    }
    const interaction = /^\/interaction\//.test(ctx.path)
    if (interaction) {
      const result = of.account.sub
        ? { login: { accountId: of.account.sub, amr: of.account.amr, acr: of.account.acr } }
        : { error: 'access_denied', error_description: 'nobody is signed in' }
      await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false })
      ctx.respond = false
      return
    }
    await next()
    if (ctx.path === '/token' && of.forge && ctx.body?.id_token) ctx.body.id_token = await forged(ctx.body.id_token, of, of.forge)
    if (ctx.path === '/.well-known/openid-configuration' && ctx.body) {
      ctx.body = { ...ctx.body, ...of.says, ...(namesItself ? {} : { authorization_response_iss_parameter_supported: false }) }
    }
    if (ctx.path === '/jwks' && of.keys) ctx.body = { keys: of.keys }
  })
  server.on('request', provider.callback())
  of.provider = provider
  made.push(of)
  return { number: made.length - 1, issuer }
}

const read = async request => {
  let text = ''
  for await (const piece of request) text += piece
  return text
}

const control = createServer(async (request, response) => {
  const text = await read(request)
  const [, first, second] = request.url.split('/')
  let answer = {}
  if (first === 'logouts') {
    made[Number(second)].logouts.push(new URLSearchParams(text).get('logout_token'))
  } else if (request.method === 'POST' && first === '') {
    answer = await make(JSON.parse(text))
  } else if (second === 'token') {
    answer = await forged(`${base64('{}')}.${base64('{}')}.`, made[Number(first)], JSON.parse(text))
  } else if (request.method === 'POST') {
    const of = made[Number(first)]
    const { down, rotate, ...changes } = JSON.parse(text)
    Object.assign(of, changes)
    if (rotate) {
      of.key = newKey('RSA')
      const { d, p, q, dp, dq, qi, ...open } = of.key
      of.keys = [open]
      of.forge = { signed: 'RS256' }
    }
    if (down) {
      of.server.close()
      of.server.closeAllConnections()
    }
  } else {
    const { asked, logouts, issuer } = made[Number(first)]
    answer = { asked, logouts, issuer }
  }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answer))
})
control.listen(0, '127.0.0.1')
await once(control, 'listening')
console.log(control.address().port)
process.stdin.on('end', () => process.exit(0)).resume()

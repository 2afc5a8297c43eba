// Shapes of secrets in running text. Every pattern begins where a run of its characters begins and
// has bounded parts, so that a text of megabytes is passed once and never looked at twice.
import { looksSecret, namedSecret } from './secret-names.ts'

/** Puts the stand-in of a secret in its place. */
export type StandIn = (kind: string, secret: string) => string

type Replace = (text: string, standIn: StandIn) => string

/** Keys whose makers gave them a shape of their own. */
const apiKeys = [
  'sk-ant-[\\w-]{20,200}',
  'sk-(?:proj|svcacct|admin|or-v1|lf)-[\\w-]{20,250}',
  'pk-lf-[\\w-]{20,80}',
  'sk-[A-Za-z0-9]{20,100}',
  '(?:AKIA|ASIA|AGPA|AROA|AIDA)[0-9A-Z]{16}',
  'gh[oprsu]_[A-Za-z0-9]{30,255}',
  'github_pat_[A-Za-z0-9_]{22,255}',
  'glpat-[\\w-]{20,60}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,250}',
  'AIza[\\w-]{35}',
  'ya29\\.[\\w-]{20,500}',
  'hf_[A-Za-z0-9]{30,60}',
  'npm_[A-Za-z0-9]{36}',
  'pypi-[\\w-]{50,300}',
  '[rsp]k_(?:live|test)_[A-Za-z0-9]{16,200}',
  'SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}',
  'gsk_[A-Za-z0-9]{40,80}',
  'xai-[A-Za-z0-9]{40,100}',
  'r8_[A-Za-z0-9]{30,60}',
  'dop_v1_[a-f0-9]{64}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'lsv2_(?:pt|sk)_[\\w-]{20,100}',
  'tvly-[A-Za-z0-9-]{20,60}'
]
const apiKey = new RegExp(`(?<![\\w-])(?:${apiKeys.join('|')})(?![\\w])`, 'g')
const apiKeyHint =
  /sk-|pk-lf|A[KS]IA|A[GR][OP]A|AIDA|gh[oprsu]_|github_pat|glpat|xox|AIza|ya29|hf_|npm_|pypi-|k_live|k_test|SG\.|gsk_|xai-|r8_|dop_v1|shp|lsv2|tvly/

const webToken = /(?<![\w-])eyJ[\w-]{8,8000}\.[\w-]{8,20000}(?:\.[\w-]{0,2000}){0,3}/g

const bearer =
  /(?<![A-Za-z])(authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:basic|bearer|token)\s{1,3})?|bearer\s{1,3})([A-Za-z0-9._~+/=-]{8,4000})/gi

const domain = /@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}_@])/uy
const longestMailbox = 64
const mailboxSign = /[\p{L}\p{N}._%+-]/u
// "icon@2x.png" and "git@host:repository" are no mailboxes.
const noMailbox = /^git@|@\dx\.|\.(?:png|jpe?g|gif|svg|webp|css|js|mjs|ts|json|py)$/i

const unixHome =
  /(?:(?<=file:\/\/)|(?<![\p{L}\p{N}_.~/\]-]))\/(?:home|Users)\/([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63})/gu
const windowsHome =
  /(?<![\p{L}\p{N}_])[A-Za-z]:(\\{1,4}|\/)Users(?:\\{1,4}|\/)((?:[^\\/:*?"<>|\r\n]{1,40}(?=[\\/]))|[^\\/:*?"<>|\s,;)]{1,64})/gu
const sharedHome = /^(?:Shared|Public|Default|All Users)$/i
const webPage = /\.(?:html?|php|aspx?|jsx?|css|json)$/i

const urlPassword = /(:\/\/[^\s:@/"']{0,100}:)([^\s:@/"']{1,200})(?=@[^\s@])/g

// The end of a name and a sign, then a value: password=x, "api_key": "x". Looked for by what names of
// secrets end with, so that other words cost nothing; each value is passed once.
const named =
  /(?:pass_?word|passwd|passphrase|passcode|pwd|secret|key(?:_id)?|token|auth|authorization|bearer|credential|cookie)\\?["']?\s{0,3}[:=]\s{0,3}/gi
const nameBefore = /[\w.-]{0,60}$/
const valueAfter = /(\\?["'])?((?<=["'])[^"'\\\r\n]{1,2000}|[^\s"'\\,;&<>(){}[\]]{1,2000})/uy

/** All of them, in the order they are looked for: what has a shape of its own before what has a name. */
export const secretPatterns: readonly Replace[] = [
  privateKeys,
  (text, standIn) =>
    apiKeyHint.test(text) ? text.replace(apiKey, (key) => standIn('API key', key)) : text,
  (text, standIn) =>
    text.includes('eyJ')
      ? text.replace(webToken, (token) => standIn('sign-in token', token))
      : text,
  (text, standIn) =>
    text.replace(bearer, (all, before: string, token: string) =>
      isToken(before, token) ? `${before}${standIn('access token', token)}` : all
    ),
  (text, standIn) =>
    text.includes('://')
      ? text.replace(urlPassword, (all, before: string, password: string) =>
          looksSecret(password, 'password') ? `${before}${standIn('password', password)}` : all
        )
      : text,
  namedValues,
  addresses,
  homes
]

/** After the name of a scheme in a header anything is one; elsewhere it needs a look of its own. */
function isToken(before: string, token: string): boolean {
  return /authorization.{1,8}(?:basic|bearer|token)/is.test(before)
    ? looksSecret(token, 'password')
    : /\d/.test(token) && looksSecret(token, 'access token')
}

function namedValues(text: string, standIn: StandIn): string {
  const parts: string[] = []
  let from = 0
  named.lastIndex = 0
  for (let at = named.exec(text); at !== null; at = named.exec(text)) {
    const start = named.lastIndex
    const before = nameBefore.exec(text.slice(Math.max(from, at.index - 60), at.index))?.[0] ?? ''
    const kind = namedSecret(before + (/^\w+/.exec(at[0])?.[0] ?? ''))
    if (kind === undefined) continue
    valueAfter.lastIndex = start
    const found = valueAfter.exec(text)
    if (found === null || !looksSecret(found[2], kind)) continue
    const quote = found.at(1) ?? ''
    // "Password: must be long" is a sentence; "password: hunter2" is none.
    if (quote === '' && at[0].includes(':') && !/[\d!@#$%^*+=~]/.test(found[2])) continue
    parts.push(text.slice(from, start), quote, standIn(kind, found[2]))
    from = valueAfter.lastIndex
    named.lastIndex = from
  }
  if (from === 0) return text
  parts.push(text.slice(from))
  return parts.join('')
}

/** Found by their "@": the domain after it, then the mailbox before it. */
function addresses(text: string, standIn: StandIn): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    domain.lastIndex = at
    if (!domain.test(text)) continue
    const end = domain.lastIndex
    let start = at
    while (start > from && at - start <= longestMailbox && mailboxSign.test(text[start - 1]))
      start--
    // The "n" of a written-out line end is no part of a mailbox.
    if (text[start - 1] === '\\' && /[nrtbf]/.test(text[start])) start++
    if (start >= at || at - start > longestMailbox) continue
    const found = text.slice(start, end)
    if (noMailbox.test(found)) continue
    parts.push(text.slice(from, start), standIn('e-mail address', found))
    from = end
    at = end - 1
  }
  if (from === 0) return text
  parts.push(text.slice(from))
  return parts.join('')
}

function homes(text: string, standIn: StandIn): string {
  let shown = text
  if (/\/(?:home|Users)\//.test(shown))
    shown = shown.replace(unixHome, (all, name: string) => {
      const plain = name.replace(/\.+$/, '')
      if (sharedHome.test(plain) || webPage.test(plain)) return all
      const folder = all.slice(0, all.length - (name.length - plain.length))
      return standIn('home folder', folder) + name.slice(plain.length)
    })
  if (/:(?:\\{1,4}|\/)Users/.test(shown))
    shown = shown.replace(windowsHome, (all, _slash: string, name: string) =>
      sharedHome.test(name)
        ? all
        : standIn('home folder', all.replaceAll(/\\+/g, '\\').toLowerCase())
    )
  return shown
}

const keyBegin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y
const keyText = /(?:\\[nr]|[A-Za-z0-9+/=\s:,.])*/y

/** From the line that begins a key to the one that ends it, or as far as letters of a key go. */
function privateKeys(text: string, standIn: StandIn): string {
  if (!text.includes('PRIVATE KEY')) return text
  const parts: string[] = []
  let from = 0
  keyBegin.lastIndex = 0
  for (let begin = keyBegin.exec(text); begin !== null; begin = keyBegin.exec(text)) {
    const start = begin.index
    let end = keyBegin.lastIndex
    // Headers of old keys ("Proc-Type") hold hyphens; five of them begin the last line.
    const dashes = text.indexOf('-----', end)
    keyEnd.lastIndex = dashes
    if (dashes !== -1 && keyEnd.test(text)) end = keyEnd.lastIndex
    else {
      keyText.lastIndex = end
      keyText.test(text)
      end = Math.max(end, keyText.lastIndex)
    }
    parts.push(text.slice(from, start), standIn('private key', text.slice(start, end)))
    from = end
    keyBegin.lastIndex = end
  }
  parts.push(text.slice(from))
  return parts.join('')
}

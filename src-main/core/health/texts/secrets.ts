// Keys and tokens in texts. Formats with a checksum are checked by it; others by their fixed prefix,
// length and alphabet; passwords in settings by their entropy. Linear in the length of the text.
import { crc32 } from 'node:zlib'
import {
  entropyBits,
  isDigit,
  isInsideWord,
  isLetter,
  isTokenCharacter,
  maskedToken,
  runEnd,
  type Find
} from './scan.ts'

/** Kinds of secrets, as bits. */
export const secretKinds = [
  { bit: 1, one: 'a private key', many: 'private keys' },
  { bit: 2, one: 'an access token', many: 'access tokens' },
  { bit: 4, one: 'a signed login token', many: 'signed login tokens' },
  { bit: 8, one: 'a password in a setting', many: 'passwords in settings' }
] as const

/** Finds kept per text. */
const findsMost = 8

/** Secrets of a text, in their order, a few at most. */
export function findSecrets(text: string): Find[] {
  const finds: Find[] = []
  const add = (find: Find | undefined): void => {
    if (find !== undefined && finds.length < findsMost) finds.push(find)
  }
  addPrivateKeys(text, add)
  for (const token of tokens) addTokens(text, token, add)
  addLogins(text, add)
  addPasswords(text, add)
  return finds
}

type Add = (find: Find | undefined) => void

function addPrivateKeys(text: string, add: Add): void {
  const begin = '-----BEGIN '
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + begin.length)) {
    const head = text.slice(at, at + 60)
    const end = head.indexOf('-----', begin.length)
    const name = end < 0 ? '' : head.slice(begin.length, end)
    if (name.endsWith('PRIVATE KEY') || name === 'PGP PRIVATE KEY BLOCK')
      add({ kind: 1, masked: `-----BEGIN ${name}-----…` })
  }
}

interface TokenFormat {
  readonly prefix: string
  /** Characters after the prefix. */
  readonly least: number
  readonly most: number
  readonly accepts: (code: number) => boolean
  readonly check?: (body: string) => boolean
}

const alphanumeric = (code: number): boolean => isDigit(code) || isLetter(code)
const upperOrDigit = (code: number): boolean => isDigit(code) || (code >= 65 && code <= 90)

/** Published formats: vendors' documentation of their own tokens. */
const tokens: readonly TokenFormat[] = [
  { prefix: 'AKIA', least: 16, most: 16, accepts: upperOrDigit },
  { prefix: 'ASIA', least: 16, most: 16, accepts: upperOrDigit },
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'npm_'].map((prefix) => ({
    prefix,
    least: 36,
    most: 36,
    accepts: alphanumeric,
    check: hasCrc
  })),
  {
    prefix: 'github_pat_',
    least: 82,
    most: 82,
    accepts: (code) => alphanumeric(code) || code === 95
  },
  { prefix: 'glpat-', least: 20, most: 20, accepts: isTokenCharacter, check: isVaried },
  { prefix: 'AIza', least: 35, most: 35, accepts: isTokenCharacter, check: isVaried },
  { prefix: 'hf_', least: 34, most: 34, accepts: isLetter, check: isVaried },
  ...['sk_live_', 'rk_live_'].map((prefix) => ({
    prefix,
    least: 24,
    most: 120,
    accepts: alphanumeric,
    check: isVaried
  })),
  ...['sk-ant-', 'sk-proj-'].map((prefix) => ({
    prefix,
    least: 40,
    most: 200,
    accepts: isTokenCharacter,
    check: isVaried
  })),
  { prefix: 'sk-', least: 48, most: 48, accepts: alphanumeric, check: isVaried },
  ...['xoxb-', 'xoxp-', 'xoxa-', 'xoxs-', 'xoxr-'].map((prefix) => ({
    prefix,
    least: 24,
    most: 120,
    accepts: isTokenCharacter,
    check: isVaried
  }))
]

function addTokens(text: string, format: TokenFormat, add: Add): void {
  const { prefix } = format
  for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + prefix.length)) {
    if (isInsideWord(text, at)) continue
    const start = at + prefix.length
    const end = runEnd(text, start, format.most + 1, format.accepts)
    const length = end - start
    // A run that goes on is something else.
    if (length < format.least || length > format.most) continue
    const body = text.slice(start, end)
    if (format.check !== undefined && !format.check(body)) continue
    add({ kind: 2, masked: maskedToken(prefix + body, prefix.length) })
  }
}

function isVaried(body: string): boolean {
  return entropyBits(body) >= 3
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** GitHub and npm tokens end in the CRC-32 of the rest, six base-62 digits (GitHub, 2021). */
function hasCrc(body: string): boolean {
  let value = crc32(body.slice(0, -6))
  let digits = ''
  for (let i = 0; i < 6; i++) {
    digits = base62[value % 62] + digits
    value = Math.floor(value / 62)
  }
  return digits === body.slice(-6)
}

/** JSON Web Tokens: three parts, of which the first is a JSON object that names an algorithm. */
function addLogins(text: string, add: Add): void {
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', at + 3)) {
    if (isInsideWord(text, at)) continue
    const head = runEnd(text, at, 400, isTokenCharacter)
    const body = text[head] === '.' ? runEnd(text, head + 1, 8000, isTokenCharacter) : head
    const sign = text[body] === '.' ? runEnd(text, body + 1, 2000, isTokenCharacter) : body
    if (sign - body < 20 || body - head < 8) continue
    const token = text.slice(at, sign)
    if (namesAlgorithm(text.slice(at, head))) add({ kind: 4, masked: maskedToken(token, 3) })
  }
}

function namesAlgorithm(head: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
    return typeof header === 'object' && header !== null && 'alg' in header
  } catch {
    return false
  }
}

const settingNames = [
  'password',
  'passwd',
  'secret',
  'api_key',
  'apikey',
  'access_key',
  'auth_token'
]
const settingName = new RegExp(settingNames.join('|'), 'gi')

/** `password = "…"`: a quoted value of some length that is no word and no placeholder. */
function addPasswords(text: string, add: Add): void {
  for (const match of text.matchAll(settingName)) {
    const after = (match.index ?? 0) + match[0].length
    const window = text.slice(after, after + 80)
    const open = /^["']?\s{0,3}[:=]\s{0,3}(["'])/.exec(window)
    if (open === null) continue
    const start = open[0].length
    const end = window.indexOf(open[1], start)
    if (end < 0) continue
    const value = window.slice(start, end)
    const isPlain = /^[A-Za-z]+$|[\s<>{}$*]|x{4}|example|changeme|placeholder|your/i.test(value)
    if (value.length >= 10 && !isPlain && entropyBits(value) >= 3)
      add({ kind: 8, masked: `${match[0].toLowerCase()} = … (${value.length} characters)` })
  }
}

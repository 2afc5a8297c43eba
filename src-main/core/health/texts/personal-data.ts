// Personal data in texts: e-mail addresses, phone numbers, payment cards, bank accounts, network
// addresses. Numbers with a check digit are checked by it. Linear in the length of the text.
import { isDigit, isInsideWord, isLetter, runEnd, type Find } from './scan.ts'

/** Kinds of personal data, as bits. */
export const personalKinds = [
  { bit: 1, one: 'an e-mail address', many: 'e-mail addresses' },
  { bit: 2, one: 'a phone number', many: 'phone numbers' },
  { bit: 4, one: 'a payment card number', many: 'payment card numbers' },
  { bit: 8, one: 'a bank account number', many: 'bank account numbers' },
  { bit: 16, one: 'a network address', many: 'network addresses' }
] as const

/** Finds kept per text. */
const findsMost = 8

/** Personal data of a text, a few finds at most. */
export function findPersonalData(text: string): Find[] {
  const finds: Find[] = []
  const add = (find: Find): void => {
    if (finds.length < findsMost) finds.push(find)
  }
  addEmails(text, add)
  addAccounts(text, add)
  addNumbers(text, add)
  return finds
}

type Add = (find: Find) => void

const localCharacter = (code: number): boolean =>
  isDigit(code) || isLetter(code) || code === 46 || code === 95 || code === 43 || code === 45
const domainCharacter = (code: number): boolean =>
  isDigit(code) || isLetter(code) || code === 46 || code === 45

/** Domains that documents use for examples (RFC 2606) hold nobody's mail. */
const exampleDomains = ['example.com', 'example.org', 'example.net', 'test.com', 'domain.com']

function addEmails(text: string, add: Add): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start < 64 && localCharacter(text.charCodeAt(start - 1))) start--
    let end = runEnd(text, at + 1, 255, domainCharacter)
    while (end > at && !isLetter(text.charCodeAt(end - 1))) end--
    const domain = text.slice(at + 1, end).toLowerCase()
    const dot = domain.lastIndexOf('.')
    const isReal = start < at && dot > 0 && domain.length - dot > 2 && !domain.includes('..')
    if (isReal && !exampleDomains.includes(domain) && !domain.endsWith('.example'))
      add({ kind: 1, masked: `${text[start]}…@${domain[0]}…${domain.slice(dot)}` })
  }
}

/** Lengths of IBANs by country (ISO 13616 registry). */
const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TR: 26
}

function addAccounts(text: string, add: Add): void {
  // Two capitals and two digits; what follows is bounded by the longest IBAN with spaces.
  for (const match of text.matchAll(/[A-Z]{2}\d{2}/g)) {
    const at = match.index ?? 0
    const wanted = ibanLengths[match[0].slice(0, 2)]
    if (wanted === undefined || isInsideWord(text, at)) continue
    let compact = ''
    let end = at
    while (end < text.length && compact.length < wanted && end - at < 45) {
      const character = text[end++]
      if (/[A-Z0-9]/.test(character)) compact += character
      else if (character !== ' ') break
    }
    const next = text.charCodeAt(end)
    if (compact.length !== wanted || isDigit(next) || isLetter(next)) continue
    if (hasMod97(compact))
      add({ kind: 8, masked: `${compact.slice(0, 2)}…${compact.slice(-2)} (${wanted} characters)` })
  }
}

/** ISO 7064 mod 97-10: the remainder of a true IBAN is 1. */
function hasMod97(iban: string): boolean {
  const turned = iban.slice(4) + iban.slice(0, 4)
  let rest = 0
  for (const character of turned) {
    const value = parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

const numberCharacter = (code: number): boolean =>
  isDigit(code) ||
  code === 32 ||
  code === 45 ||
  code === 46 ||
  code === 40 ||
  code === 41 ||
  code === 47
/** Longest stretch of digits and separators looked at as one number. */
const numberMost = 40

/** Cards, phone numbers and network addresses: stretches that begin with a digit, "+" or "(". */
function addNumbers(text: string, add: Add): void {
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    const isStart =
      isDigit(code) || ((code === 43 || code === 40) && isDigit(text.charCodeAt(at + 1)))
    if (!isStart || isInsideWord(text, at)) {
      at++
      continue
    }
    const end = runEnd(text, at + 1, numberMost, numberCharacter)
    const stretch = text.slice(at, end).replace(/[-./( ]+$/, '')
    const next = text.charCodeAt(at + stretch.length)
    const isWhole = !isDigit(next) && !isLetter(next)
    if (isWhole) addNumber(stretch, text, at, add)
    at = end
  }
}

function addNumber(stretch: string, text: string, at: number, add: Add): void {
  const digits = stretch.replace(/\D/g, '')
  if (isNetworkAddress(stretch)) {
    const before = text.slice(Math.max(0, at - 10), at).toLowerCase()
    // "version 10.2.3.4" is no address.
    if (!before.includes('version') && !before.trimEnd().endsWith('v'))
      add({ kind: 16, masked: `${stretch.slice(0, stretch.indexOf('.'))}.….…` })
    return
  }
  if (isCard(digits) && /^\d{4}[ -]?\d/.test(stretch))
    add({ kind: 4, masked: `•••• ${digits.slice(-2)} (${digits.length} digits)` })
  else if (isPhone(stretch, digits))
    add({ kind: 2, masked: `${stretch.slice(0, 3)}… (${digits.length} digits)` })
}

/** Issuers' first digits and lengths, and the check digit (Luhn, ISO/IEC 7812-1). */
function isCard(digits: string): boolean {
  const isIssued =
    /^4(\d{12}|\d{15}|\d{18})$/.test(digits) ||
    /^(5[1-5]|2[2-7])\d{14}$/.test(digits) ||
    /^3[47]\d{13}$/.test(digits) ||
    /^(6011|65\d\d|64[4-9]\d)\d{12}$/.test(digits) ||
    /^35\d{14}$/.test(digits) ||
    /^3(0[0-5]|[68]\d)\d{11}$/.test(digits)
  // Test numbers of one repeated digit pass every check.
  return isIssued && new Set(digits).size > 2 && hasLuhn(digits)
}

function hasLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const value = i % 2 === 1 ? 2 * digit : digit
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** Written as phone numbers are: with a country code, or in three or more groups with an area code. */
function isPhone(stretch: string, digits: string): boolean {
  if (digits.length < 9 || digits.length > 15 || stretch.includes('  ')) return false
  if (stretch.startsWith('+')) return new Set(digits).size > 2
  const isNational =
    /^\(\d{2,5}\)[ -]?\d{3,4}[ -]\d{3,5}$/.test(stretch) ||
    /^\d{3}[ -.]\d{3}[ -.]\d{4}$/.test(stretch) ||
    /^0\d{2,5}[ /-]\d{3,5}([ -]\d{2,5}){0,2}$/.test(stretch)
  return isNational && new Set(digits).size > 3
}

function isNetworkAddress(stretch: string): boolean {
  const parts = stretch.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return false
  const [a, b, c] = parts.map(Number)
  if (parts.some((part) => Number(part) > 255)) return false
  // Private, loopback, documentation and other ranges that lead to nobody (RFC 6890).
  const isNobody =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 169 && b === 254) ||
    (a === 192 && b === 0) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  return !isNobody && a > 9
}

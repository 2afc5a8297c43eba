// The language outside the window is that of the window, and each language has all words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Settings } from '../../api/dto/settings.ts'
import { desktopLanguage, desktopWords } from './desktop-words.ts'

const folder = mkdtempSync(join(tmpdir(), 'winnow-words-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const path = join(folder, 'settings.json')

describe('desktopLanguage', () => {
  it.each([
    ['{"language":"de"}', ['en-GB'], 'de'],
    ['{"language":"en","theme":"dark"}', ['de-DE'], 'en'],
    ['{"language":"system"}', ['fr', 'de-AT', 'en'], 'de'],
    ['{"theme":"dark"}', ['en-US', 'de'], 'en'],
    ['{"language":"fr"}', ['de'], 'de'],
    ['{"language":', ['de'], 'de'],
    ['null', [], 'en'],
    ['[]', ['ja'], 'en']
  ] as const)('settings %s and a system that wishes %j: %s', (settings, system, expected) => {
    writeFileSync(path, settings)
    expect(desktopLanguage(path, system)).toBe(expected)
  })

  it('is the system’s where there are no settings yet', () => {
    expect(desktopLanguage(join(folder, 'none.json'), ['de-CH'])).toBe('de')
  })
})

describe('desktopWords', () => {
  const textsOf = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : Object.values(value as Readonly<Record<string, unknown>>).flatMap(textsOf)

  it('has words for every language that can be chosen', () => {
    const chosen = Settings.shape.language.unwrap().options.filter((option) => option !== 'system')
    for (const each of chosen) expect(textsOf(desktopWords(each))).not.toContain('')
  })

  it('says nothing in English to those who read German', () => {
    const english = textsOf(desktopWords('en'))
    const german = textsOf(desktopWords('de'))
    expect(german).toHaveLength(english.length)
    expect(german.filter((text) => english.includes(text))).toEqual([])
  })
})

// Which language is spoken for what a system wishes.
import { describe, expect, it } from 'vitest'
import { languageNames, languages, spokenLanguage } from './languages.ts'

describe('the language spoken', () => {
  it.each([
    [['de-DE', 'en'], 'de'],
    [['de'], 'de'],
    [['DE-at'], 'de'],
    [['fr', 'de-CH', 'en'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['fr', 'nl'], 'en'],
    // A tag that only begins alike is another language.
    [['den', 'engadin'], 'en'],
    [[''], 'en'],
    [[], 'en']
  ] as const)('for %j is %s', (wished, spoken) => expect(spokenLanguage(wished)).toBe(spoken))

  it('has a name in its own words', () => {
    expect(languages.map((language) => languageNames[language])).toEqual(['English', 'Deutsch'])
  })
})

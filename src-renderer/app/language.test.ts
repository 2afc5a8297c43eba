// The language a page starts with, and when it has to be loaded again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { languageOf, mustLoadAgain, startingLanguage } from './language.ts'

const wish = (...tags: string[]): void => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags)
}
beforeEach(() => {
  localStorage.clear()
  wish('en-US')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a page starts', () => {
  it('in what the system wishes, where it can', () => {
    expect(startingLanguage()).toBe('en')
    wish('de-AT', 'en')
    expect(startingLanguage()).toBe('de')
    wish('fi')
    expect(startingLanguage()).toBe('en')
  })

  it('in what was chosen last, whatever the system wishes', () => {
    mustLoadAgain('de', 'en')
    expect(startingLanguage()).toBe('de')
    wish('de')
    mustLoadAgain('en', 'de')
    expect(startingLanguage()).toBe('en')
    mustLoadAgain('system', 'en')
    expect(startingLanguage()).toBe('de')
  })

  it('as the system wishes where what is kept is none of its languages', () => {
    localStorage.setItem('winnow.language', 'tlh')
    expect(startingLanguage()).toBe('en')
  })
})

describe('a choice', () => {
  it('means what it says', () => {
    expect(languageOf('de', ['en'])).toBe('de')
    expect(languageOf('system', ['de-CH'])).toBe('de')
    expect(languageOf('system', [])).toBe('en')
  })

  it('loads the page again only where another language is spoken', () => {
    expect(mustLoadAgain('system', 'en')).toBe(false)
    expect(mustLoadAgain('en', 'en')).toBe(false)
    expect(mustLoadAgain('de', 'en')).toBe(true)
    expect(mustLoadAgain('de', 'de')).toBe(false)
    expect(mustLoadAgain('system', 'de')).toBe(true)
  })

  it('loads nothing again, on and on, where nothing can be kept', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('denied')
      },
      setItem: () => {
        throw new Error('denied')
      },
      removeItem: () => {
        throw new Error('denied')
      }
    })
    expect(startingLanguage()).toBe('en')
    expect(mustLoadAgain('de', 'en')).toBe(false)
    expect(mustLoadAgain('system', 'en')).toBe(false)
  })
})

describe('the entry', () => {
  it('says the language on the document before anything with words is loaded', async () => {
    let spoken = ''
    vi.doMock('./start.ts', () => {
      spoken = document.documentElement.lang
      return {}
    })
    mustLoadAgain('de', 'en')
    await import('./main.ts')
    expect(spoken).toBe('de')
    expect(document.documentElement.lang).toBe('de')
  })

  it('loads no words itself', async () => {
    const { default: entry } = await import('./main.ts?raw')
    const { default: choice } = await import('./language.ts?raw')
    const imports = [...`${entry}${choice}`.matchAll(/^import (?!type).*from '(.*)'/gm)]
    expect(imports.map(([, from]) => from)).toEqual(['./language.ts', '../text/languages.ts'])
  })
})

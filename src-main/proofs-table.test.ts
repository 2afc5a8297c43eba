// docs/proofs.md names what shows each of the twelve claims; this holds the page to the files.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { partsNotIn, root, sourceText, tableRows, textOf } from './docs.test-support.ts'

const page = textOf('docs/proofs.md')

/** Sections of the page by their number. */
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .flatMap((text): [number, string][] => {
      const number = Number.parseInt(text, 10)
      return Number.isNaN(number) ? [] : [[number, text]]
    })
)

interface Proof {
  /** What is said to be shown; empty where the section says it. */
  readonly what: string
  readonly path: string
  readonly test: string
}

/** Rows of a section: file and test, after the message where there is one. */
function proofsOf(section: string): readonly Proof[] {
  return tableRows(section).map((cells) => {
    const [test = '', file = '', what = ''] = cells.toReversed()
    return { what, path: /^`([^`]+)`$/.exec(file)?.[1] ?? '', test }
  })
}

const all = [...sections].flatMap(([number, text]) =>
  proofsOf(text).map((proof) => [number, proof.path, proof.test, proof] as const)
)

describe('the twelve proofs', () => {
  it('are all there, each with a test that runs by itself', () => {
    expect([...sections.keys()]).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
    for (const [number, text] of sections) {
      const byItself = proofsOf(text).filter(({ path }) => /\.(?:test|spec)\.ts$/.test(path))
      expect(byItself.length, `proof ${number}`).toBeGreaterThan(0)
    }
  })

  it.each(all)('%i: %s holds “%s”', (_number, path, test) => {
    expect(path).not.toBe('')
    expect(existsSync(join(root, path)), path).toBe(true)
    const isTest = /\.(?:test|spec)\.ts$/.test(path)
    // What is run by hand says so; what runs by itself is named.
    expect(test.startsWith('by hand: ')).toBe(!isTest)
    if (isTest) expect(textOf(path)).toContain(test)
  })
})

describe('the messages of the wizards', () => {
  const messages = proofsOf(sections.get(11) ?? '')

  it('are those of the outline, V1 to V12 and the others', () => {
    const codes = messages.flatMap(({ what }) => /^V\d+/.exec(what)?.[0] ?? [])
    expect(codes).toEqual(Array.from({ length: 12 }, (_, at) => `V${at + 1}`))
    expect(messages.length).toBeGreaterThanOrEqual(36)
  })

  const source = sourceText()
  it.each(messages.map(({ what, path }) => [what, path]))('%s', (what, path) => {
    const [, code, quote] = /^([A-Z]\d+ )?(?:"(.+)")?/.exec(what) ?? []
    if (quote !== undefined) expect(partsNotIn(source, quote)).toEqual([])
    // A test that names the code looks at this very message.
    if (code !== undefined) expect(textOf(path)).toContain(`'${code.trim()}'`)
  })
})

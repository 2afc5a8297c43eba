// What the documents for people say is there: messages they quote, files and pages they name, and the
// pictures they show, each with a text for those who do not see it.
import { existsSync, globSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { partsNotIn, root, sourceText, tableRows, textOf } from './docs.test-support.ts'

const guide = 'docs/user-guide.md'
const own = [
  guide,
  'docs/architecture.md',
  'docs/privacy.md',
  'docs/troubleshooting.md',
  'docs/proofs.md'
] as const

describe('messages in docs/troubleshooting.md', () => {
  const scripts = textOf('scripts/bootstrap.mjs')
  const source = `${sourceText()} ${scripts}`
  const rows = tableRows(textOf('docs/troubleshooting.md'))
  const quotes = rows.flatMap(([message = '']) => /^"(.+)"$/.exec(message)?.[1] ?? [])

  it('are many, and each says what to do', () => {
    expect(quotes.length).toBeGreaterThan(35)
    for (const [message, what = ''] of rows) expect(what.length, message).toBeGreaterThan(20)
    expect(new Set(quotes).size).toBe(quotes.length)
  })

  it.each(quotes)('%s', (quote) => {
    expect(partsNotIn(source, quote)).toEqual([])
  })

  it('would be missed if the app did not say them', () => {
    expect(partsNotIn(source, 'The app has … gone for a walk.')).toEqual(['gone for a walk.'])
  })
})

/** Links and pictures of a page: the words in brackets, and where they lead. */
function linksOf(page: string): readonly { text: string; to: string; isPicture: boolean }[] {
  return [...page.matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g)].map(
    ([, mark, text = '', to = '']) => ({ text, to, isPicture: mark === '!' })
  )
}

describe.each(own)('%s', (path) => {
  const page = textOf(path)
  const links = linksOf(page)

  it('leads only to what is there', () => {
    const gone = links.filter(
      ({ to }) => !existsSync(join(root, dirname(path), to.split('#')[0] ?? ''))
    )
    expect(gone).toEqual([])
  })

  it('names only files that are there', () => {
    const named = [...page.matchAll(/`((?:src-main|src-renderer|e2e|bench|fuzz)\/[^`\s]+)`/g)]
    const gone = named.flatMap(([, file = '']) => (existsSync(join(root, file)) ? [] : [file]))
    expect(gone).toEqual([])
  })
})

describe('pictures of the documents', () => {
  const folder = join(root, 'docs', 'pictures')
  const shownBy = (pages: readonly string[]): ReturnType<typeof linksOf> =>
    pages.flatMap((path) => linksOf(textOf(path)).filter(({ isPicture }) => isPicture))
  const shown = shownBy(own)
  const files = readdirSync(folder)

  it('have a text that says what is on them', () => {
    expect(shown.length).toBeGreaterThan(8)
    for (const { text, to } of shown) {
      expect(text.length, to).toBeGreaterThan(30)
      expect(text, to).not.toMatch(/^(?:picture|screenshot|image)\b/i)
    }
  })

  it('are all shown, and few kilobytes', () => {
    const pages = globSync('docs/*.md', { cwd: root })
    const names = shownBy(pages).map(({ to }) => to.replace(/^pictures\//, ''))
    expect(files.filter((name) => !names.includes(name))).toEqual([])
    const size = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    expect(size).toBeLessThan(3_000_000)
  })

  it('are those that the end-to-end tests take', () => {
    const specs = ['main-job', 'next-next-start', 'tiny-set'].map(
      (name) => `e2e/specs/${name}.spec.ts`
    )
    const taken = specs.flatMap((path) =>
      [
        ...textOf(path).matchAll(
          /takePicture\(page, '([^']+)'|picture\('([^']+)'|: '([a-z]+-[a-z]+)'/g
        )
      ].map(([, one, two, three]) => one ?? two ?? three ?? '')
    )
    const photos = files.filter((name) => name.endsWith('.png'))
    expect(photos.length).toBeGreaterThan(8)
    for (const name of photos) expect(taken).toContain(name.replace(/\.png$/, ''))
  })
})

it('the first page leads to every document for people', () => {
  const readme = textOf('README.md')
  for (const path of own) expect(readme, path).toContain(`](${path}`)
})

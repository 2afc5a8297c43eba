// Rule F8: data is shown as text and as pictures that were made anew. Nothing in the window makes markup
// of a text, and the rules that forbid it are in force.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../src-renderer')

/** What makes markup or code of a text. */
const makers =
  /\bv-html\b|\b(?:inner|outer)HTML['"]?\s*(?:=|\]|:)|\binsertAdjacentHTML\b|\bdocument\.write(?:ln)?\b|\bcreateContextualFragment\b|\bsetHTMLUnsafe\b|\bDOMParser\b|\bsrcdoc\b|\beval\(|\bnew Function\(|\bdangerouslySetInnerHTML\b|\bdomProps\b/g

const sources = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:ts|vue)$/.test(entry.name))
  .filter(({ name }) => !/\.(?:test|test-support)\.ts$/.test(name))
  .map((entry) => join(entry.parentPath, entry.name))

describe('the window', () => {
  it.each([
    '<p v-html="text" />',
    'element.innerHTML = text',
    "element['innerHTML'] = text",
    'new DOMParser()',
    'eval(text)',
    '<iframe :srcdoc="text" />',
    "h('p', { innerHTML: text })"
  ])('is looked through for %s', (text) => {
    expect(text.match(makers)).not.toBeNull()
  })

  it('makes no markup and no code of texts', () => {
    expect(sources.length).toBeGreaterThan(200)
    const found = sources.flatMap((path) => {
      // Comments and words for people may name them.
      const code = readFileSync(path, 'utf8').replaceAll(/\/\/.*$|\/\*[^]*?\*\/|<!--[^]*?-->/gm, '')
      return [...code.matchAll(makers)].map(([what]) => `${path.slice(root.length + 1)}: ${what}`)
    })
    expect(found).toEqual(allowed)
  })

  it('is watched by the linter as well', () => {
    const config = readFileSync(join(root, '..', 'eslint.config.js'), 'utf8')
    expect(config).toContain("'vue/no-v-html': 'error'")
  })
})

/** Places that show what the app itself has made, each with a test of its own. */
const allowed: readonly string[] = []

// docs/security.md names a test for every rule; this holds the page to the files.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8')

/** Rules of the table with the files that prove them. */
function rulesOf(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...text.matchAll(/^\| ([EFL]\d+) +\|[^|]+\|([^|]+)\|$/gm)].map(([, rule = '', proof = '']) => [
      rule,
      [...proof.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
    ])
  )
}

const rules = rulesOf(page)
const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`)

describe('the table of rules', () => {
  it('has every rule once', () => {
    const expected = [...numbered('E', 16), ...numbered('F', 8), ...numbered('L', 12)]
    expect([...rules.keys()]).toEqual(expected)
    expect([...page.matchAll(/^\| [EFL]\d+ +\|/gm)]).toHaveLength(expected.length)
  })

  it.each([...rules])('proves %s by tests that are there', (_rule, files) => {
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((path) => !/\.test\.ts$/.test(path))).toEqual([])
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
    for (const path of files)
      expect(readFileSync(join(root, path), 'utf8'), path).toMatch(/\b(?:it|test)(?:\.each)?\(/)
  })

  it('leaves out no file of attacks', () => {
    const attacks = globSync('{src-main,src-renderer}/**/*.attack.test.ts', { cwd: root })
    expect(attacks.length).toBeGreaterThan(30)
    const missing = attacks.map((path) => path.split(sep).join('/')).filter(isUnnamed)
    expect(missing).toEqual([])
  })
})

function isUnnamed(path: string): boolean {
  return !page.includes(`\`${path}\``)
}

it('Electron is one exact version, so that its age is known (E15)', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
})

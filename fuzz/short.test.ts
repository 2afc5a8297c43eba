// Short versions of the campaign's targets: the same cases in every run, so that what a campaign found
// stays found. `npm run fuzz` looks for more.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../src-main/core/compute/random.ts'
import { AppError } from '../src-main/api/errors.ts'
import { temporaryFolder } from '../src-main/core/store/store.test-support.ts'
import { caseSeed, runCases, type Finding } from './campaign.ts'
import { targets } from './list.ts'
import { changeValue, damage } from './mutate.ts'
import { Broken, refusalOf, requirePlain } from './target.ts'
import { valueOf } from './schema-values.ts'

describe('the oracle', () => {
  it.each([
    new TypeError("Cannot read properties of undefined (reading 'x')"),
    new AppError('internal'),
    new AppError('file-damaged', 'undefined is not a function.'),
    new AppError('file-damaged', 'Unexpected token } in JSON at position 3.'),
    new AppError('file-damaged', 'no sentence'),
    new AppError('file-damaged', ''),
    'a text'
  ])('refuses %s', (error) => {
    expect(() => refusalOf(error)).toThrow(Broken)
  })

  it('takes named errors in plain words, whatever the names in quotes are', () => {
    expect(refusalOf(new AppError('file-damaged'))).toBe('file-damaged')
    expect(() => requirePlain('“undefined” is not here.', 'a')).not.toThrow()
  })
})

describe('cases', () => {
  it('are the same for the same seed, and others for another', () => {
    const made = (seed: number, index: number): string =>
      damage(createRandom(caseSeed('a', seed, index)), Buffer.alloc(64, 7)).toString('hex')
    expect(made(1, 5)).toBe(made(1, 5))
    expect(new Set([made(1, 5), made(2, 5), made(1, 6)]).size).toBe(3)
  })

  it('differ from the seed they were made of', () => {
    const seed = Buffer.from('a text of some length, with words in it')
    const value = { a: [1, 2, { b: 'x' }], c: null }
    let changed = 0
    for (let i = 0; i < 50; i++) {
      if (!damage(createRandom(i), seed).equals(seed)) changed++
      if (JSON.stringify(changeValue(createRandom(i), value)) !== JSON.stringify(value)) changed++
    }
    expect(changed).toBeGreaterThan(90)
  })

  it('of a schema are mostly what it allows', () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer', minimum: 3, maximum: 5 }, t: { enum: ['a', 'b'] } },
      required: ['n', 't']
    }
    let allowed = 0
    for (let i = 0; i < 100; i++) {
      const made = valueOf(createRandom(i), schema) as { n: number; t: string }
      expect(['a', 'b']).toContain(made.t)
      if (made.n >= 3 && made.n <= 5) allowed++
    }
    expect(allowed).toBeGreaterThan(75)
    expect(allowed).toBeLessThan(100)
  })

  it('that break something are told with their number and what they held', async () => {
    const found: Finding[] = []
    const folder = temporaryFolder()
    await runCases(
      {
        ...{ name: 'x', about: '', limitMs: 1e9, shortCases: 0 },
        open: () =>
          Promise.resolve({
            run(random) {
              if (random.below(3) === 0) throw new Broken('it broke', { input: 'held' })
              return 'fine'
            },
            close: () => Promise.resolve()
          })
      },
      {
        ...{ folder: folder.path, seed: 1, from: 0, now: () => 0 },
        goOn: (index) => index < 40,
        onFinding: (finding) => void found.push(finding)
      }
    )
    folder.remove()
    expect(found.length).toBeGreaterThan(3)
    expect(found[0]).toMatchObject({ message: 'it broke', input: 'held' })
  })
})

// Those with a whole app and with a runtime that may take the process along run in campaigns alone;
// the contract's verbs and the command line have tests of their own.
const short = [...targets.keys()].filter(
  (name) => !['contract', 'command-line', 'models'].includes(name)
)

it.each(short)(
  '%s: nothing breaks',
  async (name) => {
    const load = targets.get(name)
    if (load === undefined) throw new Error('no such target')
    const target = await load()
    const folder = temporaryFolder()
    const place = join(folder.path, 'case')
    mkdirSync(place)
    const broken: string[] = []
    let outcomes = 0
    const run = await runCases(target, {
      ...{ folder: place, seed: 20_261_122, from: 0 },
      // Tests do not depend on how fast the machine is.
      now: () => 0,
      goOn: (index) => index < target.shortCases && broken.length < 3,
      onOutcome: () => void outcomes++,
      onFinding: ({ index, message }) => void broken.push(`${index}: ${message}`)
    })
    folder.remove()
    expect(broken).toEqual([])
    expect([run, outcomes]).toEqual([target.shortCases, target.shortCases])
  },
  60_000
)

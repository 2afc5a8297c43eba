// No string escapes a root; names that are written can be held by every system.
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import {
  caseCollision,
  containedPath,
  isInside,
  nameProblem,
  pathProblem,
  portableName,
  portablePath,
  realContainedPath
} from './contain.ts'

const pieces = fc.constantFrom(
  '..',
  '.',
  '/',
  '\\',
  '//',
  'a',
  'b.txt',
  '\0',
  'C:',
  '~',
  ' ',
  '%2e%2e',
  '․․',
  'nul'
)
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 8 }).map((list) => list.join(''))
)
const root = resolve('/some/root')

function tryPath(make: () => string): string | undefined {
  try {
    return make()
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    return undefined
  }
}

describe('containment', () => {
  it('never lets a string out of the root', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const path = tryPath(() => containedPath(root, name))
        if (path === undefined) return
        expect(relative(root, path)).not.toMatch(/^\.\.(\/|$)/)
        expect(path).not.toBe(root)
        expect(isInside(root, path)).toBe(true)
      }),
      { numRuns: 3000 }
    )
  })

  it('writes only names every system holds', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (segments) => {
        const path = tryPath(() => portablePath(root, segments))
        if (path !== undefined) expect(relative(root, path).split('/').length).toBe(segments.length)
      }),
      { numRuns: 2000 }
    )
  })

  it('makes a portable name of any string', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expect(nameProblem(portableName(name))).toBeUndefined()
      }),
      { numRuns: 3000 }
    )
  })

  it('accepts no archive path that leads out', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        if (pathProblem(name) !== undefined) return
        const path = resolve(root, name.replaceAll('\\', '/'))
        expect(isInside(root, path)).toBe(true)
      }),
      { numRuns: 3000 }
    )
  })
})

describe('names', () => {
  it.each([
    ['a\0b', 'control'],
    ['a\nb', 'control'],
    ['a\\b', 'cannot have'],
    ['C:', 'cannot have'],
    ['con', 'reserved'],
    ['NUL.txt', 'reserved'],
    ['trailing.', 'dot or a space'],
    ['trailing ', 'dot or a space'],
    ['x'.repeat(256), 'too long'],
    ['é'.repeat(128), 'too long'],
    ['..', 'leads out'],
    ['', 'empty']
  ])('refuses %j', (name, reason) => expect(nameProblem(name)).toContain(reason))

  it('finds names that differ in case or composition only', () => {
    expect(caseCollision(['a.png', 'b.png', 'A.PNG'])).toEqual(['a.png', 'A.PNG'])
    expect(caseCollision(['e\u0301', 'é'])).toEqual(['e\u0301', 'é'])
    expect(caseCollision(['a', 'b'])).toBeUndefined()
  })
})

describe('links', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'winnow-contain-')))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('refuses a parent that is a link out of the root', async () => {
    await mkdir(join(folder, 'root'))
    await mkdir(join(folder, 'outside'))
    await symlink(join(folder, 'outside'), join(folder, 'root', 'door'))
    await expect(realContainedPath(join(folder, 'root'), 'door/secret.txt')).rejects.toThrow(
      'through a link'
    )
    await mkdir(join(folder, 'root', 'inner'))
    expect(await realContainedPath(join(folder, 'root'), 'inner/x')).toBe(
      join(folder, 'root', 'inner', 'x')
    )
  })
})

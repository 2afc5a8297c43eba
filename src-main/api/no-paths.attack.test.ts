// Rule F1: a page never names a place on the disk. No verb takes one, and whatever a page sends in place
// of a grant is only a name that was never given out.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { contract } from './contract.ts'
import { createGrants } from '../core/files/grants.ts'

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
}

/** Names of all fields of a schema, with where they stand. */
function fieldsOf(schema: unknown, where: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => fieldsOf(part, where))
  if (typeof schema !== 'object' || schema === null) return []
  const own = Object.entries((schema as Schema).properties ?? {}).flatMap(([name, inner]) => [
    `${where}.${name}`,
    ...fieldsOf(inner, `${where}.${name}`)
  ])
  const others = Object.entries(schema)
    .filter(([key]) => key !== 'properties' && key !== 'default')
    .flatMap(([, part]) => fieldsOf(part, where))
  return [...new Set([...own, ...others])]
}

const fields = Object.entries(contract).flatMap(([name, { input }]) =>
  fieldsOf(z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }), name)
)

/** Fields with such a name that are no places on the disk, and what they are. */
const harmless: Readonly<Record<string, string>> = {
  'files.dropStart.files.path': 'a name below the dropped folder, written into the inbox',
  'files.dropChunk.file': 'the number of an announced file',
  'runner.toFile.file': 'a name in a granted folder'
}

describe('the contract', () => {
  it('is looked through', () => {
    expect(fields.length).toBeGreaterThan(300)
    expect(fields).toContain('datasets.import.grant')
    expect(fields).toContain('exports.start.place')
  })

  it('takes no path, file, folder or address but these', () => {
    const suspicious = fields.filter((field) =>
      /\.(?:\w*path|(?!is)\w*folder|dir|directory|file|filename|url|uri|href)$/i.test(field)
    )
    // A helper model in the project is named by its hash; helper-store.ts takes nothing else.
    const others = suspicious.filter((field) => !field.endsWith('.helper.file'))
    expect(others.filter((field) => !(field in harmless))).toEqual([])
  })
})

describe('grants', () => {
  it.each(['/etc/passwd', '../../etc/passwd', 'C:\\Windows', '', '__proto__', 'constructor', '0'])(
    'are not made of %j',
    (id) => {
      const grants = createGrants()
      grants.issue('/somewhere/else', 'folder')
      let code: string | undefined
      try {
        grants.resolve(id)
      } catch (error) {
        code = error instanceof AppError ? error.code : String(error)
      }
      expect(code).toBe('grant-unknown')
    }
  )

  it('cannot be guessed: no two are alike, and none says what it stands for', () => {
    const grants = createGrants()
    const ids = Array.from({ length: 200 }, () => grants.issue('/a/secret', 'file').id)
    const fresh = createGrants().issue('/a/secret', 'file').id
    expect(ids).not.toContain(fresh)
    for (const id of ids) expect(id).not.toMatch(/secret|\//)
  })

  it('of a file are none of a folder', () => {
    const grants = createGrants()
    const { id } = grants.issue('/a/b', 'file')
    expect(() => grants.resolve(id, 'folder')).toThrow(AppError)
  })
})

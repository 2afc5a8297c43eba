// Makes a target of a kind of dataset source: honest sources as seeds, damage to their bytes, and
// sources that were put together wrongly on purpose.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Random } from '../../src-main/core/compute/random.ts'
import { damage, noise, once, oneOf, splice } from '../mutate.ts'
import { readSource } from '../read-source.ts'
import type { FuzzTarget } from '../target.ts'

/** Files of a source by name; a source of one file has the name "x". */
export type Files = Readonly<Record<string, Uint8Array | string>>

export interface SourceKind {
  readonly name: string
  readonly about: string
  readonly shortCases: number
  /** Honest sources. */
  seeds(): Promise<readonly Files[]>
  /** Sources that follow the form and lie in it. */
  readonly makers: readonly ((random: Random) => Files | Promise<Files>)[]
  /** Byte strings that mean something in the format. */
  readonly words?: readonly (string | Buffer)[]
  /** Whether a packed file of it is read as well. */
  readonly mayBePacked?: boolean
  /** Reads what lies there; as a dataset unless told otherwise. */
  readonly read?: (path: string, random: Random) => Promise<string>
}

/** Limits of time are generous: machines may be busy. */
const limitMs = 20_000

/** The target of a kind of source. */
export function sourceTarget(kind: SourceKind): FuzzTarget {
  const { name, about, shortCases, makers, mayBePacked = false } = kind
  const words = (kind.words ?? []).map((word) => Buffer.from(word as string))
  const read = kind.read ?? readSource
  return {
    name,
    about,
    limitMs,
    shortCases,
    async open(folder) {
      const seeds = await kind.seeds()
      const root = join(folder, 'source')
      let isTree = false
      async function place(files: Files): Promise<string> {
        const names = Object.keys(files)
        const isOne = names.length === 1 && names[0] === 'x'
        if (!isOne || isTree) await rm(root, { recursive: true, force: true })
        isTree = !isOne
        if (isOne) {
          await mkdir(folder, { recursive: true })
          await writeFile(root, files['x'] ?? '')
          return root
        }
        await mkdir(root, { recursive: true })
        for (const [path, content] of Object.entries(files)) {
          const at = join(root, path)
          await mkdir(dirname(at), { recursive: true })
          await writeFile(at, content)
        }
        return root
      }
      return {
        async run(random) {
          const made =
            makers.length > 0 && random.below(2) === 0
              ? await oneOf(random, makers)(random)
              : undefined
          let files = made ?? damaged(random, oneOf(random, seeds), seeds, words)
          if (made !== undefined && once(random, 4)) files = damaged(random, made, seeds, words)
          const only = files['x']
          if (mayBePacked && only !== undefined && once(random, 8)) {
            const packed = gzipSync(only)
            files = { x: once(random, 3) ? damage(random, packed) : packed }
          }
          return read(await place(files), random)
        },
        close: () => rm(root, { recursive: true, force: true })
      }
    }
  }
}

function damaged(
  random: Random,
  files: Files,
  seeds: readonly Files[],
  words: readonly Buffer[]
): Files {
  if (once(random, 200)) return { x: noise(random, 400) }
  const changed: Record<string, Uint8Array | string> = { ...files }
  const names = Object.keys(files)
  for (let i = once(random, 4) ? 2 : 1; i > 0; i--) {
    const name = oneOf(random, names)
    if (changed[name] === undefined) continue
    const bytes = Buffer.from(changed[name] as string)
    const how = random.below(12)
    if (how === 0) {
      const other = oneOf(random, seeds)
      changed[name] = splice(random, bytes, Buffer.from(Object.values(other)[0] as string))
    } else if (how === 1 && names.length > 1) Reflect.deleteProperty(changed, name)
    else changed[name] = damage(random, bytes, words)
  }
  return changed
}

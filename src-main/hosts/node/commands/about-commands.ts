// Commands about Winnow itself: its version, and the licences of everything that comes with it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appFolder, appVersion } from '../node-platform.ts'
import { readArguments } from './arguments.ts'
import { exitCodes, UsageError, type Output } from './output.ts'

/** `winnow --version` and `winnow version` */
export function versionCommand(output: Output, args: readonly string[]): number {
  readArguments(args, {})
  const version = appVersion(appFolder())
  const { platform, arch } = process
  const node = process.versions.node
  output.say(`Winnow ${version} (Node ${node}, ${platform} ${arch})`)
  output.result({ version, node, platform, arch })
  return exitCodes.ok
}

interface Licences {
  readonly parts: readonly {
    readonly name: string
    readonly version: string
    readonly licence: string
    readonly home: string
    readonly texts: readonly number[]
  }[]
  readonly texts: readonly string[]
}

/**
 * `winnow licences` lists what comes with Winnow; with words, the parts in whose names or licences
 * all of them occur, with the whole texts.
 */
export function licencesCommand(
  output: Output,
  args: readonly string[],
  folder: string = appFolder()
): number {
  const { positionals } = readArguments(args, {}, 20)
  const { parts, texts } = readList(folder)
  const words = positionals.map((word) => word.toLowerCase())
  const found = parts.filter(({ name, version, licence, home }) => {
    const head = `${name} ${version} ${licence}`.toLowerCase()
    return home !== 'desktop' && words.every((word) => head.includes(word))
  })
  if (found.length === 0) throw new UsageError(`No part is called "${positionals.join(' ')}".`)
  const wide = Math.max(...found.map(({ name, version }) => name.length + version.length + 1))
  for (const part of found) {
    output.say(`${`${part.name} ${part.version}`.padEnd(wide)}  ${part.licence}`)
    if (words.length > 0) for (const at of part.texts) output.say(`\n${texts[at] ?? ''}\n`)
  }
  if (words.length === 0) output.say('\nThe texts: winnow licences NAME')
  output.result({
    parts: found.map(({ texts: at, ...part }) => ({ ...part, texts: at.map((one) => texts[one]) }))
  })
  return exitCodes.ok
}

/** The list that the build wrote beside the page (build/licences). */
function readList(folder: string): Licences {
  try {
    const text = readFileSync(join(folder, 'out', 'renderer', 'licences.json'), 'utf8')
    // Written by our own build.
    return JSON.parse(text) as Licences
  } catch {
    throw new UsageError('The list is made when the app is built. Run: npm run build')
  }
}

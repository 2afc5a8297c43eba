// Settings as a file that can be taken to another computer. Reading one changes nothing: the whole file
// is looked at first, so that nothing half applies.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { SettingsChange, type Settings } from '../../api/dto/settings.ts'
import { AppError } from '../../api/errors.ts'

const kind = 'winnow-settings'
/** More is no file of settings. */
const bytesMax = 256 * 1024

/** What a file with settings holds around them. */
const SettingsFile = z.object({
  kind: z.literal(kind),
  version: z.literal(1),
  settings: z.record(z.string(), z.unknown())
})

/**
 * Of this computer alone: where its own model answers. A file from elsewhere must not lead traces to
 * another program.
 */
const ofThisComputer: readonly (keyof Settings)[] = ['reviewModel']

/** Settings read from a file, and what of it this version does not know. */
export interface ReadSettings {
  readonly settings: SettingsChange
  /** Names this version of the app does not know, or that belong to one computer. */
  readonly unknown: string[]
}

/** The text of a file with these settings. */
export function settingsText(settings: Settings): string {
  const taken = Object.entries(settings).filter(
    ([name]) => !ofThisComputer.some((own) => own === name)
  )
  const file = { kind, version: 1, settings: Object.fromEntries(taken) }
  return `${JSON.stringify(file, null, 2)}\n`
}

/**
 * Reads a file of settings. Throws AppError "file-not-recognised" for another file and
 * "invalid-input", naming each setting, when a value is not one that can be set.
 */
export async function readSettingsFile(path: string): Promise<ReadSettings> {
  const file = SettingsFile.safeParse(parsed(await textOf(path)))
  if (!file.success)
    throw new AppError(
      'file-not-recognised',
      `“${basename(path)}” is not a file of settings saved by Winnow.`
    )
  const known = Object.keys(SettingsChange.shape).filter(
    (name) => !ofThisComputer.some((own) => own === name)
  )
  const given = Object.entries(file.data.settings)
  const wanted = Object.fromEntries(given.filter(([name]) => known.includes(name)))
  const settings = SettingsChange.safeParse(wanted)
  if (!settings.success) {
    const names = [...new Set(settings.error.issues.map(({ path: at }) => String(at[0])))]
    throw new AppError('invalid-input', 'The file holds values that cannot be set.', {
      hint: `Nothing was changed. Not possible: ${names.join(', ')}.`
    })
  }
  const unknown = given.map(([name]) => name).filter((name) => !known.includes(name))
  return { settings: settings.data, unknown: unknown.slice(0, 50) }
}

async function textOf(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size <= bytesMax) return await readFile(path, 'utf8')
  } catch (cause) {
    throw new AppError('file-not-readable', undefined, { cause })
  }
  throw new AppError('too-large', `“${basename(path)}” is too large for a file of settings.`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

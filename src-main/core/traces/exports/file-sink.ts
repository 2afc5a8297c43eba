// Writes what an export was built of: one JSON value a line, or a list of values in one file.
import type { TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import { csvLine } from '../../reports/csv.ts'
import { HashedFile } from '../../reports/hashed-file.ts'
import type { ManifestFile } from '../../reports/manifest.ts'
import { atifOf } from './atif.ts'
import type { ExportPartName, ExportSink } from './export-sink.ts'
import { shareGptOf } from './sharegpt.ts'

type FileName = TraceExportRequest['files'][number]

/** Files by what they hold; with a test part the ones that are learnt from are two. */
export function fileName(what: FileName, part: ExportPartName): string {
  const ending = part === 'test' ? '-test' : ''
  switch (what) {
    case 'sharegpt':
      return `sharegpt${ending}.json`
    case 'answers':
      return 'answers.csv'
    case 'report':
      return 'report.html'
    case 'atif':
      return 'atif.json'
    default:
      return `${what}${ending}.jsonl`
  }
}

/** Name of the list of attempts that teach nothing. */
export const leftOutName = 'left-out.csv'

/** Opens the files that were asked for, in a new folder. */
export async function createFileSink(
  folder: string,
  { files, hasTestPart }: { readonly files: readonly FileName[]; readonly hasTestPart: boolean }
): Promise<ExportSink> {
  const open = new Map<string, JsonFile>()
  const parts: readonly ExportPartName[] = hasTestPart ? ['train', 'test'] : ['train']
  let leftOut: HashedFile | undefined
  const abandon = async (): Promise<void> => {
    for (const file of open.values()) await file.abandon()
    await leftOut?.abandon()
  }
  try {
    for (const what of files) {
      if (what === 'answers' || what === 'report') continue
      for (const part of what === 'atif' ? (['train'] as const) : parts) {
        const name = fileName(what, part)
        open.set(name, new JsonFile(await HashedFile.create(folder, name), name))
      }
    }
  } catch (error) {
    await abandon()
    throw error
  }
  const write = async (what: FileName, part: ExportPartName, value: unknown): Promise<void> => {
    await open.get(fileName(what, part))?.write(value)
  }
  const teaches = files.includes('sft') || files.includes('sharegpt')

  return {
    async sft(trace, built, part) {
      if (!('leftOut' in built)) {
        await write('sft', part, built.line)
        if (files.includes('sharegpt')) await write('sharegpt', part, shareGptOf(built.line))
        return
      }
      if (!teaches) return
      if (leftOut === undefined) {
        leftOut = await HashedFile.create(folder, leftOutName)
        await leftOut.write(csvLine(['id', 'task', 'trial', 'reason'], false))
      }
      const { id, task, trial } = trace
      await leftOut.write(csvLine([id, task.key, trial, built.leftOut], true))
    },
    async pairs(pairs, part) {
      for (const pair of pairs) await write('pairs', part, pair)
    },
    async steps(steps, part) {
      for (const step of steps) await write('steps', part, step)
    },
    atif: (trace, review) => write('atif', 'train', atifOf(trace, review)),
    async finish() {
      const finished: ManifestFile[] = []
      for (const file of open.values()) finished.push(await file.finish())
      if (leftOut !== undefined) finished.push(await leftOut.finish())
      return finished
    },
    abandon
  }
}

/** A file of JSON values: one a line, or a list where its name ends with ".json". */
class JsonFile {
  readonly #file: HashedFile
  readonly #isList: boolean
  #written = 0

  constructor(file: HashedFile, name: string) {
    this.#file = file
    this.#isList = name.endsWith('.json')
  }

  async write(value: unknown): Promise<void> {
    const text = JSON.stringify(value)
    const before = this.#written++ === 0 ? '[\n' : ',\n'
    await this.#file.write(this.#isList ? `${before}${text}` : `${text}\n`)
  }

  async finish(): Promise<ManifestFile> {
    if (this.#isList) await this.#file.write(this.#written === 0 ? '[]\n' : '\n]\n')
    return this.#file.finish()
  }

  abandon(): Promise<void> {
    return this.#file.abandon()
  }
}

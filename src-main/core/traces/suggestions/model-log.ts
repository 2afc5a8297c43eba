// Every question to a model about an attempt and its answer, in one file of JSON lines beside the
// project: the same question is not asked twice, a person can read what was asked, and answers can be
// held against people's marks. Read line by line; the file is never in memory as a whole.
import { appendFile, open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { AppError } from '../../../api/errors.ts'

const Entry = z.object({
  /** Of the question: model, words and settings (`answerKey`). First, so that lines can be told apart unread. */
  key: z.string(),
  set: z.string(),
  trace: z.int(),
  model: z.string(),
  /** The step it names; null for none, or for an answer that could not be read. */
  step: z.int().nullable(),
  prompt: z.array(z.object({ role: z.enum(['system', 'user']), content: z.string() })),
  params: z.record(z.string(), z.json()),
  answer: z.string(),
  /** Milliseconds since 1970, and how long it took. */
  at: z.number(),
  ms: z.number()
})
/** A question and its answer. */
export type ModelEntry = z.infer<typeof Entry>

/** Name of the file in the project's folder. */
export const modelLogName = 'model-suggestions.jsonl'

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function* linesOf(path: string): AsyncGenerator<string, void, void> {
  const stream = createReadStream(path, { encoding: 'utf8' })
  try {
    yield* createInterface({ input: stream, crlfDelay: Infinity })
  } catch (cause) {
    if (!isMissing(cause))
      throw new AppError('file-not-readable', 'The kept answers of models cannot be read.', {
        cause
      })
  } finally {
    stream.destroy()
  }
}

function entryIn(line: string): ModelEntry | undefined {
  try {
    return Entry.safeParse(JSON.parse(line)).data
  } catch {
    // A crash may have cut a line off; the others are whole.
    return undefined
  }
}

/**
 * The kept answer to a question; undefined when it was not asked yet. Attempts with the same log have
 * the same question: that of this very attempt comes first.
 */
export async function keptAnswer(
  path: string,
  key: string,
  { set, trace }: Pick<ModelEntry, 'set' | 'trace'>
): Promise<ModelEntry | undefined> {
  const begin = `{"key":${JSON.stringify(key)},`
  let found: ModelEntry | undefined
  for await (const line of linesOf(path)) {
    const entry = line.startsWith(begin) ? entryIn(line) : undefined
    if (entry?.set === set && entry.trace === trace) return entry
    found ??= entry
  }
  return found
}

/** Steps that models named in a set: by model, then by attempt; the newest answer of each. */
export async function namedSteps(
  path: string,
  set: string
): Promise<ReadonlyMap<string, ReadonlyMap<number, number | null>>> {
  const models = new Map<string, Map<number, number | null>>()
  const mark = `"set":${JSON.stringify(set)},`
  for await (const line of linesOf(path)) {
    // The set stands near the beginning: other sets' long lines are not taken apart.
    if (!line.slice(0, 400).includes(mark)) continue
    const entry = entryIn(line)
    if (entry === undefined || entry.set !== set) continue
    const steps = models.get(entry.model) ?? new Map<number, number | null>()
    models.set(entry.model, steps.set(entry.trace, entry.step))
  }
  return models
}

// One line at a time: two at once could be written into each other.
let writing: Promise<void> = Promise.resolve()

/** Adds a question and its answer; on disk once it resolves. */
export function keepAnswer(path: string, entry: ModelEntry): Promise<void> {
  const { key, set, ...rest } = entry
  const line = JSON.stringify({ key, set, ...rest })
  const written = writing.then(async () => {
    const before = (await endsMidLine(path)) ? '\n' : ''
    await appendFile(path, `${before}${line}\n`, { mode: 0o600, flush: true })
  })
  writing = written.catch(() => undefined)
  return written
}

/** True when a crash cut the last line off. */
async function endsMidLine(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (file === undefined) return false
  try {
    const { size } = await file.stat()
    if (size === 0) return false
    const last = Buffer.alloc(1)
    await file.read(last, 0, 1, size - 1)
    return last[0] !== 0x0a
  } finally {
    await file.close()
  }
}

// Every question to a model and its answer, kept in one file of JSON lines: the same question to the same
// model with the same settings is not asked twice, and a person can read what was asked.
import { hash } from 'node:crypto'
import { appendFile, open, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../../api/errors.ts'
import type { ChatRequest } from './local-endpoint.ts'

const Entry = z.object({
  key: z.string(),
  model: z.string(),
  prompt: z.array(z.object({ role: z.enum(['system', 'user']), content: z.string() })),
  params: z.record(z.string(), z.json()),
  answer: z.string(),
  /** Milliseconds since 1970, and how long it took. */
  at: z.number(),
  ms: z.number()
})
export type ModelAnswer = z.infer<typeof Entry>

export interface ModelAnswers {
  get(key: string): string | undefined
  /** Kept on disk once it resolves. */
  add(answer: ModelAnswer): Promise<void>
}

/** Largest file of answers that is read back: beyond it, begin a new one. */
const largestFile = 512 * 2 ** 20

/** Key of a question: the model's id, the hash of the prompt, and the settings. */
export function answerKey(chat: ChatRequest, sample: number): string {
  const { model, messages, ...params } = chat
  return hash(
    'sha256',
    JSON.stringify([model, hash('sha256', JSON.stringify(messages)), params, sample])
  )
}

/** Opens the file of answers, or begins it. A line that a crash cut off is left out. */
export async function openModelAnswers(path: string): Promise<ModelAnswers> {
  const known = new Map<string, string>()
  const text = await readAll(path)
  for (const line of text.split('\n')) {
    const found = readEntry(line)
    if (found !== undefined) known.set(found.key, found.answer)
  }
  let isCutOff = text !== '' && !text.endsWith('\n')
  return {
    get: (key) => known.get(key),
    async add(answer) {
      await appendFile(path, `${isCutOff ? '\n' : ''}${JSON.stringify(answer)}\n`, {
        mode: 0o600,
        flush: true
      })
      isCutOff = false
      known.set(answer.key, answer.answer)
    }
  }
}

async function readAll(path: string): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  if (file === undefined) return ''
  const { size } = await file.stat().finally(() => file.close())
  if (size > largestFile)
    throw new AppError('too-large', 'The file of model answers has grown too large.', {
      hint: 'Move it elsewhere; a new one is begun.'
    })
  return readFile(path, 'utf8')
}

function readEntry(line: string): ModelAnswer | undefined {
  if (line === '') return undefined
  try {
    return Entry.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

// What a fuzzing target is, and the oracle all of them share: whatever comes in, the app answers or
// refuses in words for people. A target makes one case from a stream of random numbers and runs it.
import { AppError, errorCodes } from '../src-main/api/errors.ts'
import type { Random } from '../src-main/core/compute/random.ts'

/** Something that must never happen, seen by an oracle. */
export class Broken extends Error {
  /** Bytes or text of the case where no file holds them. */
  readonly input: string | Uint8Array | undefined
  constructor(message: string, options: { cause?: unknown; input?: string | Uint8Array } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Broken'
    this.input = options.input
  }
}

/** A target that is ready to run cases. */
export interface OpenTarget {
  /** Makes and runs one case; a short word for what came of it. Throws what the oracle refuses. */
  run(random: Random): Promise<string> | string
  close(): Promise<void>
}

export interface FuzzTarget {
  readonly name: string
  /** What is fuzzed and what must hold, in a line. */
  readonly about: string
  /** Longest time one case may take; far more than any honest one does. */
  readonly limitMs: number
  /** Cases of the short version in the unit suite. */
  readonly shortCases: number
  /** `folder` is empty and the target's own; what lies there is kept when a case breaks something. */
  open(folder: string): Promise<OpenTarget>
}

const known = new Set<string>(errorCodes)
/** Refusals that are bugs: nothing that comes in from outside may cause them. */
const bugs = new Set(['internal', 'worker-crashed', 'out-of-memory', 'contract-mismatch'])
/** Words that only programs say. */
const machineWords =
  /\bundefined\b|\[object |\b(?:Type|Range|Syntax|Reference|Eval)Error\b|is not a function|[Cc]annot (?:read|set|convert) (?:propert|undefined|null)|not iterable|\n\s+at |Unexpected token|JSON at position|Invalid array length|SQLITE_|out of range|ENOENT|EISDIR|ENOTDIR|EINVAL|EACCES/

/** Checks a sentence that a person is shown. Throws {@link Broken}. */
export function requirePlain(sentence: string, where: string, cause?: unknown): void {
  if (sentence.trim() === '') throw new Broken(`${where}: an empty sentence`, { cause })
  // Names that the file itself holds are quoted, and may be anything.
  if (machineWords.test(sentence.replaceAll(/“[^”]*”/g, '“”')))
    throw new Broken(`${where}: not in plain words: ${sentence.slice(0, 300)}`, { cause })
  if (!/[.!?…)”"]$/.test(sentence.trim()))
    throw new Broken(`${where}: no sentence: ${sentence.slice(0, 300)}`, { cause })
}

/** The code of a refusal in plain words. Throws {@link Broken} for every other error. */
export function refusalOf(error: unknown): string {
  if (error instanceof Broken) throw error
  if (!(error instanceof AppError)) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw new Broken(`no named error: ${said}`, { cause: error })
  }
  if (!known.has(error.code) || bugs.has(error.code))
    throw new Broken(`refused as a bug: ${error.code} (${error.message})`, { cause: error })
  requirePlain(error.message, error.code, error)
  if (error.hint !== undefined && error.code !== 'invalid-input')
    requirePlain(error.hint, `hint of ${error.code}`, error)
  return error.code
}

/** Runs `work`; what came of it, or the code of its refusal. Throws {@link Broken}. */
export async function answerOf(work: () => Promise<string> | string): Promise<string> {
  try {
    return await work()
  } catch (error) {
    return refusalOf(error)
  }
}

// Findings in a sentence, with what shows them.
import type { TraceFinding } from '../../../api/dto/trace-sets.ts'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { KeptFinding } from '../../store/trace-records.ts'
import { detectors } from '../detectors/registry.ts'

const nameOf = new Map(detectors.map(({ id, name }) => [id, name]))
const quoteLength = 160

/** A finding as it is shown. */
export function findingView({ detector, severity, step, to, evidence }: KeptFinding): TraceFinding {
  const name = nameOf.get(detector) ?? detector
  return { detector, name, severity, step, to, text: sentences[detector]?.(evidence) ?? `${name}.` }
}

type Evidence = KeptFinding['evidence']

/** Steps are counted from 1 where people read them. */
const stepNumber = (value: JsonValue | undefined): string =>
  typeof value === 'number' ? String(value + 1) : '?'

function quoted(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const short =
    line.length > quoteLength ? `${line.slice(0, quoteLength).toWellFormed()}\u2026` : line
  return `\u201C${short}\u201D`
}

function plain(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?'
}

/** "1 step", "7 steps", "steps" for a count that is not known. */
function counted(value: JsonValue | undefined, one: string): string {
  if (typeof value !== 'number') return `${one}s`
  return value === 1 ? `1 ${one}` : `${value} ${one}s`
}

function firstField({ fields }: Evidence): string {
  const first = Array.isArray(fields) ? fields[0] : undefined
  if (typeof first !== 'object' || first === null || Array.isArray(first)) return ''
  return ` ${plain(first['field'])} is ${quoted(first['here'])}, there it is ${quoted(first['there'])}.`
}

const sentences: Readonly<Record<string, (evidence: Evidence) => string>> = {
  'extra-write': ({ verb, args }) =>
    `No successful run of this task did this ${plain(verb)}: ${quoted(args)}.`,
  'wrong-arguments': (evidence) =>
    `A successful run of this task called ${plain(evidence['verb'])} with other values:${firstField(evidence)}`,
  'missing-write': ({ verb, args, passes }) =>
    `It ends without ${plain(verb)}, which ${counted(passes, 'successful run')} made: ${quoted(args)}.`,
  error: ({ line }) => `The tool answered with an error: ${quoted(line)}.`,
  'ignored-error': ({ line, verb }) =>
    `After the error ${quoted(line)} it did ${plain(verb)} again in the same way.`,
  'write-after-error': ({ line, verb }) =>
    `Right after the error ${quoted(line)} it changed something with ${plain(verb)}.`,
  recovered: ({ line, verb }) =>
    `${plain(verb)} failed with ${quoted(line)} and worked soon after.`,
  repeat: ({ verb }) => `${plain(verb)} again, with the same arguments as in the step before.`,
  'repeat-window': ({ verb, first }) =>
    `${plain(verb)} again in the same place as in step ${stepNumber(first)}, with nothing changed since.`,
  period: ({ period, rounds }) =>
    period === 1
      ? `The same action ${counted(rounds, 'time')} in a row.`
      : `The same ${counted(period, 'action')} ${counted(rounds, 'time')} round.`,
  'no-change': ({ inRow }) =>
    inRow === 1
      ? 'Nothing on the screen changed after this action.'
      : `Nothing on the screen changed, ${plain(inRow)} actions in a row.`,
  cycle: ({ length }) => `Back on a screen of ${counted(length, 'step')} before.`,
  stall: ({ steps }) => `Nothing new was seen for ${counted(steps, 'step')}.`,
  ungrounded: ({ verb, name, value }) =>
    `${plain(verb)} uses ${quoted(value)} for ${plain(name)}, which appears nowhere before.`,
  novel: ({ verb, seen }) =>
    `No successful run that came this far did ${plain(verb)} here; they did ${counted(seen, 'other thing')}.`,
  long: ({ steps, limit }) =>
    `${counted(steps, 'step')}; successful runs hardly ever need more than ${typeof limit === 'number' ? Math.floor(limit) : '?'}.`,
  budget: ({ reason }) => `The log says that it was cut off: ${quoted(reason)}.`,
  empty: () => 'The last turn neither says nor does anything.',
  'no-end': () => 'Successful runs of this task say that they are done; this one never does.'
}

// Two attempts side by side: equal decisions in one row, what differs named by field.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceComparison } from '../../../api/dto/trace-sets.ts'
import { AppError } from '../../../api/errors.ts'
import { align, mostDecisions, type Aligned, type AlignedPair } from '../first-wrong/alignment.ts'
import { fieldDifferences } from '../first-wrong/sibling-writes.ts'
import { isDecision, type Trace, type TraceAction, type TraceStep } from '../model/trace.ts'

/** What {@link compareTraces} finds: the comparison without the facts of both attempts. */
export type ComparedSteps = Pick<TraceComparison, 'rows' | 'firstDifference'>
type Row = TraceComparison['rows'][number]

/** A step with what alignments compare. */
interface AlignedStep extends Aligned {
  readonly step: TraceStep
}

/**
 * Rows of both attempts in the cheapest alignment (Needleman and Wunsch 1970). Words of the agent have
 * rows, too, but are never the first difference: they rarely agree to the letter. Throws AppError
 * "too-large" for attempts that differ over more than 2,000 steps.
 */
export function compareTraces(left: Trace, right: Trace): ComparedSteps {
  const here = alignedSteps(left)
  const there = alignedSteps(right)
  const rows = pairsOf(here, there).map((pair) =>
    rowOf(
      pair,
      pair.here === null ? undefined : here[pair.here].step,
      pair.there === null ? undefined : there[pair.there].step
    )
  )
  const first = rows.findIndex(
    ({ relation, left: l, right: r }) =>
      relation !== 'same' &&
      ((l !== null && decides(left.steps[l])) || (r !== null && decides(right.steps[r])))
  )
  return { rows, firstDifference: first === -1 ? null : first }
}

function alignedSteps({ steps }: Trace): AlignedStep[] {
  return steps.map((step) => ({
    step,
    key: step.actions.map(({ key }) => key).join('\n'),
    verbs: step.actions.map(({ verb }) => verb).join(' ')
  }))
}

function decides({ actions }: TraceStep): boolean {
  return actions.some(isDecision)
}

/** What both begin and end with alike is paired at once; only what lies between is aligned. */
function pairsOf(here: readonly AlignedStep[], there: readonly AlignedStep[]): AlignedPair[] {
  const shortest = Math.min(here.length, there.length)
  let start = 0
  while (start < shortest && here[start].key === there[start].key) start++
  let end = 0
  while (
    end < shortest - start &&
    here[here.length - 1 - end].key === there[there.length - 1 - end].key
  )
    end++
  const a = here.slice(start, here.length - end)
  const b = there.slice(start, there.length - end)
  if (a.length > mostDecisions || b.length > mostDecisions)
    throw new AppError('too-large', 'These attempts are too long to lay side by side.', {
      hint: 'Open them one after the other.'
    })
  const same = (i: number, j: number): AlignedPair => ({ here: i, there: j, kind: 'same' })
  const shifted = (at: number | null): number | null => (at === null ? null : at + start)
  return [
    ...Array.from({ length: start }, (_, i) => same(i, i)),
    ...align(a, b).pairs.map((pair) => ({
      ...pair,
      here: shifted(pair.here),
      there: shifted(pair.there)
    })),
    ...Array.from({ length: end }, (_, i) => same(here.length - end + i, there.length - end + i))
  ]
}

function rowOf(
  { kind }: AlignedPair,
  left: TraceStep | undefined,
  right: TraceStep | undefined
): Row {
  return {
    left: left?.index ?? null,
    right: right?.index ?? null,
    relation:
      left === undefined
        ? 'right-only'
        : right === undefined
          ? 'left-only'
          : kind === 'same' || kind === 'other-arguments'
            ? kind
            : 'different',
    leftText: textOf(left),
    rightText: textOf(right),
    fields: kind === 'other-arguments' && left && right ? fieldsOf(left, right) : []
  }
}

const mostFields = 60
const longestText = 240
const longestValue = 4000

/** Fields by path; several calls in one step are told apart by their number from 1. */
function fieldsOf(left: TraceStep, right: TraceStep): Row['fields'] {
  const isOne = left.actions.length === 1
  return left.actions
    .flatMap((action, i) =>
      fieldDifferences(action.args, right.actions[i].args).map(({ field, here, there }) => ({
        field: isOne ? field : `${i + 1}. ${field}`,
        left: cutValue(here),
        right: cutValue(there)
      }))
    )
    .slice(0, mostFields)
}

function cutValue(value: JsonValue): JsonValue {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= longestValue ? value : `${text.slice(0, longestValue)}…`
}

function textOf(step: TraceStep | undefined): string {
  if (step === undefined) return ''
  const text = step.actions.map(actionText).join('; ')
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`
}

function actionText({ verb, args, effect }: TraceAction): string {
  const fields =
    typeof args === 'object' && args !== null && !Array.isArray(args) ? args : undefined
  if (effect === 'talk' && typeof fields?.['text'] === 'string') return fields['text']
  const given = Object.entries(fields ?? {}).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`
  )
  return `${verb}(${given.join(', ')})`
}

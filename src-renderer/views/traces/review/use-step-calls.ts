// The calls of a step, and some other calls of the same tools, to make the form of a correction.
import type { JsonValue } from '@api/dto/common.ts'
import { kindAt } from '../../../stores/trace-review-places.ts'
import { useTraceReview } from '../../../stores/trace-review.ts'

/** An action of a step. */
export interface StepCall {
  /** The tool; "say" for words. */
  readonly verb: string
  readonly args: JsonValue
}

/** Verb of a correction that says something. */
export const sayVerb = 'say'
/** Other calls of the same tool that are read for the kinds of their arguments. */
const examplesRead = 6

/** Reads what a step did: its calls, or what it said. Throws what the app answered. */
export async function readStepCalls(index: number): Promise<StepCall[]> {
  const review = useTraceReview()
  const { detail, pages } = review
  const step = detail?.steps[index]
  if (detail === undefined || pages === undefined || step === undefined) return []
  const calls: StepCall[] = []
  let said = ''
  for (let seq = step.from; seq < step.to; seq++) {
    const kind = kindAt(detail.kinds, seq)
    if (kind !== 'tool-call' && kind !== 'assistant') continue
    const event = await pages.load(seq)
    if (event === undefined) continue
    if (kind === 'tool-call')
      calls.push({ verb: event.name ?? 'call', args: await pages.argumentsOf(seq) })
    else said = said === '' ? event.text : said
  }
  return calls.length > 0 ? calls : [{ verb: sayVerb, args: { text: said } }]
}

/** Arguments of other calls of a tool in this attempt. */
export async function readExamples(verb: string, except: number): Promise<JsonValue[]> {
  const review = useTraceReview()
  const others = (review.detail?.steps ?? [])
    .filter(({ index, kind, title }) => index !== except && kind === 'call' && title.includes(verb))
    .slice(0, examplesRead)
  const read = await Promise.all(others.map(({ index }) => readStepCalls(index)))
  return read.flat().flatMap((call) => (call.verb === verb ? [call.args] : []))
}

// Values that come from nowhere: an argument of a write that nobody said before.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { Trace } from '../model/trace.ts'
import type { Detector, Finding } from './detector.ts'

/** Shorter values are found everywhere. */
const leastLength = 3
/**
 * Characters of a trace that are looked through; what comes later in a very long one is left alone,
 * because every value would have to be looked for in all of them.
 */
const mostText = 2_000_000

/** A value of a write that is in no earlier text, and that successful attempts do not use either. */
export const ungroundedDetector: Detector = {
  id: 'ungrounded',
  name: 'Value from nowhere',
  version: 1,
  find(trace, { passes }) {
    const usual = usualValues(passes)
    const findings: Finding[] = []
    let said = ''
    let upTo = 0
    for (const { index, from, actions } of trace.steps) {
      said += plain(earlierText(trace, upTo, from))
      upTo = from
      if (said.length > mostText) break
      for (const { verb, args, effect } of actions) {
        if (effect !== 'write') continue
        const unknown = scalars(args).find(
          ({ name, value }) => !said.includes(value) && !usual.has(`${verb}|${name}|${value}`)
        )
        if (unknown === undefined) continue
        const evidence = { verb, name: unknown.name, value: unknown.value }
        findings.push({ detector: 'ungrounded', severity: 2, step: index, to: index, evidence })
      }
    }
    return findings
  }
}

function earlierText({ events, task }: Trace, from: number, to: number): string {
  const texts = events
    .slice(from, to)
    .flatMap(({ kind, text }) =>
      kind === 'tool-call' || kind === 'assistant' || kind === 'thought' ? [] : [text]
    )
  return `${from === 0 ? task.goal : ''}\n${texts.join('\n')}\n`
}

/** Values that successful attempts give to an argument: words of a list, such as "economy". */
function usualValues(passes: readonly Trace[]): Set<string> {
  return new Set(
    passes.flatMap(({ steps }) =>
      steps.flatMap(({ actions }) =>
        actions.flatMap(({ verb, args }) =>
          scalars(args).map(({ name, value }) => `${verb}|${name}|${value}`)
        )
      )
    )
  )
}

interface Scalar {
  readonly name: string
  readonly value: string
}

function scalars(value: JsonValue, name = ''): Scalar[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = plain(String(value))
    return text.length < leastLength ? [] : [{ name, value: text }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item) => scalars(item, name))
  return Object.entries(value).flatMap(([key, item]) => scalars(item, key))
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

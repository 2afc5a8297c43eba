// Real attempts of tau-bench out and in again: steps, outcomes, verdicts and weights stay as they were.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTraces } from '../formats/registry.ts'
import { deriveTrace, type DerivationRules } from '../model/derive-steps.ts'
import { goldLabel } from '../gold/gold-labels.ts'
import type { Trace } from '../model/trace.ts'
import { atifOf } from './atif.ts'
import { reviewOf, toolsOf, usual } from './exports.test-support.ts'
import { pairsOf } from './pairs.ts'
import { buildSft, type SftLine } from './sft.ts'
import { stepRewards } from './step-rewards.ts'
import { validateSft } from './validate-sft.ts'

const rules: DerivationRules = {
  effects: [],
  arguments: { volatile: new Set(['price']), isOrderFree: false }
}
const fixture = join(import.meta.dirname, '../fixtures/tau-bench/airline-excerpt.json.gz')

let folder = ''
let traces: Trace[] = []

async function tracesIn(path: string): Promise<Trace[]> {
  const read: Trace[] = []
  for await (const each of readTraces(path)) {
    if ('problem' in each) throw new Error(each.problem)
    read.push(deriveTrace(each.record, rules))
  }
  return read
}

/** What a step did, whatever ids its calls have. */
const stepsOf = ({ steps }: Trace): unknown =>
  steps.map(({ actions }) => actions.map(({ key, effect, status }) => ({ key, effect, status })))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-round-trip-'))
  traces = await tracesIn(fixture)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A review as a careful person would write it: the verdict of the log, the mistake that is known. */
const reviews = (): ReturnType<typeof reviewOf>[] =>
  traces.map((trace) =>
    reviewOf({
      verdict: trace.outcome === 'pass' ? 'pass' : 'fail',
      firstWrong: goldLabel(trace, rules)?.step ?? null
    })
  )

describe('out and in again', () => {
  it('sft.jsonl: valid lines, the same steps, outcomes and weights', async () => {
    const made = reviews()
    const tools = toolsOf(traces)
    const lines = traces.flatMap(
      (trace, i): { line: SftLine; trace: Trace; first: number | null }[] => {
        const built = buildSft(trace, made[i], usual, tools)
        return 'leftOut' in built ? [] : [{ line: built.line, trace, first: made[i].firstWrong }]
      }
    )
    expect(lines.length).toBeGreaterThan(150)
    const path = join(folder, 'sft.jsonl')
    await writeFile(path, lines.map(({ line }) => `${JSON.stringify(line)}\n`).join(''))
    const problems = lines.flatMap(({ line }) => validateSft(JSON.stringify(line)))
    expect(problems).toEqual([])
    const back = await tracesIn(path)
    expect(back.map(({ id, task, trial, outcome }) => [id, task.key, trial, outcome])).toEqual(
      lines.map(({ trace: { id, task, trial, outcome } }) => [id, task.key, trial, outcome])
    )
    expect(back.map(stepsOf)).toEqual(lines.map(({ trace }) => stepsOf(trace)))
    for (const { line, trace, first } of lines) {
      const weights = line.messages.flatMap(({ weight }) => (weight === undefined ? [] : [weight]))
      expect(weights).toHaveLength(trace.steps.length)
      expect(line.verdict).toBe(trace.outcome)
      // From the first mistake on nothing is learnt.
      if (trace.outcome === 'fail' && first !== null) expect(weights.slice(first)).not.toContain(1)
    }
  })

  it('atif.json: the same steps, outcome and reward', async () => {
    const path = join(folder, 'atif.json')
    const made = reviews()
    await writeFile(path, JSON.stringify(traces.map((trace, i) => atifOf(trace, made[i]))))
    const back = await tracesIn(path)
    expect(
      back.map(({ id, task, trial, outcome, reward }) => [id, task.key, trial, outcome, reward])
    ).toEqual(
      traces.map(({ id, task, trial, outcome, reward }) => [id, task.key, trial, outcome, reward])
    )
    expect(back.map(stepsOf)).toEqual(traces.map(stepsOf))
  })
})

describe('pairs and rewards', () => {
  it('pairs stand in one state and differ', () => {
    const made = reviews()
    const tools = toolsOf(traces)
    const byTask = Map.groupBy(traces, ({ task }) => task.key)
    const pairs = traces.flatMap((trace, i) =>
      pairsOf(trace, made[i], byTask.get(trace.task.key) ?? [], tools)
    )
    expect(pairs.length).toBeGreaterThan(5)
    for (const { prompt, chosen, rejected, meta } of pairs) {
      expect(meta).toMatchObject({
        source: 'sibling',
        state: expect.stringMatching(/^writes:/) as string
      })
      expect(chosen).not.toEqual(rejected)
      expect(prompt.at(-1)?.role).not.toBe('assistant')
    }
  })

  it('rewards: good before the first mistake, bad there, not known after', () => {
    const at = traces.findIndex(
      ({ outcome }, i) => outcome === 'fail' && (reviews()[i].firstWrong ?? 0) > 2
    )
    const first = reviews()[at].firstWrong ?? 0
    const lines = stepRewards(
      traces[at],
      reviews()[at],
      traces.filter(({ task }) => task.key === traces[at].task.key),
      { reviewers: 1, agreement: 1 }
    )
    expect(lines.map(({ reward }) => reward)).toEqual(
      lines.map((_, i) => (i < first ? 1 : i === first ? -1 : 0))
    )
    expect(lines.filter(({ first_wrong: is }) => is).map(({ step }) => step)).toEqual([first])
  })
})

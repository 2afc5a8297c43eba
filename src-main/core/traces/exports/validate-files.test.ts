// The checkers of exported files: real attempts with reviews pass all of them, and each thing that may be
// wrong is found. What passes first is then damaged, so that no case fails for another reason.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { readTraces } from '../formats/registry.ts'
import type { JsonObject } from '../formats/trace-format.ts'
import { goldLabel } from '../gold/gold-labels.ts'
import { deriveTrace, type DerivationRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'
import { atifOf } from './atif.ts'
import { correctionOf, reviewOf, toolsOf, usual } from './exports.test-support.ts'
import { pairsOf } from './pairs.ts'
import { buildSft } from './sft.ts'
import { shareGptOf } from './sharegpt.ts'
import { stepRewards } from './step-rewards.ts'
import {
  validateAtif,
  validatePair,
  validateShareGpt,
  validateStepReward
} from './validate-files.ts'

const rules: DerivationRules = {
  effects: [],
  arguments: { volatile: new Set(['price']), isOrderFree: false }
}
const fixture = join(import.meta.dirname, '../fixtures/tau-bench/airline-excerpt.json.gz')

interface Made {
  readonly shareGpt: JsonObject[]
  readonly pairs: JsonObject[]
  readonly steps: JsonObject[]
  readonly atif: JsonObject[]
}

let made: Made
/** As a reader of the file sees it. */
const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject

beforeAll(async () => {
  const traces: Trace[] = []
  for await (const each of readTraces(fixture))
    if ('record' in each) traces.push(deriveTrace(each.record, rules))
  const reviews = traces.map((trace, i) => {
    const firstWrong = goldLabel(trace, rules)?.step ?? null
    const isCorrected = firstWrong !== null && i % 2 === 0
    return reviewOf({
      verdict: trace.outcome === 'pass' ? 'pass' : 'fail',
      firstWrong,
      corrections: isCorrected
        ? { [String(firstWrong)]: correctionOf('think', { thought: 'Look first.' }) }
        : {}
    })
  })
  const tools = toolsOf(traces, reviews)
  const byTask = Map.groupBy(traces, ({ task }) => task.key)
  made = { shareGpt: [], pairs: [], steps: [], atif: [] }
  traces.forEach((trace, i) => {
    const others = (byTask.get(trace.task.key) ?? []).filter((each) => each !== trace)
    const built = buildSft(trace, reviews[i], usual, tools)
    if (!('leftOut' in built)) made.shareGpt.push(plain(shareGptOf(built.line)))
    made.pairs.push(...pairsOf(trace, reviews[i], others, tools).map(plain))
    const judged = { reviewers: 1, agreement: 1 }
    made.steps.push(...stepRewards(trace, reviews[i], others, judged).map(plain))
    made.atif.push(plain(atifOf(trace, reviews[i])))
  })
})

it('what is exported passes', () => {
  expect(made.shareGpt.length).toBeGreaterThan(100)
  expect(made.pairs.length).toBeGreaterThan(20)
  expect(made.steps.length).toBeGreaterThan(1000)
  expect(made.shareGpt.flatMap(validateShareGpt)).toEqual([])
  expect(made.pairs.flatMap((pair) => validatePair(JSON.stringify(pair)))).toEqual([])
  expect(made.steps.flatMap((step) => validateStepReward(JSON.stringify(step)))).toEqual([])
  expect(made.atif.flatMap(validateAtif)).toEqual([])
})

/** The list under a name, to be changed in place. */
const list = (value: JsonObject | undefined, name: string): Record<string, JsonValue>[] =>
  value?.[name] as Record<string, JsonValue>[]
type Damage = (value: Record<string, JsonValue>) => void

function damaged(value: JsonObject, damage: Damage): JsonObject {
  const copy = structuredClone(value) as Record<string, JsonValue>
  damage(copy)
  return copy
}

describe('ShareGPT', () => {
  const cases: readonly (readonly [string, RegExp, Damage])[] = [
    ['no turns', /no list of turns/, (it) => void (it['conversations'] = [])],
    ['unknown speaker', /is by "bot"/, (it) => void (list(it, 'conversations')[1]['from'] = 'bot')],
    ['unknown field', /not known/, (it) => void (list(it, 'conversations')[0]['name'] = 'x')],
    ['no text', /has no text/, (it) => void (list(it, 'conversations')[0]['value'] = null)],
    ['weight of a person', /but has a weight/, (it) => weigh(it, 'human', 1)],
    ['no weight', /no weight of 0 or 1/, (it) => weigh(it, 'gpt', 2)],
    ['two persons', /second of a person/, (it) => repeat(it, 'human')],
    [
      'late instructions',
      /in the middle/,
      (it) => void turns(it).splice(2, 0, { from: 'system', value: 'x' })
    ],
    ['answer twice', /calls and 2 answers/, (it) => repeat(it, 'observation')],
    ['answer to nothing', /answers no call|1 answers/, (it) => drop(it, 'function_call')],
    ['call without JSON', /but no JSON/, (it) => void (find(it, 'function_call')['value'] = 'x')],
    ['tool not listed', /not listed/, (it) => void (it['tools'] = '[{"name":"x"}]')],
    ['tools no text', /no list as text/, (it) => void (it['tools'] = [])],
    ['nothing learnt', /No turn has weight 1/, unlearn],
    ['ends with a person', /not end with/, (it) => void list(it, 'conversations').push(human)]
  ]
  const human = { from: 'human', value: 'x' }
  const turns = (it: JsonObject): Record<string, JsonValue>[] => list(it, 'conversations')
  const find = (it: JsonObject, from: string): Record<string, JsonValue> =>
    turns(it).find((turn) => turn['from'] === from) ?? {}
  function weigh(it: JsonObject, from: string, weight: number): void {
    find(it, from)['weight'] = weight
  }
  function repeat(it: JsonObject, from: string): void {
    const at = turns(it).findIndex((turn) => turn['from'] === from)
    turns(it).splice(at, 0, { ...turns(it)[at] })
  }
  function drop(it: JsonObject, from: string): void {
    turns(it).splice(turns(it).indexOf(find(it, from)), 1)
  }
  function unlearn(it: JsonObject): void {
    for (const turn of turns(it))
      if (turn['weight'] === 1) Object.assign(turn, { weight: 0, train: false })
  }

  it.each(cases)('%s', (_, words, damage) => {
    // With one call at a time and something said, so that every case can be made.
    const whole = made.shareGpt.find((it) =>
      ['human', 'gpt', 'function_call', 'observation'].every((from) => 'value' in find(it, from))
    )
    expect(validateShareGpt(whole ?? null)).toEqual([])
    expect(validateShareGpt(damaged(whole ?? {}, damage)).join('\n')).toMatch(words)
  })
})

describe('pairs', () => {
  const meta = (it: JsonObject): Record<string, JsonValue> =>
    it['meta'] as Record<string, JsonValue>
  const cases: readonly (readonly [string, RegExp, Damage])[] = [
    ['no prompt', /"prompt" holds no/, (it) => void (it['prompt'] = [])],
    ['unknown role', /has the role "bot"/, (it) => void (list(it, 'prompt')[0]['role'] = 'bot')],
    ['weights', /says nothing here/, (it) => void (list(it, 'chosen')[0]['weight'] = 1)],
    [
      'prompt ends with the model',
      /ends with the model/,
      (it) => {
        list(it, 'prompt').push({ role: 'assistant', content: 'x' })
      }
    ],
    [
      'two turns',
      /not one turn/,
      (it) => {
        list(it, 'chosen').push({ role: 'assistant', content: 'x' })
      }
    ],
    ['both the same', /say the same/, (it) => void (it['chosen'] = it['rejected'])],
    [
      'call without an answer',
      /has no answer/,
      (it) => {
        const prompt = list(it, 'prompt')
        prompt.splice(
          prompt.findIndex(({ role }) => role === 'tool'),
          1
        )
      }
    ],
    ['unknown source', /source is not known/, (it) => void (meta(it)['source'] = 'x')],
    ['no trace', /"trace" is missing/, (it) => void (meta(it)['trace'] = '')],
    ['step from nowhere', /"step" is no number/, (it) => void (meta(it)['step'] = -1)],
    ['tools', /no name or no parameters/, (it) => void (it['tools'] = [{ type: 'function' }])]
  ]
  it.each(cases)('%s', (_, words, damage) => {
    const whole = made.pairs.find((it) => list(it, 'prompt').some(({ role }) => role === 'tool'))
    expect(validatePair(JSON.stringify(whole))).toEqual([])
    const wrong = damaged(whole ?? {}, damage)
    expect(validatePair(JSON.stringify(wrong)).join('\n')).toMatch(words)
  })

  it('corrections name no sibling, siblings name theirs, lines are JSON', () => {
    const correction = made.pairs.find((it) => meta(it)['source'] === 'correction')
    const sibling = made.pairs.find((it) => meta(it)['source'] === 'sibling')
    const with_ = damaged(correction ?? {}, (it) => void (meta(it)['sibling'] = 'x'))
    expect(validatePair(JSON.stringify(with_))).toEqual(['A correction has no "sibling".'])
    const without = damaged(sibling ?? {}, (it) => void (meta(it)['sibling_step'] = null))
    expect(validatePair(JSON.stringify(without))).toEqual([
      '"sibling_step" is no number of a step.'
    ])
    expect(validatePair('{')).toEqual(['The line is not valid JSON.'])
  })
})

describe('rewards of steps', () => {
  const cases: readonly (readonly [string, RegExp, Record<string, JsonValue>])[] = [
    ['unknown field', /"x", which is not known/, { x: 1 }],
    ['no attempt', /no attempt|another attempt/, { trace: '' }],
    ['no number', /"trial" is no number/, { trial: 0.5 }],
    [
      'prompt elsewhere',
      /in another attempt/,
      { prompt_ref: { trace: 'x', event: 1, atif_step: 1 } }
    ],
    ['no actions', /no names/, { action: [{ name: '' }] }],
    ['unknown label', /is not known/, { label: 'nice' }],
    ['label and reward', /different things/, { label: 'good', reward: 0 }],
    ['a good mistake', /cannot be good/, { first_wrong: true, label: 'good', reward: 1 }],
    ['neither yes nor no', /neither yes nor no/, { decisive: null }],
    ['advantage', /out of its range/, { advantage: 2 }],
    ['agreement', /no share/, { agreement: -0.5 }],
    ['agreement of nobody', /Nobody can agree/, { reviewers: 0, agreement: 1 }]
  ]
  it.each(cases)('%s', (_, words, change) => {
    const whole = made.steps[0]
    expect(validateStepReward(JSON.stringify(whole))).toEqual([])
    expect(validateStepReward(JSON.stringify({ ...whole, ...change })).join('\n')).toMatch(words)
  })
  it('a line that is none', () => {
    expect(validateStepReward('[')).toEqual(['The line is not valid JSON.'])
  })
})

describe('ATIF', () => {
  const called = (it: JsonObject): Record<string, JsonValue> =>
    list(it, 'steps').find((step) => step['tool_calls'] !== undefined) ?? {}
  const cases: readonly (readonly [string, RegExp, Damage])[] = [
    ['no steps', /holds no steps/, (it) => void (it['steps'] = [])],
    ['no version', /no version of the form/, (it) => void (it['schema_version'] = '1')],
    ['no id', /has no id/, (it) => void (it['session_id'] = '')],
    ['no agent', /agent has no name/, (it) => void (it['agent'] = {})],
    ['another count', /another number of steps/, (it) => void list(it, 'steps').pop()],
    [
      'another number',
      /Step 2 has another number/,
      (it) => void (list(it, 'steps')[1]['step_id'] = 9)
    ],
    ['unknown source', /is by "bot"/, (it) => void (list(it, 'steps')[0]['source'] = 'bot')],
    ['no message', /has no message/, (it) => void (list(it, 'steps')[0]['message'] = null)],
    ['no time', /time that is none/, (it) => void (list(it, 'steps')[0]['timestamp'] = 'soon')],
    ['calls of a person', /no agent's/, (it) => void (called(it)['source'] = 'user')],
    ['no calls', /no list of calls/, (it) => void (called(it)['tool_calls'] = [])],
    [
      'call without a name',
      /without a name/,
      (it) => void (list(called(it), 'tool_calls')[0]['function_name'] = '')
    ],
    [
      'answer to nothing',
      /answers no call/,
      (it) => {
        const results = (called(it)['observation'] as JsonObject)['results']
        ;(results as Record<string, JsonValue>[])[0]['source_call_id'] = 'x'
      }
    ],
    ['unknown field', /not known/, (it) => void (list(it, 'steps')[0]['x'] = 1)]
  ]
  it.each(cases)('%s', (_, words, damage) => {
    const [whole] = made.atif
    expect(validateAtif(whole)).toEqual([])
    expect(validateAtif(damaged(whole, damage)).join('\n')).toMatch(words)
  })
})

// Attempts read back from their traces, and a reviewer's correction tried on the page they were made at.
import { describe, expect, it } from 'vitest'
import type { StepCorrection } from '../../../api/dto/trace-reviews.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'
import { formatAction, parseAction } from '../reflection/actions.ts'
import { allOf, createNever } from '../reflection/solve.test-support.ts'
import { plainLimits, type Decision } from '../reflection/solve-options.ts'
import { openChromium } from './chromium-session.ts'
import { ownPages, testBrowser } from './pages.test-support.ts'
import { runTrials, type RunPlan, type TrialEvent } from './run-trials.ts'
import { actionOfCall, attemptAgain, playerOfName, savedAttempt } from './saved-attempt.ts'
import { trialRecord } from './trial-record.ts'

const line = (text: string) => {
  const action = parseAction(text)
  if (action === undefined) throw new Error('not an action')
  return action
}
const record = trialRecord(
  {
    ...{ task: 'tabs', seed: 7, trial: 1, goal: 'g', state: 'failed', reward: -1, reason: null },
    ...{ refused: null, correction: null, obeys: null, plans: 1, startedAt: 0, endedAt: 1 },
    last: null,
    decisions: ['click id=3', 'enter "x" to id=4', 'press Enter'].map((text): Decision => ({
      ...{ screen: { leaves: [] }, action: line(text), source: 'planned', summary: text },
      ...{ isDone: true, startedAt: 0 }
    }))
  },
  { agent: 'noisy 0.35', model: null, pictureOf: () => undefined, decisive: null }
)
const trace = deriveTrace(record, plainRules)
const correction = (verb: string, args: StepCorrection['args']): StepCorrection => ({
  ...{ verb, args, thought: '', why: 'Better.', origin: 'human', verified: 'none' }
})
function saved(of: Trace = trace, format: string | undefined = 'pages') {
  const found = savedAttempt(of, format)
  if (typeof found === 'string') throw new Error(found)
  return found
}

describe('an attempt as it was saved', () => {
  it('has its actions and screens back, one decision a step', () => {
    const { task, seed, decisions, decisionOf } = saved()
    expect({ task, seed, decisionOf }).toEqual({ task: 'tabs', seed: 7, decisionOf: [0, 1, 2] })
    expect(decisions.map(({ action }) => formatAction(action))).toEqual([
      'click id=3',
      'enter "x" to id=4',
      'press Enter'
    ])
  })

  it.each<[string, Trace, string | undefined, RegExp]>([
    ['another tool wrote', trace, 'tau-bench', /comes from elsewhere/],
    ['nobody knows the source of', trace, undefined, /comes from elsewhere/],
    ['has no start', { ...trace, facts: undefined as never }, 'pages', /which start/],
    [
      'holds another tool',
      {
        ...trace,
        events: trace.events.map((one) =>
          one.kind === 'tool-call' ? { ...one, name: 'run_program' } : one
        )
      },
      'winnow-traces',
      /cannot be played again/
    ]
  ])('that %s cannot be played, with a reason', (_, of, format, why) => {
    expect(savedAttempt(of, format)).toMatch(why)
  })

  it('goes as far as the corrected step', () => {
    const again = attemptAgain(saved(), 1, correction('click', { id: '5' }), { from: 1, trial: 4 })
    expect(again.prefix.map(formatAction)).toEqual(['click id=3'])
    expect(again.screens).toHaveLength(2)
    expect(again).toMatchObject({
      ...{ from: 1, trial: 4 },
      correction: { step: 1, instead: { kind: 'click', id: 5 }, why: 'Better.' }
    })
  })

  it.each<[number, string, StepCorrection['args'], RegExp]>([
    [0, 'click', { id: 3 }, /what the agent did/],
    [0, 'say', { text: 'x' }, /nothing that can be done/],
    [0, 'click', { id: -1 }, /nothing that can be done/],
    [0, 'click', { id: '3; alert(1)' }, /nothing that can be done/],
    [0, 'press', { key: 'F12' }, /nothing that can be done/],
    [0, 'enter', { id: 3, text: 'y'.repeat(5000) }, /nothing that can be done/],
    [9, 'click', { id: 3 }, /did nothing on the page/]
  ])('refuses at step %i %s %j', (step, verb, args, why) => {
    expect(() =>
      attemptAgain(saved(), step, correction(verb, args), { from: 0, trial: 1 })
    ).toThrow(why)
  })

  it('reads calls as actions and nothing else', () => {
    expect(actionOfCall('scroll', { direction: 'down' })).toEqual({
      ...{ kind: 'scroll', id: null, direction: 'down' }
    })
    expect(actionOfCall('click', null)).toBeUndefined()
    expect(actionOfCall('click', { kind: 'hold', id: 1 })).toEqual({ kind: 'click', id: 1 })
  })

  it('knows who played by the name of the agent, but not where a model was', () => {
    expect(playerOfName('scripted')).toEqual({ kind: 'scripted' })
    expect(playerOfName('noisy 0.35, corrected')).toMatchObject({ kind: 'noisy', slip: 0.35 })
    expect(playerOfName('random')).toMatchObject({ kind: 'random' })
    for (const name of ['model m', 'noisy x', null, '']) expect(playerOfName(name)).toBeUndefined()
  })
})

describe.skipIf(testBrowser === undefined)('in a browser (needs Chromium, Chrome or Edge)', () => {
  const plan = (over: Partial<RunPlan>): RunPlan => ({
    ...{ folder: ownPages, tasks: ['tabs'], seeds: [1000], reflects: true, labels: false },
    ...{ policy: { kind: 'scripted' }, limits: { ...plainLimits, trials: 1 } },
    ...{ pictures: false, settleMs: 0, ...over }
  })
  const run = (of: RunPlan): Promise<TrialEvent[]> =>
    allOf(
      runTrials(of, {
        openPages: (folder) => openChromium(folder, testBrowser ?? { path: '', isSandboxed: true }),
        ...{ answers: null, signal: createNever(), now: () => 0 }
      })
    )

  it('a wrong click is corrected, the rest goes on, and other pages are noticed', async () => {
    const noisy = { kind: 'noisy', seed: 0, slip: 1, corrector: null } as const
    const [bad] = await run(plan({ policy: noisy }))
    const [good] = await run(plan({}))
    expect([bad.news.state === 'correct', good.news.state]).toEqual([false, 'correct'])
    const attempt = saved(deriveTrace(bad.record, plainRules))
    // The first step at which the script acts otherwise, and what it does there.
    const right = saved(deriveTrace(good.record, plainRules)).decisions[0].action
    if (right.kind !== 'click') throw new Error('the script clicks first')
    const again = attemptAgain(attempt, 0, correction('click', { id: right.id }), {
      ...{ from: 0, trial: 3 }
    })
    const [tried, ...more] = await run(plan({ again }))
    expect(more).toEqual([])
    expect(tried.news).toMatchObject({ state: 'correct', trial: 3, change: null })
    expect(tried.record.facts?.agent).toBe('scripted, corrected')
    const learnt = tried.record.events.find(({ name }) => name === 'correction')
    expect(learnt?.text).toContain('Learnt from attempt 1: at step 1')
    const other = { ...again, screens: ['another page'] }
    await expect(run(plan({ again: other }))).rejects.toThrow('At step 1 the page is not as')
  }, 90_000)
})

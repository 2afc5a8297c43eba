// The loop on a page that exists only here: prefixes replayed with a look at every step, corrections
// enforced, scrolling that cannot spin, four choices within four attempts, and bouncing without bans.
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../api/errors.ts'
import type { PageAction } from './actions.ts'
import type { MemoryRules } from './memory.ts'
import type { Policy, ReflectContext, Reflection } from './policy.ts'
import type { Screen } from './screen.ts'
import { allOf } from './solve.test-support.ts'
import { solve } from './solve.ts'
import { plainLimits, type PlayedPage, type TrialResult } from './solve-options.ts'

interface FakePage extends PlayedPage {
  /** What was asked of the page, in order. */
  readonly calls: string[]
}

/** A page given by its screens: `next` names the screen an action leads to; "win" and "lose" end it. */
function fakePage(
  screens: Readonly<Record<string, readonly string[]>>,
  next: (screen: string, id: number) => string | undefined
): FakePage {
  const calls: string[] = []
  let at = 'start'
  // Numbers are handed out as elements are first seen, as real pages do.
  let numbers = new Map<string, number>()
  const looked = (): Screen => ({
    leaves: (screens[at] ?? []).map((text, i) => {
      const key = `${at} ${text}`
      const ref = numbers.get(key) ?? numbers.size + 1
      numbers.set(key, ref)
      return {
        ...{ ref, tag: 'button', classes: '', domId: '', text, value: null, placeholder: '' },
        ...{ left: 0, top: i * 20, width: 20, height: 20 }
      }
    })
  })
  return {
    calls,
    reset() {
      at = 'start'
      numbers = new Map()
      calls.push('reset')
      return Promise.resolve('win')
    },
    observe() {
      calls.push('look')
      return Promise.resolve(looked())
    },
    act(action: PageAction) {
      calls.push(`${action.kind} ${'id' in action ? String(action.id) : ''}`.trim())
      if (action.kind === 'scroll') return Promise.resolve(true)
      const id = action.kind === 'click' ? action.id : -1
      const name = [...numbers].find(([, number]) => number === id)?.[0]
      if (name === undefined || !name.startsWith(`${at} `)) return Promise.resolve(false)
      at = next(at, id) ?? next(name, id) ?? at
      return Promise.resolve(true)
    },
    meta: () =>
      Promise.resolve({
        isDone: at === 'win' || at === 'lose',
        reward: at === 'win' ? 1 : at === 'lose' ? -1 : 0,
        reason: null
      })
  }
}

async function run(
  page: PlayedPage,
  policy: Policy,
  limits: Partial<typeof plainLimits> = {},
  memory?: MemoryRules
): Promise<TrialResult[]> {
  let time = 0
  return allOf(
    solve({
      page,
      policy,
      task: 't',
      seed: 1,
      limits: { ...plainLimits, ...limits },
      signal: new AbortController().signal,
      now: () => time++,
      ...(memory && { memory })
    })
  )
}

/** Three screens; on each the first button is wrong and the second goes on. */
const corridor = (): FakePage =>
  fakePage(
    { start: ['dead end', 'on'], middle: ['dead end', 'on'], end: ['dead end', 'win'] },
    (name) =>
      ({
        'start dead end': 'lose',
        'start on': 'middle',
        'middle dead end': 'lose',
        'middle on': 'end',
        'end dead end': 'lose',
        'end win': 'win'
      })[name]
  )

/** Always the first that has an id; reflects by the last step's other button. */
const firstWithId = (reflect?: (context: ReflectContext) => Reflection | null): Policy => ({
  name: 'first',
  plan({ screen, banned }) {
    const leaf = screen.leaves.find(({ ref }) => !banned.has(ref))
    return Promise.resolve(leaf === undefined ? [] : [`click id=${leaf.ref}`])
  },
  ...(reflect && { reflect: (context: ReflectContext) => Promise.resolve(reflect(context)) })
})

const lastStepOtherButton = ({ history }: ReflectContext): Reflection => {
  const step = history.length - 1
  const { screen, action } = history[step]
  const other = screen.leaves.find(({ ref }) => action.kind === 'click' && ref !== action.id)
  return { step, action: `click id=${other?.ref ?? 0}`, reason: 'a dead end' }
}

describe('replaying a prefix', () => {
  it('does what was good again, looks at every step, and intercepts with the correction', async () => {
    const page = corridor()
    const trials = await run(page, firstWithId(lastStepOtherButton), { trials: 4 })
    expect(trials.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'correct'])
    expect(
      trials.map(({ decisions }) => decisions.map(({ source }) => source[0]).join(''))
    ).toEqual(['p', 'cp', 'rcp', 'rrc'])
    const last = page.calls.slice(page.calls.lastIndexOf('reset'))
    // One look before the first action and one after each, as in the attempts before: the page gives
    // the same numbers, so the same actions mean the same elements.
    expect(last).toEqual(['reset', 'look', 'click 2', 'look', 'click 4', 'look', 'click 6'])
    expect(trials[3].plans).toBe(0)
    expect(trials[3].obeys).toBe(trials[2].correction)
  })

  it('a correction further down a plan stops it, so that it is enforced', async () => {
    const page = fakePage({ start: ['a', 'b'], two: ['c', 'd'] }, (name) => {
      return { 'start a': 'two', 'start b': 'two', 'two c': 'lose', 'two d': 'win' }[name]
    })
    const both: Policy = {
      name: 'both',
      plan: () => Promise.resolve(['click id=1', 'click id=3']),
      reflect: () => Promise.resolve({ step: 1, action: 'click id=4', reason: '' })
    }
    const trials = await run(page, both)
    expect(trials.map(({ state }) => state)).toEqual(['failed', 'correct'])
    // The prefix is replayed; the plan's second line is never reached.
    expect(trials[1].decisions.map(({ source }) => source)).toEqual(['replayed', 'corrected'])
  })
})

describe("a person's corrections", () => {
  it('go through the same memory: replayed up to their step, enforced there, planned after', async () => {
    const page = corridor()
    const click = (id: number): PageAction => ({ kind: 'click', id })
    const correction = { step: 1, taken: click(3), instead: click(4), why: 'by hand' }
    const trials = await allOf(
      solve({
        page,
        policy: firstWithId(lastStepOtherButton),
        task: 't',
        seed: 1,
        limits: { ...plainLimits, trials: 2 },
        signal: new AbortController().signal,
        now: () => 0,
        corrections: [correction],
        prefix: [click(2)]
      })
    )
    expect(trials[0].obeys).toBe(correction)
    expect(trials[0].decisions.map(({ source }) => source)).toEqual([
      'replayed',
      'corrected',
      'planned'
    ])
    expect(trials.map(({ state }) => state)).toEqual(['failed', 'correct'])
  })
})

describe('four choices of which one is right', () => {
  const four = (): FakePage =>
    fakePage({ start: ['a', 'b', 'c', 'd'] }, (name) =>
      name.endsWith(' d') ? 'win' : name.startsWith('start ') ? 'lose' : undefined
    )
  // Knows only that the one taken is wrong, and names the first other one.
  const another = ({ history }: ReflectContext): Reflection => {
    const { screen, action } = history[0]
    const other = screen.leaves.find(({ ref }) => action.kind === 'click' && ref !== action.id)
    return { step: 0, action: `click id=${other?.ref ?? 0}`, reason: 'it was wrong' }
  }

  it('are solved within four attempts', async () => {
    const trials = await run(four(), firstWithId(another), { trials: 4 })
    expect(trials.at(-1)?.state).toBe('correct')
    expect(trials.length).toBeLessThanOrEqual(4)
  })

  it('bans alone suffice; without them and without refusals it bounces for ever', async () => {
    const bansAlone = await run(
      four(),
      firstWithId(another),
      { trials: 4 },
      { bans: true, refusesRepeats: false }
    )
    expect(bansAlone.at(-1)?.state).toBe('correct')
    const without = await run(
      four(),
      firstWithId(another),
      { trials: 12 },
      { bans: false, refusesRepeats: false }
    )
    expect(without).toHaveLength(12)
    const clicked = without.map(({ decisions }) => decisions[0].action)
    expect(new Set(clicked.map((action) => JSON.stringify(action))).size).toBe(2)
    expect(clicked[0]).toEqual(clicked[2])
    expect(clicked[1]).toEqual(clicked[3])
  })
})

describe('scrolling', () => {
  const always = (line: string): Policy => ({ name: 'x', plan: () => Promise.resolve([line]) })

  it('that moves nothing ends after three, in one plan or in many', async () => {
    const page = corridor()
    const [trial] = await run(page, always('scroll down'), { trials: 1 })
    expect(trial.state).toBe('no-change')
    expect(trial.decisions).toHaveLength(3)
  })

  it('counts as a step even where the screen changes every time', async () => {
    let top = 0
    const page: PlayedPage = {
      reset: () => Promise.resolve('g'),
      observe: () =>
        Promise.resolve({
          leaves: [
            {
              ...{ ref: 1, tag: 'p', classes: '', domId: '', value: null, placeholder: '' },
              ...{ text: `line ${top}`, left: 0, top: 0, width: 9, height: 9 }
            }
          ]
        }),
      act: () => Promise.resolve(++top > 0),
      meta: () => Promise.resolve({ isDone: false, reward: 0, reason: null })
    }
    const [trial] = await run(page, always('scroll down'), { trials: 1, steps: 7 })
    expect(trial.state).toBe('step-limit')
    expect(trial.decisions).toHaveLength(7)
  })
})

describe('how attempts end', () => {
  it.each([
    ['an empty plan', [], 'incomplete'],
    ['words that are no action', ['go to the bank'], 'exception'],
    ['an element that is not there', ['click id=99'], 'exception'],
    ['a wrong choice', ['click id=1'], 'failed']
  ])('%s', async (_, lines, state) => {
    const [trial] = await run(
      corridor(),
      { name: 'x', plan: () => Promise.resolve(lines) },
      { trials: 1 }
    )
    expect(trial.state).toBe(state)
  })

  it('a loop, and an action without effect', async () => {
    const ring = fakePage({ start: ['go', 'idle'], other: ['back'] }, (name) => {
      return { 'start go': 'other', 'other back': 'start' }[name]
    })
    const go: Policy = {
      name: 'x',
      plan: ({ screen }) => Promise.resolve([`click id=${screen.leaves[0].ref}`])
    }
    expect((await run(ring, go, { trials: 1 }))[0].state).toBe('cycle')
    const idle: Policy = { name: 'x', plan: () => Promise.resolve(['click id=2']) }
    expect((await run(ring, idle, { trials: 1 }))[0].state).toBe('no-change')
  })

  it('a page that went away; the next attempt begins anew', async () => {
    const page = corridor()
    const { observe } = page
    let isAway = false
    const leaving: PlayedPage = {
      ...page,
      reset(seed) {
        isAway = false
        return page.reset(seed)
      },
      async act(action) {
        isAway = 'id' in action && action.id === 1
        return page.act(action)
      },
      meta: () =>
        isAway
          ? Promise.reject(new AppError('invalid-input', 'The page does not answer any more.'))
          : page.meta(),
      observe: () => observe()
    }
    const trials = await run(leaving, firstWithId(lastStepOtherButton), { trials: 2 })
    expect(trials[0]).toMatchObject({ state: 'exception', last: null })
    expect(trials[0].decisions).toHaveLength(1)
    expect(trials[0].correction).not.toBeNull()
    expect(trials[1].decisions[0]).toMatchObject({ source: 'corrected', isDone: true })
  })

  it('a time that is over', async () => {
    const on: Policy = {
      name: 'x',
      plan: ({ screen }) => Promise.resolve([`click id=${screen.leaves[1].ref}`])
    }
    const [trial] = await run(corridor(), on, { trials: 1, trialMs: 1 })
    expect(trial.state).toBe('time-limit')
  })

  it('a reflection out of range, or the same action again, teaches nothing', async () => {
    for (const reflection of [
      { step: 5, action: 'click id=2', reason: '' },
      { step: -1, action: 'click id=2', reason: '' },
      { step: 0, action: 'click id=1', reason: '' },
      { step: 0, action: 'sing', reason: '' }
    ]) {
      const [trial] = await run(
        corridor(),
        firstWithId(() => reflection),
        { trials: 1 }
      )
      expect(trial.correction).toBeNull()
    }
  })
})

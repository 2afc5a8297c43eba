// Winnow's own pages in a real browser: the interface, seeds that reproduce, scripts that solve, choices
// that structured memory solves within four attempts, decisive steps found by replay.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allOf, createNever } from '../reflection/solve.test-support.ts'
import type { PageAction } from '../reflection/actions.ts'
import type { MemoryRules } from '../reflection/memory.ts'
import type { Policy } from '../reflection/policy.ts'
import { screenText } from '../reflection/screen.ts'
import { solve } from '../reflection/solve.ts'
import { plainLimits, type TrialResult } from '../reflection/solve-options.ts'
import { canBeSaved, findDecisiveStep } from './decisive-step.ts'
import { expertOf } from './experts.ts'
import type { PageDriver } from './page-driver.ts'
import { openDriver, testBrowser } from './pages.test-support.ts'
import { replayPolicy, scriptedPolicy } from './policies.ts'

let page: PageDriver
beforeAll(async () => {
  if (testBrowser !== undefined) page = await openDriver()
}, 60_000)
afterAll(() => page?.close())

const open = (task: string): Promise<void> => page.open(`miniwob/${task}.html`)

function play(
  task: string,
  seed: number,
  policy: Policy,
  more: { trials?: number; memory?: MemoryRules; endsEarly?: boolean } = {}
): Promise<TrialResult[]> {
  const { trials = 1, ...rest } = more
  const limits = { ...plainLimits, trials }
  const now = (): number => 0
  return allOf(solve({ page, policy, task, seed, limits, signal: createNever(), now, ...rest }))
}

const first = (text: string, line: string): number =>
  Number(new RegExp(`id=(\\d+)[^\\n]*${line}`).exec(text)?.[1])

describe.skipIf(testBrowser === undefined)('own pages (needs a Chromium, Chrome or Edge)', () => {
  it('the script finds the link behind the tabs, 25 of 25 seeds', async () => {
    await open('tabs')
    const states: string[] = []
    for (let seed = 1000; seed < 1025; seed++) {
      const [trial] = await play('tabs', seed, scriptedPolicy())
      states.push(trial.state)
    }
    expect(states).toEqual(Array.from({ length: 25 }, () => 'correct'))
  }, 120_000)

  it.each(['autocomplete', 'checkboxes', 'login', 'menu'])(
    'the script solves %s',
    async (task) => {
      await open(task)
      for (const seed of [1000, 1001, 1002])
        expect((await play(task, seed, scriptedPolicy()))[0].state).toBe('correct')
    },
    60_000
  )

  it('a seed gives the same screens again, in the same page and in a new one', async () => {
    await open('checkboxes')
    const look = async (seed: number): Promise<string> => {
      const goal = await page.reset(seed)
      return `${goal}\n${screenText(await page.observe())}`
    }
    const [one, two, again] = [await look(7), await look(8), await look(7)]
    expect(again).toBe(one)
    expect(two).not.toBe(one)
    await open('checkboxes')
    expect(await look(7)).toBe(one)
  }, 60_000)

  it('hidden content is not in the screen until it is opened', async () => {
    await open('tabs')
    await page.reset(1001)
    const before = screenText(await page.observe())
    expect(before.match(/alink/g)).toHaveLength(3)
    await page.act({ kind: 'click', id: first(before, '"4"') })
    const after = screenText(await page.observe())
    expect(after).not.toBe(before)
    expect(after.match(/alink/g)).toHaveLength(3)
  }, 60_000)

  it('a replay that looks at every step sees the same numbers', async () => {
    await open('menu')
    const [trial] = await play('menu', 1003, scriptedPolicy())
    const lines = trial.decisions.map(({ action }) => `click id=${'id' in action ? action.id : 0}`)
    expect(lines.length).toBeGreaterThan(1)
    const [again] = await play('menu', 1003, replayPolicy(lines))
    expect(again.state).toBe('correct')
    expect(again.decisions.map(({ screen }) => screen)).toEqual(
      trial.decisions.map(({ screen }) => screen)
    )
  }, 60_000)

  it('typing replaces what is there, keys are pressed, text is never run', async () => {
    await open('login')
    await page.reset(1)
    const user = first(screenText(await page.observe()), 'username'.replace('u', 'u'))
    const typed = (): Promise<string | null | undefined> =>
      page.observe().then(({ leaves }) => leaves.find(({ domId }) => domId === 'username')?.value)
    const field =
      (await page.observe()).leaves.find(({ domId }) => domId === 'username')?.ref ?? user
    await page.act({ kind: 'enter', id: field, text: 'first' })
    const attack = '`); window.stolen = 1; ("${1}'
    await page.act({ kind: 'enter', id: field, text: attack })
    expect(await typed()).toBe(attack)
    await page.act({ kind: 'press', key: 'Backspace', times: 2 })
    expect(await typed()).toBe(attack.slice(0, -2))
    await page.act({ kind: 'enter', id: field, text: '' })
    expect(await typed()).toBeNull()
    expect(await page.act({ kind: 'click', id: 999 })).toBe(false)
    expect(
      await page.act({
        kind: 'enter',
        id: first(screenText(await page.observe()), '"Login"'),
        text: 'x'
      })
    ).toBe(false)
  }, 60_000)

  it('a picture of the screen is a PNG of the task alone', async () => {
    await open('choice')
    await page.reset(1)
    const bytes = Buffer.from(await page.screenshot())
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([160, 210])
  }, 60_000)
})

describe.skipIf(testBrowser === undefined)('four choices (needs a browser)', () => {
  // Knows that the one taken is wrong, and names the first other one.
  const bouncing: Policy = {
    ...scriptedPolicy(),
    reflect: ({ history: [{ screen, action }] }) => {
      const taken = action.kind === 'click' ? action.id : 0
      const other = screen.leaves.find(({ tag, ref }) => tag === 'button' && ref !== taken)
      return Promise.resolve({ step: 0, action: `click id=${other?.ref ?? 0}`, reason: 'wrong' })
    }
  }
  const clicksOf = (trials: readonly TrialResult[]): PageAction[] =>
    trials.map(({ decisions }) => decisions[0].action)

  it('are solved within four attempts, and bounce between two without bans', async () => {
    await open('choice')
    const solvedAt: number[] = []
    let bounced = 0
    for (let seed = 1000; seed < 1008; seed++) {
      const trials = await play('choice', seed, bouncing, { trials: 4 })
      expect(trials.at(-1)?.state).toBe('correct')
      solvedAt.push(trials.length)
      const memory = { bans: false, refusesRepeats: false }
      const without = await play('choice', seed, bouncing, { trials: 6, memory })
      if (without.at(-1)?.state === 'correct') continue
      bounced++
      expect(new Set(clicksOf(without).map((action) => JSON.stringify(action))).size).toBe(2)
    }
    expect(Math.max(...solvedAt)).toBeLessThanOrEqual(4)
    expect(Math.max(...solvedAt)).toBeGreaterThan(2)
    expect(bounced).toBeGreaterThan(0)
  }, 120_000)
})

describe.skipIf(testBrowser === undefined)('the decisive step (needs a browser)', () => {
  it('is the submit where a slip before it could still be undone', async () => {
    await open('checkboxes')
    const expert = expertOf('checkboxes')
    if (expert === undefined) throw new Error('there is a script for this task')
    await page.reset(1000)
    const { leaves } = await page.observe()
    const boxes = leaves.filter(({ tag }) => tag === 'input_checkbox')
    const submit = leaves.find(({ tag }) => tag === 'button')?.ref ?? 0
    const click = (id: number): PageAction => ({ kind: 'click', id })
    // Both of two boxes that differ cannot be what is asked for: one at least is wrong, and none is undone.
    const actions = [...boxes.map(({ ref }) => click(ref)), click(submit)]
    expect(await canBeSaved(page, expert, 1000, actions.slice(0, -1))).toBe(true)
    const found = await findDecisiveStep(page, expert, 1000, actions)
    expect(found?.step).toBe(actions.length - 1)
  }, 60_000)
})

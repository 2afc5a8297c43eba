// How completion rises with attempts: an expert that slips, with structured memory and a scripted corrector
// that is right always or now and then, beside plain retries. Also the script alone, and four choices.
import { setPriority } from 'node:os'
import { solve } from '../../src-main/core/traces/reflection/solve.ts'
import {
  plainLimits,
  type TrialResult
} from '../../src-main/core/traces/reflection/solve-options.ts'
import type { MemoryRules } from '../../src-main/core/traces/reflection/memory.ts'
import type { Policy } from '../../src-main/core/traces/reflection/policy.ts'
import { mcNemarOf, shareInterval } from '../../src-main/core/traces/reflection/statistics.ts'
import {
  noisyPolicy,
  scriptedCorrector,
  scriptedPolicy
} from '../../src-main/core/traces/runner/policies.ts'
import type { PageDriver } from '../../src-main/core/traces/runner/page-driver.ts'
import { openPages, probability } from './played-pages.ts'

setPriority(19)
const seeds = Array.from({ length: 25 }, (_, i) => 1000 + i)
const tasks = ['tabs', 'checkboxes', 'menu', 'autocomplete']
const slip = 0.35
const signal = new AbortController().signal

async function play(
  page: PageDriver,
  task: string,
  seed: number,
  policy: Policy,
  trials: number,
  memory?: MemoryRules | 'none'
): Promise<TrialResult[]> {
  const limits = { ...plainLimits, trials }
  const now = (): number => performance.now()
  const made: TrialResult[] = []
  for await (const trial of solve({
    ...{ page, policy, task, seed, limits, signal, now },
    ...(memory && { memory })
  }))
    made.push(trial)
  return made
}

/** Attempts until a task with a seed was solved; Infinity when it was not. */
type Solved = readonly number[]

const within = (solved: Solved, trials: number): number =>
  solved.filter((trial) => trial <= trials).length

function line(name: string, solved: Solved): string {
  const shares = [1, 3, 5].map((trials) => {
    const count = within(solved, trials)
    const [low, high] = shareInterval(count, solved.length)
    const percent = ((count / solved.length) * 100).toFixed(0)
    return `${percent} % (${(low * 100).toFixed(0)} to ${(high * 100).toFixed(0)})`
  })
  return `| ${name} | ${shares.join(' | ')} |`
}

interface Arm {
  readonly name: string
  readonly memory: MemoryRules | 'none' | undefined
  policy(): Policy
}

const arms: readonly Arm[] = [
  {
    name: 'corrector always right',
    memory: undefined,
    policy: () => noisyPolicy(slip, 0, scriptedCorrector({ accuracy: 1, seed: 0 }))
  },
  {
    name: 'corrector right 6 times in 10',
    memory: undefined,
    policy: () => noisyPolicy(slip, 0, scriptedCorrector({ accuracy: 0.6, seed: 0 }))
  },
  { name: 'plain retries', memory: 'none', policy: () => noisyPolicy(slip, 0) }
]

async function completion(page: PageDriver): Promise<void> {
  const solved = new Map<string, number[]>(arms.map(({ name }) => [name, []]))
  let attempts = 0
  for (const task of tasks) {
    await page.open(`miniwob/${task}.html`)
    for (const { name, memory, policy } of arms) {
      const made = policy()
      const list: number[] = []
      for (const seed of seeds) {
        const trials = await play(page, task, seed, made, 5, memory)
        attempts += trials.length
        list.push(trials.at(-1)?.state === 'correct' ? trials.length : Infinity)
      }
      solved.get(name)?.push(...list)
      console.log(line(`${task}, ${name}`, list))
    }
  }
  console.log(`\nall ${tasks.length} pages, ${seeds.length} seeds each, ${attempts} attempts`)
  for (const { name } of arms) console.log(line(name, solved.get(name) ?? []))
  const [right, , plain] = arms.map(({ name }) => solved.get(name) ?? [])
  compare('within 5, corrector always right against plain retries', plain, right, 5, 5)
  compare('corrector always right, within 1 against within 3', right, right, 1, 3)
  compare('corrector always right, within 3 against within 5', right, right, 3, 5)
  const doubtful = solved.get(arms[1].name) ?? []
  compare('within 5, corrector right 6 in 10 against plain retries', plain, doubtful, 5, 5)
}

function compare(
  what: string,
  before: Solved,
  after: Solved,
  trialsBefore: number,
  trialsAfter: number
): void {
  const pairs = before.map((trial, i) => [trial <= trialsBefore, after[i] <= trialsAfter] as const)
  const { lost, won, p } = mcNemarOf(pairs)
  console.log(`McNemar, ${what}: ${won} won, ${lost} lost, p = ${probability(p)}`)
}

async function scripts(page: PageDriver): Promise<void> {
  await page.open('miniwob/tabs.html')
  let solved = 0
  for (const seed of seeds) {
    const [trial] = await play(page, 'tabs', seed, scriptedPolicy(), 1)
    if (trial.state === 'correct') solved++
  }
  console.log(`the script on tabs: ${solved} of ${seeds.length} seeds`)
}

/** Names the first other choice, whatever was tried before. */
const bouncing: Policy = {
  ...scriptedPolicy(),
  reflect({ history: [{ screen, action }] }) {
    const taken = action.kind === 'click' ? action.id : 0
    const other = screen.leaves.find(({ tag, ref }) => tag === 'button' && ref !== taken)
    return Promise.resolve({ step: 0, action: `click id=${other?.ref ?? 0}`, reason: 'wrong' })
  }
}

async function fourChoices(page: PageDriver): Promise<void> {
  await page.open('miniwob/choice.html')
  const rules: readonly (readonly [string, MemoryRules])[] = [
    ['with bans and refusals', { bans: true, refusesRepeats: true }],
    ['with bans alone', { bans: true, refusesRepeats: false }],
    ['without bans', { bans: false, refusesRepeats: true }],
    ['without either', { bans: false, refusesRepeats: false }]
  ]
  for (const [name, memory] of rules) {
    let solved = 0
    let most = 0
    for (const seed of seeds) {
      const trials = await play(page, 'choice', seed, bouncing, 8, memory)
      if (trials.at(-1)?.state !== 'correct') continue
      solved++
      most = Math.max(most, trials.length)
    }
    console.log(
      `four choices, ${name}: ${solved} of ${seeds.length} seeds, at most ${most} attempts of 8`
    )
  }
}

const page = await openPages()
try {
  await scripts(page)
  await fourChoices(page)
  await completion(page)
} finally {
  await page.close()
}

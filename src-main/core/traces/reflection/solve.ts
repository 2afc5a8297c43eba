// The loop of structured reflection: staged plans, enforced corrections, and prefixes of actions known
// to be good that are replayed as they were instead of being planned again (Li et al. 2023, Algorithm 1).
import { AppError } from '../../../api/errors.ts'
import { type PageAction, formatAction, isSameAction, parseAction } from './actions.ts'
import { endSentence, type EndState } from './end-states.ts'
import { createMemory, type Correction, type ReflectionMemory } from './memory.ts'
import type { PastDecision } from './policy.ts'
import { screenText, type Screen } from './screen.ts'
import type { Decision, SolveOptions, TrialResult } from './solve-options.ts'
import { summarise } from './summaries.ts'

/** Scrolls in a row that change nothing before they count as such. */
const idleScrolls = 3

/** Ends that doing the same again would lead to again. */
const endedByAction: ReadonlySet<EndState> = new Set(['cycle', 'no-change', 'exception', 'failed'])

/** Attempts at one task with one seed, each as it ends; stops after a success. Throws when aborted. */
export async function* solve(options: SolveOptions): AsyncGenerator<TrialResult, void, void> {
  const { limits, policy, memory: rules } = options
  const memory = createMemory(limits.steps, rules === 'none' ? undefined : rules)
  let prefix: readonly PageAction[] = options.prefix ?? []
  let obeys: Correction | null = options.corrections?.at(-1) ?? null
  for (const correction of options.corrections ?? [])
    memory.correct(correction, prefix.slice(0, correction.step))
  const first = options.firstTrial ?? 0
  for (let trial = first; trial < first + limits.trials; trial++) {
    options.signal.throwIfAborted()
    policy.start?.(options.seed, trial)
    const run = new Trial(options, memory, prefix, trial)
    await run.play()
    const correction = run.state === 'correct' || rules === 'none' ? null : await run.reflect()
    yield run.result(correction, obeys)
    if (run.state === 'correct') return
    if (correction !== null) prefix = run.actions().slice(0, correction.step)
    obeys = correction ?? obeys
  }
}

function otherPage(step: number): AppError {
  return new AppError(
    'invalid-input',
    `At step ${step + 1} the page is not as the log has it, so the attempt cannot be played again.`,
    { hint: 'The pages may have changed since, or are others of the same name.' }
  )
}

/** One attempt while it is made. */
class Trial {
  readonly #options: SolveOptions
  readonly #memory: ReflectionMemory
  readonly #prefix: readonly PageAction[]
  readonly #trial: number
  readonly #decisions: Decision[] = []
  readonly #startedAt: number
  state: EndState | undefined
  #goal = ''
  #last: Screen | null = null
  #refused: string | null = null
  #plans = 0
  #idleScrolls = 0
  #reward = 0
  #reason: string | null = null

  constructor(
    options: SolveOptions,
    memory: ReflectionMemory,
    prefix: readonly PageAction[],
    trial: number
  ) {
    this.#options = options
    this.#memory = memory
    this.#prefix = prefix
    this.#trial = trial
    this.#startedAt = options.now()
  }

  actions(): PageAction[] {
    return this.#decisions.map(({ action }) => action)
  }

  async play(): Promise<void> {
    const { page, limits, seed } = this.#options
    this.#goal = await page.reset(seed)
    this.#last = await page.observe()
    // The page hands out its numbers as it is looked at, so a replay looks at it as often as the first time.
    for (const [step, action] of this.#prefix.entries()) {
      this.#expectScreen(step)
      if (!(await this.#do(action, 'replayed'))) {
        if (this.#options.screens !== undefined) throw otherPage(step + 1)
        return
      }
    }
    this.#expectScreen(this.#prefix.length)
    while (this.state === undefined) {
      if (this.#decisions.length >= limits.steps) this.state = 'step-limit'
      else if (!(await this.#stage())) return
    }
  }

  /** Throws AppError "invalid-input" where the page is not what it was in the log. */
  #expectScreen(step: number): void {
    const expected = this.#options.screens?.[step]
    if (expected !== undefined && screenText(this.#screen()) !== expected) throw otherPage(step)
  }

  /** One stage: a plan for this screen, carried out until the screen it ends on. */
  async #stage(): Promise<boolean> {
    const { limits, policy, task, signal } = this.#options
    const step = this.#decisions.length
    const screen = this.#screen()
    const done = this.actions()
    const enforced = this.#memory.enforced(step, done)
    if (enforced !== undefined) return this.#do(enforced, 'corrected')
    const banned = this.#bannedAt(step, done, screen)
    const plan = await policy.plan({
      task,
      goal: this.#goal,
      screen,
      text: screenText(screen, banned),
      banned,
      past: this.#decisions.map(({ summary }) => summary),
      step,
      trial: this.#trial,
      lesson: this.#memory.at(step),
      signal
    })
    this.#plans++
    const lines = plan.map((line) => line.trim()).filter((line) => line !== '')
    if (lines.length === 0) return this.#end('incomplete')
    for (const [k, line] of lines.slice(0, limits.perScreen).entries()) {
      const at = this.#decisions.length
      if (at >= limits.steps) return this.#end('step-limit')
      // A correction waits here: a new stage enforces it.
      if (k > 0 && this.#memory.enforced(at, this.actions()) !== undefined) return true
      const action = parseAction(line)
      if (action === undefined || this.#isForbidden(action)) {
        this.#refused = line.slice(0, 500)
        return this.#end('exception')
      }
      if (!(await this.#do(action, 'planned'))) return false
    }
    return true
  }

  /** Bans of a step, and the clicks that failed after exactly these actions before. */
  #bannedAt(step: number, done: readonly PageAction[], screen: Screen): Set<number> {
    const tried = screen.leaves.flatMap(({ ref }) =>
      ref > 0 && this.#memory.isRefused(done, { kind: 'click', id: ref }) ? [ref] : []
    )
    return new Set([...this.#memory.banned(step), ...tried])
  }

  #isForbidden(action: PageAction): boolean {
    const done = this.actions()
    return (
      (action.kind === 'click' && this.#memory.banned(done.length).has(action.id)) ||
      this.#memory.isRefused(done, action)
    )
  }

  #screen(): Screen {
    if (this.#last === null) throw new Error('an attempt that has ended has no screen')
    return this.#last
  }

  #end(state: EndState): false {
    this.state = state
    return false
  }

  /** Carries one action out; false when the attempt is over. */
  async #do(action: PageAction, source: Decision['source']): Promise<boolean> {
    const { page, now, limits, signal } = this.#options
    signal.throwIfAborted()
    const screen = this.#screen()
    const summary = summarise(screen, action)
    const done = { screen, action, source, summary, startedAt: now() }
    let isDone = false
    let after: Screen
    try {
      isDone = await page.act(action)
      this.#decisions.push({ ...done, isDone })
      // Whether it is done is asked first: pages renumber their elements when an episode ends.
      const result = await page.meta()
      this.#reward = result.reward
      this.#reason = result.reason
      if (result.isDone) {
        this.#last = null
        return this.#end(result.reward > 0 ? 'correct' : 'failed')
      }
      after = await page.observe()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      // The action led the page away, or broke it: the attempt is over, the next one begins anew.
      if (this.#decisions.at(-1)?.screen !== screen) this.#decisions.push({ ...done, isDone })
      this.#last = null
      this.#reason = error.message
      return this.#end('exception')
    }
    this.#last = after
    if (!isDone) return this.#end('exception')
    // A replay goes where it went before; nothing is judged anew.
    if (source === 'replayed') return true
    if (now() - this.#startedAt > limits.trialMs) return this.#end('time-limit')
    return this.#judge(screen, after, action)
  }

  #judge(before: Screen, after: Screen, action: PageAction): boolean {
    const text = screenText(after)
    if (text === screenText(before)) {
      // Keys that are held or let go show nothing by themselves.
      if (action.kind === 'hold') return true
      if (action.kind === 'scroll' && ++this.#idleScrolls < idleScrolls) return true
      return this.#options.endsEarly === false || this.#end('no-change')
    }
    this.#idleScrolls = 0
    if (this.#options.endsEarly === false) return true
    const earlier = this.#decisions.slice(0, -1).some(({ screen }) => screenText(screen) === text)
    return earlier ? this.#end('cycle') : true
  }

  /** Asks once for the earliest step to change, and remembers it. */
  async reflect(): Promise<Correction | null> {
    const actions = this.actions()
    const last = actions.at(-1)
    const { policy, task, signal } = this.#options
    const state = this.state ?? 'stopped'
    if (last !== undefined && endedByAction.has(state) && this.#refused === null)
      this.#memory.failed(actions.slice(0, -1), last)
    if (policy.reflect === undefined) return null
    const history = this.#decisions.map(({ screen, action }, step): PastDecision => {
      const text = screenText(screen, this.#memory.banned(step))
      return { screen, text, action, line: formatAction(action) }
    })
    const reflection = await policy.reflect({
      task,
      goal: this.#goal,
      history,
      last: this.#last,
      state,
      sentence: endSentence(state),
      trial: this.#trial,
      signal
    })
    if (reflection === null) return null
    const { step, action: line, reason: why } = reflection
    const instead = parseAction(line)
    if (instead === undefined || !Number.isInteger(step) || step < 0) return null
    if (step >= actions.length || isSameAction(actions[step], instead)) return null
    const correction: Correction = { step, taken: actions[step], instead, why }
    this.#memory.correct(correction, actions.slice(0, step))
    return correction
  }

  result(correction: Correction | null, obeys: Correction | null): TrialResult {
    const { task, seed, now } = this.#options
    return {
      task,
      seed,
      trial: this.#trial,
      goal: this.#goal,
      state: this.state ?? 'stopped',
      reward: this.#reward,
      reason: this.#reason,
      decisions: this.#decisions,
      last: this.#last,
      refused: this.#refused,
      correction,
      obeys,
      plans: this.#plans,
      startedAt: this.#startedAt,
      endedAt: now()
    }
  }
}

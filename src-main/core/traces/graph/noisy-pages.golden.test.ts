// Pages with boxes to tick, an expert whose clicks are by lot in 35 of 100 cases, 20 attempts each:
// how well scores tell right clicks from wrong ones, and passes from failures, with 20 and 4 attempts.
import { describe, expect, it } from 'vitest'
import { rankAuc } from '../../compute/kernels/rank-auc.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import { event } from '../formats/trace-format.ts'
import type { Trace, TraceEvent } from '../model/trace.ts'
import { traceOf } from '../traces.test-support.ts'
import { walkOf } from './state-keys.ts'
import { judgeTask } from './trust.ts'

const boxes = 5
const never = new AbortController().signal

interface Played {
  readonly trace: Trace
  /** Of each click: whether it led towards the wanted page. */
  readonly isRight: readonly boolean[]
}

/** One attempt: tick what is wanted and send; a wrong page when sent fails. */
function play(wanted: ReadonlySet<number>, random: Random): Played {
  const ticked = new Set<number>()
  const events: TraceEvent[] = []
  const isRight: boolean[] = []
  const show = (): void => void events.push(event('observation', `ticked ${[...ticked].sort()}`))
  show()
  for (let step = 0; step < 12; step++) {
    const open = [...wanted].filter((box) => !ticked.has(box)).sort()
    const wrong = [...ticked].filter((box) => !wanted.has(box)).sort()
    const [best = boxes] = [...wrong, ...open]
    const box = random.uniform() < 0.35 ? random.below(boxes + 1) : best
    events.push(event('tool-call', '', { actor: 'assistant', name: 'click', data: { box } }))
    // The last box is the button that sends.
    const isDone = box === boxes
    isRight.push(isDone ? open.length + wrong.length === 0 : wanted.has(box) !== ticked.has(box))
    if (isDone) break
    if (!ticked.delete(box)) ticked.add(box)
    show()
  }
  const isSent = isRight.at(-1) === true && ticked.size === wanted.size && isRight.length < 12
  const passed = isSent && [...wanted].every((box) => ticked.has(box))
  return { trace: traceOf(events, passed ? 'pass' : 'fail'), isRight }
}

/** Areas under the curve over all tasks, each attempt judged with itself left out. */
function measure(attempts: number): { steps: number; outcomes: number; shown: number } {
  const [right, wrong, passes, fails]: number[][] = [[], [], [], []]
  let shown = 0
  for (let task = 0; task < 15; task++) {
    const random = createRandom(12_345 + task)
    const wanted = new Set(random.sample(boxes, 2))
    const played = Array.from({ length: attempts }, () => play(wanted, random))
    const walks = played.map(({ trace }, at) => walkOf(trace, at, 'screen'))
    const { steps, trust } = judgeTask(walks, 'tick', 1, never)
    if (trust.isTrusted) shown++
    walks.forEach(({ trace, outcome }, at) => {
      const scores = (steps.get(trace) ?? []).map(({ logp }) => logp)
      scores.forEach((logp, k) => (played[at].isRight[k] ? right : wrong).push(logp))
      const mean = scores.reduce((sum, logp) => sum + logp, 0) / scores.length
      ;(outcome === 'pass' ? passes : fails).push(mean)
    })
  }
  return { steps: rankAuc(right, wrong), outcomes: rankAuc(passes, fails), shown }
}

describe('scores on noisy pages', () => {
  it('tell right clicks from wrong ones after 20 attempts', () => {
    const many = measure(20)
    expect(many.steps).toBeGreaterThan(0.8)
    expect(many.outcomes).toBeGreaterThan(0.6)
    expect(many.shown).toBeGreaterThan(0)
  })

  it('are never shown after 4 attempts', () => {
    expect(measure(4).shown).toBe(0)
  })
})

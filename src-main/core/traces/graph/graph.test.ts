// A task's graph: states, values, what is joined for the drawing, and how decisions are judged.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { call, letters, screens, traceOf } from '../traces.test-support.ts'
import type { Trace } from '../model/trace.ts'
import { CountsPlanner } from './counts-planner.ts'
import { layoutGraph } from './layout-graph.ts'
import { linearScores } from './linear-planner.ts'
import { simplifyGraph } from './simplify-graph.ts'
import { buildStateGraph } from './state-graph.ts'
import {
  chooseAbstraction,
  draftWalk,
  walkOf,
  type Abstraction,
  type StateWalk
} from './state-keys.ts'
import { judgeTask } from './trust.ts'

const never = new AbortController().signal
const walksOf = (traces: readonly Trace[], kind: Abstraction = 'recent'): StateWalk[] =>
  traces.map((trace, at) => walkOf(trace, at + 1, kind))

// passes ABCD, ABED; fails ABXD, ABXD, ABCF: the hand case of the first mistake.
const five = [
  letters('ABCD', 'pass'),
  letters('ABED', 'pass'),
  letters('ABXD'),
  letters('ABXD'),
  letters('ABCF')
]

describe('states', () => {
  it('are screens where there are some, changes where most attempts make some, else actions', () => {
    const write = traceOf(call('update_order', { id: 1 }))
    expect(chooseAbstraction([draftWalk(screens('s1 s2'), 1)])).toBe('screen')
    expect(chooseAbstraction([write, letters('A')].map((t, at) => draftWalk(t, at)))).toBe('ledger')
    expect(chooseAbstraction([letters('A'), letters('B')].map((t, at) => draftWalk(t, at)))).toBe(
      'recent'
    )
    expect(chooseAbstraction([])).toBe('recent')
  })

  it('of changes do not depend on their order', () => {
    const a = call('update_order', { id: 1 })
    const b = call('cancel_order', { id: 2 })
    const [one, other] = walksOf([traceOf([...a, ...b]), traceOf([...b, ...a])], 'ledger')
    expect(one.end).toBe(other.end)
    expect(one.moves[0].to).not.toBe(other.moves[0].to)
    expect(one.labels.get(one.end)).toBe('cancel_order (2 changes)')
  })
})

describe('the graph', () => {
  const graph = buildStateGraph(walksOf(five))
  const node = (label: string): (typeof graph.nodes)[number] => {
    const found = graph.nodes.find((each) => each.label === label)
    if (found === undefined) throw new Error(`no state ${label}`)
    return found
  }

  it('counts attempts and passes, and draws values towards the share that passed', () => {
    // m = 2, prior 0.4: V(AB) = (2 + 0.8) / 7, V(ABC) = 1.8 / 4, V(ABX) = 0.8 / 4.
    expect(node('read_A, then read_B').value).toBeCloseTo(0.4, 12)
    expect(node('read_B, then read_C').value).toBeCloseTo(0.45, 12)
    expect(node('read_B, then read_E').value).toBeCloseTo(0.6, 12)
    expect(node('read_B, then read_X').value).toBeCloseTo(0.2, 12)
    expect(node('read_C, then read_F').value).toBeCloseTo(0.8 / 3, 12)
    expect(node('read_C, then read_D').value).toBeCloseTo(0.6, 12)
    expect(node('Passed')).toMatchObject({ kind: 'pass', passes: 2 })
    expect(node('Failed').attempts.size).toBe(3)
  })

  it('keeps each attempt’s way, and counts actions on lines', () => {
    expect(graph.paths.get(1)).toHaveLength(6)
    const line = graph.edges.find(({ actions }) => actions[0].label === 'read_X')
    expect(line).toMatchObject({ count: 2, passes: 0 })
  })

  it('is drawn with rows joined, dead ends marked and every way kept', () => {
    const drawn = simplifyGraph(graph)
    const labels = drawn.nodes.map(({ label, isDeadEnd }) => label + (isDeadEnd ? ' !' : ''))
    expect(labels).toContain('read_A +1')
    expect(labels).toContain('read_B, then read_X +1 !')
    for (const [trace, boxes] of drawn.paths)
      boxes.forEach((box, at) => {
        expect(drawn.nodes[box].attempts.has(trace)).toBe(true)
        const isLine = ({ from, to }: (typeof drawn.edges)[number]): boolean =>
          from === boxes[at - 1] && to === box
        if (at > 0) expect(drawn.edges.some(isLine)).toBe(true)
      })
  })

  it('puts what is visited least behind one box', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      letters(`A${String.fromCharCode(1000 + at)}`)
    )
    const drawn = simplifyGraph(buildStateGraph(walksOf([...many, letters('A', 'pass')])), 10)
    expect(drawn.nodes).toHaveLength(10)
    expect(drawn.nodes.filter(({ kind }) => kind === 'rest')).toMatchObject([{ label: '+35' }])
    expect(drawn.nodes.map(({ kind }) => kind)).toContain('pass')
  })

  it('is laid out in layers, boxes beside each other apart', () => {
    const drawn = simplifyGraph(graph)
    const layout = layoutGraph(drawn)
    expect(layoutGraph(drawn)).toEqual(layout)
    const start = drawn.nodes.findIndex(({ kind }) => kind === 'start')
    layout.nodes.forEach(({ y }, at) => {
      if (at !== start) expect(y).toBeGreaterThan(layout.nodes[start].y)
    })
    expect(layout.edges.every((points) => points.length >= 2)).toBe(true)
  })

  it('holds for all attempts: every box is reached, counts add up', () => {
    const words = fc.array(
      fc.record({
        text: fc.stringMatching(/^[A-D]{0,6}$/),
        outcome: fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const)
      }),
      { minLength: 1, maxLength: 8 }
    )
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 12 }), (list, most) => {
        const walks = walksOf(list.map(({ text, outcome }) => letters(text, outcome)))
        const made = buildStateGraph(walks)
        const drawn = simplifyGraph(made, most)
        const states = drawn.nodes.flatMap(({ keys }) => keys)
        expect(states.toSorted()).toEqual(made.nodes.map(({ key }) => key).toSorted())
        const moves = walks.reduce((sum, walk) => sum + walk.moves.length + 1, 0)
        const gone = drawn.edges.reduce((sum, { count }) => sum + count, 0)
        const stayed = drawn.nodes.reduce((sum, { repeats }) => sum + repeats, 0)
        expect(gone + stayed).toBe(moves)
        expect(made.nodes.every(({ value }) => value >= 0 && value <= 1)).toBe(true)
      }),
      { numRuns: 60 }
    )
  })
})

describe('plausibility by counts', () => {
  it('gives the decisions of three identical passing attempts more than 0.9', () => {
    const walks = walksOf([
      letters('ABCD', 'pass'),
      letters('ABCD', 'pass'),
      letters('ABCD', 'pass')
    ])
    const planner = new CountsPlanner(walks)
    const all = walks[0].moves.map(({ from, action }, at) =>
      planner.probability(from, at === 0 ? 'start' : walks[0].moves[at - 1].action, action)
    )
    for (const p of all) expect(p).toBeGreaterThan(0.9)
  })

  it('backs off as worked out by hand', () => {
    // Two passes AB; p(A) = (2 + 0.5) / (4 + 5), p(A | start) = (2 + p(A)) / 3, p(A | s) = (2 + that) / 3.
    const walks = walksOf([letters('AB', 'pass'), letters('AB', 'pass')])
    const planner = new CountsPlanner(walks)
    const { from, action } = walks[0].moves[0]
    const all = 2.5 / 9
    expect(planner.probability(from, 'start', action)).toBeCloseTo((2 + (2 + all) / 3) / 3, 12)
    expect(planner.probability('nowhere', 'nothing', 'never done')).toBeCloseTo(0.5 / 9, 12)
  })

  it('leaves the judged attempt out of everything', () => {
    const walks = walksOf(five)
    const planner = new CountsPlanner(walks)
    const [, , wrong] = walks.map((walk) => planner.score(walk))
    const step = wrong[2]
    // Without it the other ABXD is left at X: V(ABX) = (0 + 2 * 0.5) / 3, V(AB) = (2 + 1) / 6.
    expect(step.advantage).toBeCloseTo(1 / 3 - 1 / 2, 12)
    expect(step).toMatchObject({ rank: null, isKnown: true })
    const alone = new CountsPlanner(walks.filter((_, at) => at !== 2)).probability(
      walks[2].moves[2].from,
      walks[2].moves[1].action,
      walks[2].moves[2].action
    )
    expect(step.logp).toBeCloseTo(Math.log(alone), 12)
    // All counts are as they were.
    expect(walks.map((walk) => planner.score(walk))[2]).toEqual(wrong)
  })
})

describe('trust', () => {
  const passes = (count: number): Trace[] =>
    Array.from({ length: count }, () => letters('ABCD', 'pass'))
  const fails = (count: number): Trace[] =>
    Array.from({ length: count }, (_, at) => letters(`A${'XYZW'[at % 4]}${'PQRS'[at % 4]}`))

  it('is refused below eight attempts and without both outcomes', () => {
    const few = judgeTask(walksOf([...passes(4), ...fails(3)]), 'goal', 1, never).trust
    expect(few).toMatchObject({ isTrusted: false, reason: 'few-attempts', attempts: 7, auc: null })
    const one = judgeTask(walksOf(passes(12)), 'goal', 1, never).trust
    expect(one).toMatchObject({ isTrusted: false, reason: 'one-outcome' })
  })

  it('is given where scores tell passes from failures, refused where they do not', () => {
    const good = judgeTask(walksOf([...passes(6), ...fails(6)]), 'goal', 1, never).trust
    expect(good).toMatchObject({
      isTrusted: true,
      reason: 'trusted',
      auc: 1,
      low: 1,
      scorer: 'counts'
    })
    const mixed = ['pass', 'fail'].flatMap((outcome) =>
      Array.from({ length: 6 }, () => letters('ABCD', outcome === 'pass' ? 'pass' : 'fail'))
    )
    const bad = judgeTask(walksOf(mixed), 'goal', 1, never).trust
    expect(bad).toMatchObject({ isTrusted: false, reason: 'weak' })
  })

  it('of the learned scorer is by attempts it never saw', () => {
    const walks = walksOf([...passes(12), ...fails(12)])
    const scores = linearScores(walks, 'read A then B', 1, never)
    const mean = (outcome: string): number => {
      const list = walks
        .filter((walk) => walk.outcome === outcome)
        .flatMap(({ trace }) => scores.get(trace) ?? [])
      return list.reduce((sum, value) => sum + value, 0) / list.length
    }
    expect(mean('pass')).toBeGreaterThan(mean('fail') + 1)
    expect(linearScores(walks, 'read A then B', 1, never)).toEqual(scores)
    expect(() => linearScores(walks, '', 1, AbortSignal.abort())).toThrow()
  })

  it('is put in the learned scorer where successful steps are many and it is surer', () => {
    const walks = walksOf([...passes(60), ...fails(10)])
    const { trust, steps } = judgeTask(walks, 'goal', 1, never)
    expect(trust.isTrusted).toBe(true)
    expect(steps.size).toBe(70)
  })
})

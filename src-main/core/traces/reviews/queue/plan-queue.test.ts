// Hand cases of planned queues: what comes first, why, what is refused, and what is said.
import { describe, expect, it } from 'vitest'
import { planQueue } from './plan-queue.ts'
import { candidate, candidates, queuePlan } from './queue.test-support.ts'

const codes = (planned: ReturnType<typeof planQueue>): string[] =>
  planned.messages.map(({ code }) => code)
const firstLooks = (planned: ReturnType<typeof planQueue>) =>
  planned.places.filter(({ pass }) => pass === 1)

describe('most informative first', () => {
  // 100 attempts: 1 to 8 of two mixed tasks, 9 to 30 failures, the rest successes.
  const mixed = candidates(100, (trace) => ({
    outcome: trace <= 4 || (trace > 8 && trace <= 30) ? 'fail' : 'pass',
    task: trace <= 8 ? `mixed ${trace % 2}` : `task ${trace}`,
    tools: trace === 60 ? ['read', 'refund'] : ['read', 'write'],
    steps: trace === 20 ? 90 : 10,
    detectors: trace === 12 ? ['period'] : []
  }))

  it('takes mixed tasks before other failures, and says why', () => {
    const plan = queuePlan({ count: 20, isBalanced: false, randomShare01: 0.1, secondLook01: 0 })
    const planned = planQueue(plan, mixed)
    const wanted = planned.places.filter(({ isRandom }) => !isRandom)
    const whys = new Map(wanted.map(({ trace, why }) => [trace, why]))
    const drawn = new Set(planned.places.filter((it) => it.isRandom).map(({ trace }) => trace))
    for (const trace of [1, 2, 3, 4].filter((it) => !drawn.has(it)))
      expect(whys.get(trace)).toMatch(/^It failed at a task that other attempts solved\./)
    if (!drawn.has(12)) expect(whys.get(12)).toBe('It failed. It repeats itself.')
    if (!drawn.has(20))
      expect(whys.get(20)).toBe(
        'It failed. It is very long: 90 steps, where half have 10 or fewer.'
      )
    // Two controls, a tenth of twenty.
    expect(wanted.filter(({ why }) => why.startsWith('A solved attempt at random'))).toHaveLength(2)
    const order = wanted.map(({ trace }) => trace).filter((trace) => trace <= 4 || trace > 8)
    const firstPlain = order.findIndex((trace) => trace > 8 && trace <= 30)
    expect(order.slice(0, firstPlain).filter((trace) => trace <= 4).length).toBe(
      [1, 2, 3, 4].filter((it) => !drawn.has(it)).length
    )
  })

  it('knows mixed tasks from the whole set when only failures match', () => {
    const fails = mixed.filter(({ outcome }) => outcome === 'fail')
    const { places } = planQueue(queuePlan({ count: 26, secondLook01: 0 }), fails, mixed)
    const told = places.filter(({ why }) => why.startsWith('It failed at a task that other'))
    expect(told.map(({ trace }) => trace).sort()).toEqual([1, 2, 3, 4])
  })

  it('balances outcomes as far as there are enough', () => {
    const plan = queuePlan({ count: 40, randomShare01: 0.1, secondLook01: 0 })
    const wanted = planQueue(plan, mixed).places.filter(({ isRandom }) => !isRandom)
    const fails = wanted.filter(({ trace }) => mixed[trace - 1].outcome === 'fail').length
    expect([fails, wanted.length - fails]).toEqual([18, 18])
  })

  it('finds a success that a check typical of failures fires on', () => {
    const all = candidates(60, (trace) => ({
      outcome: trace <= 20 || trace === 60 ? 'fail' : 'pass',
      detectors: trace <= 20 || trace === 30 ? ['ignored-error'] : []
    }))
    const plan = queuePlan({ count: 30, randomShare01: 0.1, secondLook01: 0 })
    const found = planQueue(plan, all).places.find(({ trace }) => trace === 30)
    expect(found?.why).toMatch(/although a check fired that is typical of failures: .+\.$/)
  })

  it('leaves what was reviewed before to the end', () => {
    const all = candidates(40, (trace) => ({ state: trace <= 20 ? 'done' : 'none' }))
    const plan = queuePlan({ count: 20, randomShare01: 0.1, isBalanced: false, secondLook01: 0 })
    const wanted = planQueue(plan, all).places.filter(({ isRandom }) => !isRandom)
    expect(wanted.every(({ trace }) => trace > 20)).toBe(true)
  })
})

describe('other orders', () => {
  it('oldest first, those without a time after all others', () => {
    const all = candidates(30, (trace) => ({ startedAt: trace > 25 ? null : 1000 - trace }))
    const plan = queuePlan({ order: 'oldest', count: 28, randomShare01: 0.1, secondLook01: 0 })
    const wanted = planQueue(plan, all).places.filter(({ isRandom }) => !isRandom)
    const times = wanted.map(({ trace }) => all[trace - 1].startedAt ?? Infinity)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('random without balancing draws every place from all', () => {
    const plan = queuePlan({ order: 'random', isBalanced: false, secondLook01: 0 })
    const { places, random } = planQueue(plan, candidates(50))
    expect(random).toBe(10)
    expect(places.every(({ isRandom }) => isRandom)).toBe(true)
  })

  it('like marked ones: by task, checks and tools, without the marked ones themselves', () => {
    const all = candidates(60, (trace) => ({
      task: trace % 10 === 0 ? 'refunds' : `task ${trace}`,
      detectors: trace % 10 <= 1 ? ['ungrounded'] : [],
      verdict: trace === 10 ? 'fail' : null,
      isFlagged: trace === 11,
      state: trace === 10 || trace === 11 ? 'done' : 'none'
    }))
    const plan = queuePlan({
      order: 'like-marked',
      count: 10,
      randomShare01: 0.1,
      isBalanced: false,
      secondLook01: 0
    })
    const wanted = planQueue(plan, all).places.filter(({ isRandom }) => !isRandom)
    expect(wanted.every(({ trace }) => trace % 10 <= 1 && trace !== 10 && trace !== 11)).toBe(true)
    expect(wanted[0].trace % 10).toBe(0)
    expect(wanted[0].why).toMatch(/^It is like attempts you marked: the same task, /)
    expect(codes(planQueue(plan, candidates(60)))).toContain('C9')
  })
})

describe('messages', () => {
  it('refuse what cannot be, and plan nothing then', () => {
    const question = { id: 'q', text: 'Why?', reasons: [], isRequired: false }
    const noChoices = queuePlan({ questions: [{ ...question, type: 'tags', choices: [] }] })
    const planned = planQueue(noChoices, candidates(40))
    expect(planned.messages[0]).toMatchObject({ code: 'C2', severity: 'error' })
    expect(planned.places).toEqual([])
    const twice = { ...question, type: 'note' as const, choices: [] }
    expect(codes(planQueue(queuePlan({ questions: [twice, twice] }), candidates(40)))).toContain(
      'C4'
    )
    expect(codes(planQueue(queuePlan({ randomShare01: 0.05 }), candidates(40)))).toContain('C3')
    expect(codes(planQueue(queuePlan(), []))).toEqual(['C1'])
  })

  it('say what is unknown and what there is less of', () => {
    const planned = planQueue(
      queuePlan({ count: 200 }),
      candidates(8, () => ({ outcome: 'unknown' }))
    )
    expect(codes(planned)).toEqual(['C5', 'C6', 'C7', 'C8'])
    expect(planned.count).toBe(8)
    expect(planned.messages.every(({ severity }) => severity === 'note')).toBe(true)
  })
})

it('the random part is uniform: over many seeds each attempt is drawn about as often', () => {
  const all = candidates(20, (trace) => ({ outcome: trace <= 4 ? 'fail' : 'pass' }))
  const drawn = new Uint32Array(21)
  const places = new Uint32Array(10)
  for (let seed = 0; seed < 2000; seed++) {
    const plan = queuePlan({ seed, count: 10, randomShare01: 0.2, secondLook01: 0 })
    for (const { trace, isRandom, position } of firstLooks(planQueue(plan, all)))
      if (isRandom) {
        drawn[trace]++
        places[position]++
      }
  }
  // 4,000 draws over 20 attempts: 200 each, standard deviation about 13; over 10 places 400, 18.
  for (const count of drawn.subarray(1)) expect(Math.abs(count - 200)).toBeLessThan(65)
  for (const count of places) expect(Math.abs(count - 400)).toBeLessThan(90)
})

it('plans from one attempt', () => {
  const planned = planQueue(queuePlan({ count: 5 }), [candidate(7)])
  expect(planned.places).toMatchObject([{ position: 0, trace: 7, pass: 1, isRandom: true }])
})

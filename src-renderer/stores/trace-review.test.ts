// The review store without a page: opening, acts in order, keys, moving, ending, and what a blind
// review must not show.
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReviewAct } from '@api/dto/trace-reviews.ts'
import { AppError } from '@api/errors.ts'
import { hostOf, projectOf } from '../views/view.test-support.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'
import { deferred, fakeClient, type Answers, type FakeClient } from './run-fixtures.test-support.ts'
import { reviewCommandsOn, type ReviewScreen } from './trace-review-commands.ts'
import { commandOf, usualKeys } from './trace-review-keys.ts'
import {
  detailOf,
  reviewBackend,
  stepOf,
  type ReviewBackend
} from './trace-review-fixtures.test-support.ts'
import { useTraceReview } from './trace-review.ts'

let client: FakeClient
let backend: ReviewBackend
const screen = {
  goTo: vi.fn<ReviewScreen['goTo']>(),
  finish: vi.fn<ReviewScreen['finish']>(),
  say: vi.fn<ReviewScreen['say']>()
}

async function start(made = reviewBackend(), answers: Answers = {}): Promise<void> {
  backend = made
  client = fakeClient({
    'app.hello': () => hostOf(),
    'projects.current': () => ({ project: projectOf() }),
    ...made.answers,
    ...answers
  })
  setActivePinia(createPinia())
  await useConnection().start(client)
  await useProject().refresh()
}
/** Presses a key as the screen would and waits for what follows. */
async function press(key: string, part: { ctrlKey?: boolean } = {}): Promise<void> {
  const command = commandOf(usualKeys, {
    key,
    ctrlKey: part.ctrlKey ?? false,
    metaKey: false,
    altKey: false
  })
  if (command === undefined) throw new Error(`no command for ${key}`)
  reviewCommandsOn(screen)(command)
  await flushPromises()
}
const sent = (): ReviewAct[] => backend.acts.map(({ act }) => act)

beforeEach(() => void vi.clearAllMocks())
afterEach(() => useTraceReview().close())

describe('opening', () => {
  it('takes the first attempt of a queue that is not finished, and a given place', async () => {
    const made = reviewBackend()
    const [first] = made.items
    if (first !== undefined) first.state = 'done'
    await start(made)
    const review = useTraceReview()
    await review.openQueue('q')
    expect([review.state, review.position, review.detail?.row.trace]).toEqual(['open', 1, 2])
    await review.openQueue('q', 2)
    expect(review.detail?.row.trace).toBe(3)
    expect([review.neighbour(-1), review.neighbour(1), review.nextPosition()]).toEqual([
      1,
      undefined,
      1
    ])
  })

  it('says why an attempt cannot be opened, and opens it when asked again', async () => {
    let isGone = true
    await start(reviewBackend(), {
      'traces.get': ({ trace }) => {
        if (isGone) throw new AppError('item-not-found', 'This attempt was removed.')
        return detailOf(trace)
      }
    })
    const review = useTraceReview()
    await review.openQueue('q')
    expect([review.state, review.problem?.message]).toEqual(['failed', 'This attempt was removed.'])
    isGone = false
    await review.reload()
    expect(review.state).toBe('open')
  })

  it('shows the attempt asked for last, whichever answer comes first', async () => {
    const slow = deferred<ReturnType<typeof detailOf>>()
    await start(reviewBackend(), {
      'traces.get': ({ trace }) => (trace === 1 ? slow.promise : detailOf(trace))
    })
    const review = useTraceReview()
    const first = review.openQueue('q', 0)
    await flushPromises()
    await review.openQueue('q', 1)
    slow.resolve(detailOf(1))
    await first
    expect(review.position).toBe(1)
    expect(review.review?.trace).toBe(2)
  })
})

describe('acts', () => {
  it('are shown at once and sent one after the other', async () => {
    const gates = [deferred<null>(), deferred<null>()]
    let calls = 0
    const made = reviewBackend()
    await start(made, {
      'reviews.act': async (input) => {
        await gates[calls++]?.promise
        // The backend of the test answers at once.
        return (
          (await made.answers['reviews.act']?.(input)) ?? Promise.reject(new AppError('internal'))
        )
      }
    })
    const review = useTraceReview()
    await review.openQueue('q')
    review.act({ kind: 'verdict', verdict: 'fail' })
    review.act({ kind: 'first-wrong', step: 1 })
    expect(review.body).toMatchObject({ verdict: 'fail', firstWrong: 1 })
    expect(review.saved).toBe('saving')
    await flushPromises()
    expect(client.countOf('reviews.act')).toBe(1)
    gates[0]?.resolve(null)
    await flushPromises()
    expect(client.countOf('reviews.act')).toBe(2)
    gates[1]?.resolve(null)
    await flushPromises()
    expect(review.saved).toBe('saved')
    expect(sent()).toEqual([
      { kind: 'verdict', verdict: 'fail' },
      { kind: 'first-wrong', step: 1 }
    ])
  })

  it('that fail wait in line, are said, and go out when asked again', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    backend.failWith = new AppError('disk-full', 'The disk is full.')
    review.act({ kind: 'flag', value: true })
    review.act({ kind: 'note', text: 'odd' })
    expect(await review.settled()).toBe(false)
    expect([review.saved, review.actProblem?.message]).toEqual(['failed', 'The disk is full.'])
    expect(review.body).toMatchObject({ isFlagged: true, note: 'odd' })
    expect(review.acts?.waiting.value).toBe(2)
    backend.failWith = undefined
    review.acts?.retry()
    expect(await review.settled()).toBe(true)
    expect(sent().map(({ kind }) => kind)).toEqual(['flag', 'note'])
  })

  it('that can never be stored can be left out', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    backend.failWith = new AppError('invalid-input')
    review.act({ kind: 'flag', value: true })
    await review.settled()
    review.act({ kind: 'note', text: 'odd' })
    backend.failWith = undefined
    review.acts?.skip()
    expect(await review.settled()).toBe(true)
    expect(review.body).toMatchObject({ isFlagged: false, note: 'odd' })
  })

  it('are taken back and made again', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    await press('1')
    await press('u')
    expect(review.body.verdict).toBeNull()
    await press('U')
    expect(review.body.verdict).toBe('pass')
    await press('z', { ctrlKey: true })
    expect(review.body.verdict).toBeNull()
  })

  it('ask words that are still being typed to come along first', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    const letGo = review.holdsWords(() => review.act({ kind: 'note', text: 'last words' }))
    await review.settled()
    letGo()
    expect(sent()).toEqual([{ kind: 'note', text: 'last words' }])
  })

  it('change nothing in a project that is open for reading', async () => {
    await start(reviewBackend(), {
      'projects.current': () => ({ project: projectOf({ isReadOnly: true }) })
    })
    const review = useTraceReview()
    await review.openQueue('q')
    review.act({ kind: 'flag', value: true })
    await flushPromises()
    expect(sent()).toEqual([])
  })
})

describe('keys', () => {
  it.each<[string, ReviewAct]>([
    ['1', { kind: 'verdict', verdict: 'pass' }],
    ['2', { kind: 'verdict', verdict: 'fail' }],
    ['3', { kind: 'verdict', verdict: 'partial' }],
    ['4', { kind: 'verdict', verdict: 'unsure' }],
    ['w', { kind: 'first-wrong', step: 2 }],
    ['d', { kind: 'decisive', step: 2 }],
    ['r', { kind: 'mark', step: 2, mark: 'recovered' }],
    ['g', { kind: 'mark', step: 2, mark: 'good' }],
    ['b', { kind: 'mark', step: 2, mark: 'bad' }],
    ['N', { kind: 'none-wrong', value: true }],
    ['F', { kind: 'flag', value: true }],
    ['K', { kind: 'keep', value: 'yes' }]
  ])('%s marks, and pressed again takes the mark back', async (key, act) => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    review.goTo(2)
    await press(key)
    expect(sent()).toEqual([act])
    if (key === 'K') return
    await press(key)
    expect(review.body).toMatchObject({ verdict: null, firstWrong: null, decisive: null })
    expect(review.body.marks).toEqual({})
    expect([review.body.noneWrong, review.body.isFlagged]).toEqual([false, false])
  })

  it('walk through steps, errors and findings', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    const walk: [string, number][] = [
      ['j', 1],
      ['j', 2],
      ['k', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
      ['0', 0],
      ['e', 1],
      ['$', 3],
      ['E', 1],
      ['n', 2],
      ['p', 1],
      ['$', 3],
      ['j', 3],
      ['0', 0],
      ['k', 0]
    ]
    for (const [key, step] of walk) {
      await press(key)
      expect(review.step, key).toBe(step)
      expect(review.focus?.seq).toBe(2 + 2 * step)
    }
    await press('E')
    expect(screen.say).toHaveBeenLastCalledWith('no-error')
    await press('p')
    expect(screen.say).toHaveBeenLastCalledWith('no-finding')
  })

  it.each([
    ['/', 'search'],
    ['f', 'kinds'],
    ['c', 'correct'],
    ['t', 'tag'],
    ['m', 'note'],
    ['a', 'questions'],
    ['?', 'keys']
  ])('%s opens %s, and Esc closes it', async (key, panel) => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    await press(key)
    expect(review.panel).toBe(panel)
    await press('Escape')
    expect(review.panel).toBeNull()
  })

  it('change the detail, and go to other attempts', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q', 1)
    const levels: string[] = []
    for (let i = 0; i < 3; i++) {
      await press('z')
      levels.push(review.level)
    }
    expect(levels).toEqual(['short', 'outline', 'whole'])
    await press('l')
    await press('h')
    expect(screen.goTo.mock.calls).toEqual([[2], [0]])
  })

  it('y shows the suggestion, then accepts it; x dismisses it', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    await press('x')
    expect(sent()).toEqual([])
    await press('y')
    expect(client.calls.slice(-2)).toEqual([
      { name: 'traces.suggestion', input: { trace: 1, review: 'r1' } },
      { name: 'traces.plausibility', input: { trace: 1 } }
    ])
    expect(review.body.firstWrong).toBeNull()
    await press('y')
    expect(review.body).toMatchObject({ suggestion: 'accepted', firstWrong: 1 })
    await press('x')
    expect(sent().at(-1)).toEqual({ kind: 'suggestion', value: 'dismissed', step: null })
  })

  it('s puts the best solved attempt beside this one and takes it away', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    await press('s')
    expect(review.comparison).toMatchObject({ firstDifference: 1, right: { trace: 2 } })
    await press('s')
    expect(review.comparedWith).toBeNull()
    await press('s')
    await press('Escape')
    expect([review.comparedWith, review.panel]).toEqual([null, null])
  })
})

describe('ending', () => {
  it('goes on to the next that is not finished, and to the report after the last', async () => {
    await start()
    const review = useTraceReview()
    for (const position of [0, 1, 2]) {
      await review.openQueue('q', position)
      await press('1')
      await press('Enter', { ctrlKey: true })
    }
    expect(screen.goTo.mock.calls).toEqual([[1], [2]])
    expect(screen.finish).toHaveBeenCalledOnce()
    expect(review.queue).toMatchObject({ done: 3, secondsLeft: 0 })
  })

  it('says what is missing and stays', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    await press('Enter', { ctrlKey: true })
    expect([review.refusal?.message, review.saved]).toEqual(['A verdict is missing.', 'saved'])
    expect(screen.goTo).not.toHaveBeenCalled()
    await press('1')
    expect(review.refusal).toBeUndefined()
    await press('Enter', { ctrlKey: true })
    expect(screen.goTo).toHaveBeenCalledWith(1)
  })

  it('waits for acts that could not be stored', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    backend.failWith = new AppError('internal')
    await press('1')
    await press('Enter', { ctrlKey: true })
    expect(client.countOf('reviews.setState')).toBe(0)
    expect([review.saved, screen.goTo.mock.calls.length]).toEqual(['failed', 0])
  })

  it('puts off, and opens again what was done', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    await press('P')
    expect(backend.items[0]?.state).toBe('skipped')
    await review.openQueue('q', 1)
    await press('1')
    await press('Enter', { ctrlKey: true })
    await review.openQueue('q', 1)
    expect([review.isDone, client.countOf('reviews.ofTrace')]).toEqual([true, 2])
    await review.setState('draft')
    expect(review.isDone).toBe(false)
  })
})

describe('a blind review', () => {
  it('keeps suggestions, findings and other attempts back until it is done', async () => {
    await start(reviewBackend({ isBlind: true }))
    const review = useTraceReview()
    await review.openQueue('q')
    expect(review.isBlind).toBe(true)
    for (const key of ['n', 'p', 'y', 'x', 's']) await press(key)
    expect(screen.say.mock.calls).toEqual([
      ['hidden'],
      ['hidden'],
      ['hidden'],
      ['hidden'],
      ['hidden']
    ])
    expect(client.countOf('traces.suggestion') + client.countOf('traces.compare')).toBe(0)
    expect(client.countOf('reviews.ofTrace')).toBe(0)
    await press('2')
    await press('Enter', { ctrlKey: true })
    expect(review.isBlind).toBe(false)
    expect(client.countOf('reviews.ofTrace')).toBe(1)
    await press('y')
    expect(review.suggestion?.suggestion?.step).toBe(1)
  })
})

describe('searching', () => {
  it('starts at the step looked at and goes round the ends, place by place', async () => {
    await start()
    const review = useTraceReview()
    await review.openQueue('q')
    review.searchText = 'booking'
    await review.find(3)
    expect(review.hits?.total).toBe(6)
    expect(review.hit).toMatchObject({ seq: 3, nth: 0 })
    const seen: (readonly [number, number] | undefined)[] = []
    for (let i = 0; i < 6; i++) {
      review.goToHit(1)
      seen.push(review.hit && [review.hit.seq, review.hit.nth])
    }
    expect(seen).toEqual([
      [5, 0],
      [7, 0],
      [8, 0],
      [1, 0],
      [1, 1],
      [3, 0]
    ])
    review.goToHit(-1)
    expect(review.hit).toMatchObject({ seq: 1, nth: 1 })
    await press('Escape')
    expect([review.hits, review.searchText]).toEqual([undefined, ''])
  })
})

describe('abandoned tries', () => {
  it('are left out of the list and the events until they are wanted or gone to', async () => {
    const steps = [stepOf(0), stepOf(1, { lane: 1 }), stepOf(2), stepOf(3, { until: 11 })]
    // The step itself, and what a helper was told before it.
    await start(reviewBackend({}, { steps, side: [3, 4] }))
    const review = useTraceReview()
    await review.openQueue('q')
    expect(review.steps.map(({ index }) => index)).toEqual([0, 2, 3])
    expect(review.events).not.toContain(3)
    expect(review.events).not.toContain(4)
    await press('j')
    expect(review.step).toBe(2)
    review.goTo(1)
    expect([review.withAbandoned, review.events.includes(4)]).toEqual([true, true])
  })

  it('are not where an attempt begins, as long as they are hidden', async () => {
    const steps = [stepOf(0, { lane: 1 }), stepOf(1), stepOf(2, { until: 11 })]
    await start(reviewBackend({}, { steps }))
    const review = useTraceReview()
    await review.openQueue('q')
    expect(review.step).toBe(1)
  })
})

// The one list: what the project keeps and what this window keeps, merged by time; pages; places; and
// going back and forward through the calls of each place.
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StoredChange } from '@api/dto/changes.ts'
import { AppError } from '@api/errors.ts'
import { hostOf, projectOf } from '../views/view.test-support.ts'
import { useChanges, type Change } from './changes.ts'
import { useConnection } from './connection.ts'
import { useJournal } from './journal.ts'
import { useProject } from './project.ts'
import {
  datasetOf,
  fakeClient,
  type Answers,
  type FakeClient
} from './run-fixtures.test-support.ts'

let client: FakeClient
/** Changes as the project has them, by line: how many there are and how many are in force. */
let lines: Map<string, { kind: 'dataset' | 'traces'; ats: number[]; head: number }>

function stored(): StoredChange[] {
  return [...lines]
    .flatMap(([line, { kind, ats, head }]) =>
      ats.map((at, index) => ({
        place: { kind, id: kind === 'dataset' ? line : 's1' },
        placeName: kind === 'dataset' ? `Data ${line}` : 'Flights',
        line,
        number: index + 1,
        head,
        at,
        sentence: `${line}.${index + 1}`,
        review: kind === 'dataset' ? null : { trace: 1, queue: 'q1', position: 0, attempt: null }
      }))
    )
    .sort((a, b) => b.at - a.at)
}
function step(line: string, by: number): void {
  const known = lines.get(line)
  if (known === undefined) throw new AppError('item-not-found')
  lines.set(line, { ...known, head: known.head + by })
}

beforeEach(async () => {
  setActivePinia(createPinia())
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 })
  lines = new Map([
    ['d1', { kind: 'dataset', ats: [10, 40], head: 2 }],
    ['d2', { kind: 'dataset', ats: [20], head: 1 }],
    ['r1', { kind: 'traces', ats: [30, 50], head: 2 }]
  ])
  const answers: Answers = {
    'app.hello': () => hostOf(),
    'projects.current': () => ({ project: projectOf() }),
    'datasets.list': () => ({ datasets: [datasetOf()] }),
    'datasets.get': () => datasetOf(),
    'changes.list': ({ place, from = 0, limit = 100 }) => {
      const of = stored().filter(
        (one) => !place || (one.place.kind === place.kind && one.place.id === place.id)
      )
      const places = new Map(stored().map((one) => [one.place.id, one]))
      return {
        changes: of.slice(from, from + limit),
        total: of.length,
        places: [...places.values()].map((one) => ({
          place: one.place,
          name: one.placeName,
          changes: stored().filter((other) => other.place.id === one.place.id).length
        }))
      }
    },
    'edits.list': () => ({ steps: [] }),
    'edits.stepTo': ({ dataset, number }) => {
      step(dataset, number - (lines.get(dataset)?.head ?? 0))
      return { changed: 1, steps: [] }
    },
    'reviews.undo': ({ review }) => {
      step(review, -1)
      // Nothing of the answer is looked at.
      return {} as never
    },
    'reviews.redo': ({ review }) => {
      step(review, 1)
      return {} as never
    }
  }
  client = fakeClient(answers)
  await useConnection().start(client)
  await useProject().refresh()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

async function opened(): Promise<ReturnType<typeof useChanges>> {
  const changes = useChanges()
  changes.open()
  await vi.waitFor(() => expect(changes.isLoaded).toBe(true))
  return changes
}
const shown = (): string[] =>
  useChanges().list.map(({ sentence, number, head }) =>
    number > head ? `(${sentence})` : sentence
  )
const named = (sentence: string): Change => {
  const found = useChanges().list.find((change) => change.sentence === sentence)
  if (found === undefined) throw new Error(`no change “${sentence}”`)
  return found
}
let inWindow: string[] = []
function note(sentence: string, line = 'result r9'): void {
  useJournal().record({
    place: { kind: 'result', id: 'r9', name: 'Best' },
    line,
    sentence,
    undo: () => inWindow.push(`-${sentence}`),
    redo: () => inWindow.push(`+${sentence}`)
  })
}
const calls = (): string[] =>
  client.calls
    .filter(({ name }) => /^(edits\.stepTo|reviews\.(undo|redo))$/.test(name))
    .map(({ name, input }) => `${name} ${JSON.stringify(input)}`)

describe('the list', () => {
  it('merges both by time, newest first', async () => {
    vi.setSystemTime(35)
    note('taken out')
    const changes = await opened()
    expect(shown()).toEqual(['r1.2', 'd1.2', 'taken out', 'r1.1', 'd2.1', 'd1.1'])
    expect(changes.places.map(({ name, changes: count }) => [name, count])).toEqual([
      ['Best', 1],
      ['Data d1', 2],
      ['Data d2', 1],
      ['Flights', 2]
    ])
  })

  it('can be of one place, of the project or of this window', async () => {
    note('taken out')
    const changes = await opened()
    await changes.show({ kind: 'dataset', id: 'd1' })
    expect(shown()).toEqual(['d1.2', 'd1.1'])
    await changes.show({ kind: 'result', id: 'r9' })
    expect([shown(), changes.hasMore]).toEqual([['taken out'], false])
    await changes.show()
    expect(shown()).toHaveLength(6)
  })

  it('is read in pages; older changes of this window come with theirs', async () => {
    vi.setSystemTime(5)
    note('oldest')
    lines = new Map([
      ['d1', { kind: 'dataset', ats: Array.from({ length: 250 }, (_, i) => 10 + i), head: 250 }]
    ])
    const changes = await opened()
    expect([shown().length, shown()[0], changes.hasMore]).toEqual([100, 'd1.250', true])
    await changes.more()
    expect(shown()).toHaveLength(200)
    await changes.more()
    expect([shown().length, shown().at(-1), changes.hasMore]).toEqual([251, 'oldest', false])
  })

  it('goes on reading until something in force is found', async () => {
    const ats = Array.from({ length: 300 }, (_, i) => 10 + i)
    lines = new Map([['d1', { kind: 'dataset', ats, head: 40 }]])
    const changes = await opened()
    expect(changes.undoable?.sentence).toBe('d1.40')
  })

  it('keeps why it could not be read, and reads again', async () => {
    const broken = vi.spyOn(client, 'call').mockRejectedValue(new AppError('project-damaged'))
    const changes = useChanges()
    changes.open()
    await vi.waitFor(() => expect(changes.problem?.code).toBe('project-damaged'))
    broken.mockRestore()
    await changes.load()
    expect([changes.problem, shown().length]).toEqual([undefined, 5])
  })

  it('is closed and forgotten with its project', async () => {
    const changes = await opened()
    useProject().generation += 1
    expect([changes.isOpen, changes.isLoaded, shown()]).toEqual([false, false, []])
  })
})

describe('taking back', () => {
  it('begins with the newest in force, wherever it was made, and comes again in turn', async () => {
    inWindow = []
    note('taken out')
    const changes = await opened()
    const back: string[] = []
    for (let next = changes.undoable; next !== undefined; next = changes.undoable) {
      back.push(next.sentence)
      await changes.undo(next)
    }
    expect(back).toEqual(['taken out', 'r1.2', 'd1.2', 'r1.1', 'd2.1', 'd1.1'])
    expect(shown().every((sentence) => sentence.startsWith('('))).toBe(true)
    const again: string[] = []
    for (let next = changes.redoable; next !== undefined; next = changes.redoable) {
      again.push(next.sentence)
      await changes.goTo(next)
    }
    expect(again).toEqual([...back].reverse())
    expect(inWindow).toEqual(['-taken out', '+taken out'])
    expect(calls()).toEqual([
      'reviews.undo {"review":"r1"}',
      'edits.stepTo {"dataset":"d1","number":1}',
      'reviews.undo {"review":"r1"}',
      'edits.stepTo {"dataset":"d2","number":0}',
      'edits.stepTo {"dataset":"d1","number":0}',
      'edits.stepTo {"dataset":"d1","number":1}',
      'edits.stepTo {"dataset":"d2","number":1}',
      'reviews.redo {"review":"r1"}',
      'edits.stepTo {"dataset":"d1","number":2}',
      'reviews.redo {"review":"r1"}'
    ])
  })

  it('does again first what was taken back last, and else the oldest', async () => {
    const changes = await opened()
    await changes.undo(named('d2.1'))
    await changes.undo(named('r1.2'))
    expect(changes.redoable?.sentence).toBe('r1.2')
    // Taken back before this window was opened: nobody knows in which order.
    setActivePinia(createPinia())
    await useConnection().start(client)
    expect((await opened()).redoable?.sentence).toBe('d2.1')
  })

  it('goes back to a change and says what else that takes back', async () => {
    lines.set('r1', { kind: 'traces', ats: [30, 50, 60, 70], head: 4 })
    const changes = await opened()
    const wanted = named('r1.1')
    expect(changes.between(wanted).map(({ sentence }) => sentence)).toEqual([
      'r1.4',
      'r1.3',
      'r1.2'
    ])
    await changes.goTo(wanted)
    expect(shown()).toEqual(['(r1.4)', '(r1.3)', '(r1.2)', 'd1.2', 'r1.1', 'd2.1', 'd1.1'])
    expect(changes.between(named('r1.3')).map(({ sentence }) => sentence)).toEqual(['r1.3', 'r1.2'])
    await changes.goTo(named('r1.3'))
    expect(shown().slice(0, 3)).toEqual(['(r1.4)', 'r1.3', 'r1.2'])
  })

  it('shows what is so after a failure half way', async () => {
    const changes = await opened()
    const wanted = named('r1.1')
    lines.set('r1', { kind: 'traces', ats: [30, 50], head: 2 })
    const call = client.call.bind(client)
    vi.spyOn(client, 'call').mockImplementation((name, input) =>
      name === 'reviews.undo'
        ? Promise.reject(new AppError('project-read-only'))
        : call(name, input)
    )
    await expect(changes.goTo(wanted)).rejects.toThrow()
    expect([shown()[0], changes.isMoving]).toEqual(['r1.2', false])
  })
})

// Changing a result by hand: selecting items, taking out, adding, swapping, taking single changes
// back, and the check of the changed set. And the coverage of a chosen set in all its states.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { Coverage } from '@api/dto/coverage.ts'
import type { ItemRow } from '@api/dto/datasets.ts'
import type { RunItem } from '@api/dto/runs.ts'
import { AppError } from '@api/errors.ts'
import { giveSize, itemOf } from '../../components/layout.test-support.ts'
import { giveCanvas } from '../../components/map/map-canvas.test-support.ts'
import PointMap from '../../components/map/PointMap.vue'
import { handSentence, useHandChanges } from '../../stores/hand-changes.ts'
import { useJournal } from '../../stores/journal.ts'
import { useRuns } from '../../stores/runs.ts'
import { useToasts } from '../../stores/toasts.ts'
import {
  datasetOf,
  deferred,
  resultOf,
  type Answers
} from '../../stores/run-fixtures.test-support.ts'
import { changes as changeWords } from '../../text/changes.ts'
import { coverage as covered, handChanges as words, swapping } from '../../text/hand-changes.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import { gapRings, coverageColors, groupOf } from './coverage-map.ts'
import CoverageTab from './CoverageTab.vue'
import HandChanges from './HandChanges.vue'
import RunItems from './RunItems.vue'

let app: TestApp
let wrapper: VueWrapper

beforeEach(() => {
  giveSize(640, 400)
  giveCanvas({ has2d: true })
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

function rowOf(row: number, part: Partial<ItemRow> = {}): ItemRow {
  const { key, name, label, split, isAside, duplicateOf, text, width, height } = itemOf(row)
  const { hasPicture, tags, hasNote, givenLabel } = itemOf(row)
  return {
    row,
    key,
    name,
    label,
    split,
    isAside,
    duplicateOf,
    text,
    width,
    height,
    hasPicture,
    tags,
    hasNote,
    givenLabel,
    ...part
  }
}
function runItem(row: number, part: Partial<RunItem> = {}): RunItem {
  return {
    item: rowOf(row),
    rank: row + 1,
    score: 1,
    votes: null,
    reasonCode: 'drawn',
    reason: 'Kept because it was drawn.',
    evidence: null,
    whyFixed: null,
    ...part
  }
}
const leftOut = (row: number, part: Partial<RunItem> = {}): RunItem =>
  runItem(row, { rank: null, reason: 'Left out.', ...part })

const result = resultOf({ got: 4, votes: null, leftOutReasons: [] })
const backend: Answers = {
  'datasets.list': () => ({ datasets: [datasetOf({ kind: 'text', items: 10 })] }),
  'runs.items': ({ part }) =>
    part === 'chosen'
      ? { items: [0, 1, 2, 3].map((row) => runItem(row)), total: 4 }
      : {
          items: [
            leftOut(4, {
              evidence: { item: rowOf(0), similarity01: 0.978, kind: 'nearest-chosen' }
            }),
            leftOut(5, { whyFixed: 'It is kept for testing.' }),
            leftOut(6)
          ],
          total: 3
        },
  'datasets.item': ({ row }) => {
    throw new AppError('item-not-found', `no ${row}`)
  }
}
const page = defineComponent({
  components: { RunItems, HandChanges },
  props: { result: { type: Object, required: true }, part: { type: String, required: true } },
  template: `<RunItems :result="result" :part="part" /><HandChanges :result="result" />`
})
async function show(
  part: 'chosen' | 'left-out',
  answers: Answers = {},
  project = projectOf()
): Promise<void> {
  app = await startApp({ ...backend, ...answers }, project)
  wrapper = app.show(page, { result, part })
  await flushPromises()
}
const texts = (): string => document.body.textContent ?? ''
async function click(text: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].findLast(
    (one) => one.textContent?.trim() === text || one.getAttribute('aria-label') === text
  )
  if (button === undefined) throw new Error(`no button “${text}” in ${texts()}`)
  await clickOn(button)
}
const tick = async (row: number): Promise<void> => {
  const cell = document.querySelector(`[data-index="${row}"] .pick`)
  await clickOn(cell)
}
const keys = (items: readonly { readonly key: string }[]): string[] => items.map(({ key }) => key)

describe('changes by hand', () => {
  it('takes selected items out, marks them, and takes single changes back', async () => {
    await show('chosen')
    expect(texts()).not.toContain(words.check)
    await tick(1)
    await tick(2)
    expect(texts()).toContain(words.selected('2'))
    await click(words.takeOut)
    expect(texts()).toContain('2 taken out')
    expect(texts()).toContain(words.otherCount('2', '4'))
    expect(document.querySelectorAll('.tile.pending')).toHaveLength(2)
    await click(words.show)
    await click(words.undo(words.removed(rowOf(1).name)))
    expect(document.querySelectorAll('.tile.pending')).toHaveLength(1)
    await click(words.undoLast)
    expect(texts()).not.toContain(words.check)
    expect(document.querySelectorAll('.tile.pending')).toHaveLength(0)
  })

  it('puts back what was to be taken out', async () => {
    await show('chosen')
    await tick(0)
    await click(words.takeOut)
    await tick(0)
    await click(words.keep)
    expect(useHandChanges().of('r1')).toEqual([])
  })

  it('adds left-out items, and says which cannot be added and why', async () => {
    await show('left-out')
    for (const row of [0, 1, 2]) await tick(row)
    await click(words.add)
    expect(keys(useHandChanges().sides('r1').added)).toEqual([rowOf(4).key, rowOf(6).key])
    expect(useToasts().toasts.map(({ text }) => text)).toContain(
      words.someFixed(1, 'It is kept for testing.')
    )
  })

  it('checks the changed set as a run of its own', async () => {
    await show('chosen', { 'runs.revise': () => ({ run: 'r2' }) })
    const hand = useHandChanges()
    hand.takeOut('r1', [rowOf(1)])
    hand.add('r1', [rowOf(6)])
    await flushPromises()
    expect(texts()).toContain('1 added, 1 taken out')
    expect(texts()).not.toContain('instead of')
    await click(words.check)
    expect(app.inputs('runs.revise')).toEqual([
      { run: 'r1', add: [rowOf(6).key], remove: [rowOf(1).key] }
    ])
    expect(app.router.currentRoute.value).toMatchObject({ name: 'run', params: { run: 'r2' } })
    expect(hand.of('r1')).toEqual([])
  })

  it('keeps the changes when the check is refused', async () => {
    await show('chosen', {
      'runs.revise': () => {
        throw new AppError('invalid-input', 'One of the items cannot be added.')
      }
    })
    useHandChanges().takeOut('r1', [rowOf(1)])
    await flushPromises()
    await click(words.check)
    expect(useHandChanges().of('r1')).toHaveLength(1)
    expect(app.router.currentRoute.value.name).toBe('home')
  })

  it('does not let everything be taken out, and nothing be changed in a read-only project', async () => {
    await show('chosen')
    useHandChanges().takeOut(
      'r1',
      [0, 1, 2, 3].map((row) => rowOf(row))
    )
    await flushPromises()
    expect(texts()).toContain(words.nothingLeft)
    const check = [...document.querySelectorAll('button')].find((button) =>
      button.textContent?.includes(words.check)
    )
    expect(check?.disabled).toBe(true)
    wrapper.unmount()
    await show('chosen', {}, projectOf({ isReadOnly: true }))
    expect(document.querySelector('.pick')).toBeNull()
  })
})

describe('the quick look of a left-out item', () => {
  async function look(index: number): Promise<void> {
    const cell = document.querySelector<HTMLElement>(`[data-index="${index}"]`)
    cell?.focus()
    cell?.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))
    await flushPromises()
  }

  it('shows the item it is compared with, rounded down', async () => {
    await show('left-out')
    await look(0)
    expect(texts()).toContain(`Nearest chosen item, 97 % alike: ${rowOf(0).name}`)
  })

  it('opens with Enter as well, where a click selects', async () => {
    await show('left-out')
    const cell = document.querySelector<HTMLElement>('[data-index="0"]')
    cell?.focus()
    cell?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    expect(texts()).toContain(`Nearest chosen item, 97 % alike: ${rowOf(0).name}`)
  })

  it('swaps it with one of the most alike chosen items', async () => {
    await show('left-out', {
      'runs.swaps': () => ({
        items: [
          { item: rowOf(2), similarity01: 0.91 },
          { item: rowOf(3), similarity01: 0.5 }
        ]
      })
    })
    await look(0)
    await click(words.swap)
    expect(texts()).toContain(swapping.titleIn(rowOf(4).name))
    const choice = [...document.querySelectorAll('.w-swap-choice')]
    expect(choice.map((one) => one.textContent)).toEqual([
      expect.stringContaining('91 % alike'),
      expect.stringContaining('50 % alike')
    ])
    await clickOn(choice[1])
    expect(useHandChanges().of('r1')).toMatchObject([{ added: { row: 4 }, removed: { row: 3 } }])
    await click(words.show)
    expect(texts()).toContain(words.swapped(rowOf(3).name, rowOf(4).name))
  })

  it('says when nothing can be swapped with, or when that failed', async () => {
    let isBroken = true
    await show('left-out', {
      'runs.swaps': () => {
        if (isBroken) throw new AppError('method-not-possible', 'No fingerprints.')
        return { items: [] }
      }
    })
    await look(2)
    await click(words.swap)
    expect(texts()).toContain('No fingerprints.')
    isBroken = false
    await click('Try again')
    expect(texts()).toContain(swapping.none)
  })
})

it('forgets one side of a swap when the other is undone by hand', async () => {
  await show('chosen')
  const hand = useHandChanges()
  hand.swap('r1', rowOf(1), rowOf(6))
  hand.keep('r1', [rowOf(6).key])
  expect(hand.of('r1')).toMatchObject([{ added: null, removed: { row: 1 } }])
  hand.add('r1', [rowOf(6)])
  hand.add('r1', [rowOf(6)])
  expect(hand.of('r1')).toHaveLength(2)
  expect(hand.stateOf('r1', rowOf(6).key)).toBe('in')
  hand.clear('r1')
  expect(hand.stateOf('r1', rowOf(1).key)).toBeUndefined()
})

describe('the list of all changes', () => {
  const line = 'result r1'
  const noted = (): string[] =>
    useJournal().entries.map(({ sentence, isUndone }) => (isUndone ? `(${sentence})` : sentence))

  it('has what was done, takes it back and does it again', async () => {
    await show('chosen')
    const hand = useHandChanges()
    const journal = useJournal()
    hand.takeOut('r1', [rowOf(1), rowOf(2)])
    hand.swap('r1', rowOf(3), rowOf(6))
    hand.keep('r1', [rowOf(1).key])
    const sentences = [
      changeWords.handRemoved(2),
      words.swapped(rowOf(3).name, rowOf(6).name),
      changeWords.handKept(1, rowOf(1).name)
    ]
    expect(noted()).toEqual(sentences)
    const states = (): string[] => hand.of('r1').map(handSentence)
    const last = states()
    const back: string[][] = []
    for (let i = 0; i < 3; i++) {
      await journal.undo(line)
      back.push(states())
    }
    expect(back).toEqual([
      [words.removed(rowOf(1).name), words.removed(rowOf(2).name), sentences[1]],
      [words.removed(rowOf(1).name), words.removed(rowOf(2).name)],
      []
    ])
    expect(texts()).not.toContain(words.undoLast)
    for (let i = 0; i < 3; i++) await journal.redo(line)
    expect(states()).toEqual(last)
    expect(noted()).toEqual(sentences)
  })

  it('knows what the bar undid, the last change as well as one between', async () => {
    await show('chosen')
    const hand = useHandChanges()
    hand.takeOut('r1', [rowOf(1)])
    hand.takeOut('r1', [rowOf(2)])
    await flushPromises()
    await click(words.undoLast)
    expect(noted()).toEqual([words.removed(rowOf(1).name), `(${words.removed(rowOf(2).name)})`])
    hand.takeOut('r1', [rowOf(3)])
    hand.undo('r1', hand.of('r1')[0]?.id ?? 0)
    // What was taken back gave way to the new change; undoing an older one is a change of its own.
    expect(noted()).toEqual([
      words.removed(rowOf(1).name),
      words.removed(rowOf(3).name),
      words.undo(words.removed(rowOf(1).name))
    ])
    hand.takeOut('r1', [rowOf(3)])
    expect(noted()).toHaveLength(3)
    hand.clear('r1')
    expect(noted().at(-1)).toBe(changeWords.handCleared)
    await useJournal().undo(line)
    expect(hand.of('r1')).toHaveLength(1)
  })

  it('forgets them once they are a run of their own', async () => {
    await show('chosen', { 'runs.revise': () => ({ run: 'r2' }) })
    useHandChanges().takeOut('r1', [rowOf(1)])
    await useHandChanges().check('r1')
    expect(noted()).toEqual([])
  })
})

function coverageOf(part: Partial<Coverage> = {}): Coverage {
  const region = (id: number, chosen: number, rows: readonly number[]): Coverage['regions'][0] => ({
    region: id,
    pool: rows.length,
    chosen,
    expected: 1.25,
    examples: rows.map((row) => ({ item: rowOf(row), isChosen: row < 2 })),
    label: { name: 'boot', share01: 0.75 }
  })
  return {
    run: 'r1',
    dataset: 'd1',
    regions: [region(1, 0, [4, 5]), region(2, 0, [6]), region(0, 2, [0, 1, 2])],
    emptyRegions: 2,
    emptyAtRandom: 0.4,
    sentence: '6 items that could be chosen, in 3 regions of alike items.',
    chosen: Uint32Array.of(0, 1),
    leftOut: Uint32Array.of(2, 4, 5, 6),
    test: Uint32Array.of(7),
    regionOf: Uint16Array.of(0, 0, 0, 65_535, 1, 1, 2, 65_535),
    ...part
  }
}
const mapOf = (items: number): Answers => ({
  'maps.points': () => ({
    stage: items === 0 ? 'none' : 'umap',
    revision: items === 0 ? 'none+' : 'm1',
    x: Float32Array.from({ length: items }, (_, i) => i / 10),
    y: Float32Array.from({ length: items }, (_, i) => -i / 10),
    words: [],
    sentence: 'A map takes about 2 s.',
    job: null
  })
})

describe('the coverage of a chosen set', () => {
  async function open(answers: Answers, project = projectOf()): Promise<void> {
    app = await startApp({ ...backend, ...mapOf(8), ...answers }, project)
    await useRuns().load()
    wrapper = app.show(CoverageTab, { result })
    await flushPromises()
  }

  it('names the gaps, the most typical item of each, and adds one or all', async () => {
    await open({ 'runs.coverage': () => coverageOf() })
    expect(texts()).toContain('2 regions have no chosen item.')
    expect(texts()).toContain('usually leaves none without one')
    expect(texts()).toContain('Mostly “boot” (75 %)')
    const hand = useHandChanges()
    const buttons = [...document.querySelectorAll('.act button')]
    await clickOn(buttons[0])
    expect(keys(hand.sides('r1').added)).toEqual([rowOf(4).key])
    expect(texts()).toContain(covered.willAdd(rowOf(4).name))
    await click(covered.addEach)
    expect(keys(hand.sides('r1').added)).toEqual([rowOf(4).key, rowOf(6).key])
    expect(texts()).not.toContain(covered.addEach)
    await click(covered.undo)
    expect(hand.sides('r1').added).toHaveLength(1)
  })

  it('shows chosen items and gaps on the map, and the rest on demand', async () => {
    await open({ 'runs.coverage': () => coverageOf() })
    const map = wrapper.findComponent(PointMap)
    expect([...(map.props('shown') ?? [])]).toEqual([1, 1, 0, 0, 1, 1, 1, 0])
    expect(map.props('rings')).toHaveLength(2)
    const [legend] = [...document.querySelectorAll('.legend button')].filter((button) =>
      button.textContent?.includes(covered.groups.test)
    )
    await clickOn(legend)
    expect([...(map.props('shown') ?? [])]).toEqual([1, 1, 0, 0, 1, 1, 1, 1])
    map.vm.$emit('lasso', Uint32Array.of(0, 4, 5), false)
    await flushPromises()
    expect(texts()).toContain(covered.inside('1', '3'))
    map.vm.$emit('table')
    await flushPromises()
    expect(document.querySelectorAll('table tbody tr')).toHaveLength(3)
  })

  it('offers to make the map, and still lists the regions', async () => {
    await open({
      ...mapOf(0),
      'runs.coverage': () => coverageOf(),
      'maps.start': () => ({ job: 'm' })
    })
    expect(texts()).toContain('A map takes about 2 s.')
    expect(document.querySelectorAll('.region')).toHaveLength(3)
    await click('Make the map')
    expect(app.inputs('maps.start')).toEqual([{ dataset: 'd1' }])
  })

  it('waits, fails with a way out, and says when there is nothing', async () => {
    const answer = deferred<Coverage>()
    await open({ 'runs.coverage': () => answer.promise })
    expect(document.querySelector('.skeleton, [class*="skeleton"]')).not.toBeNull()
    answer.reject(new AppError('method-not-possible', 'No fingerprints any more.'))
    await flushPromises()
    expect(texts()).toContain('No fingerprints any more.')
    wrapper.unmount()
    await open({ 'runs.coverage': () => coverageOf({ regions: [], emptyRegions: 0 }) })
    expect(texts()).toContain(covered.noneTitle)
  })

  it('adds nothing in a project that is open for reading only', async () => {
    await open({ 'runs.coverage': () => coverageOf() }, projectOf({ isReadOnly: true }))
    expect(document.querySelector('.act')).toBeNull()
    expect(texts()).not.toContain(covered.addEach)
  })
})

it('draws a circle around the middle of a gap that holds half of its items', () => {
  const coverage = coverageOf()
  const x = Float32Array.from([0, 0, 0, 0, 0.5, 0.7, 0.9, 0])
  const [first, second] = gapRings(coverage, x, new Float32Array(8))
  expect(first?.x).toBeCloseTo(0.7, 6)
  expect(first?.radius).toBeCloseTo(0.2, 6)
  expect(second?.x).toBeCloseTo(0.9, 6)
  expect([...coverageColors(8, coverage)].map((color) => groupOf(color))).toEqual([
    'chosen',
    'chosen',
    'left',
    'other',
    'gap',
    'gap',
    'gap',
    'test'
  ])
})

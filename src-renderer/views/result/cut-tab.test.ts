// The items around the cut: both sides at the run's own cut and at a moved one, and the way into
// the wizard with another number.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RunItem } from '@api/dto/runs.ts'
import { AppError } from '@api/errors.ts'
import { giveSize, itemOf } from '../../components/layout.test-support.ts'
import { useDraft } from '../../stores/draft.ts'
import {
  datasetOf,
  draftOf,
  resultOf,
  reviewOf,
  type Answers
} from '../../stores/run-fixtures.test-support.ts'
import { cutWords as words } from '../../text/cut.ts'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import CutTab from './CutTab.vue'

const got = 10
const candidates = 25
const result = resultOf({ got, candidates, votes: null, leftOutReasons: [] })

/** Item number `place` of the run's order; its name tells the place. */
function entry(place: number): RunItem {
  const { key, label, split, isAside, duplicateOf, width, height } = itemOf(place)
  const { hasPicture, tags, hasNote, givenLabel } = itemOf(place)
  const parts = { key, label, split, isAside, duplicateOf, width, height }
  return {
    item: {
      ...parts,
      hasPicture,
      tags,
      hasNote,
      givenLabel,
      row: place,
      name: `item ${place}`,
      text: `text ${place}`
    },
    rank: place < got ? place + 1 : null,
    score: 1 - place / candidates,
    votes: null,
    reasonCode: 'x',
    reason: 'x',
    evidence: null,
    whyFixed: null
  }
}

let app: TestApp
let wrapper: VueWrapper

const backend: Answers = {
  'datasets.list': () => ({ datasets: [datasetOf({ kind: 'text', items: candidates })] }),
  'runs.items': ({ part, window }) => {
    const base = part === 'chosen' ? 0 : got
    const { first = 0, limit = 100 } = window ?? {}
    const total = part === 'chosen' ? got : candidates - got
    const items = Array.from({ length: Math.min(limit, total - first) }, (_, i) =>
      entry(base + first + i)
    )
    return { items, total }
  },
  'drafts.defaults': () => draftOf(),
  'runs.review': () => reviewOf()
}
async function show(answers: Answers = {}): Promise<void> {
  app = await startApp({ ...backend, ...answers })
  wrapper = app.show(CutTab, { result })
  await flushPromises()
}
/** Places shown on each side, in order. */
const shown = (): number[][] =>
  wrapper
    .findAll('section')
    .map((side) =>
      [...side.html().matchAll(/title="item (\d+)"/g)].map((match) => Number(match[1]))
    )

beforeEach(() => giveSize(640, 400))
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
})

it('shows the last items kept and the first left out', async () => {
  await show()
  expect(shown()).toEqual([
    [4, 5, 6, 7, 8, 9],
    [10, 11, 12, 13, 14, 15]
  ])
  expect(wrapper.text()).not.toContain(words.useHelp)
})

it('follows a moved cut over the border of chosen and left out, and to both ends', async () => {
  await show()
  const slider = wrapper.find('input[type=range]')
  await slider.setValue(12)
  await flushPromises()
  expect(shown()).toEqual([
    [6, 7, 8, 9, 10, 11],
    [12, 13, 14, 15, 16, 17]
  ])
  await slider.setValue(candidates)
  await flushPromises()
  expect(shown()).toEqual([[19, 20, 21, 22, 23, 24], []])
  expect(wrapper.text()).toContain(words.none)
  await slider.setValue(1)
  await flushPromises()
  expect(shown()).toEqual([[0], [1, 2, 3, 4, 5, 6]])
})

it('opens the wizard with the number of the moved cut', async () => {
  await show()
  await wrapper.find('input[type=range]').setValue(7)
  await flushPromises()
  const button = wrapper.findAll('button').find((one) => one.text() === words.use('7'))
  await clickOn(button?.element)
  await flushPromises()
  expect(useDraft().draft?.budget).toEqual({ kind: 'count', count: 7 })
})

it('says what went wrong and tries again', async () => {
  let isBroken = true
  const items = backend['runs.items']
  await show({
    'runs.items': (input) => {
      if (isBroken) throw new AppError('file-damaged')
      if (items === undefined) throw new Error('no answer')
      return items(input)
    }
  })
  expect(wrapper.text()).toContain(words.failed)
  isBroken = false
  await clickOn(wrapper.find('button').element)
  await flushPromises()
  expect(shown()[0]).toHaveLength(6)
})

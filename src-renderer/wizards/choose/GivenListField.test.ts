// The list field: what a read list sets in the draft, the order, other ways to read it, and refusals.
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import type { ReadList } from '@api/dto/runs.ts'
import { AppError } from '@api/errors.ts'
import { useDraft } from '../../stores/draft.ts'
import { draftOf, reviewOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { lists as words } from '../../text/lists.ts'
import { clickOn, startApp, type TestApp } from '../../views/view.test-support.ts'
import GivenListField from './GivenListField.vue'

let wrapper: VueWrapper
afterEach(() => wrapper.unmount())

const listOf = (part: Partial<ReadList> = {}): ReadList => ({
  title: 'picks.txt',
  readAs: 'rows',
  alternatives: [],
  order: 'last-first',
  keys: ['c', 'b', 'a'],
  entries: 4,
  duplicates: 0,
  unknown: 1,
  unknownFirst: [{ where: 'Line 4', entry: '99', reason: 'The data has the rows 0 to 9.' }],
  notes: [],
  sentence: '4 row numbers: 3 of “Shoes”, 1 not.',
  ...part
})

async function begun(readList: NonNullable<Answers['runs.readList']>): Promise<TestApp> {
  const app = await startApp({
    'drafts.defaults': () => draftOf(),
    'drafts.save': () => ({ id: 's1' }),
    'runs.review': () => reviewOf(),
    'files.pick': () => ({ grants: [{ id: 'g1', kind: 'file', name: 'picks.txt', place: '~' }] }),
    'runs.readList': readList
  })
  await useDraft().startNew('d1')
  wrapper = app.show(GivenListField)
  await clickOn(button(words.choose))
  return app
}
const button = (text: string): Element | undefined =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)

it('sets the method, the list and how much to keep, and names what does not fit', async () => {
  await begun(() => listOf())
  const { draft } = useDraft()
  expect(draft?.method.id).toBe('given-list')
  expect(draft?.given).toMatchObject({ title: 'picks.txt', run: null, keys: ['c', 'b', 'a'] })
  expect(draft?.budget).toEqual({ kind: 'count', count: 3 })
  expect(wrapper.text()).toContain('Line 4, “99”: The data has the rows 0 to 9.')
})

it('turns the list round without reading it again', async () => {
  const app = await begun(() => listOf())
  await wrapper.find('select').setValue('0')
  expect(useDraft().draft?.given?.keys).toEqual(['a', 'b', 'c'])
  expect(app.client.countOf('runs.readList')).toBe(1)
})

it('offers another way to read the entries when there is one', async () => {
  const app = await begun(({ as }) =>
    as === 'names'
      ? listOf({ readAs: 'names', alternatives: ['rows'], keys: ['x'] })
      : listOf({ alternatives: ['names'] })
  )
  await wrapper.find('select').setValue('1')
  expect(app.inputs('runs.readList').at(-1)).toMatchObject({ as: 'names', order: 'last-first' })
  await expect.poll(() => useDraft().draft?.given?.keys).toEqual(['x'])
})

it('a list that cannot be used leaves the draft as it was', async () => {
  await begun(() => {
    throw new AppError('invalid-input', 'Nothing in “picks.txt” names an item of this dataset.')
  })
  expect(wrapper.text()).toContain('names an item of this dataset')
  expect(useDraft().draft?.given).toBeNull()
})

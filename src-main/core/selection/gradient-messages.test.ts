// The message about learning directions made elsewhere: when it appears, and that its buttons end it.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SelectDraft } from '../../api/dto/runs.ts'
import { selectionMethods } from '../methods/registry.ts'
import type { MatrixRecord } from '../store/records.ts'
import { draftGradientProblem, gradientMessages } from './gradient-messages.ts'
import type { MessageInputs } from './message-parts.ts'
import { clouds, createFixture, draftFor, type Fixture } from './selection-fixture.ts'
import type { PlannedTask } from './tasks.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
  for (const id of ['pool', 'ex'])
    await fixture.addDataset(id, clouds({ items: 8, classes: 2, columns: 4, seed: 1 }))
})
afterEach(() => fixture.dispose())

function join(id: string, part: Partial<MatrixRecord> = {}): void {
  fixture.store.matrices.insert({
    id,
    dataset: 'pool',
    name: id,
    use: 'gradients',
    task: 'step 500',
    path: `/nowhere/${id}.npy`,
    array: '',
    rows: 8,
    columns: 64,
    dtype: 'float16',
    sizeBytes: 1024,
    storage: 'link',
    stamp: '1',
    createdAt: 1,
    ...part
  })
}

const part = { name: 'A', dataset: 'ex', rows: Uint32Array.of(0), labels: Int32Array.of(-1) }
const tasks: readonly PlannedTask[] = [{ name: 'A', importance: 'normal', parts: [part] }]

const problemOf = (draft: SelectDraft): string | undefined =>
  draftGradientProblem(fixture.store, draft, tasks, selectionMethods)

function messagesOf(draft: SelectDraft): ReturnType<typeof gradientMessages> {
  // Nothing else of the inputs is looked at.
  const inputs = { draft, gradientProblem: problemOf(draft) } as unknown as MessageInputs
  return gradientMessages(inputs)
}

it('names the data whose file is missing, and how to go on without', () => {
  join('m1')
  const draft = draftFor('pool', { gradients: ['m1'] })
  const [found] = messagesOf(draft)
  expect(found).toMatchObject({ code: 'G1', severity: 'error', step: 'method' })
  expect(found.text).toBe(
    '“Data ex” has no learning directions that go with “m1”: the same task or checkpoint name and 64 numbers a row are needed.'
  )
  const [without, ...others] = found.actions
  expect(others).toEqual([])
  expect(messagesOf({ ...draft, ...without.patch })).toEqual([])
})

it('is gone once the example data has one of the same name and width', () => {
  join('m1')
  join('m2', { dataset: 'ex', columns: 32 })
  const draft = draftFor('pool', { gradients: ['m1'] })
  expect(messagesOf(draft).length).toBe(1)
  join('m3', { dataset: 'ex' })
  expect(messagesOf(draft)).toEqual([])
})

it('offers to keep one of several, and speaks of files that are gone', () => {
  join('m1')
  join('m3', { dataset: 'ex' })
  const draft = draftFor('pool', { gradients: ['m1', 'gone'] })
  const [found] = messagesOf(draft)
  expect(found.text).toMatch(/not joined to the data any more/)
  expect(found.actions.map(({ patch }) => patch)).toEqual([
    { gradients: [] },
    { gradients: ['m1'] }
  ])
  expect(messagesOf({ ...draft, ...found.actions[1].patch })).toEqual([])
})

it('does not appear where no method of the plan reads them', () => {
  const gradients = ['gone']
  expect(problemOf(draftFor('pool', { gradients, method: { id: 'random' } }))).toBeUndefined()
  expect(
    problemOf(draftFor('pool', { gradients, method: { id: 'random' }, alsoTry: [{ id: 'less' }] }))
  ).toBeDefined()
})

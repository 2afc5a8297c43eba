// The method step: where learning directions come from, and the list that "a list of your own" needs.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import type { JoinedMatrix } from '@api/dto/matrices.ts'
import type { MethodInfo } from '@api/dto/methods.ts'
import type { SelectDraft } from '@api/dto/runs.ts'
import { useDraft } from '../../stores/draft.ts'
import { useMethods } from '../../stores/methods.ts'
import { draftOf, reviewOf } from '../../stores/run-fixtures.test-support.ts'
import { choose } from '../../text/choose.ts'
import { lists } from '../../text/lists.ts'
import { clickOn, startApp } from '../../views/view.test-support.ts'
import StepMethod from './StepMethod.vue'

let wrapper: VueWrapper
afterEach(() => wrapper.unmount())

const words = choose.method.directions

function methodOf(id: string, part: Partial<MethodInfo> = {}): MethodInfo {
  return {
    id,
    family: 'selection',
    version: 1,
    group: 'examples',
    name: `Method ${id}`,
    oneLine: 'One line.',
    description: 'What it does.',
    whenToUse: 'Often.',
    whenNotToUse: 'Sometimes.',
    reads: [],
    gives: 'An order.',
    aimsAtTasks: 'always',
    readsTexts: false,
    needsSources: false,
    usesGradients: false,
    memory: 'Little.',
    reference: { title: 'T', authors: 'A', where: 'W', note: 'N' },
    params: { type: 'object', properties: {} },
    defaults: {},
    ...part
  }
}

function matrixOf(id: string, part: Partial<JoinedMatrix> = {}): JoinedMatrix {
  return {
    id,
    name: id,
    use: 'gradients',
    task: id,
    rows: 100,
    columns: 5120,
    dtype: 'float16',
    sizeBytes: 1_024_000,
    place: 'files',
    storage: 'link',
    isReachable: true,
    isInUse: false,
    createdAt: 0,
    ...part
  }
}

interface Begun {
  gradients(): readonly string[] | undefined
  readonly app: Awaited<ReturnType<typeof startApp>>
}

async function begun(
  matrices: readonly JoinedMatrix[],
  plan: Partial<SelectDraft> = {}
): Promise<Begun> {
  const app = await startApp({
    'drafts.defaults': () => draftOf(plan),
    'drafts.save': () => ({ id: 's1' }),
    'runs.review': () => reviewOf(),
    'matrices.list': () => ({ matrices: [...matrices] }),
    'methods.list': () => ({
      methods: [
        methodOf('icons', { usesGradients: true }),
        methodOf('el2n', { group: 'difficulty' }),
        methodOf('given-list', { group: 'list' })
      ]
    })
  })
  await useMethods().load()
  await useDraft().startNew('d1')
  await flushPromises()
  wrapper = app.show({
    components: { StepMethod },
    setup: () => ({ store: useDraft() }),
    template: '<StepMethod v-if="store.draft" :plan="store.draft" />'
  })
  await flushPromises()
  return { gradients: () => useDraft().draft?.gradients, app }
}

const source = (value: 'own' | 'joined') => wrapper.find(`input[value="${value}"]`)
const file = (name: string) =>
  wrapper
    .findAll('label')
    .find((label) => label.text().startsWith(name) && label.find('[type=checkbox]').exists())
    ?.find('input')

it('offers joined files to methods that can read them, and to no other', async () => {
  await begun([matrixOf('step 500'), matrixOf('CLIP', { use: 'fingerprints' })])
  expect(wrapper.text()).toContain(words.title)
  expect(source('joined').attributes('disabled')).toBeUndefined()
  wrapper.unmount()
  await begun([matrixOf('step 500')], { method: { id: 'el2n', params: {} } })
  expect(wrapper.text()).not.toContain(words.title)
  wrapper.unmount()
  await begun([matrixOf('step 500')], {
    method: { id: 'el2n', params: {} },
    alsoTry: [{ id: 'icons', params: {} }]
  })
  expect(wrapper.text()).toContain(words.title)
})

it('writes the ticked files into the draft, in the order of the list', async () => {
  const { gradients } = await begun([
    matrixOf('step 500'),
    matrixOf('CLIP', { use: 'fingerprints' }),
    matrixOf('step 1000'),
    matrixOf('step 1500', { isReachable: false })
  ])
  expect(gradients()).toEqual([])
  expect(file('step 500')).toBeUndefined()
  await source('joined').setValue()
  expect(gradients()).toEqual(['step 500'])
  expect(file('CLIP')).toBeUndefined()
  expect(wrapper.text()).toContain(words.lost('step 1500'))
  await file('step 1500')?.setValue(true)
  await file('step 1000')?.setValue(true)
  expect(gradients()).toEqual(['step 500', 'step 1000', 'step 1500'])
  expect(wrapper.text()).toContain(words.weights('step 500, step 1000, step 1500'))
  await file('step 500')?.setValue(false)
  expect(gradients()).toEqual(['step 1000', 'step 1500'])
  await source('own').setValue()
  expect(gradients()).toEqual([])
})

it('goes back to the helper model when the last file is unticked', async () => {
  const { gradients } = await begun([matrixOf('step 500')], { gradients: ['step 500'] })
  await file('step 500')?.setValue(false)
  expect(gradients()).toEqual([])
  expect(source('own').element).toHaveProperty('checked', true)
})

it('says where files are joined when there are none', async () => {
  const { app } = await begun([])
  expect(source('joined').attributes('disabled')).toBeDefined()
  expect(wrapper.text()).toContain(words.none)
  expect(wrapper.text()).toContain(words.noneText)
  const button = wrapper.findAll('button').find((one) => one.text() === words.toData)
  await clickOn(button?.element)
  expect(app.router.currentRoute.value.fullPath).toBe('/data/d1')
})

it('says so when the list cannot be loaded', async () => {
  const app = await startApp({
    'drafts.defaults': () => draftOf(),
    'drafts.save': () => ({ id: 's1' }),
    'runs.review': () => reviewOf(),
    'methods.list': () => ({ methods: [methodOf('icons', { usesGradients: true })] }),
    'matrices.list': () => {
      throw new Error('broken')
    }
  })
  await useMethods().load()
  await useDraft().startNew('d1')
  wrapper = app.show(StepMethod, { plan: useDraft().draft })
  await flushPromises()
  expect(wrapper.findAll('.message.caution').length).toBe(1)
})

it('offers a list made elsewhere, unfolded where that is the method', async () => {
  const isOpen = (): boolean | undefined =>
    wrapper
      .findAll('details')
      .find((part) => part.text().includes(lists.none))
      ?.element.hasAttribute('open')
  await begun([], { method: { id: 'given-list', params: {} } })
  expect(isOpen()).toBe(true)
  wrapper.unmount()
  await begun([])
  expect(isOpen()).toBe(false)
})

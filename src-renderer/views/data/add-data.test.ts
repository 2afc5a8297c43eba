// Adding data: the preview follows the options, old answers never win, undivided data gets test
// items, names are checked, and only the last button makes anything.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { ImportOptions, ImportPreview } from '@api/dto/datasets.ts'
import { ImportOptions as ImportOptionsSchema } from '@api/dto/datasets.ts'
import { AppError, errorMessages } from '@api/errors.ts'
import {
  datasetOf,
  deferred,
  type Answers,
  type Deferred
} from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import { addData as words } from '../../text/en/data.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import AddDataView from './AddDataView.vue'

const recommended = ImportOptionsSchema.parse({})
function previewOf(part: Partial<ImportPreview> = {}): ImportPreview {
  return {
    format: 'csv',
    kind: 'text',
    sentence: 'Looks like a CSV table.',
    suggestedName: 'reviews',
    columns: [
      {
        name: 'text',
        type: 'text',
        role: 'text',
        confidence01: 0.9,
        distinct: null,
        missing: 0,
        examples: ['fine']
      },
      {
        name: 'stars',
        type: 'category',
        role: 'label',
        confidence01: 0.6,
        distinct: 5,
        missing: 0,
        examples: ['5', '1']
      }
    ],
    items: [],
    itemsEstimate: 1200,
    isComplete: true,
    classes: [],
    splits: [],
    sizeBytes: 4000,
    problems: [],
    options: recommended,
    ...part
  }
}
const labelled = { classes: [{ name: '5', count: 700 }] }
const divided = {
  splits: [
    { name: 'train', count: 1000 },
    { name: 'test', count: 200 }
  ]
}

let app: TestApp
let wrapper: VueWrapper
let picked: string
afterEach(() => wrapper.unmount())
async function show(answers: Answers, project = projectOf()): Promise<void> {
  picked = 'g1'
  app = await startApp(
    {
      'files.pick': ({ kind }) => ({
        grants: [
          {
            id: picked,
            name: 'reviews.csv',
            place: `~/${picked}`,
            kind: kind === 'folder' ? 'folder' : 'file'
          }
        ]
      }),
      'datasets.import': () => ({ job: 'j1', dataset: 'd9' }),
      ...answers
    },
    project
  )
  wrapper = app.show(AddDataView)
}
const button = (text: string): HTMLButtonElement => {
  const found = wrapper.findAll('button').find((candidate) => candidate.text().startsWith(text))
  if (found === undefined) throw new Error(`no button “${text}” in ${wrapper.text()}`)
  return found.element
}
async function click(text: string): Promise<void> {
  await clickOn(button(text))
}
const asked = (): ImportOptions[] =>
  app
    .inputs('datasets.preview')
    .map((input) => ImportOptionsSchema.parse((input as { options: unknown }).options))
const nameField = (): HTMLInputElement =>
  wrapper.get<HTMLInputElement>('footer input[type="text"]').element

describe('reading', () => {
  it('makes nothing and asks nothing before something was picked', async () => {
    await show({})
    expect(app.inputs('datasets.preview')).toEqual([])
    expect(wrapper.find('footer').exists()).toBe(false)
  })

  it('shows what was recognised and suggests a name', async () => {
    await show({ 'datasets.preview': () => previewOf() })
    await click(words.chooseFile)
    expect(wrapper.text()).toContain('Looks like a CSV table.')
    expect(nameField().value).toBe('reviews')
    expect(button(words.start('1,200 items')).disabled).toBe(false)
  })

  it('reads again with each changed option, and with all of them', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    const [, delimiter, , , stars] = wrapper.findAll('select')
    await delimiter?.setValue('1') // semicolon
    await flushPromises()
    await stars?.setValue('6') // keep as it is
    await flushPromises()
    expect(asked()).toEqual([
      recommended,
      { ...recommended, delimiter: ';' },
      { ...recommended, delimiter: ';', roles: { stars: 'keep' } }
    ])
  })

  it('forgets what was said of the columns when it is read as something else', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await wrapper.findAll('select')[4]?.setValue('6')
    await flushPromises()
    await wrapper.findAll('select')[0]?.setValue('3')
    await flushPromises()
    expect(asked().at(-1)).toMatchObject({ as: 'text', roles: {} })
  })

  it('never lets a slower answer to older options replace a newer one', async () => {
    const answers: Deferred<ImportPreview>[] = []
    await show({
      'datasets.preview': () => {
        const answer = deferred<ImportPreview>()
        answers.push(answer)
        return answer.promise
      }
    })
    await click(words.chooseFile)
    answers[0]?.resolve(previewOf({ ...divided, sentence: 'First.' }))
    await flushPromises()
    await wrapper.findAll('select')[1]?.setValue('1')
    await wrapper.findAll('select')[1]?.setValue('2')
    expect(answers).toHaveLength(3)
    answers[2]?.resolve(previewOf({ ...divided, sentence: 'Newest.' }))
    await flushPromises()
    answers[1]?.resolve(previewOf({ ...divided, sentence: 'Older.' }))
    await flushPromises()
    expect(wrapper.text()).toContain('Newest.')
    expect(wrapper.text()).not.toContain('Older.')
    expect(wrapper.text()).not.toContain(words.readingAgain)
  })

  it('drops the failure of an older question, too', async () => {
    const answers: Deferred<ImportPreview>[] = []
    await show({
      'datasets.preview': () => {
        const answer = deferred<ImportPreview>()
        answers.push(answer)
        return answer.promise
      }
    })
    await click(words.chooseFile)
    answers[0]?.resolve(previewOf(divided))
    await flushPromises()
    await wrapper.findAll('select')[1]?.setValue('1')
    await wrapper.findAll('select')[1]?.setValue('2')
    answers[2]?.resolve(previewOf({ ...divided, sentence: 'Newest.' }))
    answers[1]?.reject(new AppError('file-damaged'))
    await flushPromises()
    expect(wrapper.text()).toContain('Newest.')
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
  })

  it('says why it could not be read, and starts clean with the next file', async () => {
    const next = deferred<ImportPreview>()
    await show({
      'datasets.preview': ({ grant }) => {
        if (grant === 'g1') throw new AppError('file-not-recognised')
        return next.promise
      }
    })
    await click(words.chooseFile)
    expect(wrapper.get('[role="alert"]').text()).toContain(errorMessages['file-not-recognised'])
    expect(wrapper.find('footer').exists()).toBe(false)
    picked = 'g2'
    await click(words.chooseFile)
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
    next.resolve(previewOf({ suggestedName: 'other' }))
    await flushPromises()
    expect(nameField().value).toBe('other')
    expect(asked().at(-1)).toEqual(recommended)
  })

  it('changes nothing when the choice of a file was called off', async () => {
    await show({ 'files.pick': () => ({ grants: [] }) })
    await click(words.chooseFolder)
    expect(app.inputs('datasets.preview')).toEqual([])
    expect(wrapper.text()).toContain(words.pickTitle)
  })
})

describe('train and test', () => {
  const holdout = { kind: 'holdout', testFraction01: 0.2, seed: 0 }
  it('holds some items back where labelled data is not divided', async () => {
    await show({ 'datasets.preview': () => previewOf(labelled) })
    await click(words.chooseFile)
    expect(asked().at(-1)?.split).toEqual(holdout)
    expect(asked()).toHaveLength(2)
  })

  it('does so too once a column turns out to be the label', async () => {
    const [text, stars] = previewOf().columns
    const asKept = { columns: [text, { ...stars, role: 'keep' }] as ImportPreview['columns'] }
    await show({
      'datasets.preview': ({ options }) =>
        previewOf(options.roles?.['stars'] === 'label' ? labelled : asKept)
    })
    await click(words.chooseFile)
    expect(asked().at(-1)?.split).toEqual({ kind: 'existing' })
    await wrapper.findAll('select')[4]?.setValue('1')
    await flushPromises()
    expect(asked().at(-1)).toMatchObject({ split: holdout, roles: { stars: 'label' } })
  })

  it('keeps a division that was found', async () => {
    await show({ 'datasets.preview': () => previewOf({ ...labelled, ...divided }) })
    await click(words.chooseFile)
    expect(asked()).toEqual([recommended])
  })

  it('leaves "no test items" alone once it was said', async () => {
    await show({ 'datasets.preview': () => previewOf(labelled) })
    await click(words.chooseFile)
    await wrapper.get('input[type="radio"][value="none"]').setValue(true)
    await flushPromises()
    await wrapper.findAll('select')[1]?.setValue('1')
    await flushPromises()
    expect(asked().at(-1)?.split).toEqual({ kind: 'none' })
  })

  it('cannot use a division that is not there, and takes the share asked for', async () => {
    await show({ 'datasets.preview': () => previewOf(labelled) })
    await click(words.chooseFile)
    expect(
      wrapper.get('input[type="radio"][value="existing"]').attributes('disabled')
    ).toBeDefined()
    await wrapper.get('input[type="range"]').setValue('35')
    await flushPromises()
    expect(asked().at(-1)?.split).toEqual({ ...holdout, testFraction01: 0.35 })
  })
})

describe('adding', () => {
  it('refuses a name that is taken or missing', async () => {
    await show({
      'datasets.preview': () => previewOf(divided),
      'datasets.list': () => ({ datasets: [datasetOf({ name: 'reviews' })] })
    })
    await click(words.chooseFile)
    expect(wrapper.get('footer [role="alert"]').text()).toContain(words.nameTaken)
    expect(button(words.start('1,200 items')).disabled).toBe(true)
    const field = wrapper.get('footer input[type="text"]')
    await field.setValue('   ')
    expect(wrapper.get('footer [role="alert"]').text()).toContain(words.nameMissing)
    await field.trigger('keydown', { key: 'Enter' })
    expect(app.inputs('datasets.import')).toEqual([])
    await field.setValue('reviews 2')
    expect(button(words.start('1,200 items')).disabled).toBe(false)
  })

  it('adds with everything that was said, and goes to the list', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await wrapper.get('input[type="radio"][value="copy"]').setValue(true)
    await wrapper.get('footer input[type="checkbox"]').setValue(true)
    await wrapper.get('footer input[type="text"]').setValue('  Reviews ')
    await click(words.start('1,200 items'))
    expect(app.inputs('datasets.import')).toEqual([
      {
        grant: 'g1',
        name: 'Reviews',
        options: { ...recommended, storage: 'copy' },
        purpose: 'examples'
      }
    ])
    expect(app.router.currentRoute.value.name).toBe('data')
    expect(useToasts().toasts.at(-1)?.text).toBe(words.started('Reviews'))
  })

  it('adds once, however often it is asked to', async () => {
    const slow = deferred<{ job: string; dataset: string }>()
    await show({
      'datasets.preview': () => previewOf(divided),
      'datasets.import': () => slow.promise
    })
    await click(words.chooseFile)
    const field = wrapper.get('footer input[type="text"]')
    await field.trigger('keydown', { key: 'Enter' })
    await field.trigger('keydown', { key: 'Enter' })
    slow.resolve({ job: 'j', dataset: 'd' })
    await flushPromises()
    expect(app.inputs('datasets.import')).toHaveLength(1)
  })

  it('stays where it is when adding was refused', async () => {
    await show({
      'datasets.preview': () => previewOf({ ...divided, isComplete: false }),
      'datasets.import': () => {
        throw new AppError('disk-full')
      }
    })
    await click(words.chooseFile)
    await click(words.startAbout('1,200 items'))
    expect(app.router.currentRoute.value.name).toBe('home')
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    expect(button(words.startAbout('1,200 items')).disabled).toBe(false)
  })

  it('adds nothing to a project that is only read', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) }, projectOf({ isReadOnly: true }))
    await click(words.chooseFile)
    expect(button(words.start('1,200 items')).disabled).toBe(true)
    await wrapper.get('footer input[type="text"]').trigger('keydown', { key: 'Enter' })
    expect(app.inputs('datasets.import')).toEqual([])
  })
})

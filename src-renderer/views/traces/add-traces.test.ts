// Adding traces: what is found is shown, what is not recognised can be mapped by hand or skipped, and
// nothing is added before the last button.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InputOf } from '@api/contract.ts'
import type { TraceMapping, TracePreview } from '@api/dto/trace-sets.ts'
import { AppError } from '@api/errors.ts'
import type { Answers } from '../../stores/run-fixtures.test-support.ts'
import { useTraceAdding } from '../../stores/trace-adding.ts'
import { addTraces as words } from '../../text/traces.ts'
import { clickOn, type TestApp } from '../view.test-support.ts'
import AddTracesView from './AddTracesView.vue'
import { emptyMapping } from './mapping-fields.ts'
import { mergePreviews } from './merge-previews.ts'
import { startTraceApp, tracePreviewOf } from './traces.test-support.ts'

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  wrapper.unmount()
  vi.useRealTimers()
})
const grant = (id: string, name: string) =>
  ({ id, kind: 'file', name, place: `~/${name}` }) as const
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
const previews = (): InputOf<'traces.preview'>[] =>
  app.inputs('traces.preview') as InputOf<'traces.preview'>[] // its inputs
async function rest(): Promise<void> {
  await vi.advanceTimersByTimeAsync(250)
  await flushPromises()
}

const proposal: TraceMapping = { ...emptyMapping, messages: 'turns', role: 'from', text: 'value' }
const unknownFile = {
  name: 'runs.jsonl',
  sizeBytes: 10,
  format: null,
  formatName: null,
  traces: 0,
  isWhole: true,
  problem: null
} as const
const noOutcomes = { pass: 0, fail: 0, partial: 0, unknown: 0 }
const unknown: TracePreview = tracePreviewOf({
  files: [unknownFile],
  outcomes: noOutcomes,
  outcomeFrom: null,
  mapping: proposal,
  fields: [
    { path: 'turns', kind: 'list', example: '4 entries', values: [] },
    { path: 'turns[].from', kind: 'text', example: 'human', values: ['human', 'gpt'] },
    { path: 'turns[].value', kind: 'text', example: 'Hello', values: [] },
    { path: 'solved', kind: 'text', example: 'yes', values: ['yes', 'no'] }
  ]
})
const mapped: TracePreview = tracePreviewOf({
  files: [{ ...unknownFile, format: 'mapped', formatName: 'Mapped', traces: 12 }],
  outcomes: { ...noOutcomes, pass: 5, fail: 7 }
})
async function show(answers: Answers, sources: readonly string[]): Promise<void> {
  app = await startTraceApp({
    'traces.import': () => ({ job: 'j1', set: 's2' }),
    ...answers
  })
  for (const name of sources) useTraceAdding().add(grant(name, name))
  await app.router.push('/traces/add')
  wrapper = app.show(AddTracesView)
  await flushPromises()
}

describe('adding traces', () => {
  it('shows what is in the files and adds all of them as one set', async () => {
    await show({ 'traces.preview': () => tracePreviewOf() }, ['airline.json', 'more.json'])
    expect(wrapper.text()).toContain('The reward of each attempt.')
    expect(buttonOf(words.start('400 attempts'))).toBeDefined()
    await clickOn(buttonOf(words.start('400 attempts')))
    expect(app.inputs('traces.import')).toEqual([
      {
        grants: ['airline.json', 'more.json'],
        name: 'airline',
        options: { hideSecrets: true, mapping: null },
        addTo: null
      }
    ])
    expect(app.router.currentRoute.value.name).toBe('traces')
  })

  it('reads again with secrets left as they are', async () => {
    const secrets = [{ kind: 'e-mail address', count: 14 }]
    await show({ 'traces.preview': () => tracePreviewOf({ secrets }) }, ['airline.json'])
    expect(wrapper.text()).toContain(words.secretsFound('e-mail address 14'))
    await clickOn(document.querySelector('[role="switch"]'))
    await rest()
    expect(previews().at(-1)?.options.hideSecrets).toBe(false)
    expect(wrapper.text()).toContain(words.secretsShown('e-mail address 14'))
  })

  it('maps what is not recognised, with the proposal first and every change tried', async () => {
    const answer: Answers = {
      'traces.preview': ({ options }) => (options.mapping === null ? unknown : mapped)
    }
    await show(answer, ['runs.jsonl'])
    expect(wrapper.text()).toContain(words.mapTextAll)
    expect(wrapper.text()).toContain(words.nothingFound)
    await clickOn(buttonOf(words.mapByHand))
    await rest()
    expect(previews().at(-1)?.options.mapping).toEqual(proposal)
    expect(buttonOf(words.start('12 attempts'))?.disabled).toBe(false)
    const outcome = [...document.querySelectorAll('label')].find(
      (label) => label.textContent?.trim() === words.fields.outcome
    )
    const select = document.getElementById(outcome?.getAttribute('for') ?? '')
    const option = [...(select?.querySelectorAll('option') ?? [])].find((one) =>
      one.textContent?.trim().startsWith('solved')
    )
    if (!(select instanceof HTMLSelectElement) || option === undefined) throw new Error('no field')
    select.value = option.value
    select.dispatchEvent(new Event('change'))
    await flushPromises()
    const yes = [...document.querySelectorAll('label')].find(
      (one) => one.textContent?.trim() === 'yes'
    )
    await clickOn(yes?.querySelector('input'))
    await rest()
    expect(previews().at(-1)?.options.mapping).toEqual({
      ...proposal,
      outcome: 'solved',
      passValues: ['yes']
    })
    await clickOn(buttonOf(words.start('12 attempts')))
    expect(app.inputs('traces.import')[0]).toMatchObject({
      options: { mapping: { outcome: 'solved' } }
    })
  })

  it('leaves out what is skipped, with a way back', async () => {
    await show({ 'traces.preview': () => unknown }, ['runs.jsonl'])
    await clickOn(buttonOf(words.skip))
    expect(wrapper.text()).toContain(words.skipped)
    await clickOn(buttonOf(words.mapAnyway))
    expect(useTraceAdding().mapping).toEqual(proposal)
  })

  it('names the file that could not be read and goes on with the others', async () => {
    const answer: Answers = {
      'traces.preview': ({ grant: id }) => {
        if (id === 'bad.json') throw new AppError('file-not-readable', 'It is locked.')
        return tracePreviewOf()
      }
    }
    await show(answer, ['bad.json', 'airline.json'])
    expect(wrapper.text()).toContain(words.readFailed('bad.json'))
    expect(wrapper.text()).toContain('It is locked.')
    expect(buttonOf(words.start('200 attempts'))?.disabled).toBe(false)
  })

  it('does not take a name that another set has', async () => {
    await show({ 'traces.preview': () => tracePreviewOf() }, ['airline.json'])
    useTraceAdding().name = 'Airline'
    await flushPromises()
    expect(wrapper.text()).toContain(words.nameTaken)
    expect(buttonOf(words.start('200 attempts'))?.disabled).toBe(true)
  })
})

describe('several previews', () => {
  it('are added up; the part that was read is not all of it when one is cut', () => {
    const cut = tracePreviewOf({ secrets: [{ kind: 'key', count: 2 }] })
    const part = { ...cut, files: cut.files.map((file) => ({ ...file, isWhole: false })) }
    const found = mergePreviews([part, unknown, cut])
    expect(found).toMatchObject({ traces: 400, isWhole: false, outcomes: { pass: 168, fail: 232 } })
    expect(found.unknown.map(({ name }) => name)).toEqual(['runs.jsonl'])
    expect(found.secrets).toEqual([{ kind: 'key', count: 4 }])
    expect(found.mapping).toEqual(proposal)
  })
})

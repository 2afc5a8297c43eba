// The export of reviews: what the choices ask for, what is counted, and what happens to the work.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { TraceExportRequest } from '@api/dto/trace-reviews.ts'
import { AppError } from '@api/errors.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { common } from '../../text/common.ts'
import { traceExport as words } from '../../text/trace-plans.ts'
import { clickOn, hostOf, type TestApp } from '../view.test-support.ts'
import SendDialog from './SendDialog.vue'
import TraceExportDialog from './TraceExportDialog.vue'
import { exportRequest, previewRequest, usualChoices } from './export-choices.ts'
import { exportPreviewOf, startTraceApp } from './traces.test-support.ts'

let app: TestApp
let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())
const page = (): string => document.body.textContent ?? ''
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
const tick = (label: string): Promise<void> =>
  clickOn(
    [...document.querySelectorAll('label')]
      .find((line) => line.textContent?.trim() === label)
      ?.querySelector('input')
  )
const start = words.start('70 attempts')
const exportJob = { id: 'x1', kind: 'export', title: 'Export', phase: null } as const

async function show(answers: Answers = {}): Promise<void> {
  app = await startTraceApp({
    'app.hello': () => hostOf({ canReveal: true }),
    'traces.exportPreview': () => exportPreviewOf(),
    'traces.export': () => ({ job: 'x1' }),
    'files.pick': () => ({
      grants: [{ id: 'g1', kind: 'folder', name: 'out', place: '~/out' }]
    }),
    'files.reveal': () => ({}),
    'exports.result': () => ({ dir: '~/out/Airline (2)', items: 70, bytes: 9, manifest: 'm' }),
    ...answers
  })
  wrapper = app.show(TraceExportDialog, {
    open: true,
    set: 's1',
    queue: 'q1',
    name: 'Airline: first look'
  })
  await flushPromises()
}

describe('choices', () => {
  it('are a request with files in one order, whatever the order of ticks', () => {
    const choices = { ...usualChoices, files: ['report', 'sft'] as const }
    expect(previewRequest(choices, 's1', null)).toMatchObject({
      set: 's1',
      queue: null,
      which: 'kept',
      files: ['sft', 'report'],
      sft: { wrong: 'mask', scope: 'from-first', withCorrections: true, maxTokens: null }
    })
  })

  it('go with a place, a trimmed name and what to do where it is taken', () => {
    const of = { set: 's1', queue: 'q1' }
    expect(
      exportRequest(usualChoices, of, { to: 'g1', name: ' out ', ifExists: 'stop' })
    ).toMatchObject({ to: 'g1', name: 'out', ifExists: 'stop', queue: 'q1' })
  })
})

describe('the export dialog', () => {
  it('counts anew for other choices and starts with all of them', async () => {
    await show({ 'jobs.list': () => ({ jobs: [jobOf({ ...exportJob, state: 'running' })] }) })
    expect(page()).toContain(words.counts.masked)
    expect(buttonOf(start)?.disabled).toBe(true)
    await tick(words.fileNames.pairs)
    expect(page()).toContain(words.counts.pairs)
    await clickOn(buttonOf(words.choosePlace))
    await clickOn(buttonOf(start))
    const request = app.inputs('traces.export')[0] as TraceExportRequest // its input
    expect(request).toMatchObject({
      set: 's1',
      queue: 'q1',
      to: 'g1',
      name: 'Airline  first look',
      which: 'kept',
      files: ['sft', 'pairs', 'answers', 'report'],
      ifExists: 'new-name'
    })
    app.client.emit({ kind: 'job', job: jobOf({ ...exportJob, state: 'finished' }) })
    await flushPromises()
    // The name was taken: what counts is the folder that was written.
    expect(app.inputs('exports.result')).toEqual([{ id: 'x1' }])
    expect(page()).toContain(words.done('~/out/Airline (2)'))
    await clickOn(buttonOf(words.show))
    expect(app.inputs('files.reveal')).toEqual([{ what: 'export', export: 'x1' }])
  })

  it('does not start without a file, and says so', async () => {
    await show()
    await clickOn(buttonOf(words.choosePlace))
    for (const file of ['sft', 'answers', 'report'] as const) await tick(words.fileNames[file])
    expect(page()).toContain(words.filesMissing)
    expect(buttonOf(start)?.disabled).toBe(true)
  })

  it('shows why it would not work, and does not start then', async () => {
    const text = 'No attempt is kept for training yet.'
    await show({
      'traces.exportPreview': () =>
        exportPreviewOf({ messages: [{ code: 'X1', severity: 'error', text }] })
    })
    await clickOn(buttonOf(words.choosePlace))
    expect(page()).toContain(text)
    expect(buttonOf(start)?.disabled).toBe(true)
  })

  it('says why it failed and begins again', async () => {
    await show({
      'traces.export': () => {
        throw new AppError('disk-full', 'The disk is full.')
      }
    })
    await clickOn(buttonOf(words.choosePlace))
    await clickOn(buttonOf(start))
    expect(page()).toContain('The disk is full.')
    await clickOn(buttonOf(common.tryAgain))
    expect(buttonOf(start)?.disabled).toBe(false)
  })
})

describe('sending', () => {
  it('makes a dataset and leads on to choosing from it', async () => {
    app = await startTraceApp({
      'traces.exportPreview': () => exportPreviewOf(),
      'traces.send': () => ({ job: 'x2', dataset: 'd9' }),
      'jobs.list': () => ({ jobs: [jobOf({ ...exportJob, id: 'x2', state: 'running' })] })
    })
    wrapper = app.show(SendDialog, { open: true, set: 's1', name: 'Airline' })
    await flushPromises()
    await clickOn(buttonOf(words.startSend('68 conversations')))
    expect(app.inputs('traces.send')).toEqual([
      {
        set: 's1',
        queue: null,
        which: 'kept',
        name: words.datasetName('Airline'),
        sft: usualChoices.sft
      }
    ])
    app.client.emit({ kind: 'job', job: jobOf({ ...exportJob, id: 'x2', state: 'finished' }) })
    await flushPromises()
    await clickOn(buttonOf(words.choose))
    expect(app.router.currentRoute.value.fullPath).toBe('/choose?dataset=d9')
  })
})

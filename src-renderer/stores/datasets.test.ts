// The list of datasets: there after a reload of the page, fresh after changes, empty after closing.
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from './connection.ts'
import { useDatasets } from './datasets.ts'
import { useProject } from './project.ts'
import {
  datasetOf,
  deferred,
  fakeClient,
  type Answers,
  type FakeClient
} from './run-fixtures.test-support.ts'

const project = {
  name: 'Shoes',
  place: '~/Shoes.winnow',
  isReadOnly: false,
  readOnlyReason: null,
  createdAt: 1,
  sizeBytes: 1,
  isSample: false,
  datasets: 1,
  items: 1,
  runs: 0
}
const host = {
  contractVersion: 1,
  appVersion: '0.1.0',
  host: 'local' as const,
  picker: 'native' as const,
  canReveal: true,
  platform: 'linux',
  versions: {},
  storage: []
}
beforeEach(() => setActivePinia(createPinia()))
async function started(answers: Answers = {}): Promise<FakeClient> {
  const client = fakeClient({
    'app.hello': () => host,
    'projects.current': () => ({ project }),
    'projects.close': () => ({}),
    'datasets.list': () => ({ datasets: [datasetOf()] }),
    ...answers
  })
  await useConnection().start(client)
  return client
}

describe('the list of datasets', () => {
  it('is read for a project that was open before any screen asked for its data', async () => {
    await started()
    await useProject().refresh()
    const datasets = useDatasets()
    await flushPromises()
    expect(datasets.isLoaded).toBe(true)
    expect(datasets.find('d1')?.name).toBe('Shoes')
  })

  it('is not asked for without a project', async () => {
    const client = await started({ 'projects.current': () => ({ project: null }) })
    await useProject().refresh()
    useDatasets()
    await flushPromises()
    expect(client.countOf('datasets.list')).toBe(0)
  })

  it('is read once more after a burst of changes, not once for each', async () => {
    const answers = [
      deferred<{ datasets: DatasetSummary[] }>(),
      deferred<{ datasets: DatasetSummary[] }>()
    ]
    let asked = 0
    const client = await started({
      'datasets.list': () => answers[asked++]?.promise ?? { datasets: [] }
    })
    await useProject().refresh()
    const datasets = useDatasets()
    for (let count = 0; count < 5; count++) client.emit({ kind: 'dataset', id: 'd1' })
    answers[0]?.resolve({ datasets: [] })
    await flushPromises()
    answers[1]?.resolve({ datasets: [datasetOf({ items: 77 })] })
    await flushPromises()
    expect(asked).toBe(2)
    expect(datasets.find('d1')?.items).toBe(77)
  })

  it('is empty once the project is closed', async () => {
    await started()
    await useProject().refresh()
    const datasets = useDatasets()
    await flushPromises()
    await useProject().close()
    expect(datasets.datasets).toEqual([])
    expect(datasets.isLoaded).toBe(false)
  })

  it('says why it could not be read and can be read again', async () => {
    let isBroken = true
    await started({
      'datasets.list': () => {
        if (isBroken) throw new AppError('project-damaged')
        return { datasets: [] }
      }
    })
    await useProject().refresh()
    const datasets = useDatasets()
    await flushPromises()
    expect(datasets.problem?.code).toBe('project-damaged')
    isBroken = false
    await datasets.load()
    expect(datasets.problem).toBeUndefined()
    expect(datasets.isLoaded).toBe(true)
  })
})

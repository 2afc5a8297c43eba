// Saved views of a dataset: kept in order of their names, renamed, removed and put back.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SavedView } from '@api/dto/browse.ts'
import { noFilter, ownOrder } from '@api/dto/browse.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from './connection.ts'
import { fakeClient, type Answers } from './run-fixtures.test-support.ts'
import { useViews } from './views.ts'

const viewOf = (id: string, name: string): SavedView => ({
  id,
  dataset: 'd1',
  name,
  filter: noFilter,
  sort: ownOrder,
  display: 'table',
  createdAt: 1
})
let stored: SavedView[]
let isBroken: boolean
beforeEach(() => {
  setActivePinia(createPinia())
  stored = [viewOf('v1', 'Zebras'), viewOf('v2', 'Apes')]
  isBroken = false
})
async function started(): Promise<ReturnType<typeof useViews>> {
  let nextId = 3
  const answers: Answers = {
    'app.hello': () => {
      throw new AppError('internal')
    },
    'views.list': () => {
      if (isBroken) throw new AppError('project-damaged')
      return { views: stored }
    },
    'views.save': ({ id, ...view }) => {
      const saved = { ...viewOf(id ?? `v${nextId++}`, view.name), display: view.display }
      stored = [...stored.filter((one) => one.id !== saved.id), saved]
      return saved
    },
    'views.remove': ({ id }) => {
      stored = stored.filter((view) => view.id !== id)
      return {}
    }
  }
  await useConnection().start(fakeClient(answers))
  const views = useViews()
  await views.load('d1')
  return views
}
const content = { filter: noFilter, sort: ownOrder, display: 'gallery' as const }

describe('saved views', () => {
  it('are in the order of their names', async () => {
    const views = await started()
    expect(views.viewsOf('d1').map(({ name }) => name)).toEqual(['Apes', 'Zebras'])
    await views.save('d1', 'Mice', content)
    expect(views.viewsOf('d1').map(({ name }) => name)).toEqual(['Apes', 'Mice', 'Zebras'])
  })

  it('take the place of one with the same name', async () => {
    const views = await started()
    await views.save('d1', 'Apes', content)
    expect(stored).toHaveLength(2)
    expect(stored.find(({ id }) => id === 'v2')?.display).toBe('gallery')
  })

  it('are renamed in place', async () => {
    const views = await started()
    await views.rename(viewOf('v1', 'Zebras'), 'Ants')
    expect(stored).toHaveLength(2)
    expect(views.viewsOf('d1').map(({ id, name }) => [id, name])).toEqual([
      ['v1', 'Ants'],
      ['v2', 'Apes']
    ])
  })

  it('come back after they were removed', async () => {
    const views = await started()
    const undo = await views.remove(viewOf('v1', 'Zebras'))
    expect(views.viewsOf('d1').map(({ name }) => name)).toEqual(['Apes'])
    await undo()
    expect(views.viewsOf('d1').map(({ name }) => name)).toEqual(['Apes', 'Zebras'])
  })

  it('say why they could not be read, and are there on the next try', async () => {
    isBroken = true
    const views = await started()
    expect(views.lists.get('d1')?.problem?.code).toBe('project-damaged')
    isBroken = false
    await views.load('d1')
    expect(views.lists.get('d1')?.problem).toBeUndefined()
    expect(views.viewsOf('d1')).toHaveLength(2)
  })
})

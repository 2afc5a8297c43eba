// Places: none but the first page and the settings without a project; the same place after a reload.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { hasVisited } from '../views/visited.ts'
import { createAppRouter, lastPlace, leftPlace } from './router.ts'
import { routes } from './routes.ts'

// The screens themselves are not under test.
for (const route of routes) if ('component' in route) route.component = { template: '<i />' }

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})
const routerWith = (hasProject: boolean): ReturnType<typeof createAppRouter> =>
  createAppRouter({ whenReady: Promise.resolve(), hasProject: () => hasProject })

describe('without a project', () => {
  it.each([
    '/',
    '/data',
    '/data/add',
    '/data/d1',
    '/choose',
    '/runs',
    '/runs/r1',
    '/runs/r1/result',
    '/compare/a/b',
    '/nowhere'
  ])('%s leads to the first page', async (place) => {
    const router = routerWith(false)
    await router.push(place)
    expect(router.currentRoute.value.name).toBe('first-run')
  })

  it.each([
    ['/start', 'first-run'],
    ['/settings?part=privacy', 'settings']
  ])('%s can be seen', async (place, name) => {
    const router = routerWith(false)
    await router.push(place)
    expect(router.currentRoute.value.name).toBe(name)
  })
})

describe('with a project', () => {
  it.each([
    ['/', 'home'],
    ['/data/add', 'add-data'],
    ['/data/d1?tab=labels', 'dataset'],
    ['/choose?dataset=d1', 'choose'],
    ['/runs/r1/result', 'result'],
    ['/compare/a/b', 'compare'],
    ['/gone/for/good', 'home']
  ])('%s is %s', async (place, name) => {
    const router = routerWith(true)
    await router.push(place)
    expect(router.currentRoute.value.name).toBe(name)
  })

  it('has a lit section for every screen', () => {
    for (const route of routes) {
      if (route.redirect !== undefined) continue
      expect(route.meta?.section, route.path).toBeTruthy()
    }
  })
})

describe('after a reload', () => {
  it('is where the tab was, with the same part open', async () => {
    const router = routerWith(true)
    await router.push('/data/d1?tab=labels')
    expect(lastPlace()).toBe('/data/d1?tab=labels')
    const after = routerWith(true)
    await after.push(lastPlace())
    expect(after.currentRoute.value).toMatchObject({ name: 'dataset', query: { tab: 'labels' } })
  })

  it('is Home rather than the first page once a project is open', async () => {
    const router = routerWith(false)
    await router.push('/runs')
    expect(lastPlace()).toBe('/')
  })

  it('keeps nothing in the address of the page', async () => {
    const before = location.href
    await routerWith(true).push('/runs')
    expect(location.href).toBe(before)
  })
})

it('waits until it is known whether a project is open', async () => {
  let ready: () => void = () => undefined
  const hasProject = vi.fn(() => true)
  const router = createAppRouter({
    whenReady: new Promise<void>((resolve) => (ready = resolve)),
    hasProject
  })
  const going = router.push('/runs')
  await Promise.resolve()
  expect(hasProject).not.toHaveBeenCalled()
  ready()
  await going
  expect(router.currentRoute.value.name).toBe('runs')
})

it('notes which kinds of screens were seen, and no more than that', async () => {
  const router = routerWith(true)
  await router.push('/data/secret-name')
  expect(hasVisited('dataset')).toBe(true)
  expect(hasVisited('result')).toBe(false)
  expect(JSON.stringify({ ...localStorage })).not.toContain('secret-name')
})

describe('the place a project was left at', () => {
  it('is there at the next start, for this project alone', async () => {
    const router = createAppRouter({
      whenReady: Promise.resolve(),
      hasProject: () => true,
      project: () => '~/Shoes.winnow'
    })
    await router.push('/data/d1?tab=labels')
    // The settings belong to no project.
    await router.push('/settings')
    expect(leftPlace('~/Shoes.winnow')).toBe('/data/d1?tab=labels')
    expect(leftPlace('~/Other.winnow')).toBe('/')
  })

  it.each(['', '{', 'null', '[]', '{"project":"p","path":4}', '{"project":"p","path":"x:y"}'])(
    'is Home when %j is what was kept',
    (kept) => {
      localStorage.setItem('winnow.left', kept)
      expect(leftPlace('p')).toBe('/')
    }
  )
})

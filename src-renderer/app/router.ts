// In-memory history: the address of the page belongs to the host (its fragment carries the key),
// so places are kept in the tab's session storage and survive a reload.
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { noteVisit } from '../views/visited.ts'
import { routes } from './routes.ts'

const placeKey = 'winnow.place'

/** What the router has to know about the project. */
export interface RouterOptions {
  /** Resolves once it is known whether a project is open. */
  readonly whenReady: Promise<unknown>
  hasProject(): boolean
  /** Where the open project lies: its last screen is noted for the next start. */
  project?(): string | undefined
}

/** Makes the router. It starts where this tab was before a reload. */
export function createAppRouter(options: RouterOptions): Router {
  const history = createMemoryHistory()
  history.replace(lastPlace())
  const router = createRouter({ history, routes })
  router.beforeEach(async (to) => {
    await options.whenReady
    if (!options.hasProject() && to.meta.isFree !== true) return { name: 'first-run' }
    return true
  })
  router.afterEach((to) => {
    sessionStorage.setItem(placeKey, to.fullPath)
    const project = options.project?.()
    if (project !== undefined && to.meta.isFree !== true) noteLeft(project, to.fullPath)
    if (typeof to.name === 'string') noteVisit(to.name)
  })
  return router
}

/** Where this tab was before a reload; home otherwise. */
export function lastPlace(): string {
  const place = sessionStorage.getItem(placeKey)
  return place === null || place.startsWith('/start') ? '/' : place
}

const leftKey = 'winnow.left'

/** The screen a project was left at, for the next start of the app. */
export interface LeftPlace {
  readonly project: string
  readonly path: string
}

function noteLeft(project: string, path: string): void {
  localStorage.setItem(leftKey, JSON.stringify({ project, path } satisfies LeftPlace))
}

/** The screen this project was left at; home when another was open since, or nothing is known. */
export function leftPlace(project: string): string {
  try {
    const left: unknown = JSON.parse(localStorage.getItem(leftKey) ?? 'null')
    if (typeof left !== 'object' || left === null) return '/'
    const { project: place, path } = left as Partial<Record<keyof LeftPlace, unknown>>
    return place === project && typeof path === 'string' && path.startsWith('/') ? path : '/'
  } catch {
    return '/'
  }
}

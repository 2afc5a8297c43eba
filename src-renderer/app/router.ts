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
    if (typeof to.name === 'string') noteVisit(to.name)
  })
  return router
}

/** Where this tab was before a reload; home otherwise. */
export function lastPlace(): string {
  const place = sessionStorage.getItem(placeKey)
  return place === null || place.startsWith('/start') ? '/' : place
}

// In-memory history: the address of the page belongs to the host (its fragment carries the token),
// so places are kept in the tab's session storage and survive a reload.
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { routes } from './routes.ts'

const placeKey = 'winnow.place'

/** Makes the router; `hasProject` decides whether screens of a project may be shown. */
export function createAppRouter(hasProject: () => boolean): Router {
  const router = createRouter({ history: createMemoryHistory(), routes })
  router.beforeEach((to) => {
    if (!hasProject() && to.meta.isFree !== true) return { name: 'first-run' }
    return true
  })
  router.afterEach((to) => {
    sessionStorage.setItem(placeKey, to.fullPath)
  })
  return router
}

/** Where this tab was before a reload; home otherwise. */
export function lastPlace(): string {
  const place = sessionStorage.getItem(placeKey)
  return place === null || place.startsWith('/start') ? '/' : place
}

// "Show me": goes to the screen of a how-to piece, opens what is in the way, and says which control it
// is. Ends with Esc, with a click anywhere, or when another screen is opened.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import { useDatasets } from '../../stores/datasets.ts'
import { useProject } from '../../stores/project.ts'
import { useRuns } from '../../stores/runs.ts'
import { useToasts } from '../../stores/toasts.ts'
import { useTraceSets } from '../../stores/trace-sets.ts'
import { help } from '../../text/help.ts'
import { whenThere, whenUncovered } from './find-control.ts'
import type { ShowTarget } from './topic-places.ts'

/** What keeps a control from being shown. */
export type Missing = keyof typeof help.needs

/** What "Show me" points at. */
export interface Shown {
  readonly title: string
  readonly element: HTMLElement
}

/** Showing controls of the app. */
export interface ShowMe {
  readonly shown: Readonly<ShallowRef<Shown | undefined>>
  /** True from the press of the button until the control is found or given up. */
  readonly isLooking: Readonly<Ref<boolean>>
  /** Why a target cannot be shown now; undefined when it can. */
  readonly missing: ComputedRef<(target: ShowTarget) => Missing | undefined>
  show(title: string, target: ShowTarget): Promise<void>
  end(): void
}

/** Screens shown without a project. */
const free = ['first-run', 'settings']

/** Makes the one "Show me" of the window. */
export function useShowMe(): ShowMe {
  const router = useRouter()
  const project = useProject()
  const datasets = useDatasets()
  const runs = useRuns()
  const traceSets = useTraceSets()
  const toasts = useToasts()
  const shown = shallowRef<Shown>()
  const isLooking = ref(false)
  let search = new AbortController()

  /** The place of a screen: the one that is open, else the first there is. */
  function placeOf(screen: string): RouteLocationRaw | Missing {
    if (project.current === undefined && !free.includes(screen)) return 'project'
    if (router.currentRoute.value.name === screen) return router.currentRoute.value.fullPath
    const pool = datasets.pools.find(({ items }) => items > 0)
    switch (screen) {
      case 'choose':
      case 'tiny':
        return pool === undefined ? 'data' : { name: screen }
      case 'dataset':
        return pool === undefined ? 'data' : { name: screen, params: { dataset: pool.id } }
      case 'result': {
        const run = runs.runs.find(({ kind, hasResult }) => kind === 'select' && hasResult)
        return run === undefined ? 'result' : { name: screen, params: { run: run.job.id } }
      }
      case 'trace-set':
      case 'plan-review': {
        const set = traceSets.sets.find(({ traces }) => traces > 0)
        return set === undefined ? 'traces' : { name: screen, params: { set: set.set } }
      }
      default:
        return { name: screen }
    }
  }
  const missing = computed(() => (target: ShowTarget): Missing | undefined => {
    const place = placeOf(target.screen)
    return isMissing(place) ? place : undefined
  })
  async function show(title: string, target: ShowTarget): Promise<void> {
    end()
    const place = placeOf(target.screen)
    if (isMissing(place)) return
    search = new AbortController()
    const { signal } = search
    isLooking.value = true
    try {
      await router.push(place)
      for (const name of target.open ?? []) {
        // Steps and tabs may be called as an entry of the rail is, which is there before them.
        const way = await whenThere(name, signal, 'content')
        // Tabs open as they get the focus, buttons and steps as they are pressed.
        way?.focus()
        way?.click()
      }
      const element = await whenThere(target.control, signal)
      await whenUncovered(signal)
      if (signal.aborted) return
      if (element === undefined) toasts.show(help.notThere, { severity: 'caution' })
      else shown.value = { title, element }
    } finally {
      if (!signal.aborted) isLooking.value = false
    }
  }
  function end(): void {
    search.abort()
    isLooking.value = false
    shown.value = undefined
  }
  router.afterEach((to, from) => {
    // The way to the control is not a way away from it.
    if (to.path !== from.path && !isLooking.value) end()
  })
  return { shown, isLooking, missing, show, end }
}

function isMissing(place: RouteLocationRaw | Missing): place is Missing {
  return typeof place === 'string' && Object.hasOwn(help.needs, place)
}

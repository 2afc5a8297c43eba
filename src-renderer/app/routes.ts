// Where each screen is. Screens load when first shown. Names are what links use.
import type { RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Entry of the rail that is lit. */
    section: 'home' | 'data' | 'choose' | 'tiny' | 'traces' | 'runs' | 'settings'
    /** Shown without an open project too. */
    isFree?: boolean
    /** Fills the window instead of scrolling as a page. */
    isWide?: boolean
  }
}

/** All screens. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/start',
    name: 'first-run',
    component: () => import('../views/first-run/FirstRunView.vue'),
    meta: { section: 'home', isFree: true }
  },
  {
    path: '/',
    name: 'home',
    component: () => import('../views/home/HomeView.vue'),
    meta: { section: 'home' }
  },
  {
    path: '/data',
    name: 'data',
    component: () => import('../views/data/DataView.vue'),
    meta: { section: 'data' }
  },
  {
    path: '/data/add',
    name: 'add-data',
    component: () => import('../views/data/AddDataView.vue'),
    meta: { section: 'data', isWide: true }
  },
  {
    path: '/data/:dataset',
    name: 'dataset',
    component: () => import('../views/data/DatasetView.vue'),
    props: true,
    meta: { section: 'data', isWide: true }
  },
  {
    path: '/data/:dataset/groups',
    name: 'groups',
    component: () => import('../views/groups/GroupsView.vue'),
    props: true,
    meta: { section: 'data' }
  },
  {
    path: '/data/:dataset/health/:finding',
    name: 'finding',
    component: () => import('../views/data/health/FindingView.vue'),
    props: true,
    meta: { section: 'data', isWide: true }
  },
  {
    // `dataset` starts with this dataset, `draft` goes on with a saved draft.
    path: '/choose',
    name: 'choose',
    component: () => import('../wizards/choose/ChooseWizard.vue'),
    props: (route) => ({ dataset: route.query.dataset, draft: route.query.draft }),
    meta: { section: 'choose', isWide: true }
  },
  {
    // As above.
    path: '/tiny',
    name: 'tiny',
    component: () => import('../wizards/distil/TinyWizard.vue'),
    props: (route) => ({ dataset: route.query.dataset, draft: route.query.draft }),
    meta: { section: 'tiny', isWide: true }
  },
  {
    // `set` is a kept set of rows that is expanded.
    path: '/expand',
    name: 'expand',
    component: () => import('../views/expand/ExpandView.vue'),
    props: (route) => ({ dataset: route.query.dataset, set: route.query.set }),
    meta: { section: 'data' }
  },
  {
    path: '/expand/:job',
    name: 'expand-result',
    component: () => import('../views/expand/ExpandResultView.vue'),
    props: true,
    meta: { section: 'data', isWide: true }
  },
  {
    path: '/traces',
    name: 'traces',
    component: () => import('../views/traces/TracesView.vue'),
    meta: { section: 'traces' }
  },
  {
    // `to` adds to this set.
    path: '/traces/add',
    name: 'add-traces',
    component: () => import('../views/traces/AddTracesView.vue'),
    props: (route) => ({ to: route.query.to }),
    meta: { section: 'traces', isWide: true }
  },
  {
    path: '/traces/runner',
    name: 'trace-runner',
    component: () => import('../views/traces/runner/RunnerView.vue'),
    meta: { section: 'traces' }
  },
  {
    path: '/traces/rooms',
    name: 'trace-rooms',
    component: () => import('../views/traces/rooms/RoomsView.vue'),
    meta: { section: 'traces' }
  },
  {
    path: '/traces/rooms/:job',
    name: 'rooms-result',
    component: () => import('../views/traces/rooms/RoomsResultView.vue'),
    props: true,
    meta: { section: 'traces' }
  },
  {
    path: '/traces/:set',
    name: 'trace-set',
    component: () => import('../views/traces/TraceSetView.vue'),
    props: true,
    meta: { section: 'traces', isWide: true }
  },
  {
    path: '/traces/:set/review',
    name: 'plan-review',
    component: () => import('../wizards/traces/ReviewWizard.vue'),
    props: true,
    meta: { section: 'traces', isWide: true }
  },
  {
    path: '/traces/:set/attempt/:trace(\\d+)',
    name: 'attempt',
    component: () => import('../views/traces/review/ReviewView.vue'),
    props: (route) => ({ trace: Number(route.params.trace) }),
    meta: { section: 'traces', isWide: true }
  },
  {
    // `task` is drawn, `trace` in bold.
    path: '/traces/:set/graph',
    name: 'trace-graph',
    component: () => import('../views/traces/graph/GraphView.vue'),
    props: (route) => ({
      set: route.params.set,
      task: typeof route.query.task === 'string' ? route.query.task : undefined,
      trace: Number(route.query.trace) || undefined
    }),
    meta: { section: 'traces', isWide: true }
  },
  {
    path: '/review/:queue',
    name: 'review',
    component: () => import('../views/traces/review/ReviewView.vue'),
    props: true,
    meta: { section: 'traces', isWide: true }
  },
  {
    path: '/review/:queue/report',
    name: 'review-report',
    component: () => import('../views/traces/QueueReportView.vue'),
    props: true,
    meta: { section: 'traces' }
  },
  {
    path: '/runs',
    name: 'runs',
    component: () => import('../views/runs/RunsView.vue'),
    meta: { section: 'runs' }
  },
  {
    path: '/runs/:run',
    name: 'run',
    component: () => import('../views/runs/RunView.vue'),
    props: true,
    meta: { section: 'runs' }
  },
  {
    path: '/runs/:run/result',
    name: 'result',
    component: () => import('../views/result/AnyResult.vue'),
    props: true,
    meta: { section: 'runs', isWide: true }
  },
  {
    path: '/compare/:first/:second',
    name: 'compare',
    component: () => import('../views/compare/AnyComparison.vue'),
    props: true,
    meta: { section: 'runs' }
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('../views/settings/SettingsView.vue'),
    meta: { section: 'settings', isFree: true }
  },
  { path: '/:rest(.*)*', redirect: '/' }
]

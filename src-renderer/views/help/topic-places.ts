// Where each how-to piece belongs: the screens whose help it is, the control "Show me" points at, and
// the page that goes deeper. Controls are named as people see them, with the words of the screens.
import { browse } from '../../text/browse.ts'
import { addData } from '../../text/add-data.ts'
import { changes } from '../../text/changes.ts'
import { choose } from '../../text/choose.ts'
import { common } from '../../text/common.ts'
import { data, dataset } from '../../text/data.ts'
import { tiny } from '../../text/distil.ts'
import { howTos, type HowToId } from '../../text/help.ts'
import { firstRun, home } from '../../text/home.ts'
import { recipes } from '../../text/recipes.ts'
import { result } from '../../text/runs.ts'
import { settingsText } from '../../text/settings.ts'
import { shell } from '../../text/shell.ts'
import { planReview } from '../../text/trace-plans.ts'
import { traceRooms } from '../../text/trace-rooms.ts'
import { traceSet, traces } from '../../text/traces.ts'

/** A part of the app as the router and the screens name it. */
export interface ScreenPart {
  readonly screen: string
  /** Number of the wizard's step, from 0. */
  readonly step?: number
  /** Name of the tab in front. */
  readonly tab?: string
}

/** What "Show me" does. */
export interface ShowTarget {
  readonly screen: string
  /** Buttons, tabs and steps pressed on the way, by their names. */
  readonly open?: readonly string[]
  /** Name of the control, or how its name begins. */
  readonly control: string
}

/** Where one piece belongs. */
export interface TopicPlace {
  readonly at?: readonly ScreenPart[]
  readonly show?: ShowTarget
  /** The method page that goes deeper. */
  readonly page?: string
}

const chooseStep = (step: number): Pick<TopicPlace, 'at'> => ({ at: [{ screen: 'choose', step }] })
const tinyStep = (step: number): Pick<TopicPlace, 'at'> => ({ at: [{ screen: 'tiny', step }] })
const planStep = (step: number): Pick<TopicPlace, 'at'> => ({
  at: [{ screen: 'plan-review', step }]
})
const datasetTab = (tab: string): Pick<TopicPlace, 'at'> => ({ at: [{ screen: 'dataset', tab }] })
function inChoose(step: keyof typeof choose.steps, control: string): Pick<TopicPlace, 'show'> {
  return { show: { screen: 'choose', open: [choose.steps[step]], control } }
}
function inTiny(step: keyof typeof tiny.steps, control: string): Pick<TopicPlace, 'show'> {
  return { show: { screen: 'tiny', open: [tiny.steps[step]], control } }
}
function inPlan(step: keyof typeof planReview.steps, control: string): Pick<TopicPlace, 'show'> {
  return { show: { screen: 'plan-review', open: [planReview.steps[step]], control } }
}

/** The place of every piece. */
export const topicPlaces: Readonly<Record<HowToId, TopicPlace>> = {
  'getting-started': {
    at: [{ screen: 'home' }],
    show: { screen: 'home', control: home.chooseAction }
  },
  'first-page': {
    at: [{ screen: 'first-run' }],
    show: { screen: 'first-run', control: firstRun.sampleAction }
  },
  projects: { show: { screen: 'home', control: shell.projectMenu } },
  originals: {
    show: { screen: 'settings', open: [settingsText.safety], control: settingsText.confirmAside }
  },
  'data-list': { at: [{ screen: 'data' }], show: { screen: 'data', control: data.add } },
  'adding-data': {
    at: [{ screen: 'add-data' }],
    show: { screen: 'add-data', control: addData.chooseFolder }
  },
  browsing: {
    ...datasetTab(dataset.tabs.items),
    show: { screen: 'dataset', open: [dataset.tabs.items], control: dataset.search }
  },
  'saved-views': {
    show: { screen: 'dataset', open: [dataset.tabs.items], control: browse.views.open }
  },
  map: {
    show: { screen: 'dataset', open: [dataset.tabs.items], control: browse.display.map },
    page: 'similarity-map'
  },
  changes: { show: { screen: 'home', control: changes.open } },
  'health-check': {
    ...datasetTab(dataset.tabs.health),
    show: { screen: 'dataset', control: dataset.tabs.health },
    page: 'data-health'
  },
  finding: { at: [{ screen: 'finding' }], page: 'data-health' },
  groups: {
    at: [{ screen: 'groups' }],
    show: { screen: 'dataset', control: common.moreActions },
    page: 'perceptual-groups'
  },
  'labels-tab': {
    ...datasetTab(dataset.tabs.labels),
    show: { screen: 'dataset', control: dataset.tabs.labels }
  },
  'columns-tab': datasetTab(dataset.tabs.columns),
  'problems-tab': datasetTab(dataset.tabs.problems),
  'about-tab': {
    ...datasetTab(dataset.tabs.about),
    show: { screen: 'dataset', control: dataset.tabs.about }
  },
  'choose-data': { ...chooseStep(0), ...inChoose('data', choose.data.dataset) },
  'choose-goal': { ...chooseStep(1), ...inChoose('goal', choose.steps.goal) },
  'choose-how-much': { ...chooseStep(2), ...inChoose('budget', choose.steps.budget) },
  'choose-rules': { ...chooseStep(3), ...inChoose('rules', choose.steps.rules) },
  'choose-method': { ...chooseStep(4), ...inChoose('method', choose.steps.method) },
  'choose-check': { ...chooseStep(5), ...inChoose('check', choose.steps.check), page: 'check' },
  'choose-review': { ...chooseStep(6), ...inChoose('review', choose.start) },
  'tiny-data': { ...tinyStep(0), ...inTiny('data', tiny.steps.data) },
  'tiny-kind': { ...tinyStep(1), ...inTiny('kind', tiny.steps.kind) },
  'tiny-size': { ...tinyStep(2), ...inTiny('size', tiny.steps.size) },
  'tiny-effort': { ...tinyStep(3), ...inTiny('effort', tiny.steps.effort) },
  'tiny-check': {
    ...tinyStep(4),
    ...inTiny('check', tiny.steps.check),
    page: 'tiny-set-check'
  },
  'tiny-review': { ...tinyStep(5), ...inTiny('review', tiny.steps.review) },
  'tiny-result': { at: [{ screen: 'tiny-result' }], page: 'tiny-set-analysis' },
  'expand-small-set': {
    at: [{ screen: 'expand' }, { screen: 'expand-result' }],
    show: { screen: 'dataset', control: common.moreActions },
    page: 'unseen-synthesis'
  },
  'traces-list': { at: [{ screen: 'traces' }], show: { screen: 'traces', control: traces.add } },
  'adding-traces': {
    at: [{ screen: 'add-traces' }],
    show: { screen: 'add-traces', control: addData.chooseFolder },
    page: 'trace-formats'
  },
  'trace-set': {
    at: [{ screen: 'trace-set' }],
    show: { screen: 'trace-set', control: traceSet.tabs.tasks },
    page: 'first-wrong-step'
  },
  'trace-graph': {
    at: [{ screen: 'trace-graph' }],
    show: { screen: 'trace-set', control: traceSet.graph },
    page: 'evolving-graph'
  },
  'trace-runner': {
    at: [{ screen: 'trace-runner' }],
    show: { screen: 'traces', control: traces.runner },
    page: 'structured-reflection'
  },
  'find-the-way': {
    at: [{ screen: 'trace-rooms' }, { screen: 'rooms-result' }],
    show: { screen: 'traces', control: traceRooms.title },
    page: 'evolving-graph'
  },
  'plan-judge': { ...planStep(0), ...inPlan('judge', planReview.steps.judge) },
  'plan-order': { ...planStep(1), ...inPlan('order', planReview.steps.order) },
  'plan-reading': { ...planStep(2), ...inPlan('reading', planReview.steps.reading) },
  'plan-start': { ...planStep(3), ...inPlan('start', planReview.steps.start) },
  reviewing: { at: [{ screen: 'review' }, { screen: 'attempt' }] },
  'review-report': { at: [{ screen: 'review-report' }], page: 'trace-exports' },
  runs: { at: [{ screen: 'runs' }], show: { screen: 'runs', control: shell.sections.runs } },
  'run-page': { at: [{ screen: 'run' }] },
  stopping: { show: { screen: 'home', control: shell.jobs } },
  'test-of-result': { page: 'check' },
  result: {
    at: [{ screen: 'result' }],
    show: { screen: 'result', control: result.tabs.chosen }
  },
  export: { show: { screen: 'result', control: result.export } },
  compare: { at: [{ screen: 'compare' }] },
  recipes: { show: { screen: 'home', control: recipes.open } },
  settings: {
    at: [{ screen: 'settings' }],
    show: { screen: 'settings', open: [settingsText.appearance], control: settingsText.textSize }
  },
  computer: {
    at: [{ screen: 'settings', tab: settingsText.computer }],
    show: { screen: 'settings', open: [settingsText.computer], control: settingsText.device }
  },
  backups: {
    at: [{ screen: 'settings', tab: settingsText.storage }],
    show: {
      screen: 'settings',
      open: [settingsText.storage],
      control: settingsText.backupNow
    }
  },
  privacy: {
    at: [{ screen: 'settings', tab: settingsText.privacy }],
    show: {
      screen: 'settings',
      open: [settingsText.privacy],
      control: settingsText.copyDiagnostics
    }
  },
  keyboard: { show: { screen: 'home', control: shell.keys } }
}

/** The piece for a part of the app: the most particular one that fits. */
export function topicAt(here: ScreenPart): HowToId | undefined {
  let best: { readonly id: HowToId; readonly fit: number } | undefined
  for (const { id } of howTos)
    for (const place of topicPlaces[id].at ?? []) {
      const fit = fitOf(place, here)
      if (fit > (best?.fit ?? 0)) best = { id, fit }
    }
  return best?.id
}

function fitOf(place: ScreenPart, here: ScreenPart): number {
  if (place.screen !== here.screen) return 0
  if (place.step !== undefined) return place.step === here.step ? 2 : 0
  if (place.tab !== undefined) return here.tab?.startsWith(place.tab) === true ? 2 : 0
  return 1
}

// From measures of walks to a table with intervals and a verdict in words.
import type {
  RoomsMeasures,
  RoomsPlan,
  RoomsResult,
  RoomsSpread,
  RoomsSpreads,
  RoomsWalker
} from '../../api/dto/trace-rooms.ts'
import { mean, pairedInterval } from '../compute/statistics.ts'
import type { MeasureLists } from './walk-rooms.ts'

const keys = ['success', 'spl', 'ndtw', 'metres'] as const
type Key = (typeof keys)[number]

const order: readonly RoomsWalker[] = [
  'planner',
  'local',
  'nearest',
  'greedy',
  'random',
  'shortest'
]

/** Fewer walks than this judge nothing. */
const fewestWalks = 20

/** What is known beside the measures. */
export type ResultFacts = Omit<
  RoomsResult,
  'over' | 'walkers' | 'ahead' | 'verdict' | 'sentences' | 'walked'
>

/** Table and verdict of a measurement: measures of every run, by walker. */
export function roomsResult(facts: ResultFacts, runs: readonly MeasureLists[]): RoomsResult {
  const over = runs.length > 1 ? 'runs' : 'walks'
  const walkers = order.filter((walker) => runs[0]?.[walker] !== undefined)
  const listsOf = (walker: RoomsWalker): (readonly RoomsMeasures[])[] =>
    runs.map((run) => run[walker] ?? [])
  const rows = walkers.map((walker) => ({
    walker,
    runs: listsOf(walker).map(meanOf),
    spread: spreadsOf(samples(listsOf(walker), over), (value, key) => inRange(value, key))
  }))
  const planner = samples(listsOf('planner'), over)
  const ahead = walkers
    .filter((walker) => walker !== 'planner')
    .map((of) => {
      const other = samples(listsOf(of), over)
      return { of, spread: spreadsOf(planner.map((each, at) => minus(each, other[at]))) }
    })
  const walked = runs[0]?.planner?.length ?? 0
  const part = { ...facts, over, walkers: rows, ahead, walked } as const
  const verdict = verdictOf(part, walked * runs.length)
  return { ...part, verdict, sentences: sentencesOf({ ...part, verdict }) }
}

/** One value per run, or per walk of the only run. */
function samples(
  lists: readonly (readonly RoomsMeasures[])[],
  over: 'runs' | 'walks'
): RoomsMeasures[] {
  return over === 'runs' ? lists.map(meanOf) : [...(lists[0] ?? [])]
}

function meanOf(list: readonly RoomsMeasures[]): RoomsMeasures {
  const of = (key: Key): number => mean(list.map((each) => each[key]))
  return { success: of('success'), spl: of('spl'), ndtw: of('ndtw'), metres: of('metres') }
}

function minus(a: RoomsMeasures, b: RoomsMeasures): RoomsMeasures {
  return {
    success: a.success - b.success,
    spl: a.spl - b.spl,
    ndtw: a.ndtw - b.ndtw,
    metres: a.metres - b.metres
  }
}

function spreadsOf(
  values: readonly RoomsMeasures[],
  within: (value: number, key: Key) => number = (value) => value
): RoomsSpreads {
  const of = (key: Key): RoomsSpread => {
    const list = values.map((each) => each[key])
    const found = pairedInterval(
      list,
      list.map(() => 0)
    )
    if (!Number.isFinite(found.low)) return { mean: found.mean, low: null, high: null }
    return { mean: found.mean, low: within(found.low, key), high: within(found.high, key) }
  }
  return { success: of('success'), spl: of('spl'), ndtw: of('ndtw'), metres: of('metres') }
}

/** Shares lie between 0 and 1, lengths above 0, whatever an interval of few runs says. */
function inRange(value: number, key: Key): number {
  return Math.max(0, key === 'metres' ? value : Math.min(1, value))
}

type Judged = Omit<RoomsResult, 'verdict' | 'sentences'>

function verdictOf({ ahead }: Judged, walks: number): RoomsResult['verdict'] {
  const success = ahead.find(({ of }) => of === 'greedy')?.spread.success
  if (walks < fewestWalks || success === undefined || success.low === null || success.high === null)
    return 'too-few'
  return success.low > 0 ? 'better' : success.high < 0 ? 'worse' : 'no-better'
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
/** Points of a hundred, with a true minus; what rounds to nothing has no sign. */
const points = (share: number): string =>
  (100 * share)
    .toFixed(0)
    .replace(/^-(?=0$)/, '')
    .replace('-', '−')
const metres = (length: number): string => `${length.toFixed(0)} m`

/** What was found, in plain words; what limits it comes last. */
export function sentencesOf(result: Omit<RoomsResult, 'sentences'>): string[] {
  const { walkers, ahead, plan, walked } = result
  const of = (walker: RoomsWalker): RoomsSpreads | undefined =>
    walkers.find((each) => each.walker === walker)?.spread
  const over = (walker: RoomsWalker): RoomsSpreads | undefined =>
    ahead.find((each) => each.of === walker)?.spread
  const [planner, greedy, nearest, local] = [
    of('planner'),
    of('greedy'),
    of('nearest'),
    of('local')
  ]
  if (planner === undefined || greedy === undefined) return []
  const said = [headline(result.verdict, planner, greedy, over('greedy'), walked * plan.runs)]
  if (nearest !== undefined)
    said.push(
      `Going to the nearest place and back where it must reaches ${percent(nearest.success.mean)} and walks ${metres(nearest.metres.mean)} on average; the planner walks ${metres(planner.metres.mean)}.`
    )
  if (local !== undefined) said.push(messages(planner, local, over('local')))
  return [...said, ...limitsOf(result)]
}

function headline(
  verdict: RoomsResult['verdict'],
  planner: RoomsSpreads,
  greedy: RoomsSpreads,
  ahead: RoomsSpreads | undefined,
  walks: number
): string {
  const rates = `it reaches ${percent(planner.success.mean)} of the goals, greedy ${percent(greedy.success.mean)}`
  if (verdict === 'too-few')
    return `${walks.toLocaleString('en')} ${walks === 1 ? 'walk is' : 'walks are'} too few to judge the planner: ${rates}.`
  const { mean: middle = 0, low, high } = ahead?.success ?? { low: null, high: null }
  const range = low === null || high === null ? '' : ` (${points(low)} to ${points(high)})`
  if (verdict === 'better')
    return `The planner is better than greedy: ${rates}. That is ${points(middle)} points more${range}.`
  if (verdict === 'worse')
    return `The planner is worse than greedy: ${rates}. That is ${points(-middle)} points fewer${range}.`
  return `The planner is no better than greedy: ${rates}. A difference of ${points(middle)} points${range} may be chance.`
}

function messages(
  planner: RoomsSpreads,
  local: RoomsSpreads,
  ahead: RoomsSpreads | undefined
): string {
  const part = (key: 'success' | 'spl' | 'ndtw', name: string): string => {
    const spread = ahead?.[key]
    const { low = null, high = null } = spread ?? {}
    const word =
      low !== null && low > 0
        ? 'helped'
        : high !== null && high < 0
          ? 'harmed'
          : 'made no sure difference to'
    return `${word} ${name} (${percent(planner[key].mean)} with, ${percent(local[key].mean)} without)`
  }
  return `Messages over the graph ${part('success', 'success')}, ${part('spl', 'short walks, SPL')}, and ${part('ndtw', 'keeping to the true way, nDTW')}.`
}

function limitsOf({ plan, seen, over }: Pick<RoomsResult, 'plan' | 'seen' | 'over'>): string[] {
  const told =
    plan.hintMetres === 0
      ? 'exactly where the goal is'
      : `where the goal is with an error of ${Number(plan.hintMetres.toFixed(1))} m on each axis`
  return [
    ...(seen.length > 0
      ? [
          `${seen.length} of the buildings measured in ${seen.length === 1 ? 'was' : 'were'} learned in as well, so this does not say how it does in unknown ones.`
        ]
      : []),
    ...(over === 'walks'
      ? ['There was one run: intervals are over walks and leave out the luck of learning.']
      : []),
    `Instructions are not read and pictures of rooms are not used: everybody is told ${told}, and what places look like is made up from their names. So these figures cannot be compared with published ones.`
  ]
}

const names: Readonly<Record<RoomsWalker, string>> = {
  planner: 'planner',
  local: 'planner without messages',
  nearest: 'nearest place, going back',
  greedy: 'greedy',
  random: 'random',
  shortest: 'shortest way'
}

/** Name of a walker in files and on the command line. */
export function walkerName(walker: RoomsWalker): string {
  return names[walker]
}

/** The table as text for a spreadsheet: a row for every walker and run, then the means. */
export function roomsCsv({ walkers, plan }: RoomsResult): string {
  const head = ['walker', 'run', 'repeat code']
  const measures = keys.flatMap((key) => [key, `${key} low`, `${key} high`])
  const rows = walkers.flatMap(({ walker, runs, spread }) => [
    ...runs.map((run, at) => [
      names[walker],
      String(at + 1),
      String(plan.seed),
      ...keys.flatMap((key) => [String(run[key]), '', ''])
    ]),
    [
      names[walker],
      'all',
      String(plan.seed),
      ...keys.flatMap((key) => {
        const { mean: middle, low, high } = spread[key]
        return [middle, low, high].map((value) => (value === null ? '' : String(value)))
      })
    ]
  ])
  return [[...head, ...measures], ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

/** Plan with its lists in one order: equal plans are equal. */
export function tidyPlan(plan: RoomsPlan): RoomsPlan {
  const tidy = (list: readonly string[]): string[] => [...new Set(list)].toSorted()
  return { ...plan, train: tidy(plan.train), test: tidy(plan.test) }
}

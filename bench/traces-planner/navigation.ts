// The planner on made-up buildings it has never seen, beside agents that see the same: success, SPL
// and nDTW of every seed, their means with 95 % intervals over seeds, and what the planner is ahead by
// in the same tasks. `--connectivity FILE --paths FILE` adds a real building.
// `--seeds 3 --rounds 30 --tasks 200 --device wasm` change its size, `--first 4` begins at another seed;
// `--learned planner` leaves out what else is taught. Each seed is told as soon as it is done, and
// `--keep FILE` keeps it there: a bench that was stopped goes on after the seeds of that file.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { enableGradients } from '../../src-main/core/compute/devices/gradients.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { mean, pairedInterval } from '../../src-main/core/compute/statistics.ts'
import { usualSize } from '../../src-main/core/methods/traces/evolving-graph/planner-parameters.ts'
import type { TeacherRule } from '../../src-main/core/methods/traces/evolving-graph/teachers.ts'
import {
  trainPlanner,
  usualTraining,
  walkTasks
} from '../../src-main/core/methods/traces/evolving-graph/train-planner.ts'
import {
  generateBuilding,
  usualBuilding
} from '../../src-main/core/methods/traces/navigation/generate-graph.ts'
import {
  walkAsExpert,
  walkBestFirst,
  walkGreedily,
  walkRandomly
} from '../../src-main/core/methods/traces/navigation/navigation-agents.ts'
import {
  readConnectivity,
  readPaths
} from '../../src-main/core/methods/traces/navigation/navigation-graph.ts'
import {
  drawTask,
  navigationTask,
  navigationWorld,
  usualSenses,
  type NavigationTask,
  type NavigationWorld
} from '../../src-main/core/methods/traces/navigation/navigation-task.ts'
import { isSuccess, ndtw, spl } from '../../src-main/core/traces/paths/path-measures.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '30' },
    learned: { type: 'string', default: 'planner,local,ndtw' },
    tasks: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
    keep: { type: 'string' },
    device: { type: 'string', default: 'auto' },
    connectivity: { type: 'string' },
    paths: { type: 'string' }
  }
})
const [seeds, rounds, testTasks, first] = [
  options.seeds,
  options.rounds,
  options.tasks,
  options.first
].map(Number)
const hops: readonly [number, number] = [4, 9]
const limit = usualTraining.decisions
const testBuildings = 20

interface Score {
  success: number
  spl: number
  ndtw: number
  metres: number
}
type Agent = (tasks: readonly NavigationTask[]) => (readonly number[])[]

function judge(tasks: readonly NavigationTask[], walks: readonly (readonly number[])[]): Score {
  const each = tasks.map((task, at) => {
    const distance = (a: number, b: number): number => task.distance(a, b)
    const walk = walks[at]
    return {
      success: isSuccess(walk, task.goalPlace, distance) ? 1 : 0,
      spl: spl({ walk, goal: task.goalPlace, distance }),
      ndtw: ndtw(walk, task.expert, distance),
      metres: walk.reduce((sum, place, k) => (k === 0 ? 0 : sum + distance(walk[k - 1], place)), 0)
    }
  })
  const average = (key: keyof Score): number => mean(each.map((score) => score[key]))
  return {
    success: 100 * average('success'),
    spl: 100 * average('spl'),
    ndtw: 100 * average('ndtw'),
    metres: average('metres')
  }
}

function buildings(count: number, random: Random, name: string): NavigationWorld[] {
  return Array.from({ length: count }, (_, at) =>
    navigationWorld(generateBuilding(`${name}-${at}`, usualBuilding, random))
  )
}

function drawFrom(worlds: readonly NavigationWorld[], random: Random): NavigationTask {
  for (;;) {
    const task = drawTask(worlds[random.below(worlds.length)], hops, usualSenses, random)
    if (task !== undefined) return task
  }
}

/** A task in a building made for it alone. */
function drawAnew(random: Random): NavigationTask {
  return drawFrom(buildings(1, random, `seen-${random.uint32()}`), random)
}

/** The likeness at which going back to the nearest place succeeds most, on training tasks. */
function tuneLikeness(tasks: readonly NavigationTask[]): number {
  const marks = Array.from({ length: 16 }, (_, k) => 0.2 + 0.1 * k)
  const rates = marks.map(
    (like) =>
      judge(
        tasks,
        tasks.map((task) => walkBestFirst(task, limit, like))
      ).success
  )
  return marks[rates.indexOf(Math.max(...rates))]
}

const { device, fallback } = await openDevice(options.device)
if (fallback !== undefined) console.log(fallback)
await enableGradients()
console.log(
  `device: ${device.name}; ${seeds} seeds, ${testTasks} tasks each in ${testBuildings} unseen buildings, ` +
    `ways of ${hops.join(' to ')} hops, at most ${limit} decisions`
)

/** Scores of one seed, by agent. */
function runSeed(seed: number): Map<string, Score> {
  const random = createRandom(seed)
  const unseen = buildings(testBuildings, random.fork('test'), `unseen-${seed}`)
  const stream = random.fork('tasks')
  const tasks = Array.from({ length: testTasks }, () => drawFrom(unseen, stream))
  const tuning = Array.from({ length: 200 }, () => drawAnew(stream))
  const like = tuneLikeness(tuning)
  const train = (name: string, rule: TeacherRule, channels: number): Agent => {
    const began = performance.now()
    const planner = trainPlanner(
      device.tf,
      { ...usualTraining, rule, seed, rounds, size: { ...usualSize, channels } },
      drawAnew,
      new AbortController().signal,
      ({ round, loss, agreement01 }) => {
        if (round % 10 === 9 || round === rounds - 1)
          console.error(
            `  seed ${seed}, ${name}, round ${round + 1}: loss ${loss.toFixed(3)}, as the teacher ${(100 * agreement01).toFixed(1)} %`
          )
      }
    )
    console.error(`  trained in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    return (given) => {
      const walks = walkTasks(planner, given, limit).map(({ walk }) => walk)
      planner.dispose()
      return walks
    }
  }
  const learned: readonly (readonly [string, string, TeacherRule, number])[] = [
    ['planner', 'planner', 'furthest', usualSize.channels],
    ['local', 'planner without messages', 'furthest', 0],
    ['ndtw', 'planner taught by nDTW', 'ndtw', usualSize.channels]
  ]
  const wanted = options.learned.split(',')
  const agents: readonly (readonly [string, Agent])[] = [
    ...learned
      .filter(([id]) => wanted.includes(id))
      .map(([, name, rule, channels]): [string, Agent] => [name, train(name, rule, channels)]),
    ['nearest first, going back', (given) => given.map((task) => walkBestFirst(task, limit, like))],
    ['greedy', (given) => given.map((task) => walkGreedily(task, limit))],
    ['random', (given) => given.map((task) => walkRandomly(task, 6, stream))],
    ['knows the building', (given) => given.map((task) => walkAsExpert(task))]
  ]
  const scores = new Map(agents.map(([name, agent]) => [name, judge(tasks, agent(tasks))]))
  for (const [name, score] of scores)
    console.log(
      `seed ${seed}, ${name}: success ${score.success.toFixed(1)} %, SPL ${score.spl.toFixed(1)} %, ` +
        `nDTW ${score.ndtw.toFixed(1)} %, ${score.metres.toFixed(1)} m`
    )
  return scores
}

const measures = ['success', 'spl', 'ndtw', 'metres'] as const

/** "45.8 \u00b1 4.9 (46.0, 45.5)": the mean over seeds, its 95 % interval (Student t), every seed. */
function cell(values: readonly number[]): string {
  const { mean: middle, high } = pairedInterval(
    values,
    values.map(() => 0)
  )
  const half = Number.isFinite(high) ? ` \u00b1 ${(high - middle).toFixed(1)}` : ''
  const each = values.length > 1 ? ` (${values.map((value) => value.toFixed(1)).join(', ')})` : ''
  return `${middle.toFixed(1)}${half}${each}`
}

function line(name: string, scores: readonly Score[]): string {
  const cells = measures.map((key) => cell(scores.map((score) => score[key])))
  return `| ${name} | ${cells.join(' | ')} |`
}

/** By how much the planner is ahead of another agent, seed by seed: both walked the same tasks. */
function aheadOf(name: string, planner: readonly Score[], other: readonly Score[]): string {
  const cells = measures.map((key) => cell(planner.map((score, at) => score[key] - other[at][key])))
  return `| ${name} | ${cells.join(' | ')} |`
}

function table(head: string, lines: readonly string[]): void {
  console.log(`\n| ${head} | success % | SPL % | nDTW % | metres walked |`)
  console.log('|---|---|---|---|---|')
  for (const each of lines) console.log(each)
}

/** A real building: the planner never saw any; looks of places stand in for pictures. */
function realTasks(connectivity: string, paths: string): NavigationTask[] {
  const scan = basename(connectivity).replace(/_connectivity\.json$|\.json$/, '')
  const graph = readConnectivity(JSON.parse(readFileSync(connectivity, 'utf8')), scan)
  const world = navigationWorld(graph)
  const random = createRandom(1)
  return readPaths(JSON.parse(readFileSync(paths, 'utf8')), graph)
    .filter(({ path }) => path.length > 1)
    .map(({ path }) => navigationTask(world, path, usualSenses, random))
}

const settings = JSON.stringify({ rounds, testTasks, learned: options.learned })
/** Scores of the seeds that a file keeps, made with the same settings. */
function keptSeeds(path: string | undefined): Map<number, Map<string, Score>> {
  if (path === undefined || !existsSync(path)) return new Map()
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return new Map(
    lines.flatMap((text): [number, Map<string, Score>][] => {
      // Lines that this bench wrote.
      const kept = JSON.parse(text) as {
        seed: number
        settings: string
        scores: [string, Score][]
      }
      return kept.settings === settings ? [[kept.seed, new Map(kept.scores)]] : []
    })
  )
}

const kept = keptSeeds(options.keep)
const results = Array.from({ length: seeds }, (_, at) => {
  const seed = first + at
  const known = kept.get(seed)
  if (known !== undefined) return known
  const scores = runSeed(seed)
  if (options.keep !== undefined)
    appendFileSync(
      options.keep,
      `${JSON.stringify({ seed, settings, scores: [...scores.entries()] })}\n`
    )
  return scores
})
const scoresOf = (name: string): Score[] => results.flatMap((result) => result.get(name) ?? [])
const names = [...results[0].keys()]
table(
  `agent, ${seeds} seeds of ${testTasks} tasks`,
  names.map((name) => line(name, scoresOf(name)))
)
if (names.includes('planner'))
  table(
    'the planner is ahead by',
    names
      .filter((name) => name !== 'planner')
      .map((name) => aheadOf(name, scoresOf('planner'), scoresOf(name)))
  )
if (options.connectivity !== undefined && options.paths !== undefined) {
  const tasks = realTasks(options.connectivity, options.paths)
  const planner = trainPlanner(
    device.tf,
    { ...usualTraining, rounds },
    drawAnew,
    new AbortController().signal
  )
  console.log(`\n${tasks.length} paths of the building given:`)
  const walks = walkTasks(planner, tasks, limit).map(({ walk }) => walk)
  console.log(line('planner', [judge(tasks, walks)]))
  console.log(
    line('greedy', [
      judge(
        tasks,
        tasks.map((task) => walkGreedily(task, limit))
      )
    ])
  )
}

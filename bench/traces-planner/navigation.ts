// The planner on made-up buildings it has never seen, beside agents that see the same: success, SPL
// and nDTW with 95 % intervals over seeds. `--connectivity FILE --paths FILE` adds a real building.
// `--seeds 3 --rounds 30 --tasks 200 --device wasm` change its size; `--learned planner` leaves out
// what else is taught. Each seed is told as soon as it is done.
import { readFileSync } from 'node:fs'
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
    device: { type: 'string', default: 'auto' },
    connectivity: { type: 'string' },
    paths: { type: 'string' }
  }
})
const [seeds, rounds, testTasks] = [options.seeds, options.rounds, options.tasks].map(Number)
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

function line(name: string, scores: readonly Score[]): string {
  const part = (key: keyof Score): string => {
    const values = scores.map((score) => score[key])
    const zero = values.map(() => 0)
    const { mean: middle, high } = pairedInterval(values, zero)
    return `${middle.toFixed(1)} \u00b1 ${Number.isFinite(high) ? (high - middle).toFixed(1) : '?'}`
  }
  return `| ${name} | ${part('success')} | ${part('spl')} | ${part('ndtw')} | ${part('metres')} |`
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

const results = Array.from({ length: seeds }, (_, at) => runSeed(at + 1))
console.log('\n| agent | success % | SPL % | nDTW % | metres walked |')
console.log('|---|---|---|---|---|')
for (const name of results[0].keys()) {
  const scores = results.flatMap((result) => result.get(name) ?? [])
  console.log(line(name, scores))
}
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

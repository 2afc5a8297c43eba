// `winnow traces rooms`: adds a folder of buildings and paths to a project, teaches a planner in some of
// the buildings and measures it in others.
import { basename, resolve } from 'node:path'
import { writeFile } from 'node:fs/promises'
import {
  RoomsEffort,
  type RoomsPlan,
  type RoomsResult,
  type RoomsSet,
  type RoomsSpread
} from '../../../api/dto/trace-rooms.ts'
import { AppError } from '../../../api/errors.ts'
import { walkerName } from '../../../core/rooms/rooms-result.ts'
import { readArguments, type ParsedArguments } from './arguments.ts'
import { exitCodes, UsageError } from './output.ts'
import type { Session } from './session.ts'

const count = (value: number): string => value.toLocaleString('en')

/** `winnow traces rooms DIR --into P.winnow`, or `--in P.winnow --set NAME` for one that is there. */
export async function tracesRoomsCommand(
  session: Session,
  args: readonly string[]
): Promise<number> {
  const parsed = readArguments(
    args,
    {
      into: { type: 'string' },
      in: { type: 'string' },
      set: { type: 'string' },
      name: { type: 'string' },
      'import-only': { type: 'boolean' },
      train: { type: 'string' },
      test: { type: 'string' },
      effort: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string' },
      walks: { type: 'string' },
      hint: { type: 'string' },
      'without-messages': { type: 'boolean' },
      csv: { type: 'string' }
    },
    1
  )
  const [folder] = parsed.positionals
  const into = parsed.text('into')
  if (folder === undefined ? into !== undefined : parsed.text('in') !== undefined)
    throw new UsageError('A folder goes --into a project; a set that is there is --in one.')
  // Typing mistakes are said before anything is opened.
  const asked = optionsOf(parsed)
  await session.open(folder === undefined ? parsed.required('in') : parsed.required('into'))
  const set =
    folder === undefined
      ? await setNamed(session, parsed.text('set'))
      : await importFolder(session, folder, parsed.text('name'))
  if (parsed.flag('import-only')) {
    session.output.result(set)
    return exitCodes.ok
  }
  return measure(session, set, asked, parsed.text('csv'))
}

type Asked = Omit<RoomsPlan, 'set' | 'train' | 'test'> & {
  readonly train: readonly string[] | undefined
  readonly test: readonly string[] | undefined
}

function optionsOf(parsed: ParsedArguments): Asked {
  const list = (name: string): string[] | undefined =>
    parsed
      .text(name)
      ?.split(',')
      .map((scan) => scan.trim())
      .filter((scan) => scan !== '')
  const effort = RoomsEffort.safeParse(parsed.text('effort') ?? 'usual')
  if (!effort.success) throw new UsageError('--effort is quick, usual or thorough.')
  const between = (name: string, fallback: number, most: number): number => {
    const value = parsed.integer(name, fallback)
    if (value < 1 || value > most)
      throw new UsageError(`--${name} is a whole number from 1 to ${count(most)}.`)
    return value
  }
  const hintMetres = Number(parsed.text('hint') ?? '3')
  if (!(hintMetres >= 0 && hintMetres <= 50)) throw new UsageError('--hint is metres from 0 to 50.')
  const seed = parsed.integer('seed', 1)
  if (seed > 4_294_967_295) throw new UsageError('--seed is too large.')
  return {
    train: list('train'),
    test: list('test'),
    effort: effort.data,
    runs: between('runs', 3, 10),
    testPaths: between('walks', 200, 2000),
    seed,
    hintMetres,
    withoutMessages: parsed.flag('without-messages')
  }
}

async function importFolder(
  session: Session,
  folder: string,
  name: string | undefined
): Promise<RoomsSet> {
  const { client, output } = session
  const { job, set } = await client.call('rooms.import', {
    grant: await session.grant(folder),
    name: name ?? basename(resolve(folder)).slice(0, 80)
  })
  const { notes } = await session.finish(job)
  const made = await requireRooms(session, set)
  output.say(`Added ${count(made.paths)} paths as “${made.name}”.`)
  for (const note of notes) output.say(`  ${note}`)
  output.event({ event: 'imported', ...made })
  return made
}

async function requireRooms(session: Session, set: string): Promise<RoomsSet> {
  const { sets } = await session.client.call('rooms.sets', {})
  const found = sets.find((each) => each.set === set)
  if (found === undefined) throw new AppError('dataset-not-found')
  return found
}

async function setNamed(session: Session, name: string | undefined): Promise<RoomsSet> {
  const { sets } = await session.client.call('rooms.sets', {})
  const found =
    name === undefined
      ? sets.length === 1
        ? sets[0]
        : undefined
      : sets.find((each) => each.name === name || each.set === name)
  if (found !== undefined) return found
  const names = sets.map((each) => `"${each.name}"`).join(', ') || 'no sets with buildings'
  throw new UsageError(
    name === undefined
      ? `Name the set with --set. The project holds ${names}.`
      : `There is no set "${name}" with buildings. The project holds ${names}.`
  )
}

async function measure(
  session: Session,
  { set }: RoomsSet,
  { train, test, ...asked }: Asked,
  csv: string | undefined
): Promise<number> {
  const { client, output } = session
  const { suggested } = await client.call('rooms.buildings', { set })
  const plan: RoomsPlan = {
    ...asked,
    set,
    train: [...(train ?? suggested.train)],
    test: [...(test ?? suggested.test)]
  }
  const estimate = await client.call('rooms.estimate', plan)
  if (estimate.problem !== null) throw new AppError('invalid-input', estimate.problem)
  const { seconds } = estimate
  const time =
    seconds === null ? '' : ` About ${seconds.low.toFixed(0)} to ${seconds.high.toFixed(0)} s.`
  output.say(
    `Learns from ${count(estimate.trainPaths)} paths in ${count(plan.train.length)} buildings, measures on ${count(estimate.testPaths)} in ${count(plan.test.length)}.${time}`
  )
  output.event({ event: 'estimate', ...estimate })
  const { job } = await client.call('rooms.start', plan)
  await session.finish(job)
  const result = await client.call('rooms.result', { job })
  show(session, result)
  if (csv !== undefined) {
    const { text } = await client.call('rooms.figures', { job, format: 'csv' })
    await writeFile(resolve(csv), text).catch((cause: unknown) => {
      throw new AppError('destination-not-writable', undefined, { cause })
    })
    output.say(`Wrote ${resolve(csv)}.`)
  }
  output.result({ job, ...result })
  return exitCodes.ok
}

function show({ output }: Session, { walkers, sentences, over, plan, walked }: RoomsResult): void {
  const cell = (spread: RoomsSpread, by: number): string => {
    const text = (value: number): string => (by * value).toFixed(1)
    const range =
      spread.low === null || spread.high === null
        ? ''
        : ` (${text(spread.low)}-${text(spread.high)})`
    return `${text(spread.mean)}${range}`.padStart(20)
  }
  output.say(
    `${count(walked)} walks in each of ${plan.runs} runs; in brackets 95 % intervals over ${over}:`
  )
  const heads = ['reached %', 'SPL %', 'nDTW %', 'metres'].map((head) => head.padStart(20))
  output.say(`  ${''.padEnd(28)}${heads.join('')}`)
  for (const { walker, spread } of walkers)
    output.say(
      `  ${walkerName(walker).padEnd(28)}${cell(spread.success, 100)}${cell(spread.spl, 100)}${cell(spread.ndtw, 100)}${cell(spread.metres, 1)}`
    )
  for (const sentence of sentences) output.say(sentence)
}

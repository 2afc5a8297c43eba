// Commands about selections: methods, select, runs list|show|resume|cancel, export, verify.
import { basename, dirname, resolve } from 'node:path'
import type { SelectDraft, SelectionResult } from '../../../api/dto/runs.ts'
import { readArguments, readBudget } from './arguments.ts'
import { exitCodeOfEnd, exitCodes, UsageError } from './output.ts'
import { datasetNamed, type Session } from './session.ts'
import { readTasksFile } from './tasks-file.ts'

/** `winnow methods` */
export async function methodsCommand(session: Session, args: readonly string[]): Promise<number> {
  readArguments(args, {})
  const { methods } = await session.client.call('methods.list', {})
  for (const method of methods)
    session.output.say(`${method.id.padEnd(20)} ${method.name}: ${method.oneLine}`)
  session.output.result({ methods })
  return exitCodes.ok
}

/** `winnow select --project P.winnow --dataset NAME --method icons --budget 10%` */
export async function selectCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, {
    project: { type: 'string' },
    dataset: { type: 'string' },
    method: { type: 'string' },
    budget: { type: 'string' },
    tasks: { type: 'string' },
    'task-column': { type: 'string' },
    seed: { type: 'string' },
    check: { type: 'boolean' },
    repeats: { type: 'string' },
    name: { type: 'string' },
    set: { type: 'string', multiple: true },
    'keep-near-duplicates': { type: 'boolean' },
    'dry-run': { type: 'boolean' }
  })
  await session.open(parsed.required('project'))
  const dataset = await datasetNamed(session, parsed.text('dataset'))
  const defaults = await session.client.call('drafts.defaults', { dataset })
  const draft = await draftFrom(session, defaults, parsed)
  const review = await session.client.call('runs.review', draft)
  for (const message of review.messages) session.output.say(`${message.severity}: ${message.text}`)
  if (parsed.flag('dry-run')) {
    session.output.say(review.sentence)
    session.output.result({
      messages: review.messages,
      estimate: review.estimate,
      keep: review.keep
    })
    return review.messages.some((message) => message.severity === 'error')
      ? exitCodes.invalid
      : exitCodes.ok
  }
  const { run } = await session.client.call('runs.start', draft)
  session.output.event({ event: 'started', run })
  const job = await session.finish(run)
  const result = await session.client.call('runs.result', { run })
  showResult(session, result)
  session.output.result(resultFields(result))
  return exitCodeOfEnd(job)
}

async function draftFrom(
  session: Session,
  defaults: SelectDraft,
  parsed: ReturnType<typeof readArguments>
): Promise<SelectDraft> {
  const file = parsed.text('tasks')
  const column = parsed.text('task-column')
  if (file !== undefined && column !== undefined) {
    throw new UsageError('Use either --tasks or --task-column, not both.')
  }
  const tasks =
    file !== undefined
      ? await readTasksFile(file, defaults.dataset, (name) => datasetNamed(session, name))
      : column !== undefined
        ? await tasksOfColumn(session, defaults.dataset, column)
        : defaults.tasks
  const budget = parsed.text('budget')
  return {
    ...defaults,
    name: parsed.text('name') ?? defaults.name,
    tasks,
    budget: budget === undefined ? defaults.budget : readBudget(budget),
    method: {
      id: parsed.text('method') ?? defaults.method.id,
      params: readSettings(parsed.many('set'))
    },
    rules: parsed.flag('keep-near-duplicates')
      ? { ...defaults.rules, nearDuplicates: { ...defaults.rules.nearDuplicates, isOn: false } }
      : defaults.rules,
    seed: parsed.integer('seed', defaults.seed),
    check: {
      ...defaults.check,
      isOn: parsed.flag('check'),
      repeats: parsed.integer('repeats', defaults.check.repeats)
    }
  }
}

/** One task per value of the column; the label column's values are the classes themselves. */
async function tasksOfColumn(
  session: Session,
  dataset: string,
  column: string
): Promise<SelectDraft['tasks']> {
  const { columns, labelColumn } = await session.client.call('datasets.get', { dataset })
  if (column === labelColumn) return { kind: 'labels', perTask: 20 }
  const kept = columns.filter(({ role }) => role !== 'ignore').map(({ name }) => name)
  if (kept.includes(column)) return { kind: 'column', column, perTask: 20 }
  const names = kept.map((name) => `"${name}"`).join(', ')
  throw new UsageError(
    `There is no column "${column}" for --task-column. The data has ${names || 'no columns'}.`
  )
}

/** `--set combine=round-robin` pairs; values that read as JSON become numbers and booleans. */
function readSettings(pairs: readonly string[]): SelectDraft['method']['params'] {
  const params: SelectDraft['method']['params'] = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--set wants NAME=VALUE, not "${pair}".`)
    const text = pair.slice(at + 1)
    params[pair.slice(0, at)] = /^(true|false|-?\d+(\.\d+)?)$/.test(text)
      ? (JSON.parse(text) as number | boolean)
      : text
  }
  return params
}

/** The fields of a selection that scripts rely on. */
export function resultFields(result: SelectionResult): Record<string, unknown> {
  const check = result.check
  return {
    run: result.run,
    method: result.method,
    asked: result.asked,
    got: result.got,
    tieShare: result.tieShare,
    seconds: result.seconds,
    check: check && {
      chosen: check.chosen,
      random: check.random,
      stratified: check.stratified,
      all: check.all,
      difference: check.difference,
      differenceToStratified: check.differenceToStratified,
      verdict: check.verdict
    },
    advice: result.votes?.advice ?? null
  }
}

/** Prints a result for people. */
export function showResult(session: Session, result: SelectionResult): void {
  const { output } = session
  output.say(
    `${result.methodName}: kept ${result.got.toLocaleString('en')} of ${result.candidates.toLocaleString('en')} (asked for ${result.asked.toLocaleString('en')}), ${result.seconds.toFixed(1)} s. Run ${result.run}.`
  )
  const check = result.check
  if (check) {
    const share = (value: { mean: number; sd: number }): string =>
      `${(value.mean * 100).toFixed(1)} % ± ${(value.sd * 100).toFixed(1)}`
    output.say(
      `  random ${share(check.random)} · stratified random ${share(check.stratified)} · chosen ${share(check.chosen)} · all data ${share(check.all)}`
    )
    output.say(`  ${check.verdict}`)
    for (const caution of check.cautions) output.say(`  ${caution}`)
  }
  if (result.votes?.advice) output.say(`  ${result.votes.advice}`)
  for (const note of result.notes) output.say(`  Note: ${note}`)
}

/** `winnow runs list|show|resume|cancel --project P.winnow [RUN]` */
export async function runsCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { project: { type: 'string' } }, 2)
  const [verb = 'list', id] = parsed.positionals
  await session.open(parsed.required('project'))
  if (verb === 'list') {
    const { runs } = await session.client.call('runs.list', {})
    for (const run of runs) {
      session.output.say(
        `${run.job.id}  ${run.job.state.padEnd(20)} ${run.name}  ${run.verdict ?? ''}`
      )
    }
    session.output.result({ runs })
    return exitCodes.ok
  }
  if (id === undefined)
    throw new UsageError(`Name the run: winnow runs ${verb} RUN --project P.winnow`)
  switch (verb) {
    case 'show': {
      const run = await session.client.call('runs.get', { run: id })
      if (!run.hasResult) {
        session.output.say(`${run.name}: ${run.job.state}`)
        session.output.result(run)
        return exitCodes.ok
      }
      const result = await session.client.call('runs.result', { run: id })
      showResult(session, result)
      session.output.result(result)
      return exitCodes.ok
    }
    case 'resume': {
      await session.client.call('jobs.resume', { id })
      const job = await session.finish(id)
      if (job.kind !== 'select') {
        session.output.say(`${job.title}: ${job.state}`)
        session.output.result(job)
        return exitCodes.ok
      }
      const result = await session.client.call('runs.result', { run: id })
      showResult(session, result)
      session.output.result(resultFields(result))
      return exitCodeOfEnd(job)
    }
    case 'cancel': {
      const job = await session.client.call('jobs.cancel', { id, keep: false })
      session.output.say(`${job.title}: ${job.state}`)
      session.output.result(job)
      return exitCodes.ok
    }
    default:
      throw new UsageError(`runs ${verb} is not known; use list, show, resume or cancel.`)
  }
}

const exportOptionTable = {
  project: { type: 'string' },
  to: { type: 'string' },
  conflict: { type: 'string' },
  licence: { type: 'string' },
  'no-left-out': { type: 'boolean' }
} as const

/** `winnow export RUN --project P.winnow --to DIR` */
export async function exportCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, exportOptionTable, 1)
  const [run] = parsed.positionals
  if (run === undefined)
    throw new UsageError('Name the run to export; "winnow runs list" shows them.')
  await session.open(parsed.required('project'))
  const target = resolve(parsed.required('to'))
  const conflict = parsed.text('conflict') ?? 'stop'
  if (conflict !== 'stop' && conflict !== 'new-name' && conflict !== 'replace') {
    throw new UsageError('--conflict must be stop, new-name or replace.')
  }
  const { job } = await session.client.call('exports.start', {
    run,
    place: await session.grant(dirname(target)),
    name: basename(target),
    conflict,
    includeLeftOut: !parsed.flag('no-left-out'),
    licence: parsed.text('licence') ?? null
  })
  await session.finish(job)
  const outcome = await session.client.call('exports.result', { id: job })
  session.output.say(`Exported ${outcome.items.toLocaleString('en')} items to ${outcome.dir}`)
  session.output.result(outcome)
  return exitCodes.ok
}

/** `winnow verify DIR` */
export async function verifyCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, {}, 1)
  const [dir] = parsed.positionals
  if (dir === undefined) throw new UsageError('Name the exported folder.')
  const result = await session.client.call('exports.verify', { grant: await session.grant(dir) })
  session.output.say(result.sentence)
  for (const path of result.missing.slice(0, 20)) session.output.say(`  missing: ${path}`)
  for (const path of result.changed.slice(0, 20)) session.output.say(`  changed: ${path}`)
  for (const path of result.extra.slice(0, 20)) session.output.say(`  extra: ${path}`)
  const { ok, missing, changed, extra } = result
  session.output.result({ ok, missing, changed, extra })
  return result.ok ? exitCodes.ok : exitCodes.failed
}

// Commands about runs: methods, select, runs list|show|resume|cancel, export, verify.
import { basename, dirname, resolve } from 'node:path'
import { ExportLayout, type VerifyResult } from '../../../api/dto/exports.ts'
import type { SelectDraft } from '../../../api/dto/runs.ts'
import { readArguments } from './arguments.ts'
import { showTiny, tinyFields } from './distil-command.ts'
import { exitCodeOfEnd, exitCodes, UsageError } from './output.ts'
import { draftOfRecipe } from './recipe-drafts.ts'
import { resultFields, runDraft, showResult } from './run-draft.ts'
import { draftFrom, draftOptions } from './select-draft.ts'
import { datasetNamed, type Session } from './session.ts'

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
    ...draftOptions,
    list: { type: 'string' },
    'list-order': { type: 'string' },
    recipe: { type: 'string' },
    'dry-run': { type: 'boolean' }
  })
  await session.open(parsed.required('project'))
  const dataset = await datasetNamed(session, parsed.text('dataset'))
  const recipe = parsed.text('recipe')
  const defaults =
    recipe === undefined
      ? await session.client.call('drafts.defaults', { dataset })
      : await draftOfRecipe(session, recipe, dataset)
  const draft = await withList(session, await draftFrom(session, defaults, parsed), parsed)
  return runDraft(session, draft, parsed.flag('dry-run'))
}

/** The draft with the list of `--list` as its choice: all of it, unless `--budget` asks for less. */
async function withList(
  session: Session,
  draft: SelectDraft,
  parsed: ReturnType<typeof readArguments>
): Promise<SelectDraft> {
  const file = parsed.text('list')
  const order = parsed.text('list-order') ?? null
  if (order !== null && order !== 'as-listed' && order !== 'last-first')
    throw new UsageError('--list-order must be as-listed or last-first.')
  if (file === undefined) {
    if (order !== null) throw new UsageError('--list-order goes with --list.')
    return draft
  }
  const grant = await session.grant(file)
  const { dataset } = draft
  const list = await session.client.call('runs.readList', { grant, dataset, as: null, order })
  session.output.say(list.sentence)
  for (const note of list.notes) session.output.say(`  ${note}`)
  for (const one of list.unknownFirst.slice(0, 20))
    session.output.say(`  ${one.where}: ${one.entry} ${one.reason}`)
  return {
    ...draft,
    method: { id: 'given-list', params: {} },
    given: { title: list.title, run: null, keys: list.keys, added: [], removed: [], test: [] },
    budget:
      parsed.text('budget') === undefined
        ? { kind: 'count', count: Math.max(1, list.keys.length) }
        : draft.budget
  }
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
      if (run.kind === 'distil') {
        const tiny = await session.client.call('distil.result', { run: id })
        showTiny(session, tiny)
        session.output.result(tiny)
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
      if (job.kind === 'distil') {
        const tiny = await session.client.call('distil.result', { run: id })
        showTiny(session, tiny)
        session.output.result(tinyFields(tiny))
        return exitCodeOfEnd(job)
      }
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
  'no-left-out': { type: 'boolean' },
  layout: { type: 'string', multiple: true },
  indent: { type: 'boolean' }
} as const

/** `winnow export RUN --project P.winnow --to DIR` */
export async function exportCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, exportOptionTable, 1)
  const [run] = parsed.positionals
  if (run === undefined)
    throw new UsageError('Name the run to export; "winnow runs list" shows them.')
  const layouts = readLayouts(parsed.many('layout'))
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
    licence: parsed.text('licence') ?? null,
    layouts: layouts.length === 0 ? await usualLayouts(session, run) : layouts,
    indentRecords: parsed.flag('indent')
  })
  await session.finish(job)
  const outcome = await session.client.call('exports.result', { id: job })
  session.output.say(`Exported ${outcome.items.toLocaleString('en')} items to ${outcome.dir}`)
  session.output.result(outcome)
  return exitCodes.ok
}

/** A tiny set comes in every form, as from the window; a chosen set as lists only. */
async function usualLayouts(session: Session, run: string): Promise<ExportLayout[]> {
  const { kind } = await session.client.call('runs.get', { run })
  if (kind !== 'distil') return []
  const plan = await session.client.call('exports.plan', { run, place: null, name: null })
  return plan.layouts.filter(({ isPossible }) => isPossible).map(({ layout }) => layout)
}

function readLayouts(names: readonly string[]): ExportLayout[] {
  return names.map((name) => {
    const layout = ExportLayout.safeParse(name)
    if (layout.success) return layout.data
    throw new UsageError(
      `--layout must be one of ${ExportLayout.options.join(', ')}, not "${name}".`
    )
  })
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
  const { ok, missing, changed, extra, conversations } = result
  if (conversations !== undefined) sayConversations(session, conversations)
  session.output.result({
    ...{ ok, missing, changed, extra },
    ...(conversations === undefined ? {} : { conversations })
  })
  const areSound = conversations === undefined || conversations.valid === conversations.lines
  return ok && areSound ? exitCodes.ok : exitCodes.failed
}

function sayConversations(
  { output }: Session,
  { lines, valid, problems }: NonNullable<VerifyResult['conversations']>
): void {
  const count = (value: number): string => value.toLocaleString('en')
  output.say(
    valid === lines
      ? `All ${count(lines)} training conversations are valid.`
      : `${count(valid)} of ${count(lines)} training conversations are valid.`
  )
  for (const problem of problems) output.say(`  ${problem}`)
}

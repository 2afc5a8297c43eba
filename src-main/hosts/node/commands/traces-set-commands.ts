// `winnow traces import|list|export|score`: trace sets of a project from the command line.
import { basename, extname } from 'node:path'
import { TraceExportRequest, type TraceExportPreview } from '../../../api/dto/trace-reviews.ts'
import type { SuggestionScore, TraceSetSummary } from '../../../api/dto/trace-sets.ts'
import { readArguments, type ParsedArguments } from './arguments.ts'
import { exitCodeOfEnd, exitCodes, UsageError } from './output.ts'
import type { Session } from './session.ts'

const count = (value: number): string => value.toLocaleString('en')

/** `winnow traces import PATH --into P.winnow [--name NAME] [--keep-secrets]` */
export async function importTraces(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    { into: { type: 'string' }, name: { type: 'string' }, 'keep-secrets': { type: 'boolean' } },
    1
  )
  const [path] = parsed.positionals
  if (path === undefined) throw new UsageError('Name the file or folder of traces to import.')
  await session.open(parsed.required('into'))
  const grant = await session.grant(path)
  const began = performance.now()
  const { job, set } = await session.client.call('traces.import', {
    grants: [grant],
    name: parsed.text('name') ?? basename(path, extname(path)).slice(0, 80),
    options: { hideSecrets: !parsed.flag('keep-secrets') }
  })
  const finished = await session.finish(job)
  const summary = await session.client.call('traces.set', { set })
  const seconds = Number(((performance.now() - began) / 1000).toFixed(2))
  session.output.say(`${sentence(summary)} ${seconds} s.`)
  for (const { kind, count: hidden } of summary.secrets)
    session.output.say(`  Hidden: ${count(hidden)} of the kind “${kind}”.`)
  session.output.result({ ...shown(summary), seconds })
  return summary.problems > 0 ? exitCodes.notes : exitCodeOfEnd(finished)
}

/** `winnow traces list --in P.winnow` */
export async function listTraceSets(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { in: { type: 'string' } })
  await session.open(parsed.required('in'))
  const { sets } = await session.client.call('traces.sets', {})
  const { queues } = await session.client.call('reviews.queues', {})
  if (sets.length === 0) session.output.say('The project holds no trace sets.')
  for (const set of sets) {
    session.output.say(sentence(set))
    for (const { plan, done, total } of queues.filter((queue) => queue.set === set.set))
      session.output.say(`  Queue “${plan.name}”: ${count(done)} of ${count(total)} reviewed`)
  }
  session.output.result({
    sets: sets.map((set) => ({
      ...shown(set),
      queues: queues
        .filter((queue) => queue.set === set.set)
        .map(({ plan, done, total }) => ({ name: plan.name, done, total }))
    }))
  })
  return exitCodes.ok
}

const exportOptions = {
  in: { type: 'string' },
  to: { type: 'string' },
  name: { type: 'string' },
  queue: { type: 'string' },
  which: { type: 'string' },
  files: { type: 'string' },
  wrong: { type: 'string' },
  scope: { type: 'string' },
  'no-corrections': { type: 'boolean' },
  'no-recovered': { type: 'boolean' },
  'max-tokens': { type: 'string' },
  'test-share': { type: 'string' },
  seed: { type: 'string' },
  conflict: { type: 'string' },
  'dry-run': { type: 'boolean' }
} as const

/** `winnow traces export SET --in P.winnow --to DIR` */
export async function exportTraces(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, exportOptions, 1)
  const isDry = parsed.flag('dry-run')
  // Typing mistakes are said before anything is opened.
  const to = isDry ? '' : parsed.required('to')
  const options = requestOf(parsed)
  await session.open(parsed.required('in'))
  const set = await setNamed(session, parsed.positionals[0])
  const queue = await queueNamed(session, set.set, parsed.text('queue'))
  const request = { ...options, set: set.set, queue }
  const preview = await session.client.call('traces.exportPreview', request)
  showPreview(session, preview)
  if (isDry) {
    session.output.result(preview)
    return preview.messages.some(({ severity }) => severity === 'error')
      ? exitCodes.invalid
      : exitCodes.ok
  }
  const { job } = await session.client.call('traces.export', {
    ...request,
    name: parsed.text('name') ?? `${set.name} reviewed`.slice(0, 80),
    to: await session.grant(to)
  })
  const finished = await session.finish(job)
  const made = await session.client.call('exports.result', { id: job })
  session.output.say(`Wrote ${count(made.items)} attempts to ${made.dir}.`)
  for (const note of finished.notes) session.output.say(`  ${note}`)
  const { sft, weighted, masked, pairs, steps } = preview
  session.output.result({ ...made, sft, weighted, masked, pairs, steps, notes: finished.notes })
  return exitCodeOfEnd(finished)
}

const Options = TraceExportRequest.omit({ set: true, queue: true, to: true, name: true })

/** What the options ask for. Throws UsageError naming the first one that does not fit. */
function requestOf(parsed: ParsedArguments): ReturnType<typeof Options.parse> {
  const given = (name: string, key = name): Record<string, string> => {
    const value = parsed.text(name)
    return value === undefined ? {} : { [key]: value }
  }
  const files = parsed.text('files')
  const maxTokens = parsed.text('max-tokens')
  const read = Options.safeParse({
    ...given('which'),
    ...given('conflict', 'ifExists'),
    ...(files === undefined ? {} : { files: files.split(',').map((each) => each.trim()) }),
    sft: {
      ...given('wrong'),
      ...given('scope'),
      withCorrections: !parsed.flag('no-corrections'),
      withRecovered: !parsed.flag('no-recovered'),
      maxTokens: maxTokens === undefined ? null : parsed.integer('max-tokens', 0)
    },
    testShare01: parsed.share('test-share') ?? 0,
    seed: parsed.integer('seed', 0)
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  const option = optionNames[String(issue?.path.at(issue.path[0] === 'sft' ? 1 : 0))] ?? 'seed'
  throw new UsageError(`--${option} does not take this value. ${optionHints[option] ?? ''}`.trim())
}

const optionNames: Readonly<Record<string, keyof typeof exportOptions>> = {
  ifExists: 'conflict',
  maxTokens: 'max-tokens',
  testShare01: 'test-share',
  which: 'which',
  files: 'files',
  wrong: 'wrong',
  scope: 'scope',
  seed: 'seed'
}

const optionHints: Readonly<Partial<Record<string, string>>> = {
  which: 'It is kept, reviewed or all.',
  files: 'They are sft, sharegpt, pairs, steps, answers, atif and report, with commas between.',
  wrong: 'It is mask or drop.',
  scope: 'It is from-first or wrong-steps.',
  conflict: 'It is new-name, replace or stop.',
  'max-tokens': 'It is a whole number from 100 on.',
  'test-share': 'It is a share up to 0.5.'
}

function showPreview({ output }: Session, preview: TraceExportPreview): void {
  const { traces, sft, weighted, masked, pairs, steps } = preview
  output.say(
    `${count(traces)} attempts: ${count(sft)} conversations to learn from with ${count(weighted)} turns that are learnt and ${count(masked)} that are only seen, ${count(pairs)} pairs, ${count(steps)} steps.`
  )
  for (const { code, text } of preview.messages) output.say(`  ${code}: ${text}`)
}

/** `winnow traces score SET --in P.winnow` */
export async function scoreTraces(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { in: { type: 'string' } }, 1)
  await session.open(parsed.required('in'))
  const { set } = await setNamed(session, parsed.positionals[0])
  const score = await session.client.call('traces.score', { set })
  showScore(session, score)
  session.output.result(score)
  return exitCodes.ok
}

function showScore(
  { output }: Session,
  { marks, rules, tiers, gold, detectors }: SuggestionScore
): void {
  output.say(
    marks === 0
      ? 'Nobody marked first mistakes before seeing suggestions, so there is nothing to compare with.'
      : `First mistakes that people marked before seeing suggestions: ${count(marks)}.`
  )
  const line = (name: string, values: readonly string[]): void =>
    output.say(`  ${name.padEnd(36)} ${values.map((value) => value.padStart(8)).join('')}`)
  if (marks > 0) {
    line('', ['spoke', 'exact', '1 off'])
    for (const { name, spoke, exact, near } of rules)
      line(name, [count(spoke), decimal(exact), decimal(near)])
    for (const { name, spoke, exact } of tiers) line(`  ${name}`, [count(spoke), decimal(exact)])
  }
  if (gold !== null) {
    output.say(
      `Right steps known from the log, in failures at tasks that were solved, too: ${count(gold.labelled)}.`
    )
    line('Suggestions', [count(gold.suggestions), ` (${count(gold.near)} at most one off)`])
    line('A call nobody else made', [count(gold.anyNewCall)])
    line('The tree of calls', [count(gold.prefixTree)])
    line('The last step', [count(gold.lastStep)])
    line('The usual place', [count(gold.usualPlace)])
    line('By lot', [gold.random.toFixed(1)])
  }
  output.say('Detectors: failures and passes they fire on')
  for (const { name, fails, passes } of detectors) line(name, [count(fails), count(passes)])
}

function decimal(value: number): string {
  return Number.isInteger(value) ? count(value) : value.toFixed(1)
}

/** The set of a name or an id; the only one without a name. Throws UsageError listing what is there. */
async function setNamed(session: Session, name: string | undefined): Promise<TraceSetSummary> {
  const { sets } = await session.client.call('traces.sets', {})
  const [only, second] = sets
  const found =
    name === undefined
      ? second === undefined
        ? only
        : undefined
      : sets.find((set) => set.name === name || set.set === name)
  if (found !== undefined) return found
  const names = sets.map((set) => `"${set.name}"`).join(', ') || 'no trace sets'
  throw new UsageError(
    name === undefined
      ? `Name the trace set. The project holds ${names}.`
      : `There is no trace set "${name}". The project holds ${names}.`
  )
}

async function queueNamed(
  session: Session,
  set: string,
  name: string | undefined
): Promise<string | null> {
  if (name === undefined) return null
  const all = (await session.client.call('reviews.queues', {})).queues
  const queues = all.filter((queue) => queue.set === set)
  const found = queues.find((each) => each.plan.name === name || each.queue === name)
  if (found !== undefined) return found.queue
  const names = queues.map(({ plan }) => `"${plan.name}"`).join(', ') || 'no queues'
  throw new UsageError(`There is no queue "${name}". This set has ${names}.`)
}

function sentence({ name, traces, tasks, outcomes, reviewed, problems }: TraceSetSummary): string {
  const { pass, fail, partial, unknown } = outcomes
  const some = (number: number, what: string): string =>
    `${count(number)} ${what}${number === 1 ? '' : 's'}`
  return `“${name}”: ${some(traces, 'attempt')} at ${some(tasks, 'task')} (${count(pass)} passed, ${count(fail)} failed, ${count(partial)} in part, ${count(unknown)} not said), ${count(reviewed)} reviewed, ${count(problems)} could not be read.`
}

function shown(set: TraceSetSummary): object {
  const { name, formats, traces, tasks, mixedTasks, events, steps, outcomes, problems } = set
  return {
    ...{ set: name, formats, traces, tasks, mixedTasks, events, steps, outcomes, problems },
    ...{ reviewed: set.reviewed, secrets: set.secrets }
  }
}

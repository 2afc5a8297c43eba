// `winnow traces run`: plays pages in a browser, into a file of JSON lines or into a project.
import { basename, dirname, resolve } from 'node:path'
import type {
  RunnerCompletion,
  RunnerFileEvent,
  RunnerPolicy,
  RunnerRequest,
  TrialNews
} from '../../../api/dto/trace-runner.ts'
import { AppError } from '../../../api/errors.ts'
import { completionOf } from '../../../core/traces/runner/completion.ts'
import { readArguments, type ParsedArguments } from './arguments.ts'
import { exitCodes, UsageError } from './output.ts'
import type { Session } from './session.ts'

/** Runs a policy on pages. `args` begin after "run". */
export async function tracesRunCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    {
      pages: { type: 'string' },
      tasks: { type: 'string' },
      seeds: { type: 'string' },
      seed: { type: 'string' },
      trials: { type: 'string' },
      steps: { type: 'string' },
      policy: { type: 'string' },
      slip: { type: 'string' },
      corrector: { type: 'string' },
      address: { type: 'string' },
      model: { type: 'string' },
      'no-reflection': { type: 'boolean' },
      labels: { type: 'boolean' },
      pictures: { type: 'boolean' },
      out: { type: 'string' },
      into: { type: 'string' },
      name: { type: 'string' }
    },
    0
  )
  const request = await requestOf(session, parsed)
  const out = parsed.text('out')
  const into = parsed.text('into')
  if ((out === undefined) === (into === undefined))
    throw new UsageError('Name either a file (--out) or a project (--into).')
  return out === undefined
    ? runInto(session, request, into ?? '', parsed.text('name'))
    : runToFile(session, request, out)
}

async function requestOf(session: Session, parsed: ParsedArguments): Promise<RunnerRequest> {
  const pages = parsed.text('pages') ?? 'own'
  const place: RunnerRequest['pages'] =
    pages === 'own' ? { kind: 'own' } : { kind: 'folder', grant: await session.grant(pages) }
  const { tasks, problem } = await session.client.call('runner.tasks', place)
  if (problem !== null) throw new AppError('invalid-input', problem)
  const names = parsed
    .text('tasks')
    ?.split(',')
    .map((name) => name.trim())
  if (names === undefined)
    throw new UsageError(
      `--tasks is missing. There are ${tasks.map(({ name }) => name).join(', ')}.`
    )
  return {
    pages: place,
    tasks: names,
    seeds: seedsOf(parsed.text('seeds') ?? '1000-1024'),
    policy: policyOf(parsed),
    trials: parsed.integer('trials', 3),
    steps: parsed.integer('steps', 20),
    perScreen: 10,
    trialSeconds: 60,
    reflects: !parsed.flag('no-reflection'),
    labels: parsed.flag('labels'),
    pictures: parsed.flag('pictures'),
    // Our own pages do not move.
    settleMs: place.kind === 'own' ? 5 : 50
  }
}

/** "1000-1024", "7", "1,2,9". */
export function seedsOf(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const found = /^\s*(\d{1,10})(?:\s*-\s*(\d{1,10}))?\s*$/.exec(part)
    const from = Number(found?.[1])
    const to = Number(found?.[2] ?? found?.[1])
    if (found === null || to < from || to - from >= 1000)
      throw new UsageError(`"${part}" are no seeds: write 1000-1024, or 1,2,3. At most 1,000.`)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
  return [...new Set(seeds)]
}

function policyOf(parsed: ParsedArguments): RunnerPolicy {
  const kind = parsed.text('policy') ?? 'scripted'
  const seed = parsed.integer('seed', 0)
  switch (kind) {
    case 'scripted':
      return { kind }
    case 'random':
      return { kind, seed }
    case 'noisy': {
      const corrector = parsed.text('corrector')
      return {
        kind,
        seed,
        slip: shareOf('slip', parsed.text('slip') ?? '0.35'),
        corrector: corrector === 'off' ? null : shareOf('corrector', corrector ?? '1')
      }
    }
    case 'model': {
      const address = parsed.text('address')
      const model = parsed.text('model')
      if (address === undefined || model === undefined)
        throw new UsageError('A model needs --address and --model.')
      return { kind, address, model, temperature: 0, maxTokens: 256 }
    }
    default:
      throw new UsageError(`"${kind}" is no policy: scripted, noisy, random or model.`)
  }
}

function shareOf(name: string, text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share <= 1))
    throw new UsageError(`--${name} is a share from 0 to 1.`)
  return share
}

async function runToFile(session: Session, request: RunnerRequest, out: string): Promise<number> {
  const { client, output } = session
  const path = resolve(out)
  const to = await session.grant(dirname(path))
  const done = await new Promise<Extract<RunnerFileEvent, { kind: 'done' }> | undefined>(
    (settle, fail) => {
      let last: Extract<RunnerFileEvent, { kind: 'done' }> | undefined
      const stop = client.stream(
        'runner.toFile',
        { ...request, to, file: basename(path) },
        (event) => {
          if (event.kind === 'done') last = event
          else sayTrial(session, event.trial)
        },
        (error) => {
          process.off('SIGINT', cancel)
          if (error === undefined) settle(last)
          else fail(error)
        }
      )
      const cancel = (): void => {
        stop()
        settle(undefined)
      }
      process.once('SIGINT', cancel)
    }
  )
  if (done === undefined) throw new AppError('cancelled')
  sayCompletion(session, done.completion)
  output.result({ file: path, attempts: done.attempts, completion: done.completion })
  return exitCodes.ok
}

async function runInto(
  session: Session,
  request: RunnerRequest,
  project: string,
  name = `Pages: ${request.tasks.join(', ')}`
): Promise<number> {
  const { client, output } = session
  await session.open(project)
  const started = await client.call('runner.start', { ...request, name: name.slice(0, 80) })
  await session.finish(started.job)
  const news: TrialNews[] = []
  for (;;) {
    const { trials, total } = await client.call('runner.trials', {
      job: started.job,
      from: news.length
    })
    news.push(...trials)
    if (news.length >= total) break
  }
  const completion = completionOf(news, request.trials)
  sayCompletion(session, completion)
  output.result({ ...started, attempts: news.length, completion })
  return exitCodes.ok
}

function sayTrial({ output }: Session, news: TrialNews): void {
  output.event({ event: 'attempt', ...news })
  const change = news.change === null ? '' : `  ${news.change}`
  output.say(
    `  ${news.task} ${news.seed}, attempt ${news.trial + 1}: ${news.state}, ${news.steps} steps.${change}`
  )
}

function sayCompletion({ output }: Session, completion: readonly RunnerCompletion[]): void {
  const percent = (share: number): string => (share * 100).toFixed(0)
  for (const { trials, solved, of, low01, high01 } of completion)
    output.say(
      `Solved within ${trials} ${trials === 1 ? 'attempt' : 'attempts'}: ${solved} of ${of} (${percent(low01)} to ${percent(high01)} %)`
    )
}

// `winnow traces`: what logs of agents show, and trace sets of a project, from the command line.
import { ActionEffect, type TraceSuggestions } from '../../../api/dto/traces.ts'
import { readArguments } from './arguments.ts'
import { exitCodes, UsageError } from './output.ts'
import type { Session } from './session.ts'
import { tracesRoomsCommand } from './traces-rooms-command.ts'
import { tracesRunCommand } from './traces-run-command.ts'
import { exportTraces, importTraces, listTraceSets, scoreTraces } from './traces-set-commands.ts'

type Part = (session: Session, args: readonly string[]) => Promise<number>

/** What `winnow traces` can do, by its first word. */
const parts = new Map<string, Part>([
  ['suggest', suggestTraces],
  ['import', importTraces],
  ['list', listTraceSets],
  ['export', exportTraces],
  ['score', scoreTraces],
  ['run', tracesRunCommand],
  ['rooms', tracesRoomsCommand]
])

/** `winnow traces suggest|import|list|export|score|run` */
export async function tracesCommand(session: Session, args: readonly string[]): Promise<number> {
  const at = args.findIndex((word) => !word.startsWith('-'))
  const what = args.at(at) ?? ''
  const part = at === -1 ? undefined : parts.get(what)
  if (part === undefined) {
    throw new UsageError(
      at === -1
        ? `Say what traces should do: ${[...parts.keys()].join(', ')}.`
        : `"${what}" is not something traces can do.`
    )
  }
  return part(session, args.toSpliced(at, 1))
}

/** `winnow traces suggest FILE [--effect TOOL=write] [--volatile price,request_id]` */
async function suggestTraces(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    { effect: { type: 'string', multiple: true }, volatile: { type: 'string' } },
    1
  )
  const [file] = parsed.positionals
  if (file === undefined) throw new UsageError('The file of traces is missing.')
  const found = await session.client.call('traces.suggest', {
    grant: await session.grant(file),
    effects: Object.fromEntries(parsed.many('effect').map((text) => effectOf(text))),
    volatile:
      parsed
        .text('volatile')
        ?.split(',')
        .map((name) => name.trim()) ?? null
  })
  show(session, found)
  session.output.result(found)
  return found.problems.length > 0 ? exitCodes.notes : exitCodes.ok
}

function effectOf(text: string): [string, ActionEffect] {
  const at = text.lastIndexOf('=')
  const effect = ActionEffect.safeParse(text.slice(at + 1))
  if (at <= 0 || !effect.success)
    throw new UsageError(
      `--effect takes TOOL=EFFECT, and an effect is one of ${ActionEffect.options.join(', ')}.`
    )
  return [text.slice(0, at), effect.data]
}

function show({ output }: Session, found: TraceSuggestions): void {
  const count = (value: number): string => value.toLocaleString('en')
  const { pass, fail, partial, unknown } = found.outcomes
  output.say(
    `${count(found.traces)} traces of ${count(found.tasks)} tasks (${found.format}): ${count(pass)} passed, ${count(fail)} failed, ${count(partial)} in part, ${count(unknown)} not said. ${count(found.mixedTasks)} tasks were both solved and failed. ${found.seconds.toFixed(1)} s.`
  )
  output.say('Tools, and what they are taken to do (set right with --effect TOOL=write):')
  for (const { verb, calls, effect } of found.tools.slice(0, 30))
    output.say(`  ${verb.padEnd(32)} ${count(calls).padStart(7)}  ${effect}`)
  output.say('First wrong step of failed traces (counted from 1):')
  for (const { trace, step, steps, confidence, reason } of found.suggestions)
    output.say(`  ${trace.padEnd(10)} step ${step + 1} of ${steps}, ${confidence}: ${reason}`)
  if (found.silent > 0) output.say(`  ${count(found.silent)} failed traces tell nothing.`)
  output.say('Detectors: failures and passes they fire on')
  for (const { name, fails, passes } of found.detectors)
    output.say(`  ${name.padEnd(50)} ${count(fails).padStart(6)} ${count(passes).padStart(6)}`)
  if (found.score !== null) {
    const { labelled, suggestions, near, ...others } = found.score
    output.say(
      `Right step known from the log in ${count(labelled)} failures of tasks that were solved, too: suggestions name it in ${count(suggestions)} (at most one off: ${count(near)}); a call nobody else made ${count(others.anyNewCall)}, the tree of calls ${count(others.prefixTree)}, the last step ${count(others.lastStep)}, the usual place ${count(others.usualPlace)}, by lot ${others.random.toFixed(1)}.`
    )
  }
  for (const { where, reason } of found.problems) output.say(`  ${where}: ${reason}`)
}

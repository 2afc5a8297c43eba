// `winnow distil`: a tiny training set from the command line, as the window makes it.
import type { DistilDraft, DistilResult } from '../../../api/dto/distil.ts'
import type { CostEstimate } from '../../../api/dto/runs.ts'
import { aboutRange } from '../../../core/distillation/duration-words.ts'
import { readArguments } from './arguments.ts'
import { distilDraftFrom, distilOptions } from './distil-draft.ts'
import { exitCodeOfEnd, exitCodes } from './output.ts'
import type { Session } from './session.ts'

/** `winnow distil --project P.winnow --dataset NAME [--recipe NAME|FILE] [--plan plan.json] [--per-class 10]` */
export async function distilCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, {
    project: { type: 'string' },
    ...distilOptions,
    'dry-run': { type: 'boolean' }
  })
  await session.open(parsed.required('project'))
  const draft = await distilDraftFrom(session, parsed)
  return runTiny(session, draft, parsed.flag('dry-run'))
}

/** Makes a tiny set, or with `isDryRun` only says what it would take; the exit code. */
export function runTiny(session: Session, draft: DistilDraft, isDryRun: boolean): Promise<number> {
  return isDryRun ? reviewOnly(session, draft) : make(session, draft)
}

async function reviewOnly(session: Session, draft: DistilDraft): Promise<number> {
  const review = await session.client.call('distil.review', draft)
  const { messages, estimate, items, shrink, sizeBytes, sentence } = review
  for (const message of messages) session.output.say(`${message.severity}: ${message.text}`)
  session.output.say(sentence)
  if (estimate !== null) session.output.say(estimateWords(estimate))
  session.output.result({ messages, estimate, items, shrink, sizeBytes, draft })
  return messages.some(({ severity }) => severity === 'error') ? exitCodes.invalid : exitCodes.ok
}

/** "Takes about 4 to 7 min, 500 MB of memory and 30 MB of disk on: Processor." */
function estimateWords(estimate: CostEstimate): string {
  const { lowSeconds, highSeconds, megabytes, diskMegabytes, device } = estimate
  const time = aboutRange(lowSeconds, highSeconds)
  return `Takes ${time}, ${Math.ceil(megabytes)} MB of memory and ${Math.ceil(diskMegabytes)} MB of disk on: ${device}.`
}

async function make(session: Session, draft: DistilDraft): Promise<number> {
  const { run } = await session.client.call('distil.start', draft)
  session.output.event({ event: 'started', run })
  const job = await session.finish(run)
  const result = await session.client.call('distil.result', { run })
  showTiny(session, result)
  session.output.result(tinyFields(result))
  return exitCodeOfEnd(job)
}

/** The fields of a tiny set that scripts rely on. */
export function tinyFields(result: DistilResult): Record<string, unknown> {
  const { run, method, kind, perClass, items, decodedItems, trainItems, bytes, seconds } = result
  const { check } = result
  return {
    ...{ run, method, kind, perClass, items, decodedItems, trainItems, bytes, seconds },
    check: check && {
      chosenArm: check.chosenArm,
      arms: check.arms.map(({ arm, network, items, accuracy }) => ({
        arm,
        network,
        items,
        accuracy
      })),
      difference: check.difference,
      otherDifference: check.otherDifference,
      verdict: check.verdict
    }
  }
}

/** Prints a result for people. */
export function showTiny(session: Session, result: DistilResult): void {
  const { output } = session
  const count = (value: number): string => value.toLocaleString('en')
  output.say(
    `${result.methodName}: ${count(result.decodedItems)} items stand for ${count(result.trainItems)}, ${result.seconds.toFixed(1)} s. Run ${result.run}.`
  )
  const { check } = result
  if (check !== null) {
    for (const { arm, network, items, accuracy } of check.arms)
      output.say(
        `  ${arm.padEnd(14)} ${(accuracy.mean * 100).toFixed(1)} % ± ${(accuracy.sd * 100).toFixed(1)}  ${count(items)} items, ${network}`
      )
    output.say(`  ${check.verdict}`)
    for (const caution of check.cautions) output.say(`  ${caution}`)
  }
  for (const note of result.notes) output.say(`  Note: ${note}`)
}

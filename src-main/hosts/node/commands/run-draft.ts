// Runs a finished draft from the command line: what the review says, then the run and its result.
import type { SelectDraft, SelectionResult } from '../../../api/dto/runs.ts'
import { exitCodeOfEnd, exitCodes } from './output.ts'
import type { Session } from './session.ts'

/** Reviews a draft and, unless it is a dry run, runs it; the exit code. */
export async function runDraft(
  session: Session,
  draft: SelectDraft,
  isDryRun: boolean
): Promise<number> {
  const review = await session.client.call('runs.review', draft)
  for (const message of review.messages) session.output.say(`${message.severity}: ${message.text}`)
  if (isDryRun) {
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

// One line that says where a job is: "3 of 5 · Comparing pictures · 8,200 of 12,400". Pure.
import type { Eta, Job } from '@api/dto/jobs.ts'
import { run as words } from '../../text/runs.ts'
import { formatAboutRange, formatNumber } from '../../text/format.ts'

/** The line; empty while there is no phase. */
export function phaseLine(job: Job): string {
  const { phase } = job
  if (phase === null) return ''
  const done = formatNumber(
    Math.floor(Math.min(phase.done, phase.total > 0 ? phase.total : phase.done))
  )
  const counts =
    phase.total > 0
      ? words.counts(done, formatNumber(phase.total), phase.unit)
      : phase.done > 0
        ? words.countOnly(done, phase.unit)
        : ''
  return [words.phase(phase.index, phase.count), phase.name, counts]
    .filter((part) => part !== '')
    .join(' · ')
}

/** Time left as a range, with the reason when it grew; empty until it can be told. */
export function etaLine(eta: Eta | null): string {
  if (eta === null) return ''
  const text = words.left(formatAboutRange(eta.lowSeconds, eta.highSeconds))
  return eta.reason === null ? text : `${text}. ${eta.reason}`
}

/** Share done in whole percent, rounded down: 100 % only when everything is done. */
export function percentOf(job: Job): string {
  return `${formatNumber(Math.floor(Math.min(1, Math.max(0, job.fraction01)) * 100))} %`
}

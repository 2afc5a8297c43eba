// A stored job as every screen sees it, with the live figures of its run while it runs.
import { JobKindName, type Job } from '../../api/dto/jobs.ts'
import type { JobRecord } from '../store/records.ts'
import { phasesOf, type JobKind } from './job-kind.ts'
import type { RunningJob } from './running-job.ts'

/** `queuePosition` is -1 for a job that does not wait. */
export function jobView(
  record: JobRecord,
  kind:
    Pick<JobKind<never, unknown>, 'phases' | 'phasesFor' | 'canPause' | 'canResume'> | undefined,
  running: Pick<RunningJob, 'snapshot' | 'eta'> | undefined,
  queuePosition: number
): Job {
  const live = running ? { ...record, ...running.snapshot() } : record
  return {
    id: record.id,
    kind: JobKindName.parse(record.kind),
    title: record.title,
    state: record.state,
    dataset: record.dataset ?? null,
    run: record.run ?? null,
    phase:
      record.state === 'queued'
        ? null
        : phaseOf(live, kind === undefined ? [] : phasesOf(kind, record.params)),
    fraction01: live.fraction01,
    eta: running?.eta() ?? null,
    queuePosition: queuePosition < 0 ? null : queuePosition,
    createdAt: record.createdAt,
    startedAt: record.startedAt ?? null,
    finishedAt: record.finishedAt ?? null,
    activeSeconds: live.activeSeconds,
    error: record.error ?? null,
    notes: [...live.notes],
    device: live.device ?? null,
    canPause: kind?.canPause ?? false,
    canResume: (kind?.canResume ?? false) && ['interrupted', 'failed'].includes(record.state)
  }
}

function phaseOf(
  live: Pick<JobRecord, 'phaseIndex' | 'phaseDone' | 'phaseTotal' | 'phaseUnit'>,
  phases: readonly { readonly name: string }[]
): Job['phase'] {
  const phase = phases.at(live.phaseIndex)
  if (!phase) return null
  return {
    index: live.phaseIndex + 1,
    count: phases.length,
    name: phase.name,
    names: phases.map(({ name }) => name),
    done: live.phaseDone,
    total: live.phaseTotal,
    unit: live.phaseUnit
  }
}

/** False for kinds that only a newer app knows; they stay in the file as they are. */
export function isNameable(record: JobRecord): boolean {
  return JobKindName.safeParse(record.kind).success
}

// Where an expansion is, by what its job tells.
import type { Job } from '@api/dto/jobs.ts'

/** Place of the phase in which pictures are made; see the phases of the core's job. */
const makingPhase = 3

/** Whether pictures are being made, and some are finished. */
export function isMaking({ phase }: Pick<Job, 'phase'>): boolean {
  return phase !== null && phase.index === makingPhase && phase.done > 0
}

/** Whether there may be pictures to look at. */
export function hasMade(job: Pick<Job, 'phase'>): boolean {
  return isMaking(job) || (job.phase?.index ?? 0) > makingPhase
}

// kill -9 in the middle of a stage, and what must be true afterwards.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { endsForGood, projectFolder, type FaultPlaces } from './fault-work.test-support.ts'
import { flipByte, runProcess } from './faults.test-support.ts'
import { forget, requireOutcome, requireWholeExports, type Ground } from './ground.test-support.ts'

/** What became of one kill. */
export type KillResult = 'cut off' | 'already done' | 'cut off and damaged'

/** Bytes of what a job keeps to go on from. */
const kept = /(\.part|checkpoint-\d+[\\/][^\\/]+\.npy)$/

/** Changes one byte of every array that a killed job goes on from; whether there was any. */
async function damageKept(places: FaultPlaces): Promise<boolean> {
  const folder = projectFolder(places.place)
  const names = (await readdir(folder, { recursive: true })).filter((name) => kept.test(name))
  for (const name of names) {
    const path = join(folder, name)
    await flipByte(path, (await stat(path)).size - 3)
  }
  return names.length > 0
}

const afterKill = new Set(['interrupted', 'queued', 'running', 'finished', 'finished-with-notes'])
/** Stages that opening the project begins anew by itself, in place of the job that was cut off. */
const beginsAnew = new Set(['derive-traces'])

/**
 * Kills a process `share01` of the stage's usual time after it began, opens the project in another
 * one, goes on, and compares with the calm run. Throws on anything that is not as it must be.
 */
export async function killDuring(
  ground: Ground,
  stage: string,
  share01: number,
  damages = false
): Promise<KillResult> {
  const places = await ground.placesBefore(stage)
  const number = ground.stages.indexOf(stage)
  const after = await ground.expected(number + 1)
  const afterMs = share01 * (ground.times.get(stage) ?? 0)
  const killed = await runProcess({ places, stages: [stage] }, { stage, afterMs })
  if (!killed.wasKilled) throw new Error('the process was to be killed')
  await requireWholeExports(places, after)
  const last = killed.reports.findLast((seen) => seen.at === 'progress')
  const isDamaged = damages && (await damageKept(places))
  const next = await runProcess({ places, stages: [stage] })
  const opened = next.reports[0]
  const job =
    opened?.at === 'opened' && last?.at === 'progress'
      ? opened.jobs.find(({ id }) => id === last.job)
      : undefined
  const isLeft = job?.state === 'cancelled' && beginsAnew.has(stage)
  if (job !== undefined && !isLeft && !afterKill.has(job.state))
    throw new Error(`opened as ${job.state}`)
  const ended = next.reports.find((seen) => seen.at === 'ended')
  if (ended?.at !== 'ended') throw new Error('the stage did not end')
  if (endsForGood.has(stage) && ended.state === 'interrupted') {
    // It cannot go on; nothing half of it may be seen.
    await requireOutcome(ground, places, number)
  } else {
    if (!/^finished/.test(ended.state))
      throw new Error(`${stage} then ${ended.state}: ${ended.error?.message}`)
    await requireOutcome(ground, places, number + 1)
  }
  await forget(places)
  if (!isLeft && job?.state !== 'interrupted') return 'already done'
  return isDamaged ? 'cut off and damaged' : 'cut off'
}

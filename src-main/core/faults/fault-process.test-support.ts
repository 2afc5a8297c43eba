// The process that the tests start and kill: opens the project of a place and runs stages, one JSON
// line for all that happens. Argument: what to do, as JSON (`Orders`).
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '../../api/dto/jobs.ts'
import type { UserError } from '../../api/errors.ts'
import { projectFolder, startFaultApp, type FaultPlaces } from './fault-work.test-support.ts'

/** What the process is to do. */
export interface Orders {
  readonly places: FaultPlaces
  readonly stages: readonly string[]
  /** Folder that gets a copy of the project before each stage and after the last. */
  readonly copies?: string
}

/** What the process reports while it works. */
export type Report =
  | {
      readonly at: 'opened'
      readonly jobs: readonly Pick<Job, 'id' | 'state' | 'fraction01'>[]
    }
  | { readonly at: 'begun'; readonly stage: string; readonly job: string }
  | {
      readonly at: 'progress'
      readonly stage: string
      readonly job: string
      readonly fraction01: number
    }
  | {
      readonly at: 'ended'
      readonly stage: string
      readonly job: string
      readonly state: Job['state']
      readonly error: UserError | null
    }
  | { readonly at: 'done' }

const orders = JSON.parse(process.argv[2] ?? '') as Orders

function report(line: Report): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Name of the copy that was made before the stage of a number. */
async function copyBefore(number: number): Promise<void> {
  if (orders.copies === undefined) return
  await work.client.call('projects.close', {})
  const { place, exports } = orders.places
  const target = join(orders.copies, String(number))
  await cp(projectFolder(place), projectFolder(target), { recursive: true })
  await cp(exports, join(target, 'exports'), { recursive: true })
  await work.open()
}

const work = await startFaultApp(orders.places)
await work.open()
const jobs = await work.jobs()
report({
  at: 'opened',
  jobs: jobs.map(({ id, state, fraction01 }) => ({ id, state, fraction01 }))
})
for (const [number, stage] of orders.stages.entries()) {
  await copyBefore(number)
  const { job, state, error } = await work.run(stage, {
    onBegun: (job) => report({ at: 'begun', stage, job }),
    onProgress: ({ id, fraction01 }) => report({ at: 'progress', stage, job: id, fraction01 })
  })
  report({ at: 'ended', stage, job, state, error })
}
await copyBefore(orders.stages.length)
report({ at: 'done' })
await work.close()

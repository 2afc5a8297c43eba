// Compute task: trains one helper model and writes its moments into the store, going on where an
// earlier one stopped.
import { createRandom } from '../compute/random.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { createNetwork } from '../networks/create-network.ts'
import type { ExpertRequest } from '../networks/experts.ts'
import { trainExpert } from '../networks/train-experts.ts'
import { openDistilData, type DataPlace } from './distil-data.ts'
import { describeExperts, openExpertWriter } from './expert-store.ts'

export interface ExpertTaskInput {
  readonly data: DataPlace
  readonly request: ExpertRequest
  /** Which of the request's experts. */
  readonly expert: number
  readonly folder: string
  readonly seed: number
  readonly device: string
  /** Milliseconds between checkpoints. */
  readonly checkpointEveryMs: number
}

export interface ExpertTaskEvent {
  readonly done: number
  readonly total: number
  /** A moment that was just kept. */
  readonly moment?: {
    readonly epoch: number
    readonly accuracy01: number
    readonly entropy: number
  }
}

export interface ExpertTaskOutput {
  readonly device: string
}

export const expertTask: ComputeTask<ExpertTaskInput, ExpertTaskEvent, ExpertTaskOutput> = {
  name: 'distil-expert',
  async *run(input, context) {
    const device = await context.device(input.device)
    const data = await openDistilData(input.data)
    try {
      const { request, expert } = input
      const classes = data.classNames.length
      await describeExperts(input.folder, { shape: data.shape, classes, device: device.name })
      const writer = await openExpertWriter(input.folder, expert)
      const network = createNetwork(request.network, data.shape, classes)
      const steps = trainExpert(
        {
          random: createRandom(input.seed).fork('experts'),
          signal: context.signal,
          device,
          resume: writer.resume
        },
        network,
        request,
        data.train,
        await data.part('validation'),
        expert
      )
      let savedAt = performance.now()
      for await (const { done, total, moment, checkpoint } of steps) {
        if (moment !== undefined) await writer.moment(moment.index, moment)
        // After a moment always: what is kept must not be trained again.
        const isDue = moment !== undefined || performance.now() - savedAt >= input.checkpointEveryMs
        if (checkpoint !== undefined && isDue) {
          await writer.checkpoint(checkpoint)
          savedAt = performance.now()
        }
        yield { done, total, ...(moment === undefined ? {} : { moment: facts(moment) }) }
      }
      await writer.finish(device.name)
      return { device: device.name }
    } finally {
      await data.close()
    }
  }
}

function facts({
  epoch,
  accuracy01,
  entropy
}: NonNullable<ExpertTaskEvent['moment']>): NonNullable<ExpertTaskEvent['moment']> {
  return { epoch, accuracy01, entropy }
}

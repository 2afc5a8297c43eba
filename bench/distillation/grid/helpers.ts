// Helper models of the grid, trained once for each request and kept in a folder, as the app keeps them.
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Device } from '../../../src-main/core/compute/devices/device.ts'
import { createRandom } from '../../../src-main/core/compute/random.ts'
import {
  describeExperts,
  expertKey,
  hasExpert,
  openExperts,
  openExpertWriter
} from '../../../src-main/core/distillation/expert-store.ts'
import { createNetwork } from '../../../src-main/core/networks/create-network.ts'
import type { ExpertRequest, ExpertSource } from '../../../src-main/core/networks/experts.ts'
import { trainExpert } from '../../../src-main/core/networks/train-experts.ts'
import { classNames, shape, type BenchData } from './data.ts'

const signal = new AbortController().signal

/** Helper models for a request, and the seconds that training them took, now or earlier. */
export async function helpersFor(
  folder: string,
  device: Device,
  request: ExpertRequest,
  data: BenchData
): Promise<{ readonly source: ExpertSource; readonly seconds: number }> {
  const key = expertKey({
    request,
    shape,
    splitHash: `fashion-mnist ${data.train.count} ${data.validation.count}`,
    contentHash: '',
    seed: 0
  })
  const place = join(folder, key)
  await describeExperts(place, { shape, classes: classNames.length, device: device.name })
  let seconds = 0
  for (let expert = 0; expert < request.count; expert++) {
    const clock = join(place, `seconds-${expert}.json`)
    if (!(await hasExpert(place, expert))) {
      const start = performance.now()
      await train(place, device, request, data, expert)
      await writeFile(clock, JSON.stringify((performance.now() - start) / 1000))
    }
    if (existsSync(clock)) seconds += Number(readFileSync(clock, 'utf8'))
  }
  return { source: await openExperts(place, request), seconds }
}

async function train(
  place: string,
  device: Device,
  request: ExpertRequest,
  { train, validation }: BenchData,
  expert: number
): Promise<void> {
  const writer = await openExpertWriter(place, expert)
  const network = createNetwork(request.network, shape, classNames.length)
  const random = createRandom(0).fork('experts')
  const context = { random, signal, device, resume: writer.resume }
  for await (const { moment, checkpoint } of trainExpert(
    context,
    network,
    request,
    train,
    validation,
    expert
  )) {
    if (moment === undefined) continue
    await writer.moment(moment.index, moment)
    if (checkpoint !== undefined) await writer.checkpoint(checkpoint)
  }
  await writer.finish(device.name)
}

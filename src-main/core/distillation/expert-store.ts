// Helper models on disk: networks trained on all training items, with their parameters at every
// moment kept. A request on the same items is trained once and then shared by all runs of a project.
import { createHash } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import { canonicalJson } from '../datasets/readers/canonical-json.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { createNetwork } from '../networks/create-network.ts'
import type { ExpertMoment, ExpertRequest, ExpertSource } from '../networks/experts.ts'
import { concatArrays, cutArrays } from '../networks/flat-arrays.ts'
import type { InputShape } from '../networks/network.ts'
import type { MethodCheckpoint } from '../methods/method.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import {
  CheckpointRef,
  loadCheckpointArrays,
  removeCheckpointArrays,
  saveCheckpointArrays
} from '../selection/selection-files.ts'
import { readJson } from './frozen-split.ts'
import { openOwnExperts, OwnHelper } from './own-helper/own-experts.ts'

const Moment = z.strictObject({
  epoch: z.number(),
  accuracy01: z.number(),
  entropy: z.number()
})

const ExpertFile = z.strictObject({
  moments: z.array(Moment),
  device: z.string()
})

const StoreFile = z.strictObject({
  shape: z.strictObject({ height: z.int(), width: z.int(), channels: z.int() }),
  classes: z.int(),
  device: z.string(),
  /** Set where a model of the analyst's own is asked in place of trained ones. */
  own: OwnHelper.optional()
})

const ResumeFile = z.strictObject({ sequence: z.int(), checkpoint: CheckpointRef })

/** What experts depend on. */
export interface ExpertKey {
  readonly request: ExpertRequest
  readonly shape: InputShape
  /** Hash of the split: rows, classes and what is in them. */
  readonly splitHash: string
  readonly contentHash: string
  readonly seed: number
}

/** Bumped when experts of the same request would come out otherwise. */
const storeVersion = 1

/** Name of the folder of some experts. Their number is no part of it: more are added beside. */
export function expertKey({ request, ...facts }: ExpertKey): string {
  const one = { ...request, count: 1 }
  // Plain numbers and words; the round trip makes it JSON by type, too.
  const plain = JSON.parse(JSON.stringify({ ...facts, request: one, storeVersion })) as JsonValue
  const text = canonicalJson(plain)
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** A moment as it is trained. */
export interface TrainedMoment extends ExpertMoment {
  readonly parameters: readonly Float32Array[]
  /** Running mean and variance before each batch normalisation; empty without. */
  readonly statistics: readonly Float32Array[]
}

function expertFolder(folder: string, expert: number): string {
  return join(folder, `expert-${expert}`)
}

/** True when this expert is there whole. */
export async function hasExpert(folder: string, expert: number): Promise<boolean> {
  const file = join(expertFolder(folder, expert), 'expert.json')
  return (await stat(file).catch(() => undefined))?.isFile() === true
}

/** One expert while it is trained: moments, and where to go on after a stop. */
export interface ExpertWriter {
  /** Where the last stop left it. */
  readonly resume: MethodCheckpoint | undefined
  moment(index: number, moment: TrainedMoment): Promise<void>
  checkpoint(checkpoint: MethodCheckpoint): Promise<void>
  /** Makes it an expert that {@link openExperts} finds. */
  finish(device: string): Promise<void>
}

/** Starts (or goes on with) writing one expert. */
export async function openExpertWriter(folder: string, expert: number): Promise<ExpertWriter> {
  const place = expertFolder(folder, expert)
  await mkdir(place, { recursive: true })
  const resumePath = join(place, 'resume.json')
  const known = await readJson(resumePath, ResumeFile).catch(() => undefined)
  let last = known
  return {
    resume:
      known === undefined
        ? undefined
        : await loadCheckpointArrays(place, known.checkpoint).catch(() => undefined),
    async moment(index, moment) {
      await writeArray(join(place, `moment-${index}.npy`), concatArrays(moment.parameters))
      if (moment.statistics.length > 0)
        await writeArray(join(place, `statistics-${index}.npy`), concatArrays(moment.statistics))
      const { epoch, accuracy01, entropy } = moment
      await writeFileAtomic(
        join(place, `moment-${index}.json`),
        JSON.stringify({ epoch, accuracy01, entropy } satisfies z.infer<typeof Moment>)
      )
    },
    async checkpoint(checkpoint) {
      const before = last
      const sequence = (before?.sequence ?? 0) + 1
      last = { sequence, checkpoint: await saveCheckpointArrays(place, sequence, checkpoint) }
      await writeFileAtomic(resumePath, JSON.stringify(last))
      if (before !== undefined) await removeCheckpointArrays(place, before.checkpoint)
    },
    async finish(device) {
      const moments: z.infer<typeof Moment>[] = []
      for (;;) {
        const path = join(place, `moment-${moments.length}.json`)
        if ((await stat(path).catch(() => undefined)) === undefined) break
        moments.push(await readJson(path, Moment))
      }
      await writeFileAtomic(
        join(place, 'expert.json'),
        JSON.stringify({ moments, device } satisfies z.infer<typeof ExpertFile>)
      )
      await rm(resumePath, { force: true })
      if (last !== undefined) await removeCheckpointArrays(place, last.checkpoint)
    }
  }
}

/** Says what experts of a folder read and name; written before the first of them. */
export async function describeExperts(
  folder: string,
  facts: z.infer<typeof StoreFile>
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFileAtomic(join(folder, 'experts.json'), JSON.stringify(facts))
}

/** Moments of the experts of a folder, expert by expert. */
export async function readMoments(folder: string, count: number): Promise<ExpertMoment[][]> {
  const moments: ExpertMoment[][] = []
  for (let expert = 0; expert < count; expert++)
    moments.push(
      (await readJson(join(expertFolder(folder, expert), 'expert.json'), ExpertFile)).moments
    )
  return moments
}

/**
 * Opens finished experts; `cores` are for a model of the analyst's own. Throws AppError "file-damaged"
 * when one is not there or not sound.
 */
export async function openExperts(
  folder: string,
  request: ExpertRequest,
  cores = 1
): Promise<ExpertSource> {
  const { shape, classes, own } = await readJson(join(folder, 'experts.json'), StoreFile)
  if (own !== undefined) {
    const moments = await readMoments(folder, 1)
    return openOwnExperts(folder, own, { shape, network: request.network, moments, cores })
  }
  const network = createNetwork(request.network, shape, classes)
  const sizes = network.parameters.map((parameter) =>
    parameter.shape.reduce((product, side) => product * side, 1)
  )
  const widths = network.normalised.flatMap((width) => [width, width])
  const moments = await readMoments(folder, request.count)
  const read = (kind: string, expert: number, moment: number): Promise<Float32Array> =>
    readArrayOf(join(expertFolder(folder, expert), `${kind}-${moment}.npy`), 'f4')
  return {
    network: request.network,
    count: request.count,
    moments,
    read: async (expert, moment) => cutArrays(await read('moment', expert, moment), sizes),
    readStatistics: async (expert, moment) =>
      widths.length === 0 ? [] : cutArrays(await read('statistics', expert, moment), widths)
  }
}

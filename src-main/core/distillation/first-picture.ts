// About how long until a running job shows its first picture: what is left of the phases before it, at
// the speed that networks have on this computer.
import { join } from 'node:path'
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { Job } from '../../api/dto/jobs.ts'
import type {
  DistillationMethod,
  DistillationShape
} from '../methods/distillation/distillation-method.ts'
import type { InputShape } from '../networks/network.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { distilPhases } from './distil-state.ts'
import { firstCandidateSeconds, partSeconds, type WorkInputs } from './estimate.ts'
import { loadSplit } from './frozen-split.ts'
import { methodParams } from './method-params.ts'
import { networkFor } from './network-choice.ts'
import type { NetworkProber } from './network-prober.ts'
import { loadFacts } from './run-files.ts'

/** What is known of a run once its items were counted. */
export interface FirstPicture {
  readonly draft: DistilDraft
  readonly method: DistillationMethod
  readonly dataset: DatasetRecord
  readonly classes: number
  readonly items: { readonly train: number; readonly validation: number; readonly test: number }
  readonly shape: InputShape
  readonly threads: number
  readonly device: string
  readonly prober: Pick<NetworkProber, 'remembered'>
}

/** Names of the phases before the first picture, in order. */
const [reading, helping, making] = distilPhases.map(({ name }) => name)

/**
 * Seconds; undefined when the network was never measured, the method does not say when it shows the
 * first set, or the job does not move.
 */
export function secondsToFirst(facts: FirstPicture, job: Job): number | undefined {
  if (job.state !== 'running' || job.phase === null) return undefined
  const work = workOf(facts)
  const first = work && firstCandidateSeconds(work)
  if (work === undefined || first === undefined) return undefined
  const parts = partSeconds(work)
  const { name, done, total } = job.phase
  const left01 = total > 0 ? Math.max(0, 1 - done / total) : 1
  if (name === reading) return parts.reading * left01 + parts.experts + first
  if (name === making) {
    const passed = total > 0 ? (done / total) * parts.making : 0
    return Math.max(0, first - passed)
  }
  return name === helping || name.includes('helper model')
    ? parts.experts * left01 + first
    : undefined
}

export interface FirstPictureDeps {
  readonly store: Store
  readonly methods: readonly DistillationMethod[]
  readonly prober: Pick<NetworkProber, 'remembered'>
  readonly runsFolder: string
  readonly threads: number
  deviceRequest(): string
}

/** {@link secondsToFirst} for runs by their id; what a run's folder says is read once. */
export function createFirstPictures(
  deps: FirstPictureDeps
): (draft: DistilDraft, job: Job) => Promise<number | undefined> {
  const known = new Map<string, Pick<FirstPicture, 'classes' | 'items' | 'shape'>>()
  async function factsOf(run: string): Promise<Pick<FirstPicture, 'classes' | 'items' | 'shape'>> {
    const before = known.get(run)
    if (before !== undefined) return before
    const folder = join(deps.runsFolder, run)
    const split = await loadSplit(join(folder, 'split'))
    const { shape } = await loadFacts(folder)
    const facts = {
      classes: split.classNames.length,
      items: {
        train: split.train.length,
        validation: split.validation.length,
        test: split.test.length
      },
      shape
    }
    known.set(run, facts)
    return facts
  }
  return async (draft, job) => {
    const dataset = deps.store.datasets.get(draft.dataset)
    const method = deps.methods.find(({ id }) => id === draft.method.id)
    if (dataset === undefined || method === undefined) return undefined
    // Until its items were read a run cannot say what it will do with them.
    const facts = await factsOf(job.id).catch(() => undefined)
    if (facts === undefined) return undefined
    const { threads, prober } = deps
    const device = deps.deviceRequest()
    return secondsToFirst({ ...facts, draft, method, dataset, threads, device, prober }, job)
  }
}

function workOf(facts: FirstPicture): WorkInputs | undefined {
  const { draft, method, dataset, classes, items, shape, threads } = facts
  const network = networkFor(draft, shape)
  const remembered = (of: InputShape) =>
    facts.prober.remembered({
      dataset,
      shape: of,
      network,
      wantsSecond: method.derivatives === 'second',
      device: facts.device
    })
  // Before pictures are read they count as coloured, and so were networks measured.
  const speed = remembered(shape) ?? remembered({ ...shape, channels: 3 })
  if (speed === undefined) return undefined
  const asked: DistillationShape = {
    data: dataset.kind === 'images' ? 'pictures' : 'vectors',
    shape,
    classes,
    trainItems: items.train,
    perClass: draft.perClass,
    network,
    labels: draft.labels.kind
  }
  try {
    return { draft, method, params: methodParams(method, draft), asked, items, speed, threads }
  } catch {
    return undefined
  }
}

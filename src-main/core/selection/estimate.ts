// What a selection will cost: time as a range, memory, disk and device. Made from a short probe of
// this computer on the data at hand and from past runs on it, never from a constant.
import type { CheckModel, CostEstimate, SelectDraft } from '../../api/dto/runs.ts'
import { describeSource } from '../datasets/item-source.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { checkBytes, checkDiskBytes, checkSeconds, type CheckSpeeds } from './check-estimate.ts'
import type { CheckProbeInput, ModelSpeed } from './check-probe-task.ts'
import type { DraftScope } from './draft-scope.ts'
import type { ProbeTaskInput, ProbeTaskOutput } from './probe-task.ts'
import type { FeatureProbe, ReadyFeatures, SelectFeatures } from './ready-features.ts'
import { selectPhases } from './select-state.ts'
import { searchSeconds } from './smallest-estimate.ts'
import { countExamples } from './tasks.ts'

/** Speeds measured for one dataset. */
export interface MeasuredSpeed {
  readonly columns: number
  readonly flopsPerSecond: number
  readonly device: string
  /** Seconds per item for new fingerprints; undefined when they are there already. */
  readonly secondsPerItem: number | undefined
  readonly why: string
  /** Speeds of check models that were measured so far. */
  readonly check?: CheckSpeeds
}

export interface Prober {
  /**
   * Measures once per dataset version, device and check model (the linear one goes by the others);
   * undefined when the data cannot be read.
   */
  speed(
    dataset: DatasetRecord,
    device: string,
    models?: readonly CheckModel[]
  ): Promise<MeasuredSpeed | undefined>
}

export interface ProberDeps {
  readonly store: Store
  readonly features: SelectFeatures
  readonly pool: ComputePool
  /** media/ of the project, where copied pictures lie; absent where pictures are not read. */
  readonly mediaFolder?: string
}

/** Remembers what it measured for as long as the project is open. */
export function createProber(deps: ProberDeps): Prober {
  const known = new Map<string, Promise<MeasuredSpeed | undefined>>()
  const models = new Map<string, Promise<ModelSpeed | undefined>>()

  /** As the promise says, remembered; a failure is not: the data may be reachable the next time. */
  async function once<T>(
    kept: Map<string, Promise<T | undefined>>,
    key: string,
    work: () => Promise<T | undefined>
  ): Promise<T | undefined> {
    const before = kept.get(key)
    if (before !== undefined) return before
    const measured = work().catch(() => undefined)
    kept.set(key, measured)
    if ((await measured) === undefined) kept.delete(key)
    return measured
  }

  return {
    async speed(dataset, device, wanted = []) {
      const ready = await deps.features.cached(dataset)
      const key = JSON.stringify([dataset.contentHash, device, ready?.key ?? null])
      const speed = await once(known, key, () => measure(deps, dataset, device, ready))
      if (speed === undefined) return undefined
      const check: Partial<Record<CheckModel, ModelSpeed>> = {}
      for (const model of ['knn', 'mlp', 'convnet'] as const) {
        const at = JSON.stringify([key, model])
        const found = wanted.includes(model)
          ? await once(models, at, () => measureModel(deps, dataset, device, model, speed.columns))
          : await models.get(at)
        if (found !== undefined) check[model] = found
      }
      return { ...speed, check }
    }
  }
}

/** Pictures decoded to see how long that takes. */
const decodedPictures = 16

async function measureModel(
  deps: ProberDeps,
  dataset: DatasetRecord,
  device: string,
  model: Exclude<CheckModel, 'linear'>,
  columns: number
): Promise<ModelSpeed> {
  const pictures =
    model === 'convnet' && deps.mediaFolder !== undefined
      ? {
          source: describeSource(dataset, deps.mediaFolder),
          locators: deps.store.items
            .range(dataset.id, 0, decodedPictures)
            .map((item) => item.locator)
        }
      : undefined
  const input: CheckProbeInput = {
    model,
    columns,
    classes: dataset.classNames.length,
    pictures,
    device
  }
  return deps.pool.run<CheckProbeInput, never, ModelSpeed>({ name: 'probe-check' }, input, {
    signal: AbortSignal.timeout(60_000),
    isLight: true
  })
}

async function measure(
  deps: ProberDeps,
  dataset: DatasetRecord,
  device: string,
  ready: ReadyFeatures | undefined
): Promise<MeasuredSpeed | undefined> {
  const fresh: FeatureProbe | undefined =
    ready === undefined ? await deps.features.probe(dataset) : undefined
  const columns = ready?.columns ?? fresh?.columns
  if (columns === undefined) return undefined
  const input: ProbeTaskInput = {
    featuresPath: ready?.path,
    columns,
    classes: dataset.classNames.length,
    device
  }
  const probe = await deps.pool.run<ProbeTaskInput, never, ProbeTaskOutput>(
    { name: 'probe-selection' },
    input,
    {
      signal: AbortSignal.timeout(60_000),
      isLight: true
    }
  )
  const why =
    fresh === undefined
      ? 'Measured just now on this computer with this data\u2019s fingerprints.'
      : `Measured just now on this computer with ${fresh.items.toLocaleString('en')} of your items.`
  return {
    columns,
    flopsPerSecond: probe.flopsPerSecond,
    device: probe.device,
    secondsPerItem: fresh?.secondsPerItem,
    why
  }
}

export interface EstimateInputs {
  readonly draft: SelectDraft
  readonly scope: DraftScope
  readonly method: SelectionMethod
  readonly speed: MeasuredSpeed
  readonly threads: number
  /** Seconds per item of "Removing repeats" on this computer before; undefined when never done. */
  readonly repeatSecondsPerItem: number | undefined
  /** Numbers of a row of each joined gradient matrix the draft names. */
  readonly gradientColumns?: readonly number[]
}

function methodSeconds(inputs: EstimateInputs): { seconds: number; megabytes: number } {
  const { draft, scope, method, speed, gradientColumns: gradients = [] } = inputs
  const shape = {
    candidates: scope.candidates.length,
    columns: speed.columns,
    classes: scope.dataset.classNames.length,
    tasks: scope.tasks.length,
    examples: scope.tasks.reduce((n, task) => n + countExamples(task), 0),
    budget: Math.max(1, Math.min(scope.asked, scope.candidates.length)),
    ...(method.inputs.gradients === true && gradients.length > 0 ? { gradients } : {})
  }
  const params = method.params.safeParse(draft.method.params)
  const estimate = method.estimate(shape, params.success ? params.data : method.params.parse({}))
  return { seconds: estimate.seconds * (1 + draft.alsoTry.length), megabytes: estimate.megabytes }
}

function repeatSeconds(inputs: EstimateInputs): number {
  const { draft, scope, speed } = inputs
  if (!draft.rules.nearDuplicates.isOn) return 0
  const items = scope.candidates.length
  if (inputs.repeatSecondsPerItem !== undefined) return items * inputs.repeatSecondsPerItem
  // Every pair compared once.
  return (items * items * speed.columns) / speed.flopsPerSecond / Math.max(1, inputs.threads)
}

/** The estimate from measured speeds. The range covers what probes of this size are off by. */
export function estimateCost(inputs: EstimateInputs): CostEstimate {
  const { scope, speed } = inputs
  const items = scope.columns.labels.length
  const featureSeconds = (speed.secondsPerItem ?? 0) * items
  const method = methodSeconds(inputs)
  const seconds =
    featureSeconds +
    repeatSeconds(inputs) +
    method.seconds +
    searchSeconds(inputs) +
    checkSeconds(inputs)
  const rowBytes = 4 * speed.columns
  const bytes = Math.max(method.megabytes * 1e6, checkBytes(inputs)) + items * 64
  const disk =
    (speed.secondsPerItem === undefined ? 0 : items * rowBytes) +
    items * 48 +
    checkDiskBytes(inputs)
  return {
    lowSeconds: Math.max(1, seconds * 0.6),
    highSeconds: Math.max(2, seconds * 1.8),
    megabytes: bytes / 1e6,
    diskMegabytes: disk / 1e6,
    device: speed.device,
    why: speed.why
  }
}

/** Past speed of the "Removing repeats" phase for a kind of data. */
export function pastRepeatSpeed(store: Store, dataset: DatasetRecord): number | undefined {
  return store.jobs.phaseSpeed('select', selectPhases[2].name, dataset.kind)
}

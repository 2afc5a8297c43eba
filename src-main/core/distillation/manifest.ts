// The manifest of a tiny set: everything that somebody needs to use it again, or to compare it with
// another one, in one JSON file beside its arrays.
import { createHash } from 'node:crypto'
import type { JsonValue } from '../../api/dto/common.ts'
import type { DistilResult } from '../../api/dto/distil.ts'
import type { ChangedLabels } from '../methods/distillation/label-compression/changed-labels.ts'
import { pairFactsOf } from '../evaluation/pairs/judge-pairs.ts'
import { kernelOf } from '../networks/kernel-model.ts'
import { labelTemperature } from './test-set.ts'
import type { WriteRun } from './write-run.ts'

/** Bumped when a reader of earlier manifests would be misled. */
export const manifestFormat = 1

type ManifestParts = Pick<
  WriteRun,
  'draft' | 'dataset' | 'method' | 'params' | 'split' | 'facts' | 'network' | 'experts' | 'set'
> &
  Pick<WriteRun, 'context' | 'state' | 'startedAt' | 'appVersion'>

/** The manifest as JSON. */
export function manifestOf(run: ManifestParts, result: DistilResult): Record<string, JsonValue> {
  const { dataset, method, split, facts, set } = run
  const kernel = kernelOf(set)
  const heads = pairFactsOf(set)
  return {
    format: manifestFormat,
    id: run.context.id,
    created: new Date(run.startedAt).toISOString(),
    appVersion: run.appVersion,
    method: { id: method.id, name: method.card.name, version: method.version },
    params: run.params as Record<string, JsonValue>,
    seed: run.draft.seed,
    random: 'sfc32',
    synthetic: method.makes !== 'real',
    source: {
      name: dataset.name,
      version: dataset.version,
      contentHash: dataset.contentHash,
      splitHash: split.hash,
      trainItems: split.train.length,
      validationItems: split.validation.length,
      testItems: split.test.length,
      hasTestSplit: split.hasTestSplit,
      classNames: [...split.classNames]
    },
    input: {
      height: facts.shape.height,
      width: facts.shape.width,
      channels: facts.shape.channels,
      mean: [...facts.normalisation.mean],
      sd: [...facts.normalisation.sd],
      values: result.picture === null ? '(number - mean) / sd' : '(pixel / 255 - mean) / sd',
      order: 'items x height x width x channels',
      dtype: 'float32'
    },
    kind: set.form === 'rows' ? 'indices' : set.form,
    items: result.items,
    decodedItems: result.decodedItems,
    labels: labelsOf(run, result),
    student: {
      network: result.network,
      networkSpec: { ...run.network },
      recipe: JSON.parse(JSON.stringify(set.student)) as JsonValue,
      consumer: set.consumer,
      // exp(-|a - b|^2 / spread), and lambda of lambda tr(K) / n: what a kernel set is solved with.
      ...(kernel === undefined ? {} : { kernel: { ...kernel } }),
      // Of a set of pairs: columns of both halves, the common space and the temperature.
      ...(heads === undefined ? {} : { heads: { ...heads } })
    },
    accuracy: accuracyOf(result),
    ledger: result.ledger.map((line) => ({ ...line })),
    bytes: result.bytes,
    seconds: result.seconds,
    device: run.state.device
  }
}

function labelsOf(
  { set, experts }: Pick<ManifestParts, 'set' | 'experts'>,
  result: DistilResult
): Record<string, JsonValue> {
  const { targets } = set
  if (targets.kind === 'hard') return { kind: 'hard' }
  if (targets.kind === 'values')
    return {
      kind: 'free numbers',
      columns: set.count === 0 ? 0 : targets.values.length / set.count
    }
  const { changed } = targets
  return {
    kind:
      changed === undefined
        ? 'static soft'
        : changed.kind === 'views'
          ? 'per-view'
          : 'online teacher',
    ...changedFacts(changed),
    from: targets.from,
    temperature: labelTemperature(set.info),
    expert: experts?.key ?? null,
    epoch: result.expertEpoch,
    largestShares: result.draft.labels.kind === 'soft' ? result.draft.labels.keep : null
  }
}

/** What is needed to label changed pictures as it was done. */
function changedFacts(changed: ChangedLabels | undefined): Record<string, JsonValue> {
  if (changed === undefined) return {}
  if (changed.kind === 'views') {
    const { seed, passes, batch, keepOneOf, augmentation } = changed
    const { groups, mode } = augmentation
    return { seed, passes, batch, keepOneOf, augmentation: { groups: [...groups], mode } }
  }
  return {
    teacher: { ...changed.network },
    teachers: changed.models.length,
    teacherHash: hashOf(changed.models.map(({ parameters }) => parameters)),
    inverseTemperature: changed.tau,
    teacherShare: changed.teacherShare
  }
}

function hashOf(arrays: readonly Float32Array[]): string {
  const hash = createHash('sha256')
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  return hash.digest('hex')
}

function accuracyOf({ check, curve }: DistilResult): JsonValue {
  const validation = curve.at(-1)?.set ?? null
  if (check === null) return { validation, test: null }
  return {
    validation,
    test: {
      measure: check.measure ?? 'accuracy',
      repeats: check.repeats,
      chosenArm: check.chosenArm,
      arms: check.arms.map((arm) => ({
        arm: arm.arm,
        network: arm.network,
        items: arm.items,
        bytes: arm.bytes,
        mean: arm.accuracy.mean,
        sd: arm.accuracy.sd,
        rate: arm.rate
      })),
      labelRobust: check.labelRobust01,
      augmentationRobust: check.augmentationRobust01
    }
  }
}

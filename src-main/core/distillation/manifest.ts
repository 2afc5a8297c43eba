// The manifest of a tiny set: everything that somebody needs to use it again, or to compare it with
// another one, in one JSON file beside its arrays.
import type { JsonValue } from '../../api/dto/common.ts'
import type { DistilResult } from '../../api/dto/distil.ts'
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
      consumer: set.consumer
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
  if (targets.kind === 'values') return { kind: 'free numbers' }
  return {
    kind: 'static soft',
    from: targets.from,
    temperature: labelTemperature(set.info),
    expert: experts?.key ?? null,
    epoch: result.expertEpoch,
    largestShares: result.draft.labels.kind === 'soft' ? result.draft.labels.keep : null
  }
}

function accuracyOf({ check, curve }: DistilResult): JsonValue {
  const validation = curve.at(-1)?.set ?? null
  if (check === null) return { validation, test: null }
  return {
    validation,
    test: {
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

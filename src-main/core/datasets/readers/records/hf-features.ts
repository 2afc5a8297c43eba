// What Hugging Face's `datasets` writes about columns: in dataset_info.json, and as metadata inside
// its Parquet and Arrow files. Class numbers get their names from it.
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { Cell } from '../raw-row.ts'
import type { ColumnHint } from './record-source.ts'

export interface Features {
  /** Names of the class numbers of a column. */
  readonly classNames: ReadonlyMap<string, readonly string[]>
}

const noFeatures: Features = { classNames: new Map() }
/** More names than this are no classes. */
const mostNames = 100_000

/** Reads a features object, {"label": {"names": [...], "_type": "ClassLabel"}, ...}. */
export function readFeatures(features: unknown): Features {
  if (typeof features !== 'object' || features === null) return noFeatures
  const classNames = new Map<string, readonly string[]>()
  for (const [column, feature] of Object.entries(features)) {
    const names = namesOf(feature)
    if (names !== undefined) classNames.set(column, names)
  }
  return { classNames }
}

function namesOf(feature: unknown): readonly string[] | undefined {
  if (typeof feature !== 'object' || feature === null || !('_type' in feature)) return undefined
  if (feature._type !== 'ClassLabel' || !('names' in feature)) return undefined
  const { names } = feature
  if (!Array.isArray(names) || names.length > mostNames) return undefined
  return names.every((name) => typeof name === 'string') ? names : undefined
}

/** Features in the text of the key "huggingface" of a file's metadata. */
export function featuresInMetadata(text: string | undefined): Features {
  if (text === undefined) return noFeatures
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || !('info' in parsed)) return noFeatures
    const { info } = parsed
    if (typeof info !== 'object' || info === null || !('features' in info)) return noFeatures
    return readFeatures(info.features)
  } catch {
    return noFeatures
  }
}

/** A class number as its name; -1 and numbers without a name count as missing. */
export function namedCell(cell: Cell, names: readonly string[] | undefined): Cell {
  if (names === undefined || typeof cell !== 'number') return cell
  return names[cell] ?? undefined
}

/** Hints for columns with class names: the first one is the label. */
export function labelHints(
  features: Features,
  columns: readonly string[]
): Map<string, ColumnHint> {
  const named = columns.filter((column) => features.classNames.has(column))
  const label = named.find((column) => /^labels?$/i.test(column)) ?? named[0]
  return new Map(label === undefined ? [] : [[label, { role: 'label' }]])
}

/** Features as they travel in the settings of a source. */
export function featuresToJson({ classNames }: Features): JsonValue {
  return Object.fromEntries([...classNames].map(([column, names]) => [column, [...names]]))
}

/** The other way round; written by {@link featuresToJson}. */
export function featuresFromJson(value: JsonValue): Features {
  return { classNames: new Map(Object.entries(value as Record<string, string[]>)) }
}

// An expanded set as a folder: every real picture, the made ones that were accepted, one table that says
// which is which and what each was made of, and a manifest that calls the whole synthetic.
import { join } from 'node:path'
import type { ExpandResult } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import { encodePng } from '../distillation/grid-picture.ts'
import { replaceFolderAtomic } from '../files/atomic-write.ts'
import { portableName } from '../files/contain.ts'
import { csvLine } from '../reports/csv.ts'
import { writeHashed } from '../reports/hashed-file.ts'
import { manifestName, type Manifest, type ManifestFile } from '../reports/manifest.ts'
import { readArrayOf } from '../selection/array-files.ts'
import { loadExpanded, loadFrozen, madePath, pixelsPath } from './expand-files.ts'

export interface ExportExpanded {
  readonly folder: string
  /** The new folder. */
  readonly target: string
  readonly name: string
  /** Made pictures for each real one at most. */
  readonly ratio: number
  readonly appVersion: string
  readonly createdAt: string
}

export interface ExportedCounts {
  readonly real: number
  readonly made: number
  readonly leftOut: number
}

const columns = [
  'path',
  'label',
  'synthetic',
  'source_row',
  'source_name',
  'parent_1',
  'parent_2',
  'weight',
  'noise_level',
  'steps',
  'seed',
  'nearest_source',
  'nearest_ratio',
  'label_share',
  'return_error',
  'accepted_against'
]

/** Pictures that go along: the newest-looking first, where the share leaves not all. */
export function keptShare(
  { candidates, sources }: Pick<ExpandResult, 'candidates' | 'sources'>,
  ratio: number
): { readonly kept: ExpandResult['candidates']; readonly leftOut: number } {
  const accepted = candidates.filter(({ isAccepted }) => isAccepted)
  const most = Math.floor(ratio * sources.length)
  const kept = accepted
    .toSorted((a, b) => b.nearestRatio - a.nearestRatio || a.at - b.at)
    .slice(0, most)
    .toSorted((a, b) => a.at - b.at)
  return { kept, leftOut: accepted.length - kept.length }
}

/** Writes the folder. Throws AppError "invalid-input" when nothing was accepted, "destination-exists". */
export async function exportExpanded(given: ExportExpanded): Promise<ExportedCounts> {
  const result = await loadExpanded(given.folder)
  const frozen = await loadFrozen(given.folder)
  if (frozen === undefined) throw new AppError('run-not-found')
  const { kept, leftOut } = keptShare(result, given.ratio)
  if (kept.length === 0)
    throw new AppError('invalid-input', 'No made picture is accepted, so there is nothing to add.')
  const { side, channels } = result.model
  const each = side * side * channels
  const pixels = await readArrayOf(pixelsPath(given.folder), 'u1')
  const made = await readArrayOf(madePath(given.folder), 'u1')
  const png = (from: Uint8Array, at: number): Promise<Uint8Array> =>
    encodePng(from.slice(at * each, (at + 1) * each), side, side, channels)
  const folderOf = (label: string): string => portableName(label, 'no label')
  const numbered = (at: number): string => String(at + 1).padStart(4, '0')
  await replaceFolderAtomic(given.target, async (folder) => {
    const files: ManifestFile[] = []
    let table = csvLine(columns, true)
    for (const [at, source] of result.sources.entries()) {
      const path = `pictures/${folderOf(source.label)}/real-${numbered(at)}.png`
      files.push(await writeHashed(folder, path, await png(pixels, at)))
      const rest = columns.slice(5).map(() => '')
      table += csvLine([path, source.label, 'false', source.row, source.name, ...rest], true)
    }
    const nameAt = (at: number | undefined): string =>
      at === undefined ? '' : (result.sources[at]?.name ?? '')
    for (const one of kept) {
      const path = `pictures/${folderOf(one.label)}/made-${numbered(one.at)}.png`
      files.push(await writeHashed(folder, path, await png(made, one.at)))
      table += csvLine(
        [
          ...[path, one.label, 'true', '', ''],
          ...[nameAt(one.parents[0]), nameAt(one.parents[1]), one.weight],
          ...[result.top, result.steps, one.seed, nameAt(one.nearest), one.nearestRatio],
          ...[one.labelShare01, one.returnError, one.reasons.join(' ')]
        ],
        true
      )
    }
    files.push(await writeHashed(folder, 'pictures.csv', table))
    files.push(await writeHashed(folder, 'README.txt', readMe(result, kept.length, given)))
    files.sort((a, b) => (a.path < b.path ? -1 : 1))
    await writeHashed(
      folder,
      manifestName,
      `${JSON.stringify(manifestOf(result, kept, given, files), null, 1)}\n`
    )
  })
  return { real: result.sources.length, made: kept.length, leftOut }
}

function manifestOf(
  result: ExpandResult,
  kept: ExpandResult['candidates'],
  { name, appVersion, createdAt, ratio }: ExportExpanded,
  files: ManifestFile[]
): Manifest {
  return {
    format: 'winnow-export',
    formatVersion: 1,
    appVersion,
    createdAt,
    name,
    dataset: { name: result.dataset, contentHash: '', items: result.sources.length },
    items: result.sources.length + kept.length,
    synthetic: true,
    method: { id: 'expand-set', name: 'Expand a small set', params: result.plan },
    settings: {
      ratio,
      model: result.model.name,
      // A file of the analyst's own is named by its bytes; the other models by what they learned.
      modelFile:
        result.model.own === null
          ? null
          : { sha256: result.model.own.sha256, ...result.model.own.settings },
      rule: result.plan.rule
    },
    check: result.measure,
    provenance: {
      made: kept.map(({ at, parents, weight, seed, label }) => ({
        at,
        label,
        parents: parents.map((parent) => result.sources[parent]),
        weight,
        noiseLevel: result.top,
        steps: result.steps,
        seed
      }))
    },
    licence: null,
    files
  } as Manifest // as its schema has it; checked where an export is verified
}

function readMe(result: ExpandResult, made: number, { name }: ExportExpanded): string {
  const line =
    result.measure === null
      ? 'Whether training with the made pictures is of any use was not measured.'
      : result.measure.sentence
  return [
    name,
    '',
    `${result.sources.length} real pictures of “${result.dataset}” and ${made} made ones.`,
    'Made pictures are in-between variants of the real ones. They show nothing that none of these hold.',
    'pictures.csv says of every picture whether it was made, of which two, and how.',
    'Never test a model on made pictures, nor on the real pictures that they were made of.',
    '',
    line,
    ''
  ].join('\r\n')
}

/** Path of a new folder within a granted one. */
export function exportTarget(parent: string, name: string): string {
  return join(parent, portableName(name, 'expanded set'))
}

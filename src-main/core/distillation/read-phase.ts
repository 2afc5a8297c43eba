// The "Reading the items" phase: the split is drawn once and kept, items are decoded, and what could not
// be read leaves the split; a later start finds all of it on disk.
import { join } from 'node:path'
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { pictureAccess } from '../selection/check-pixels.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { DataPlace } from './distil-data.ts'
import type { DistilState } from './distil-state.ts'
import { splitDraft, type SplitSource } from './draft-split.ts'
import { freezeSplit, loadSplit, saveSplit, type FrozenSplit } from './frozen-split.ts'
import { groupItems } from './group-items.ts'
import { pictureSideOf } from './picture-side.ts'
import { placeOfRead, readFacts, readItems, type ReadItems } from './read-items.ts'
import { loadFacts, saveFacts, type SetFacts } from './run-files.ts'
import { distilSentence } from './sentence.ts'

export interface ReadPhase {
  readonly source: SplitSource & {
    readonly store: Store
    readonly features: SelectFeatures
    readonly mediaFolder: string
  }
  readonly context: JobContext
  /** The run's. */
  readonly folder: string
  readonly draft: DistilDraft
  readonly dataset: DatasetRecord
  /** Name of the method, for the sentence that says what was asked. */
  readonly methodName: string
  /** What the method learns in place of labels. */
  readonly learns: DistillationMethod['learns'] | undefined
  readonly phase: number
  state(): DistilState
  save(change: Partial<DistilState>): void
}

/** What the later phases work with. */
export interface ReadyItems {
  readonly split: FrozenSplit
  readonly data: DataPlace
  readonly facts: SetFacts
}

/** Reads the items, or finds them read. */
export async function readPhase(run: ReadPhase): Promise<ReadyItems> {
  const { source, context, draft, dataset } = run
  context.phase(run.phase, 0, 'items')
  const folder = join(run.folder, run.state().isRead ? 'split' : 'plan')
  if (!run.state().isPlanned) {
    const drawn = await splitDraft(source, draft)
    const { split: found, notes } = await groupItems(context, source.features, draft, drawn)
    await saveSplit(folder, freezeSplit(found, distilSentence(draft, found, run.methodName), notes))
    run.save({ isPlanned: true })
  }
  const split = await loadSplit(folder)
  const reading: ReadItems = {
    context,
    folder: run.folder,
    dataset,
    split,
    seed: draft.seed,
    side: await pictureSideOf(source.items, draft, dataset, split.train),
    pictures: pictureAccess(source.store, dataset, source.mediaFolder),
    features: source.features,
    learns: run.learns,
    phase: run.phase
  }
  // A set that is only to be written needs no items any more.
  if (run.state().isRead)
    return { split, data: await placeOfRead(reading), facts: await loadFacts(run.folder) }
  const read = await readItems(reading)
  const facts = await readFacts(context, read.data)
  await saveSplit(join(run.folder, 'split'), read.split)
  await saveFacts(run.folder, facts)
  run.save({ isRead: true, shape: facts.shape, notes: [...(split.notes ?? []), ...read.notes] })
  return { split: read.split, data: read.data, facts }
}

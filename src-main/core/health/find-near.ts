// Near-duplicates of any kind of data: pictures by their look, texts by their words, rows of a table
// by their numbers.
import type { DataKind } from '../../api/dto/datasets.ts'
import type { AlikeGroups } from './likeness/groups.ts'
import type { NeighbourFiles } from './likeness/find-neighbours.ts'
import { healthFiles } from './health-files.ts'
import { findNearPictures } from './pictures/near-pictures.ts'
import type { HealthPlan } from './plan-task.ts'
import type { PhaseContext } from './run-blocks.ts'
import { nearRowsTask, type NearRowsInput, type NearRowsOutput } from './tables/near-rows-task.ts'
import { nearTextsTask, type NearTextsInput } from './texts/near-texts-task.ts'
import { alikeTexts01, bands } from './texts/shingles.ts'

export interface NearWork {
  readonly kind: DataKind
  readonly plan: HealthPlan
  readonly items: number
  /** Fingerprints, where there are some. */
  readonly features: string | undefined
  readonly neighbours: NeighbourFiles | undefined
}

export type NearFound =
  | { readonly groups: AlikeGroups; readonly facts: Record<string, number> }
  | { readonly reason: string }

type NearContext = PhaseContext & { total(total: number): void }

/** Finds near-duplicates, or says why it cannot. */
export async function findNear(
  context: NearContext,
  folder: string,
  work: NearWork
): Promise<NearFound> {
  switch (work.kind) {
    case 'images':
      return nearPictures(context, folder, work)
    case 'text':
      return nearTexts(context, folder, work)
    case 'table':
      return nearRows(context, work)
  }
}

async function nearPictures(
  context: NearContext,
  folder: string,
  { plan, neighbours }: NearWork
): Promise<NearFound> {
  if (neighbours === undefined) return { reason: 'There are too few pictures to compare.' }
  const { small } = healthFiles(folder)
  const { cut, ...groups } = await findNearPictures(context, folder, small, neighbours, plan.ranks)
  return { groups, facts: { cut: cut.cut, expectedFalse01: cut.expectedFalse01 } }
}

async function nearTexts(
  context: NearContext,
  folder: string,
  { plan }: NearWork
): Promise<NearFound> {
  const files = healthFiles(folder)
  context.total(bands)
  const input: NearTextsInput = {
    keys: files.textKeys,
    shingles: files.shingles,
    rows: plan.distinct,
    ranks: plan.ranks
  }
  const groups = await context.pool.run<NearTextsInput, { readonly done: number }, AlikeGroups>(
    nearTextsTask,
    input,
    {
      signal: context.signal,
      async onEvent({ done }) {
        context.progress(done)
        await context.breathe()
      }
    }
  )
  return { groups, facts: { cut: alikeTexts01 } }
}

async function nearRows(context: NearContext, work: NearWork): Promise<NearFound> {
  if (work.features === undefined) return { reason: 'This table has no number columns.' }
  const input: NearRowsInput = {
    features: work.features,
    rows: work.plan.distinct,
    ranks: work.plan.ranks
  }
  const { columns, ...groups } = await context.pool.run<
    NearRowsInput,
    { readonly done: number },
    NearRowsOutput
  >(nearRowsTask, input, { signal: context.signal, onEvent: () => context.breathe() })
  if (columns < 3) return { reason: 'It needs at least three columns with many different numbers.' }
  return { groups, facts: { columns } }
}

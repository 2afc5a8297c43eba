// Compute task: all findings of a check, from what its phases left in the job folder.
import { readFile } from 'node:fs/promises'
import type { DataKind } from '../../api/dto/datasets.ts'
import { breathe } from '../features/breathe.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import {
  conflictingLabels,
  copyGroups,
  exactDuplicates,
  groupLeakage,
  nearDuplicates,
  splitLeakage
} from './checks/copies.ts'
import type { CheckData, Facts, FindingDraft, NotRun } from './checks/draft.ts'
import { labelProblems } from './checks/labels.ts'
import { neighbourDistances, oddOnes } from './checks/odd-ones.ts'
import { pictureProblems } from './checks/pictures.ts'
import { textProblems } from './checks/texts.ts'
import { healthFiles, loadGroups, loadStart, read } from './health-files.ts'
import type { WrongLabels } from './labels/wrong-labels-task.ts'
import { neighboursEach, type NeighbourFiles } from './likeness/find-neighbours.ts'
import { lookColumns } from './pictures/look.ts'
import { openRecords } from './record-file.ts'
import { textKeys, textNumbers } from './texts/read-text.ts'

export interface FindingsInput {
  readonly folder: string
  readonly kind: DataKind
  readonly classNames: readonly string[]
  readonly skipped: number
  /** Blocks of texts that were read; 0 for other data. */
  readonly textBlocks: number
  readonly hasLooks: boolean
  /** Facts of the near-duplicates; undefined when they were not looked for. */
  readonly nearFacts: Facts | undefined
  readonly neighbours: NeighbourFiles | undefined
  readonly wrong: WrongLabels | undefined
  readonly groupColumn: string | undefined
}

export interface FindingsOutput {
  readonly findings: readonly FindingDraft[]
  readonly notRun: readonly NotRun[]
}

/** Makes the findings. */
export const findingsTask: ComputeTask<FindingsInput, never, FindingsOutput> = {
  name: 'health.findings',
  // eslint-disable-next-line require-yield -- seconds at most; its result is its only event
  async *run(input, context) {
    const data = await loadData(input)
    await breathe(context.signal)
    return makeFindings(data)
  }
}

/** All findings over one dataset; pure. */
export function makeFindings(data: CheckData): FindingsOutput {
  const copies = copyGroups(data)
  const made: (FindingDraft | NotRun | undefined)[] = [
    exactDuplicates(data),
    nearDuplicates(data),
    conflictingLabels(data, copies),
    splitLeakage(data, copies),
    groupLeakage(data),
    ...labelProblems(data),
    oddOnes(data),
    ...pictureProblems(data),
    ...textProblems(data)
  ]
  const findings: FindingDraft[] = []
  const notRun: NotRun[] = []
  for (const one of made) {
    if (one === undefined) continue
    if ('reason' in one) notRun.push(one)
    else findings.push(one)
  }
  return { findings, notRun }
}

async function loadData(input: FindingsInput): Promise<CheckData> {
  const { folder } = input
  const files = healthFiles(folder)
  const { columns, plan } = await loadStart(folder)
  const items = columns.labels.length
  return {
    kind: input.kind,
    columns,
    plan,
    classNames: input.classNames,
    skipped: input.skipped,
    looks: input.hasLooks ? await floats(files.looks, lookColumns, items) : undefined,
    texts:
      input.textBlocks === 0
        ? undefined
        : {
            numbers: await floats(files.textNumbers, textNumbers, items),
            keys: new Uint32Array((await whole(files.textKeys, 4 * textKeys, items)).buffer),
            finds: await loadFinds(files.finds, input.textBlocks)
          },
    near: input.nearFacts === undefined ? undefined : await loadGroups(folder),
    nearFacts: input.nearFacts ?? {},
    distances:
      input.neighbours === undefined ? undefined : await loadDistances(input.neighbours, items),
    wrong: input.wrong,
    groupIds: input.groupColumn === undefined ? undefined : await read(files.groupIds, Uint32Array),
    groupColumn: input.groupColumn
  }
}

async function whole(path: string, recordBytes: number, rows: number): Promise<Uint8Array> {
  const records = await openRecords(path, recordBytes)
  try {
    return await records.range(0, rows)
  } finally {
    await records.close()
  }
}

async function floats(path: string, columns: number, rows: number): Promise<Float32Array> {
  return new Float32Array((await whole(path, 4 * columns, rows)).buffer)
}

async function loadDistances(files: NeighbourFiles, items: number): Promise<Float32Array> {
  const rows = await whole(files.rows, 4 * neighboursEach, files.places)
  const lists = {
    order: await read(files.order, Uint32Array),
    norms: await read(files.norms, Float32Array),
    rows: new Uint32Array(rows.buffer),
    cosine: await floats(files.cosine, neighboursEach, files.places),
    k: neighboursEach
  }
  return neighbourDistances(lists, items)
}

type Finds = Map<
  number,
  { readonly secrets: readonly string[]; readonly personal: readonly string[] }
>

/** Masked finds of the blocks that have some. */
async function loadFinds(pathOf: (block: number) => string, blocks: number): Promise<Finds> {
  const finds: Finds = new Map()
  for (let block = 0; block < blocks; block++) {
    const text = await readFile(pathOf(block), 'utf8').catch(() => undefined)
    if (text === undefined) continue
    // Written by look-at-items.ts into the job's own folder.
    const entries = JSON.parse(text) as [
      number,
      { readonly secrets: readonly string[]; readonly personal: readonly string[] }
    ][]
    for (const [row, found] of entries) finds.set(row, found)
  }
  return finds
}

// What is chosen in the export dialog, as the request it stands for. Pure.
import type { TraceExportRequest } from '@api/dto/trace-reviews.ts'

/** A file an export can hold. */
export type TraceFile = TraceExportRequest['files'][number]
/** All of them, in the order they are listed. */
export const traceFiles: readonly TraceFile[] = [
  'sft',
  'sharegpt',
  'pairs',
  'steps',
  'answers',
  'atif',
  'report'
]

/** The choices of the dialog. */
export interface ExportChoices {
  readonly which: TraceExportRequest['which']
  readonly files: readonly TraceFile[]
  readonly sft: TraceExportRequest['sft']
  readonly testShare01: number
}
/** What most people want. */
export const usualChoices: ExportChoices = {
  which: 'kept',
  files: ['sft', 'answers', 'report'],
  sft: {
    wrong: 'mask',
    scope: 'from-first',
    withCorrections: true,
    withRecovered: true,
    maxTokens: null
  },
  testShare01: 0
}

/** The request without where it goes: what a preview asks for. */
export function previewRequest(
  choices: ExportChoices,
  set: string,
  queue: string | null
): Omit<TraceExportRequest, 'to' | 'name'> {
  const { which, files, sft, testShare01 } = choices
  return {
    set,
    queue,
    which,
    // In one order, whatever the order they were ticked in.
    files: traceFiles.filter((file) => files.includes(file)),
    sft,
    testShare01,
    seed: 0,
    ifExists: 'new-name'
  }
}
/** The whole request. */
export function exportRequest(
  choices: ExportChoices,
  of: { readonly set: string; readonly queue: string | null },
  into: Pick<TraceExportRequest, 'to' | 'name' | 'ifExists'>
): TraceExportRequest {
  return { ...previewRequest(choices, of.set, of.queue), ...into, name: into.name.trim() }
}
/** True when conversations to learn from are among the files, so that their settings matter. */
export function hasTraining(files: readonly TraceFile[]): boolean {
  return files.includes('sft') || files.includes('sharegpt')
}

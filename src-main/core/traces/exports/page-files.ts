// The files of an export that are about its reviews: the table of answers and the page that tells of
// the whole. Written in a compute thread, with pauses in which a cancel is heard.
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { HashedFile, writeHashed } from '../../reports/hashed-file.ts'
import type { ManifestFile } from '../../reports/manifest.ts'
import type { ReviewerRecord } from '../../store/review-records.ts'
import type { TraceReader } from '../../store/trace-reader.ts'
import { reportOf } from '../reviews/report/report-task.ts'
import { answerLines } from './answers.ts'
import { exportReport, type ExportReportInput } from './export-report.ts'
import { fileName } from './file-sink.ts'
import type { Picked, PickRequest } from './pick.ts'

const linesAtOnce = 200

/** Writes answers.csv. Throws the signal's reason. */
export async function writeAnswers(
  reader: Pick<TraceReader, 'reviews'>,
  picked: Picked,
  folder: string,
  signal: AbortSignal
): Promise<ManifestFile> {
  const file = await HashedFile.create(folder, fileName('answers', 'train'))
  try {
    let lines = 0
    for (const line of answerLines(reader, picked)) {
      await file.write(line)
      if (++lines % linesAtOnce !== 0) continue
      await letMessagesIn()
      signal.throwIfAborted()
    }
    return await file.finish()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

type PageInput = Omit<ExportReportInput, 'queues' | 'request'> & {
  readonly request: ExportReportInput['request'] & PickRequest
  readonly reviewer: ReviewerRecord
}

/** Writes report.html, with the reports of the queue that was asked for or of all of the set. */
export async function writeReport(
  reader: Pick<TraceReader, 'traces' | 'reviews'>,
  { reviewer, ...page }: PageInput,
  folder: string,
  signal: AbortSignal
): Promise<ManifestFile> {
  const { set, queue } = page.request
  const ids = queue === null ? reader.reviews.queues(set).map(({ id }) => id) : [queue]
  const queues: ExportReportInput['queues'][number][] = []
  for (const id of ids) {
    const report = await reportOf(reader, id, reviewer, signal)
    if (report.reviews > 0) queues.push(report)
  }
  return writeHashed(folder, fileName('report', 'train'), exportReport({ ...page, queues }))
}

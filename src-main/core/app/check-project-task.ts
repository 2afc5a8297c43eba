// Compute task: looks through a whole project file for damage over a connection of its own. Of a file of
// 700 MB that takes seconds, in which the backend thread must go on answering.
import { AppError } from '../../api/errors.ts'
import { connectForReading, plainStoreError } from '../store/connect.ts'
import { fileFindings } from '../store/schema-check.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

/** A project file that the app has open. */
export interface CheckInput {
  readonly path: string
}

/** What is wrong with the file, in sentences; none when it is sound. */
export const checkProjectTask: ComputeTask<CheckInput, never, readonly string[]> = {
  name: 'projects.check',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path }) {
    try {
      const { db, close } = connectForReading(path)
      try {
        return await Promise.resolve(fileFindings(db))
      } finally {
        close()
      }
    } catch (error) {
      const plain = plainStoreError(error)
      // Damage that keeps SQLite from looking any further.
      if (plain instanceof AppError && plain.code === 'project-damaged') return [plain.message]
      throw plain
    }
  }
}

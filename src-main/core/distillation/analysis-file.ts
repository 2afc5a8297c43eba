// The stored analysis of a tiny set: one file in the folder of its run.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AnalysisParts, AnalysisResult } from '../../api/dto/analysis.ts'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'

const fileName = 'analysis.json'

/** The analysis of a run, or null when there is none. Throws AppError "file-damaged". */
export async function loadAnalysis(folder: string): Promise<AnalysisResult | null> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => undefined)
  if (text === undefined) return null
  try {
    return AnalysisResult.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('file-damaged', 'The analysis of this run is damaged. Run it again.', {
      cause
    })
  }
}

/**
 * Stores an analysis. Panels that it lacks are kept from an earlier one where that was made in the
 * same way (effort and repeat code).
 */
export async function saveAnalysis(folder: string, analysis: AnalysisResult): Promise<void> {
  const before = await loadAnalysis(folder).catch(() => null)
  const isAlike = before?.effort === analysis.effort && before.seed === analysis.seed
  const whole: AnalysisResult = isAlike
    ? {
        ...analysis,
        parts: AnalysisParts.parse(
          Object.fromEntries(
            Object.entries(analysis.parts).map(([panel, part]) => [
              panel,
              part ?? before.parts[panel as keyof AnalysisParts] // keys of the same schema
            ])
          )
        ),
        seconds: before.seconds + analysis.seconds
      }
    : analysis
  await writeFileAtomic(join(folder, fileName), JSON.stringify(whole))
}

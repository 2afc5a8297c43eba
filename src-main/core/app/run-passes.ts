// The lists of a run of repeated random sampling, for its export.
import { join } from 'node:path'
import type { SelectionResult } from '../../api/dto/runs.ts'
import { rowsOfPass } from '../methods/selection/repeated-random/lists.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { Passes } from '../reports/layouts/epochs-part.ts'
import { loadRun } from '../selection/run-items.ts'

/** The passes of a finished run; undefined for other methods. Throws AppError "file-damaged". */
export async function runPasses(
  project: Pick<OpenProject, 'runsFolder'>,
  result: Pick<SelectionResult, 'run' | 'method'>
): Promise<Passes | undefined> {
  if (result.method !== 'repeated-random') return undefined
  const { selection, choice } = await loadRun(join(project.runsFolder, result.run))
  const epochs = selection.info['epochs']
  if (typeof epochs !== 'number') return undefined
  return {
    count: epochs,
    rows(pass) {
      // The method counts its candidates; the export counts rows of the dataset. What must be kept
      // is in every list.
      const drawn = rowsOfPass(selection.columns, pass).map((row) => choice.candidates[row])
      return Uint32Array.from(new Set([...choice.mustKeep, ...drawn])).sort()
    }
  }
}

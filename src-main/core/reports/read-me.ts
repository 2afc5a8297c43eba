// README.txt of an exported folder: plain words for whoever opens it.
import type { SelectionResult } from '../../api/dto/runs.ts'
import { countText } from './words.ts'

/** Text of README.txt. `hasFiles` is false for texts and tables, which are lists only. */
export function readMeText(
  result: SelectionResult,
  exportName: string,
  createdAt: string,
  hasFiles: boolean
): string {
  const items = hasFiles
    ? `  items/          the chosen items themselves, byte for byte as in the source
  items.csv       one line per item: name, group, rank, score and why it was kept`
    : `  items.csv       one line per item: name, group, rank, score, why it was kept, and its content`
  const check = result.check
    ? `${result.check.verdict}\n${result.check.cautions.join('\n')}`.trim()
    : 'The choice was not tested by training a model.'
  return `${exportName}
${'='.repeat(Math.min(72, exportName.length))}

This folder holds ${countText(result.got)} items chosen from "${result.datasetName}" (${countText(result.candidates)} candidates).
It was made on ${createdAt} with Winnow.

How they were chosen
  ${result.methodName}, repeat code ${result.draft.seed}. Asked for ${countText(result.asked)}, got ${countText(result.got)}.

Was it worth it
  ${check.replaceAll('\n', '\n  ')}

What is here
${items}
  items.jsonl     the same for programs
  left-out.csv    the items that were not kept, and why (when asked for)
  report.html     the full report with charts; opens in any browser
  data-card.md    what to tell others about this set; parts are yours to fill in
  recipe.json     the settings, to make the same choice again
  manifest.json   every file with its size and SHA-256 fingerprint

Check that nothing changed:  winnow verify "<this folder>"

Do not use these items to test a model: they were chosen for training.
`
}

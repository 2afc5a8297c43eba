// README.txt of an exported folder: plain words for whoever opens it.
import type { SelectionResult } from '../../api/dto/runs.ts'
import { countText } from './words.ts'

// What stands beside the lists, when it was asked for; the first that fits a path says what it is.
const beside: readonly (readonly [RegExp, string, string])[] = [
  [/^items\.parquet$/, 'items.parquet', 'the same as a Parquet table'],
  [
    /^items\/metadata\.csv$/,
    'items/metadata.csv',
    'makes items/ a folder that Hugging Face datasets load'
  ],
  [
    /^training\/rows\.txt$/,
    'training/rows.txt',
    'row numbers of the source, counted from 0, best first'
  ],
  [
    /^training\/.*-not-written\.csv$/,
    'training/…-not-written.csv',
    'conversations that do not fit this form, and why'
  ],
  [/^training\//, 'training/', 'the items in the form a training program reads'],
  [
    /^epochs\//,
    'epochs/',
    'one list of row numbers for each training pass; epochs.csv names the items'
  ],
  [/^report\.pdf$/, 'report.pdf', 'the report for printing']
]

function besideLines(paths: readonly string[]): string {
  const said = new Map<string, string>()
  for (const path of paths) {
    const found = beside.find(([pattern]) => pattern.test(path))
    if (found !== undefined) said.set(found[1], found[2])
  }
  return [...said].map(([name, text]) => `\n  ${name.padEnd(15)} ${text}`).join('')
}

/**
 * Text of README.txt. `hasFiles` is false for texts and tables, which are lists only; `paths` are
 * the files written so far.
 */
export function readMeText(
  result: SelectionResult,
  exportName: string,
  createdAt: string,
  hasFiles: boolean,
  paths: readonly string[] = []
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
  items.jsonl     the same for programs${besideLines(paths)}
  left-out.csv    the items that were not kept, and why (when asked for)
  report.html     the full report with charts; opens in any browser
  data-card.md    what to tell others about this set; parts are yours to fill in
  recipe.json     the settings, to make the same choice again
  manifest.json   every file with its size and SHA-256 fingerprint

Check that nothing changed:  winnow verify "<this folder>"

Do not use these items to test a model: they were chosen for training.
`
}

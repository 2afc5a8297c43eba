// data-card.md: what is in the set, where it came from and how it was chosen. Facts the app
// cannot know are marked "to fill in", never invented.
import type { SelectionResult } from '../../api/dto/runs.ts'
import { countText, percentText } from './words.ts'

/** Stands for what the app cannot know. */
export const toFillIn = '_to fill in_'

/** Builds the Markdown data card of one exported selection. */
export function dataCard(
  result: SelectionResult,
  facts: {
    readonly exportName: string
    readonly createdAt: string
    readonly licence: string | null
    readonly dataset?: { readonly contentHash: string; readonly items: number } | undefined
  }
): string {
  const classes = result.classes
    .map(
      (row) =>
        `| ${escapeMarkdown(row.name)} | ${countText(row.available)} | ${countText(row.chosen)} |`
    )
    .join('\n')
  const checks = result.check
    ? `${escapeMarkdown(result.check.verdict)} Measured on ${countText(result.check.testItems)} test items with ${result.check.repeats} repeats.`
    : 'The result was not tested by training a model.'
  const gaps = result.classes.filter((row) => row.available > 0 && row.chosen === 0)
  return `# Data card: ${escapeMarkdown(facts.exportName)}

- Made: ${facts.createdAt}
- Items: ${countText(result.got)} of ${countText(result.candidates)} candidates (${percentText(result.got / Math.max(1, result.candidates))})
- Computer-made items: none

## Source
Dataset "${escapeMarkdown(result.datasetName)}"${sourceFacts(facts.dataset)}.
- Who collected it, when and why: ${toFillIn}
- How labels were made, and by whom: ${toFillIn}
- Whom to ask about it: ${toFillIn}

## Purpose
What it is meant for: ${toFillIn}

## Composition
| Group | Available | In this set |
|---|---:|---:|
${classes === '' ? '| (no labels) | | |' : classes}

## How it was chosen
Method: ${escapeMarkdown(result.methodName)}, repeat code ${result.draft.seed}. Asked for ${countText(result.asked)}, got ${countText(result.got)}.
Share of the choice decided by the rule for equal votes: ${percentText(result.tieShare, 0)}.
${result.notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n')}

## Known gaps
${gaps.length === 0 ? 'Every group of the source is present.' : `Groups with no item in this set: ${gaps.map((row) => escapeMarkdown(row.name)).join(', ')}.`}
The set shows what the source holds; what the source itself lacks: ${toFillIn}

## Quality checks
${checks}
${result.measures.map((measure) => `- ${escapeMarkdown(`${measure.name}: ${measure.value.toPrecision(3)} ${measure.unit} (${measure.meaning})`)}`).join('\n')}

## People and privacy
- Whether the items show or name people, and their consent: ${toFillIn}

- Names, faces, addresses or other personal data: ${toFillIn}
- Ways to have an item taken out: ${toFillIn}

## Licence
${facts.licence ?? toFillIn}

## Do not use for
- Testing a model: these items were chosen for training.
- ${toFillIn}
`
}

function sourceFacts(dataset: { contentHash: string; items: number } | undefined): string {
  if (dataset === undefined) return ''
  return `, ${countText(dataset.items)} items, SHA-256 of its content ${escapeMarkdown(dataset.contentHash)}`
}

/** Text that stays text in Markdown: names from data can hold HTML, links and table marks. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~#&]/g, (sign) => `\\${sign}`)
}

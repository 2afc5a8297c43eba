// data-card.md of a tiny set, and the card of its Hugging Face folder. Facts the app cannot know are
// marked "to fill in", never invented.
import { figureText } from '../../compute/figure-text.ts'
import { escapeMarkdown, toFillIn } from '../data-card.ts'
import { bytesText, countText, percentText } from '../words.ts'
import { armName, scoreName } from './measure-words.ts'
import { isPictures, isSynthetic, type TinySet } from './tiny-set.ts'
import { kindWords, summaryWords, tinyWarnings } from './tiny-read-me.ts'

export interface CardFacts {
  readonly exportName: string
  readonly createdAt: string
  readonly licence: string | null
}

/** Data card in Markdown. */
export function tinyCard(set: TinySet, facts: CardFacts): string {
  const { result } = set
  return `# Data card: ${escapeMarkdown(facts.exportName)}

- Made: ${facts.createdAt}
- Items: ${countText(result.decodedItems)}, standing for ${countText(result.trainItems)} training items
- Computer-made items: ${{ real: 'none', made: 'all', mixed: 'all (real items that were changed or put together)' }[result.kind]}
- Space: ${bytesText(result.bytes)}

${escapeMarkdown(kindWords(result))}

## Source
Dataset "${escapeMarkdown(result.datasetName)}"${contentHash(set)}.
- Who collected it, when and why: ${toFillIn}
- How labels were made, and by whom: ${toFillIn}
- Whom to ask about it: ${toFillIn}

## Purpose
Training small models quickly. What it is meant for: ${toFillIn}

## Composition
| Label | Items |
|---|---:|
${countLines(set)}

## How it was made
Method: ${escapeMarkdown(result.methodName)}, repeat code ${result.draft.seed}, effort ${result.draft.effort}.
${result.notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n')}

## Quality checks
${checkLines(set)}

## Storage
| Part | Numbers | Bytes |
|---|---:|---:|
${result.ledger.map((line) => `| ${escapeMarkdown(line.name)} | ${countText(line.numbers)} | ${countText(line.bytes)} |`).join('\n')}

## People and privacy
- Whether the items show or name people, and their consent: ${toFillIn}
- Names, faces, addresses or other personal data: ${toFillIn}
- Ways to have an item taken out: ${toFillIn}

## Licence
${facts.licence ?? toFillIn}

## Do not use for
${tinyWarnings.map((line) => `- ${line}`).join('\n')}
- ${toFillIn}
`
}

function contentHash({ result }: TinySet): string {
  const { contentHash } = result.provenance
  return typeof contentHash === 'string'
    ? `, SHA-256 of its content ${escapeMarkdown(contentHash)}`
    : ''
}

function countLines({ labels, result }: TinySet): string {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return result.classNames
    .map((name, label) => `| ${escapeMarkdown(name)} | ${countText(counts.get(label) ?? 0)} |`)
    .join('\n')
}

function checkLines({ result }: TinySet): string {
  const { check } = result
  if (check === null) return 'The set was not tested by training a model.'
  const arms = check.arms.map(
    (arm) =>
      `| ${escapeMarkdown(armName(arm.arm, check.measure))} | ${escapeMarkdown(arm.network)} | ${countText(arm.items)} | ${percentText(arm.accuracy.mean)} ± ${figureText(arm.accuracy.sd * 100)} |`
  )
  return `${escapeMarkdown(check.verdict)} Measured on ${countText(result.testItems)} test items with ${check.repeats} repeats.
${check.cautions.map((text) => `- ${escapeMarkdown(text)}`).join('\n')}

| Trained on | Model | Items | ${(check.measure ?? 'accuracy') === 'accuracy' ? 'Accuracy' : scoreName(check)} |
|---|---|---:|---:|
${arms.join('\n')}`
}

/** README.md of the Hugging Face folder: its YAML head, then the data card. */
export function huggingFaceCard(set: TinySet, facts: CardFacts): string {
  const { result } = set
  const synthetic = isSynthetic(result)
  const tags = ['dataset-distillation', ...(synthetic ? ['synthetic'] : [])]
  // A JSON text is a YAML text: names from the data cannot break out of it.
  const head = [
    `pretty_name: ${JSON.stringify(facts.exportName)}`,
    'license: unknown',
    ...(isPictures(set) ? ['task_categories:', '- image-classification'] : []),
    'tags:',
    ...tags.map((tag) => `- ${tag}`),
    ...(synthetic ? ['annotations_creators:', '- machine-generated'] : []),
    `size_categories:`,
    `- ${sizeCategory(set.count)}`,
    `synthetic: ${synthetic}`,
    'configs:',
    '- config_name: default',
    '  data_files:',
    '  - split: train',
    '    path: train/**'
  ]
  return `---
${head.join('\n')}
---

${escapeMarkdown(summaryWords(result))}

    from datasets import load_dataset
    train = load_dataset('imagefolder', data_dir='hf', split='train')

${tinyCard(set, facts)}`
}

function sizeCategory(count: number): string {
  if (count < 1000) return 'n<1K'
  return count < 10_000 ? '1K<n<10K' : '10K<n<100K'
}

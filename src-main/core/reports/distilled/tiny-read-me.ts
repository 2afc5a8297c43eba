// README.txt of an exported tiny set: plain words for whoever opens the folder, then what a
// programmer needs: the recipe, and how items are put together where they are stored in parts.
import type { DistilResult } from '../../../api/dto/distil.ts'
import type { ExportedFile } from '../../methods/distillation/distillation-method.ts'
import { bytesText, countText, dateText, percentText } from '../words.ts'
import {
  isPictures,
  isSynthetic,
  isWithoutLabels,
  targetColumns,
  type TinySet
} from './tiny-set.ts'
import { isHalfStored } from './tensors.ts'
import { recipeWords, trainingScript } from './training-script.ts'

export interface ReadMeFacts {
  readonly exportName: string
  readonly createdAt: string
  /** Files written so far. */
  readonly paths: readonly string[]
  readonly extra: readonly ExportedFile[]
}

/** What a tiny set must not be used for, and what it inherits: said wherever one leaves the app. */
export const tinyWarnings: readonly string[] = [
  'Not for testing models: a model tested on what it was made with always looks good.',
  'It may still reveal what is in the source data. Treat it as you treat that.',
  'The licence and the consent of the source data hold for this set too.'
]

/** What the items are, in a sentence or two. */
export function kindWords({ kind }: Pick<DistilResult, 'kind'>): string {
  if (kind === 'real') return 'All items are real ones from the source, as they were.'
  return kind === 'made'
    ? 'The items were made by the computer. Computer-made items are not real photos.'
    : 'The items are real ones that the computer changed or put together. Computer-made items are not real photos.'
}

/** The set in a sentence. */
export function summaryWords(result: DistilResult): string {
  if (result.draft.pairs === true)
    return `This folder holds a tiny training set: ${countText(result.decodedItems)} pairs of a picture and a text that stand for ${countText(result.trainItems)} of "${result.datasetName}".`
  return `This folder holds a tiny training set: ${countText(result.decodedItems)} items that stand for ${countText(result.trainItems)} of "${result.datasetName}", ${countText(result.perClass)} in the space of each of ${countText(result.classNames.length)} labels.`
}

const beside: readonly (readonly [RegExp, string, string])[] = [
  [/^items\//, 'items/', 'one file for each item, named by its label and its place in the set'],
  [/^items\.csv$/, 'items.csv', 'the real items with their content'],
  [/^grid\.png$/, 'grid.png', 'the first items of each label side by side, for looking at'],
  [/^labels\.csv$/, 'labels.csv', 'one line per item: file, label, and the share of every label'],
  [/^labels\.parquet$/, 'labels.parquet', 'the same as a Parquet table'],
  [/^train\.npz$/, 'train.npz', 'all numbers in one file for NumPy'],
  [/^train\.py$/, 'train.py', 'trains a model on train.npz with PyTorch'],
  [/^train\.safetensors$/, 'train.safetensors', 'all numbers in one file for most other programs'],
  [
    /^helper\.npz$/,
    'helper.npz',
    'the helper model, asked about every changed picture while training'
  ],
  [/^helper\.safetensors$/, 'helper.safetensors', 'the helper model for most other programs'],
  [/^views\.npz$/, 'views.npz', 'labels of changed pictures, and how these were changed'],
  [/^views\.safetensors$/, 'views.safetensors', 'the same for most other programs'],
  [/^arrays\//, 'arrays/', 'the same numbers, one NumPy file each'],
  [/^parts\//, 'parts/', 'what has to be kept to make the items again (see below)'],
  [/^hf\//, 'hf/', 'a folder that Hugging Face datasets load, with a card'],
  [/^report\.html$/, 'report.html', 'the full report with charts; opens in any browser'],
  [/^report\.pdf$/, 'report.pdf', 'the report for printing'],
  [
    /^data-card\.md$/,
    'data-card.md',
    'what to tell others about this set; parts are yours to fill in'
  ],
  [/^recipe\.json$/, 'recipe.json', 'the settings, to make the same set again']
]

function fileLines(facts: ReadMeFacts): string {
  const said = new Map<string, string>()
  for (const [pattern, name, text] of beside)
    if (facts.paths.some((path) => pattern.test(path))) said.set(name, text)
  for (const { name, text } of facts.extra) said.set(name, text)
  said.set('manifest.json', 'every file with its size and SHA-256 fingerprint, and how it was made')
  return [...said].map(([name, text]) => `  ${name.padEnd(18)} ${text}`).join('\n')
}

/** Text of README.txt. */
export function tinyReadMe(given: TinySet, facts: ReadMeFacts): string {
  const set = { ...given, result: onOneLine(given.result) }
  const { result } = set
  const title = facts.exportName
  const worth = result.check
    ? [result.check.verdict, ...result.check.cautions]
    : ['The set was not tested by training a model.']
  return `${title}
${'='.repeat(Math.min(72, title.length))}

${summaryWords(result)}
${kindWords(result)}
It was made on ${dateText(facts.createdAt)} with Winnow and takes ${bytesText(result.bytes)} of numbers.

How it was made
  ${result.methodName}, repeat code ${result.draft.seed}, effort ${result.draft.effort}.
  ${labelWords(set)}

Was it worth it
  ${worth.join('\n  ')}

What is here
${fileLines(facts)}

Check that nothing changed:  winnow verify "<this folder>"

What not to do
${tinyWarnings.map((line) => `  - ${line}`).join('\n')}${consumerWords(set)}

For programmers
---------------
${numberWords(set)}
${changedWords(set)}${partWords(set)}
How our own models were trained on it, which is what the ${isWithoutLabels(set) ? 'score' : 'accuracy'} above was measured with:
${recipeWords(set, result.network)
  .map((line) => `  ${line}`)
  .join('\n')}
${scriptWords(set, facts)}`
}

/** Names from data stay on the line they are named on. */
function onOneLine(result: DistilResult): DistilResult {
  const flat = (text: string): string => text.replace(/\s+/g, ' ')
  return {
    ...result,
    datasetName: flat(result.datasetName),
    classNames: result.classNames.map(flat),
    methodName: flat(result.methodName),
    network: flat(result.network),
    check: result.check && {
      ...result.check,
      verdict: flat(result.check.verdict),
      cautions: result.check.cautions.map(flat),
      arms: result.check.arms.map((arm) => ({ ...arm, network: flat(arm.network) }))
    }
  }
}

function labelWords(set: TinySet): string {
  const { targets, result, consumer } = set
  if (consumer === 'representation')
    return `Each item has ${targetColumns(set)} numbers in place of a label: the similarity fingerprint that models learn to foretell.`
  if (consumer === 'pairs')
    return targetColumns(set) > 1
      ? 'Each item is a pair of a picture and a text; its numbers in place of a label say how much the picture belongs to the text of each pair.'
      : 'Each item is a pair of a picture and a text; it has no label.'
  if (targets.kind === 'hard') return 'Each item has one plain label.'
  if (targets.kind === 'values')
    return 'Each item has learned numbers, one for every label, besides its plain label.'
  const epoch =
    result.expertEpoch === null ? '' : ` after ${result.expertEpoch} passes over the training items`
  const from = `${targets.from.replace(/\s+/g, ' ')}${epoch}`
  const own = `Each item has a richer label, a share for every label, from ${from}.`
  if (targets.changed?.kind === 'teacher')
    return `${own} While models learn, pictures are changed (shifted, turned, ...), and the helper model that is part of this set says what each changed picture is like.`
  return targets.changed === undefined
    ? own
    : `${own} While models learn, pictures are changed (shifted, turned, ...); ${countText(targets.changed.passes)} passes of changed pictures have labels of their own.`
}

function consumerWords({ consumer, result }: TinySet): string {
  if (consumer === 'kernel')
    return '\n  - Made for kernel and nearest-prototype models; networks learn little from it.'
  if (consumer === 'representation')
    return '\n  - Made without labels: a model trained on it names nothing yet. Train it on your own labels next.'
  if (consumer === 'pairs')
    return '\n  - Made of similarity fingerprints: it teaches nothing about pictures or texts that are described in another way.'
  return isSynthetic(result)
    ? `\n  - Made with ${result.network}: other models may learn less from it.`
    : ''
}

function numberWords(set: TinySet): string {
  const { shape, normalisation } = set.facts
  const { mean, sd } = normalisation
  const few = (values: readonly number[]): string =>
    values.length > 4
      ? `${values.length} numbers in manifest.json`
      : values.map((value) => String(Number(value.toPrecision(7)))).join(', ')
  const scale = `Mean: ${few(mean)}. Spread: ${few(sd)}.`
  const what = isPictures(set)
    ? `images   float32, ${set.count} x ${shape.height} x ${shape.width} x ${shape.channels} (items, height, width, channels),
         scaled: (byte / 255 - mean) / spread. ${scale}`
    : `rows     float32, ${set.count} x ${shape.channels}: similarity fingerprints, scaled: (number - mean) / spread.
         ${scale}`
  return `Numbers in train.npz, train.safetensors and arrays/, as far as they were asked for:
${what}
labels   int64: place of the label in: ${set.result.classNames.join(', ')}
targets  ${isHalfStored(set) ? 'float16' : 'float32'}, ${set.count} x ${targetColumns(set)}: what models learn${isWithoutLabels(set) ? '' : ' (1 at the label where labels are plain)'}
`
}

/** What labels changed pictures: helper models, or tables of views. */
function changedWords({ targets }: TinySet): string {
  const changed = targets.kind === 'soft' ? targets.changed : undefined
  if (changed === undefined) return ''
  if (changed.kind === 'teacher')
    return `helper.npz and helper.safetensors: float16 weights of ${changed.models.length === 1 ? 'one model' : `${changed.models.length} models (mean of their outputs)`}, in PyTorch's order. Shares are
softmax(${changed.tau} x outputs)${changed.teacherShare === 1 ? '' : `, ${changed.teacherShare} of them and the rest of the plain label`}. targets are those of the unchanged pictures.
`
  return `views.npz and views.safetensors: items (the item of each view), starts (first view of each batch), order (which
batch each step takes), changes (views x stages x 5: the kind, then its numbers; 1 colour: brightness,
saturation, contrast; 2 mirrored; 3 shift: down, right; 4 sampling matrix; 5 hole: top, bottom, left, right),
shares (float16, views x labels). train.py draws the same views.
`
}

/** How items are put together again, where they are stored in parts. */
function partWords(set: TinySet): string {
  const { form, stored } = set
  if (form === 'rows' || form === 'pixels') return ''
  if (form !== 'memories' || !stored.some(({ name }) => name === 'bases'))
    return `The items are stored in parts: ${stored.map(({ name }) => name).join(', ')}. arrays and items/ hold them put together.\n`
  return `The items are mixed from a few shared pictures. parts/bases.npy: K small pictures. parts/coefficients.npy:
labels x items of a label x K, how much of each picture goes into an item. In NumPy:

${memoryScript(set)}
`
}

/** Mixes and enlarges the pictures of a memory with NumPy; run in the exported folder. */
export function memoryScript({ facts }: Pick<TinySet, 'facts'>): string {
  const { height, width } = facts.shape
  return `import numpy as np

bases, mix = np.load('parts/bases.npy'), np.load('parts/coefficients.npy')

def enlarged(x, side, axis):
    # bilinear between the middles of pixels; the edge goes on outside
    count = x.shape[axis]
    at = (np.arange(side) + 0.5) * count / side - 0.5
    low = np.floor(at).astype(int)
    share = (at - low).reshape([-1 if i == axis else 1 for i in range(x.ndim)])
    near = np.take(x, np.clip(low, 0, count - 1), axis)
    far = np.take(x, np.clip(low + 1, 0, count - 1), axis)
    return near * (1 - share) + far * share

items = np.tensordot(mix.reshape(-1, len(bases)), bases, 1)
images = enlarged(enlarged(items, ${height}, 1), ${width}, 2).astype(np.float32)
`
}

function scriptWords(set: TinySet, facts: ReadMeFacts): string {
  const script = trainingScript(set)
  if (script === undefined || !facts.paths.includes('train.npz')) return ''
  const own = set.result.check?.arms.find(
    (one) => one.arm === set.result.check?.chosenArm && one.network === set.result.network
  )
  const reached =
    own === undefined
      ? ''
      : ` Ours ${isWithoutLabels(set) ? 'reached' : 'were right in'} ${percentText(own.accuracy.mean)} (spread ${percentText(own.accuracy.sd)})${isWithoutLabels(set) ? '' : ' of the test items'}.`
  return `
The same as a program (train.py):${reached}

${script}`
}

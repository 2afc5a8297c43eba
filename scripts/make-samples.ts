// Builds resources/samples from Debian's dataset-fashion-mnist and wordnet-base packages. Run by
// hand when the samples change: the result is part of the repository. Deterministic.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createRandom } from '../src-main/core/compute/random.ts'

const target = resolve(import.meta.dirname, '..', 'resources', 'samples')
const fashionSource = '/usr/share/datasets/fashion-mnist'
const nounFile = '/usr/share/wordnet/data.noun'

const fashionClasses = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot'
]

/** WordNet lexicographer files of nouns (lexnames(5)) and the subjects shown for them. */
const subjects = new Map([
  ['05', 'animal'],
  ['06', 'object'],
  ['08', 'body'],
  ['11', 'event'],
  ['13', 'food'],
  ['15', 'place'],
  ['18', 'person'],
  ['20', 'plant']
])
const perSubject = 300
const testPerSubject = 60
const seed = 3

interface Definition {
  readonly text: string
  readonly label: string
}

/** The gloss of a data line without its examples, when it is clean and of a fair length. */
function definitionOf(line: string): Definition | undefined {
  const bar = line.indexOf(' | ')
  const label = subjects.get(line.slice(9, 11))
  if (bar === -1 || label === undefined) return undefined
  const [gloss] = line.slice(bar + 3).split('; "')
  const text = gloss.trim()
  const isClean = /^[a-z(][A-Za-z0-9 ,;()'\-/]*$/.test(text) && !/\s{2}/.test(text)
  return isClean && text.length >= 30 && text.length <= 200 ? { text, label } : undefined
}

function chooseDefinitions(nouns: string): string {
  const bySubject = new Map<string, string[]>()
  const seen = new Set<string>()
  for (const line of nouns.split('\n')) {
    const found = definitionOf(line)
    if (found === undefined || seen.has(found.text)) continue
    seen.add(found.text)
    const list = bySubject.get(found.label) ?? []
    list.push(found.text)
    bySubject.set(found.label, list)
  }
  const random = createRandom(seed)
  const rows: string[] = []
  for (const [label, texts] of [...bySubject].sort()) {
    const picked = random.fork(label).sample(texts.length, perSubject)
    picked.forEach((at, i) =>
      rows.push(`${quote(texts[at])},${label},${i < testPerSubject ? 'test' : 'train'}`)
    )
  }
  const order = random.fork('order').sample(rows.length, rows.length)
  return `text,label,split\n${Array.from(order, (i) => rows[i]).join('\n')}\n`
}

function quote(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The licence paragraph of a Debian copyright file, unindented. */
async function licence(packageName: string, field: string): Promise<string> {
  const text = await readFile(`/usr/share/doc/${packageName}/copyright`, 'utf8')
  const lines = text
    .slice(text.indexOf(`\nLicense: ${field}\n `) + 1)
    .split('\n')
    .slice(1)
  const end = lines.findIndex((line) => !line.startsWith(' '))
  return lines
    .slice(0, end === -1 ? undefined : end)
    .map((line) => (line === ' .' ? '' : line.slice(1).trimEnd()))
    .join('\n')
}

async function makeFashion(): Promise<void> {
  const folder = join(target, 'fashion')
  await mkdir(folder, { recursive: true })
  for (const name of ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz']) {
    gunzipSync(await readFile(join(fashionSource, name)))
    await copyFile(join(fashionSource, name), join(folder, name))
  }
  await writeFile(join(folder, 'class-names.txt'), `${fashionClasses.join('\n')}\n`)
  await writeFile(
    join(folder, 'LICENSE.txt'),
    `Fashion-MNIST\nCopyright (c) 2017 Zalando SE, https://tech.zalando.com\n\nMIT License\n\n${await licence('dataset-fashion-mnist', 'Expat')}\n`
  )
  await writeFile(
    join(folder, 'README.txt'),
    [
      'Fashion-MNIST, test part: 10,000 grey pictures of 28 x 28 pixels in ten classes.',
      'The two .gz files are the originals, unchanged (IDX format).',
      'class-names.txt gives the names of the label values 0 to 9, one a line.',
      '',
      'From: https://github.com/zalandoresearch/fashion-mnist (by way of Debian, dataset-fashion-mnist).',
      'Paper: H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a Novel Image Dataset for',
      'Benchmarking Machine Learning Algorithms. arXiv:1708.07747.',
      ''
    ].join('\n')
  )
}

async function makeDefinitions(): Promise<void> {
  const folder = join(target, 'definitions')
  await mkdir(folder, { recursive: true })
  const nouns = await readFile(nounFile, 'utf8')
  await writeFile(join(folder, 'definitions.csv'), chooseDefinitions(nouns))
  await writeFile(
    join(folder, 'LICENSE.txt'),
    `WordNet 3.0\nCopyright (c) 2006 by Princeton University\n\n${await licence('wordnet-base', 'WordNet3.0')}\n`
  )
  await writeFile(
    join(folder, 'README.txt'),
    [
      `${perSubject * subjects.size} noun definitions from WordNet 3.0 in ${subjects.size} subjects, ${perSubject} each.`,
      'definitions.csv: text, label (the subject, from the lexicographer file), split (train or test).',
      'Definitions are the glosses without their examples, 30 to 200 characters, drawn with a fixed seed.',
      '',
      'From: https://wordnet.princeton.edu (by way of Debian, wordnet-base).',
      'Regenerate: node scripts/make-samples.ts',
      ''
    ].join('\n')
  )
}

await makeFashion()
await makeDefinitions()

// Texts for large benchmarks: definitions of WordNet (Debian's wordnet-base when installed, else the
// bundled sample), joined in a seeded order, so that words repeat as they do in language.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Random } from '../../src-main/core/compute/random.ts'

const wordNet = '/usr/share/wordnet'
const bundled = resolve(import.meta.dirname, '../../resources/samples/definitions')

/** Sentences to draw from, and where they come from. */
export function realSentences(): { readonly sentences: readonly string[]; readonly from: string } {
  if (existsSync(join(wordNet, 'data.noun'))) {
    const sentences = ['noun', 'verb', 'adj', 'adv'].flatMap((part) =>
      readFileSync(join(wordNet, `data.${part}`), 'latin1')
        .split('\n')
        .filter((line) => line.includes('| '))
        .map((line) => line.slice(line.indexOf('| ') + 2).trim())
    )
    return { sentences, from: 'WordNet (wordnet-base)' }
  }
  const sentences = readFileSync(join(bundled, 'definitions.csv'), 'utf8').split('\n').slice(1)
  return { sentences, from: 'the bundled definitions' }
}

/** A text of `count` sentences. */
export function drawText(sentences: readonly string[], random: Random, count: number): string {
  return Array.from({ length: count }, () => sentences[random.below(sentences.length)]).join('. ')
}

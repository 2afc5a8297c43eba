// Names people give to the parts of a dataset: folders, files and column values.

export type PartName = 'train' | 'test' | 'validation'

const names = new Map<string, PartName>([
  ['train', 'train'],
  ['training', 'train'],
  ['trn', 'train'],
  ['test', 'test'],
  ['testing', 'test'],
  ['tst', 'test'],
  ['t10k', 'test'],
  ['eval', 'test'],
  ['evaluation', 'test'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation']
])

/** The part a folder name or a value stands for, or undefined. */
export function partOf(name: string): PartName | undefined {
  return names.get(name.trim().toLowerCase())
}

/** The part named by a word of a file name ("train-images-idx3-ubyte"), or undefined. */
export function partInFileName(name: string): PartName | undefined {
  for (const word of name.toLowerCase().split(/[^a-z0-9]+/)) {
    const part = names.get(word)
    if (part !== undefined) return part
  }
  return undefined
}

/**
 * Split of an item. A validation part serves as the test part when there is no other; next to a
 * test part it is neither chosen from by default nor tested on.
 */
export function splitOf(part: PartName | undefined, hasTest: boolean): 'train' | 'test' | 'none' {
  if (part === 'validation') return hasTest ? 'none' : 'test'
  return part ?? 'none'
}

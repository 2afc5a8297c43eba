// What the names of arrays say: "x_train" is the data of the training part, "test_labels" the labels
// of the test part, "class_names" the names of the classes.
import { partOf, type PartName } from '../split-names.ts'

/** What a name stands for. */
export interface ArrayNameParts {
  readonly part: PartName | undefined
  readonly role: 'data' | 'labels' | 'names' | undefined
  /** The words that are left, to tell pairs that belong together. */
  readonly stem: string
}

const dataWords = new Set(
  'x image images img imgs picture pictures data pixel pixels input inputs feature features sample samples'.split(
    ' '
  )
)
const labelWords = new Set('y label labels target targets class'.split(' '))
const classNames = /(class|label|category|target)[^a-z]*names?$|^(classes|categories|names)$/

/** Takes a name apart. */
export function readArrayName(name: string): ArrayNameParts {
  const plain = name
    .replace(/\.npy$/i, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  if (classNames.test(plain)) return { part: undefined, role: 'names', stem: '' }
  const words = plain
    // "xtrain" and "trainx" are two words to a reader.
    .replace(/^([xy])(train|test|val)$/, '$1 $2')
    .replace(/^(train|test|val)([xy])$/, '$1 $2')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  let part: PartName | undefined
  let role: ArrayNameParts['role']
  const left: string[] = []
  for (const word of words) {
    const found = partOf(word)
    if (part === undefined && found !== undefined) part = found
    else if (labelWords.has(word)) role = 'labels'
    else if (dataWords.has(word)) role ??= 'data'
    else left.push(word)
  }
  return { part, role, stem: left.join(' ') }
}

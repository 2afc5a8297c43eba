// Whether a helper model of the analyst's own fits the labels and the kind of data of a plan: its
// outputs are the labels in their order, all of the dataset's or those that take part.
import type { HelperFile } from '../../../api/dto/distil.ts'
import type { InputShape } from '../../networks/network.ts'

/** The labels and items a model has to fit. */
export interface FitsTo {
  readonly data: 'pictures' | 'vectors'
  readonly shape: InputShape
  /** All labels of the dataset, in its order. */
  readonly datasetLabels: readonly string[]
  /** Those that take part, in the same order. */
  readonly classNames: readonly string[]
}

/** The outputs to read, or why the model does not fit. */
export type HelperFit =
  | { readonly outputs: number; readonly outputOf: readonly number[]; readonly problem?: undefined }
  | { readonly problem: string; readonly hint: string }

/** Fits a model's input and outputs to a plan. */
export function fitHelper(
  helper: Pick<HelperFile, 'name' | 'data' | 'input' | 'outputs'>,
  to: FitsTo
): HelperFit {
  return whyNotItems(helper, to) ?? fitOutputs(helper, to)
}

function whyNotItems(
  { name, data, input }: Pick<HelperFile, 'name' | 'data' | 'input'>,
  to: FitsTo
): HelperFit | undefined {
  const model = `Your helper model \u201c${name}\u201d`
  if (data !== to.data)
    return {
      problem:
        data === 'pictures'
          ? `${model} takes pictures, and this data has none.`
          : `${model} takes rows of numbers, and this data is pictures.`,
      hint: 'Choose another file, or let the app train a helper model.'
    }
  if (data === 'vectors' && input.channels !== to.shape.channels)
    return {
      problem: `${model} takes ${input.channels} columns; the items here have ${to.shape.channels}.`,
      hint: 'Choose a model for these columns, or let the app train a helper model.'
    }
  return undefined
}

function fitOutputs(
  { name, outputs }: Pick<HelperFile, 'name' | 'outputs'>,
  { datasetLabels, classNames }: FitsTo
): HelperFit {
  const all = datasetLabels.length
  // A file that does not say has to answer for every label of the dataset; running it shows.
  const given = outputs ?? all
  if (given === all) {
    const outputOf = classNames.map((label) => datasetLabels.indexOf(label))
    return { outputs: given, outputOf }
  }
  if (given === classNames.length)
    return { outputs: given, outputOf: classNames.map((_, label) => label) }
  const wanted =
    all === classNames.length
      ? `the data has ${all} labels`
      : `the data has ${all} labels, of which ${classNames.length} take part`
  return {
    problem: `Your helper model \u201c${name}\u201d names ${given} labels; ${wanted}.`,
    hint: 'Its outputs have to be the labels of the data, in the same order.'
  }
}

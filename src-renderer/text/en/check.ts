// Words of the check: its models, and its part of the result page.
import type { CheckModel } from '@api/dto/runs.ts'
import { formatCount } from '../format.ts'

/** The check models, in the order of the wizard. */
export const checkModels: Readonly<Record<CheckModel, { title: string; text: string }>> = {
  linear: {
    title: 'Fast linear',
    text: 'Draws straight borders between labels, on top of the similarity fingerprints. No luck in it: the same set always gets the same mark.'
  },
  knn: {
    title: 'Most alike items (k-NN)',
    text: 'Gives each test item the label of the items most alike to it. It learns nothing, so it shows whether the right examples are in the set.'
  },
  mlp: {
    title: 'Small network',
    text: 'Draws curved borders, on top of the similarity fingerprints. Closer to a larger model; it learns anew in every repeat.'
  },
  convnet: {
    title: 'Picture network (ConvNet)',
    text: 'Learns from the pictures themselves, not from the fingerprints that the set was chosen with. The strictest test, and the slowest.'
  }
}

/** The tab "Check" of a result. */
export const checkTab = {
  notTested: 'This result was not tested',
  notTestedText: 'Choose again with the check switched on to see how the set does.',
  models: 'What each check model found',
  modelsHelp:
    'All learned from the same sets and named the same test items. The verdict comes from the first; the others show how far it carries.',
  oneModel:
    'Only one check model was asked. With “Also test on” the wizard shows whether the gain carries over to others.',
  model: 'Check model',
  verdictModel: (name: string): string => `${name} (gives the verdict)`,
  chosen: 'Chosen set',
  random: 'Random',
  stratified: 'Random, same label mix',
  all: 'All data',
  difference: 'Chosen − random',
  range: '95 % range',
  toStratified: 'Chosen − same label mix',
  finding: 'Finding',
  rangeText: (low: string, high: string): string => `${low} to ${high}`,
  kinds: {
    helped: 'better',
    'no-difference': 'no clear difference',
    worse: 'worse',
    'not-checked': 'not tested'
  },
  repeats: 'Every repeat',
  repeatsHelp: (name: string, repeats: number): string =>
    `Share of the test items that “${name}” got right, in ${formatCount(repeats, 'repeat')}. Random sets are drawn anew each time.`,
  repeat: 'Repeat',
  device: (name: string): string => `Computed on: ${name}`,
  noCurve: 'No learning curve was made. The wizard makes one when it is switched on under “Check”.'
} as const

// Words of expanding a small set: choosing pictures, settings, looking through what was made, measuring.
import type { ExpandArm, ExpandReason, ExpandRule } from '@api/dto/expand.ts'
import { formatAboutRange, formatCount, formatNumber, formatPercent } from '../format.ts'

const rules: Readonly<Record<ExpandRule, { readonly label: string; readonly help: string }>> = {
  'between-two': {
    label: 'Between two pictures',
    help: 'Each new picture lies between two of one label. The safest choice.'
  },
  'towards-chance': {
    label: 'From one picture outwards',
    help: 'Each new picture begins at one of yours and moves away from it by chance.'
  },
  directions: {
    label: 'Along the differences',
    help: 'Mixes the ways in which your pictures differ. Often shows something else.'
  },
  'one-spread': {
    label: 'Around the average',
    help: 'Moves away from the average in all ways alike. Usually shows something else.'
  }
}
const reasons: Readonly<Record<ExpandReason, string>> = {
  'off-class': 'Looks like another label',
  copy: 'Nearly a copy',
  'off-model': 'The model loses it on the way',
  duplicate: 'Like another new picture'
}
const arms: Readonly<Record<ExpandArm, string>> = {
  real: 'Real pictures alone',
  made: 'With the made pictures',
  moved: 'With flips and shifts',
  blended: 'With blended pictures'
}
const points = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${formatNumber(Math.abs(value), 1)}`

/** Words of the screens about expanding a small set. */
export const expand = {
  title: 'Expand a small set',
  intro:
    'Makes in-between variants of a few pictures. It cannot invent what none of them contain, and it often does not help: measure before you use them.',
  fromHere: 'Expand',
  readOnly: 'This project is open for reading only, so nothing can be made or decided.',
  steps: { pictures: '1. Choose pictures', settings: '2. Settings' },
  dataset: 'Dataset',
  noDatasets: 'There are no pictures in this project yet',
  noDatasetsText: 'Add a folder of pictures first; then choose a small label to expand.',
  addData: 'Add data',
  label: 'Label',
  allLabels: 'All labels',
  fromSelection: 'The pictures you selected are used.',
  fromFilter: 'The pictures that pass your filter are used.',
  forgetSelection: 'Choose a label instead',
  most: 'Pictures to begin with, at most',
  mostHelp: '10 to 200. More give more variety, and take longer.',
  rule: 'How new pictures come about',
  ruleOf: (rule: ExpandRule): string => rules[rule].label,
  ruleHelp: (rule: ExpandRule): string => rules[rule].help,
  make: 'Pictures to make',
  repeat: 'Repeat code',
  repeatHelp: 'The same code makes the same pictures again.',
  model: 'Model of pictures',
  modelHelp: 'What pictures look like to it. It need not know yours, and is not changed.',
  modelOwn: (file: string, side: number, channels: number): string =>
    `From the file ${file}, for ${channels === 1 ? 'grey' : 'colour'} pictures of ${formatNumber(side)} × ${formatNumber(side)} pixels.`,
  modelAbout: (about: string, pictures: number): string =>
    `Learned from ${formatCount(pictures, 'picture')}: ${about}.`,
  modelCurve: (first: string, last: string): string =>
    `Error while it learned: ${first} at first, ${last} at the end.`,
  trainOwn: 'Learn from my pictures',
  trainOwnHelp: 'Takes long on a processor. For pictures that the other model cannot show.',
  trainColour: 'Pictures',
  trainColours: { grey: 'Grey', colour: 'In colour' },
  trainSide: 'Size',
  trainSideOf: (side: number): string => `${formatNumber(side)} × ${formatNumber(side)} pixels`,
  trainSteps: 'Steps',
  trainStepsHelp: 'More steps make a better model. 3,000 is a fair start.',
  ownFile: 'Use my own model file',
  ownFileHelp:
    'A file (.onnx) of a model that sees noise in small pictures, a diffusion model. It is checked and tried on your pictures before it is kept.',
  ownFailed: 'This model could not be used',
  ownReading: 'Trying the model on your pictures',
  ownError: (error: number): string =>
    `How far it is off when it sees noise in your pictures: ${formatPercent(error, 0)} (0 % is exact, 100 % sees nothing).`,
  ownDoubt:
    'It hardly sees noise in your pictures. Compare the settings below with what its makers say.',
  ownFound: 'These settings fit best. Change them if its makers say otherwise.',
  ownSchedule: 'How noise grows',
  ownSchedules: {
    linear: 'Evenly (usual)',
    'scaled-linear': 'Slowly at first',
    cosine: 'Slowly at both ends'
  },
  ownSteps: 'Steps it was taught with',
  ownRange: 'Numbers of a pixel',
  ownRanges: { centred: '−1 to 1 (usual)', shares: '0 to 1' },
  ownTold: 'How it is told the step',
  ownTolds: { number: 'By its number (usual)', share: 'As a share of all' },
  ownSide: 'Size of pictures',
  ownApply: 'Try these settings',
  ownRemove: 'Remove this model',
  ownRemoved: 'The model was removed from the project.',
  trainName: (dataset: string): string => `Model of ${dataset}`,
  trainTime: (pictures: number, low: number, high: number): string =>
    `${formatCount(pictures, 'picture')}, ${formatAboutRange(low, high)}.`,
  trainStart: 'Start learning',
  trainStarted: 'Learning has begun. It goes on while you work.',
  counts: (sources: number, found: number): string =>
    sources === found
      ? `${formatCount(sources, 'picture')} to begin with.`
      : `${formatNumber(sources)} of ${formatCount(found, 'picture')} to begin with.`,
  time: (low: number, high: number): string => `It takes ${formatAboutRange(low, high)}.`,
  noTime: 'How long it takes is not known while something else runs.',
  timing: 'Working out how long it takes',
  start: 'Make pictures',
  startFailed: 'It could not be started',
  underWay: 'Being made',
  stop: 'Stop',
  past: 'Made before',
  none: 'Nothing was made yet.',
  passed: (passed: number, made: number): string =>
    `${formatNumber(passed)} of ${formatCount(made, 'picture')} passed`,
  open: 'Look through',
  remove: 'Remove',
  removed: 'Removed',
  stopped: 'It was stopped, and nothing was kept.',
  stoppedWith: (count: number): string =>
    `It was stopped. ${formatCount(count, 'picture')} had been made and ${count === 1 ? 'is' : 'are'} kept, unchecked.`,
  pause: 'Pause',
  goOn: 'Continue',
  endHere: 'Keep these and finish',
  endHereHelp: 'Finishes those in work, makes no more, checks what is there, and shows the result.',
  ending: 'No more are made. Those that are there are being checked.',
  lookSoFar: 'Look at what is there',
  soFar: (count: number, make: number): string =>
    `${formatNumber(count)} of ${formatCount(make, 'picture')} made so far`,
  soFarHelp:
    'Each new picture stands beside those it lies between. Nothing is checked yet: copies and other labels may be among them.',
  soFarNone: 'No picture is finished yet.',
  soFarOver: 'It has ended without a result.',
  madeOf: 'Made of',
  soFarPicture: (place: number, label: string): string =>
    `New picture ${formatNumber(place)}, ${label}, not checked`,
  homeText:
    'In-between variants of 10 to 200 pictures, each checked beside the real ones, and whether training with them helps.',
  homeAction: 'Start expanding',
  homeNoPictures: 'Add pictures first.',
  tooFewSelected: 'Select at least 10 pictures to expand them.',
  failedToLoad: 'It could not be read',
  back: 'Expand another set',
  review: 'Look through the new pictures',
  reviewHelp:
    'Arrow keys move, A accepts, R refuses, U takes the last decision back. Each new picture stands beside the real one most like it.',
  made: 'Made',
  nearest: 'Nearest real',
  noneMade: 'No picture was made.',
  accepted: (count: number, all: number): string =>
    `${formatNumber(count)} of ${formatNumber(all)} accepted`,
  isAccepted: 'Accepted',
  isRefused: 'Refused',
  accept: 'Accept',
  refuse: 'Refuse',
  acceptPassed: 'Accept all that passed',
  undo: 'Undo',
  undone: 'Taken back',
  reason: (reason: ExpandReason): string => reasons[reason],
  candidate: (place: number, label: string, isAccepted: boolean): string =>
    `New picture ${formatNumber(place)}, ${label}, ${isAccepted ? 'accepted' : 'refused'}`,
  distance: (ratio: number): string => `${formatPercent(ratio, 0)} of the usual distance`,
  share: (share01: number): string => `${formatPercent(share01, 0)} sure of its label`,
  weight: (weight: number): string => `${formatPercent(weight, 0)} of the way`,
  readouts: 'How new, and how varied',
  newness: 'New beside real ones',
  newnessHelp: '100 % is as new as a real picture, 0 % is a copy.',
  variety: 'Variety beside real ones',
  features: 'Distance of features, and of real ones',
  featuresHelp:
    'Small means alike. A copy has the smallest, so read it together with how new the pictures are.',
  unknown: 'Not known',
  checks: (reconstruction: string, bound: string): string =>
    `Your pictures brought there and back are off by ${reconstruction} of at most 0.10. A new one may be off by ${bound}.`,
  helper: (accuracy: number): string =>
    `The helper that names pictures is right on ${formatPercent(accuracy, 0)} of real ones it has not seen.`,
  noHelper:
    'There are too few labelled pictures for a helper, so new ones are held against the middle of their label.',
  warning: 'Many new pictures look like another label. This way of making them does that.',
  measureTitle: 'Does training with them help?',
  measureHelp:
    'Trains the same small model with and without the accepted pictures, equally long, five times, and tests it on real pictures that were held back.',
  measure: 'Measure',
  measureAgain: 'Measure again',
  measuring: 'Being measured',
  measureFailed: 'It could not be measured',
  notMeasured: 'Not measured yet. Nothing says that these pictures help.',
  arm: (arm: ExpandArm): string => arms[arm],
  columns: { arm: 'Trained on', right: 'Named rightly', ahead: 'Ahead, in points' },
  range: (mean: number, low: number, high: number): string =>
    `${points(mean)} (${points(low)} to ${points(high)})`,
  facts: (real: number, made: number, test: number): string =>
    `${formatNumber(real)} real and ${formatNumber(made)} made pictures, tested on ${formatCount(test, 'real picture')}. Intervals hold 95 %.`,
  export: 'Save as a folder',
  exportHelp:
    'All real pictures and the accepted ones, at most one made for each real one, with a table of which is which.',
  exportName: 'Name of the new folder',
  exportDone: (real: number, made: number): string =>
    `Saved ${formatCount(real, 'real picture')} and ${formatCount(made, 'made picture')}.`,
  exportLeft: (count: number): string =>
    `${formatCount(count, 'accepted picture')} stayed out, so that half are real.`,
  defaultName: (label: string): string => `${label} expanded`
} as const

// Words of what belongs together: learning, what it is worth, groups of one picture, parts.
import type {
  GroupsEffort,
  GroupsEstimate,
  GroupsMeasure,
  GroupsOddPair,
  GroupsPart,
  GroupsResult,
  GroupsRun
} from '@api/dto/groups.ts'
import { formatAboutRange, formatCount, formatNumber, formatPercent } from '../format.ts'

const efforts: Readonly<Record<GroupsEffort, string>> = {
  quick: 'Quick',
  usual: 'Usual',
  thorough: 'Thorough'
}
const share = (value: number): string => formatPercent(value, 0)

/** Words of the screen. */
export const groups = {
  title: 'What belongs together',
  intro:
    'The app learns which squares of a picture belong together, shows its groups, and finds parts that many pictures share. It says whether comparing pictures by what was learned is any better.',
  back: 'Back to the data',
  readOnly: 'This project is open for reading only, so nothing can be learned.',
  onlyPictures: 'Only pictures can be looked at this way.',
  emptyTitle: 'Nothing learned yet',
  emptyText:
    'Learning looks at some of the pictures on this computer. Groups and parts can be looked at when it is done. On small pictures, what the app uses already is often better for comparing; the result says so.',
  learn: 'Learn',
  learnAgain: 'Learn again',
  effort: 'Effort',
  efforts: {
    quick: { title: efforts.quick, text: 'Up to 1,000 pictures: a first look' },
    usual: { title: efforts.usual, text: 'Up to 4,000 pictures' },
    thorough: { title: efforts.thorough, text: 'Up to 10,000 pictures' }
  },
  useLabels: 'Learn from labels, where enough pictures have one',
  useLabelsHelp: 'Faster, and usually better. Without labels, the pictures alone are learned from.',
  mirror: 'Pictures may be mirrored',
  mirrorHelp: 'Not for letters, digits and signs.',
  useIfBetter: 'Compare pictures by it from then on, if it is surely better',
  repeat: 'Repeat code',
  repeatHelp: 'The same code learns the same again on this computer.',
  counts: ({
    learnsFrom,
    pictures,
    heldOut
  }: Pick<GroupsEstimate, 'learnsFrom' | 'pictures' | 'heldOut'>): string =>
    `${formatCount(pictures, 'picture')} to learn from, ${learnsFrom === 'labels' ? 'by their labels' : 'without labels'}; ${heldOut === 0 ? 'too few labels to measure with' : `${formatNumber(heldOut)} kept back to measure with`}`,
  time: (low: number, high: number): string => `Takes ${formatAboutRange(low, high)}`,
  timing: 'Trying how fast this computer learns',
  noTime: 'How long it takes cannot be told while other work is under way.',
  startFailed: 'Learning could not start',
  planFailed: 'The plan could not be checked',
  runs: 'Learned so far',
  runsFailed: 'What was learned could not be read',
  runLine: ({ plan }: Pick<GroupsRun, 'plan'>): string =>
    `${efforts[plan.effort]} effort, ${plan.useLabels ? 'labels if there are enough' : 'without labels'}, repeat code ${plan.seed}`,
  variety: (value: number): string =>
    `Answers vary: ${share(value)} of what is possible. Near 0 %, all pictures look the same to it.`,
  show: 'Show',
  shown: 'Shown below',
  pause: 'Pause',
  goOn: 'Continue',
  stop: 'Stop',
  remove: 'Remove',
  removed: 'What was learned was removed.',
  result: 'What it is worth',
  resultFailed: 'The result could not be read',
  table: 'Labels told rightly of pictures that were kept back',
  columns: {
    features: 'Compared by',
    groups: 'Groups',
    rounds: 'Rounds',
    line: 'By a straight line, %',
    neighbours: 'By the most alike, %',
    time: 'One picture takes, ms'
  },
  features: ({ features }: Pick<GroupsMeasure, 'features'>): string =>
    ({
      learned: 'What was learned',
      pixels: 'Main axes of the pixels',
      'built-in': 'Built-in fingerprints'
    })[features],
  tableHelp:
    'All rows of what was learned come from one learning: groups and rounds were only changed afterwards.',
  facts: ({
    pictures,
    steps,
    side,
    parameters
  }: Pick<GroupsResult, 'pictures' | 'steps' | 'side' | 'parameters'>): string =>
    `${formatCount(pictures, 'picture')} of ${side} × ${side}, ${formatCount(steps, 'step')}, ${formatNumber(parameters)} learned numbers`,
  timeTaken: (duration: string, device: string): string => `Took ${duration} on ${device}`,
  use: 'Compare pictures by this',
  inUse: 'Pictures are compared by this.',
  useDone: 'Pictures are compared by what was learned from now on. The About tab goes back.',
  notUsable: 'It is not offered for choosing, because what the app uses already was better.',
  picture: 'Groups in one picture',
  pictureFailed: 'The groups could not be drawn',
  drawing: 'Drawing the groups',
  pictures: 'Pictures',
  previousPictures: 'Earlier pictures',
  nextPictures: 'More pictures',
  openPicture: (name: string): string => `Look at ${name}`,
  view: (view: number): string => `View ${formatNumber(view + 1)}`,
  views: 'Views: each looks for something else',
  stage: 'Stage',
  stageName: (layer: number, layers: number): string =>
    layer === layers - 1 ? `Last (${formatNumber(layers)})` : formatNumber(layer + 1),
  groupCount: 'Groups',
  rounds: 'Rounds (speed or detail)',
  shade: 'Strength of colour shows',
  shades: { agreement: 'Agreement', confidence: 'Confidence' },
  drawn: (milliseconds: number, starts: number): string =>
    `${formatNumber(starts)} starts drawn in ${formatNumber(milliseconds)} ms`,
  meanings: (groups: number): string =>
    `Groups begin by chance, so eight starts are drawn and matched. Agreement: share of the starts that put a square into the same group; by chance it would be near ${share(1 / groups)}. Confidence: 100 % where a square belongs to one group alone, 0 % where to all alike.`,
  weak: 'These groups are weak: squares belong to all groups nearly alike. Read the borders with care.',
  legend: 'Groups, by number',
  group: (group: number): string => `Group ${formatNumber(group + 1)}`,
  groupLine: (squares: number, agreement: number, confidence: number): string =>
    `${formatCount(squares, 'square')}, agreement ${share(agreement)}, confidence ${share(confidence)}`,
  noSquares: (count: number): string =>
    `${formatCount(count, 'group')} ${count === 1 ? 'has' : 'have'} no square.`,
  chosen: (group: number): string => `How much of each square group ${formatNumber(group + 1)} has`,
  allGroups: 'All groups',
  likeThis: 'Pictures with a region like this',
  overall: (agreement: number, confidence: number): string =>
    `Over all squares: agreement ${share(agreement)}, confidence ${share(confidence)}`,
  mapLabel: (name: string, used: number): string =>
    `${name} in ${formatCount(used, 'group')}; the table lists every square`,
  displays: { label: 'How groups are shown', map: 'Picture', table: 'Table' },
  squareTable: 'Squares of the picture',
  squareColumns: {
    row: 'Row',
    column: 'Column',
    group: 'Group',
    agreement: 'Agreement, %',
    confidence: 'Confidence, %'
  },
  parts: 'Parts that pictures share',
  partsFailed: 'The parts could not be read',
  partsHelp:
    'Groups of all pictures, sorted by likeness. A part is what the app made of them; it need not be a thing.',
  part: (part: number): string => `Part ${formatNumber(part + 1)}`,
  partLine: ({ pictures, labels }: Pick<GroupsPart, 'pictures' | 'labels'>): string =>
    `${formatCount(pictures, 'picture')}${labels.length === 0 ? '' : `: ${labels.map(({ label, count }) => `${label} (${formatNumber(count)})`).join(', ')}`}`,
  rare: 'Rare',
  partChoice: 'Part',
  partPictures: (part: number, count: number): string =>
    `Part ${formatNumber(part + 1)}: ${formatCount(count, 'picture')}, clearest first`,
  noPart: 'No picture has this part.',
  showInList: 'Show these in the list',
  listSentence: (part: number, label: string | null): string =>
    `Pictures with part ${formatNumber(part + 1)}${label === null ? '' : `, label ${label}`}`,
  odd: 'Unusual pairs of part and label',
  oddHelp:
    'Far fewer pictures of the label have the part than others do. Some may carry a wrong label, some are only rare: look before you change anything.',
  noOdd: 'None.',
  oddLine: ({ part, label, count, expected }: GroupsOddPair): string =>
    `Part ${formatNumber(part + 1)} with ${label}: ${formatCount(count, 'picture')}, about ${formatNumber(Math.round(expected))} would be usual`,
  look: 'Look'
} as const

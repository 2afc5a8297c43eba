// The offline help: short topics and a glossary. The technical word for a thing may appear here,
// once, and nowhere else in the app.

/** One entry of the help drawer. */
export interface HelpTopic {
  readonly id: string
  readonly title: string
  readonly text: string
  /** What engineers and papers call it. */
  readonly technical?: string
}

/** Words of the drawer itself. */
export const help = {
  title: 'Help',
  search: 'Search help',
  none: 'No entry matches.',
  technical: (word: string): string => `Engineers call this: ${word}.`,
  howTo: 'How it works',
  glossary: 'Glossary',
  clear: 'Show all entries'
} as const

/** How the app works, in a few short pieces. */
export const howTos: readonly HelpTopic[] = [
  {
    id: 'getting-started',
    title: 'From data to a smaller set',
    text: 'Add data, choose how much to keep and what for, and start a run. The result page says in one line whether choosing helped compared with a random set of the same size. Then export the chosen items as a folder.'
  },
  {
    id: 'originals',
    title: 'What happens to my files',
    text: 'They are only ever read. Items you do not want are set aside, which can be taken back at any time. An export copies the chosen items into a new folder.'
  },
  {
    id: 'verdict',
    title: 'How the result is tested',
    text: 'The same simple check model learns from the chosen set, from a random set of the same size and from all the data, several times each. All are tested on the same items, which none of them has seen. If choosing was no better than random, the result says so.'
  },
  {
    id: 'stopping',
    title: 'Stopping and going on',
    text: 'Every run can be paused, or stopped with what is done so far kept. After a crash or a power cut the home page offers to continue where it stopped, and the result is the same as without the break.'
  },
  {
    id: 'privacy',
    title: 'Privacy',
    text: 'The app has no network features. Settings lists what is stored and where.'
  }
]

/** Words the screens use, with what engineers call them. */
export const glossary: readonly HelpTopic[] = [
  {
    id: 'chosen-set',
    title: 'Chosen set',
    text: 'The items a run kept.',
    technical: 'subset, coreset'
  },
  {
    id: 'budget',
    title: 'How much to keep',
    text: 'The number or share of items to keep, or their size, tokens or labelling time. The app can also look for the smallest set that is still good enough.',
    technical: 'budget'
  },
  {
    id: 'similarity-fingerprint',
    title: 'Similarity fingerprint',
    text: 'A list of numbers the app works out for each item, so that items that look or read alike have numbers that are alike.',
    technical: 'embedding, feature vector'
  },
  {
    id: 'near-duplicate',
    title: 'Near-duplicate',
    text: 'An item that is almost the same as another one.',
    technical: 'neighbour above a cosine similarity threshold'
  },
  {
    id: 'duplicate',
    title: 'Duplicate',
    text: 'An item whose file is exactly the same as another one.'
  },
  {
    id: 'label',
    title: 'Label',
    text: 'What an item shows or means, as given in your data.',
    technical: 'class'
  },
  {
    id: 'group',
    title: 'Group',
    text: 'Items that belong together, such as pictures of one patient.',
    technical: 'group key'
  },
  {
    id: 'source',
    title: 'Source',
    text: 'Where an item comes from, such as a website, a camera or a collection, as a column of your data names it.',
    technical: 'domain'
  },
  {
    id: 'test-items',
    title: 'Test items',
    text: 'Items that are held back and never chosen, so that the check is fair.',
    technical: 'held-out set'
  },
  {
    id: 'set-aside',
    title: 'Set aside',
    text: 'Left out of new runs without deleting anything.',
    technical: 'excluded'
  },
  {
    id: 'task',
    title: 'Target task',
    text: 'A named group of examples that shows what the smaller set has to be good for.',
    technical: 'target task, validation set'
  },
  {
    id: 'like-my-examples',
    title: 'Like my examples',
    text: 'Keeps the items that would teach a model the most about your target tasks.',
    technical: 'influence, gradient matching'
  },
  {
    id: 'votes',
    title: 'Votes',
    text: 'Each target task votes for the items that help it. Items with votes from many tasks are kept first.',
    technical: 'influence consensus'
  },
  {
    id: 'check-model',
    title: 'Check model',
    text: 'A small model that learns from a set, to see how good the set is.',
    technical: 'evaluator, linear probe'
  },
  {
    id: 'repeat-code',
    title: 'Repeat code',
    text: 'A number that makes random steps come out the same way again.',
    technical: 'random seed'
  },
  {
    id: 'tiny-set',
    title: 'Tiny training set',
    text: 'A few items that stand in for a large set when a model learns. They can be real items with richer labels, or items made by the computer.',
    technical: 'distilled dataset'
  },
  {
    id: 'richer-labels',
    title: 'Richer labels',
    text: 'For each item a share for every label instead of one label alone: how much a helper model thinks the item is a shoe, a boot or a bag.',
    technical: 'soft labels'
  },
  {
    id: 'helper-model',
    title: 'Helper model',
    text: 'A model that the app trains on your data on the way, to see through its eyes.',
    technical: 'teacher, expert, proxy model'
  },
  {
    id: 'run',
    title: 'Run',
    text: 'One go at choosing, with its settings and its result.',
    technical: 'job'
  },
  {
    id: 'fingerprint',
    title: 'Fingerprint of a file',
    text: 'A short code that changes when the file changes.',
    technical: 'SHA-256 hash'
  },
  {
    id: 'accuracy',
    title: 'Accuracy',
    text: 'The share of test items the check model labels as your data does.'
  },
  {
    id: 'points',
    title: 'Points',
    text: 'The difference between two percentages: from 80 % to 83 % is 3 points.',
    technical: 'percentage points'
  },
  {
    id: 'device',
    title: 'Device',
    text: 'The part of the computer that calculates: the processor or a graphics card.',
    technical: 'tensor backend'
  }
]

// What a method found on its way, in words: its one number, the measurements that say something to a
// person, and what each source gave. Reads only what it knows of a method's `info`.
import { z } from 'zod'
import type { Findings } from '../../api/dto/runs.ts'
import type { Selection } from '../methods/method.ts'
import { count } from './message-parts.ts'

type Fact = Findings['facts'][number]

/** How a number of `info` is written. */
type Unit = 'count' | 'share' | 'plain'

interface Known {
  readonly key: string
  readonly name: string
  readonly unit: Unit
  readonly meaning: string
}

const lens: readonly Known[] = [
  {
    key: 'runs',
    name: 'Helper models',
    unit: 'count',
    meaning: 'Small models that were trained to see how hard each item is.'
  },
  {
    key: 'doubted',
    name: 'Labels in doubt',
    unit: 'count',
    meaning: 'Items whose label most helper models do not give.'
  }
]

/** What is worth saying, by method. */
const known: Readonly<Record<string, readonly Known[]>> = {
  gtp: [
    {
      key: 'pursued',
      name: 'Places filled by what the items teach',
      unit: 'count',
      meaning: 'Each of these items brought the chosen set closer to what all items teach.'
    },
    {
      key: 'filled',
      name: 'Places filled by variety',
      unit: 'count',
      meaning: 'Nothing more was left to come closer to; the rest was filled openly.'
    },
    {
      key: 'error',
      name: 'What is left over, with weights',
      unit: 'share',
      meaning: 'Share of what the items teach that the chosen ones miss; 0 = nothing.'
    },
    {
      key: 'plainError',
      name: 'What is left over, all counting the same',
      unit: 'share',
      meaning: 'The same when every chosen item counts once, as in ordinary training.'
    }
  ],
  tarot: [
    {
      key: 'automatic',
      name: 'Size found by the method',
      unit: 'count',
      meaning: 'Items that the examples need, as the method works it out.'
    },
    {
      key: 'distance',
      name: 'Distance to the examples',
      unit: 'plain',
      meaning: 'Mean distance between chosen items and examples; 0 = the same, 1.4 = unrelated.'
    },
    {
      key: 'randomDistance',
      name: 'The same for a random set',
      unit: 'plain',
      meaning: 'To compare with: a random set of the same size.'
    }
  ],
  'trusted-filter': [
    {
      key: 'auc',
      name: 'How well trusted items are told apart',
      unit: 'plain',
      meaning: '1 = always, 0.5 = no better than by chance; on trusted items it had not seen.'
    },
    {
      key: 'cut',
      name: 'Lowest score kept',
      unit: 'plain',
      meaning: 'How much like the trusted items the least one kept is, 0 to 1.'
    }
  ],
  semdedup: [
    {
      key: 'unique',
      name: 'Items that repeat nothing',
      unit: 'count',
      meaning: 'One item stands for each group of repeats.'
    }
  ],
  'density-pruning': [
    {
      key: 'repeats',
      name: 'Repeats inside the groups',
      unit: 'count',
      meaning: 'They came after all other items.'
    }
  ],
  'repeated-random': [
    {
      key: 'epochs',
      name: 'Lists drawn',
      unit: 'count',
      meaning: 'One for each training pass; the first is shown as the chosen set.'
    },
    {
      key: 'passesForAll',
      name: 'Passes until every item was seen',
      unit: 'count',
      meaning: 'When no list holds an item of an earlier one.'
    }
  ],
  regmix: [
    {
      key: 'mixtures',
      name: 'Mixtures tried',
      unit: 'count',
      meaning: 'Small models were trained on each, to learn what the shares of the sources do.'
    },
    {
      key: 'quality',
      name: 'How well untried mixtures are foretold',
      unit: 'plain',
      meaning: '1 = their order is foretold perfectly, 0 = not at all.'
    }
  ],
  'early-learning': lens,
  el2n: lens,
  grand: lens,
  margin: lens,
  forgetting: lens,
  'given-list': [
    {
      key: 'listed',
      name: 'Items of the list that can be chosen',
      unit: 'count',
      meaning: 'What could not be chosen is named in the notes.'
    }
  ]
}

function written(value: number, unit: Unit): string {
  if (unit === 'count') return count(Math.round(value))
  if (unit === 'share') return `${Number((value * 100).toPrecision(3))} %`
  return String(Number(value.toPrecision(3)))
}

const Sources = z.array(
  z.object({
    name: z.string(),
    items: z.int(),
    before: z.number(),
    asked: z.number(),
    kept: z.int()
  })
)

/** What a finished selection says of itself. `kept` are the chosen positions, as the rules left them. */
export function findingsOf(
  method: string,
  { summary, info, columns }: Pick<Selection, 'summary' | 'info' | 'columns'>,
  kept: Iterable<number>
): Findings {
  const facts: Fact[] = []
  if (Number.isFinite(summary.value))
    facts.push({
      name: 'In one number',
      value: String(Number(summary.value.toPrecision(4))),
      meaning: `${summary.meaning}.`.replace(/\.\.$/, '.')
    })
  for (const { key, name, unit, meaning } of known[method] ?? []) {
    const value = info[key]
    if (typeof value === 'number' && Number.isFinite(value))
      facts.push({ name, value: written(value, unit), meaning })
  }
  const sources = info['kind'] === 'mixture' ? Sources.safeParse(info['sources']) : undefined
  if (sources?.success !== true) return { facts, sources: [] }
  // The rules may have changed what the method drew; what is kept in the end is counted here.
  const counts = sources.data.map(() => 0)
  const of = columns['source']
  if (of !== undefined) for (const position of kept) counts[of[position]]++
  return {
    facts,
    sources: sources.data.map(({ name, items, before, asked, kept: drawn }, i) => ({
      name,
      items,
      before01: before,
      asked01: asked,
      kept: of === undefined ? drawn : counts[i]
    }))
  }
}

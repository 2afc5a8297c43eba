// Why a rule kept or left out an item: codes stored one byte per row, and the sentence of each.
// Reasons that come from a method's scores are the method's own (`explain`).

/** Codes of rule reasons; the index is what is stored, so new ones come last. 0 = no rule decided. */
export const ruleCodes = [
  'none',
  'out-of-scope',
  'set-aside',
  'must-drop',
  'test',
  'same-as-test',
  'example',
  'exact-duplicate',
  'near-duplicate',
  'class-full',
  'group-too-large',
  'made-room',
  'asked-for',
  'with-group',
  'minimum',
  'source-full',
  'source-minimum',
  'mix-full',
  'mix-share',
  'filled-up',
  'over-budget'
] as const
export type RuleCode = (typeof ruleCodes)[number]

/** Stored byte of a rule code. */
export function ruleByte(code: RuleCode): number {
  return ruleCodes.indexOf(code)
}

/** Rule code of a stored byte; "none" for anything unknown. */
export function ruleOfByte(byte: number): RuleCode {
  return ruleCodes[byte] ?? 'none'
}

export interface RuleDetail {
  readonly label: string | undefined
  /** Name of the item this one repeats. */
  readonly twin: string | undefined
  readonly isTwinChosen: boolean
  /** Cosine similarity to the twin, 0..1. */
  readonly similarity01: number
  /** Minimum asked for the item's class. */
  readonly minimum: number | undefined
  /** Where the item comes from, and the minimum asked for that source. */
  readonly source?: string | undefined
  readonly sourceMinimum?: number | undefined
}

function twinSentence(start: string, detail: RuleDetail, end: string): string {
  const name = detail.twin ?? 'another item'
  return detail.isTwinChosen
    ? `${start} ${name}, which was kept${end}.`
    : `${start} ${name}, which stood for both${end}.`
}

/** The sentence shown for one item. */
export function ruleSentence(code: Exclude<RuleCode, 'none'>, detail: RuleDetail): string {
  const label = detail.label ?? 'no label'
  const source = detail.source ?? 'its source'
  switch (code) {
    case 'out-of-scope':
      return 'Not in the part of the data this run looked at.'
    case 'set-aside':
      return 'Set aside.'
    case 'must-drop':
      return 'Left out because you asked for it.'
    case 'test':
      return 'Kept for testing.'
    case 'same-as-test':
      return 'The same as a test item, so it was left out to keep the test fair.'
    case 'example':
      return 'Used as an example item.'
    case 'exact-duplicate':
      return twinSentence('Exactly the same as', detail, '')
    case 'near-duplicate':
      return twinSentence(
        'Nearly the same as',
        detail,
        ` (${Math.floor(detail.similarity01 * 100)} % alike)`
      )
    case 'class-full':
      return `The budget for \u201c${label}\u201d was already full.`
    case 'group-too-large':
      return 'Its group did not fit into what was left of the budget.'
    case 'made-room':
      return 'Its place was needed to reach a minimum or a share you asked for.'
    case 'asked-for':
      return 'Kept because you asked for it.'
    case 'with-group':
      return 'Kept together with the rest of its group.'
    case 'minimum':
      return `Kept to reach the minimum of ${detail.minimum ?? 0} for \u201c${label}\u201d.`
    case 'source-full':
      return `The most for \u201c${source}\u201d was already reached.`
    case 'source-minimum':
      return `Kept to reach the minimum of ${detail.sourceMinimum ?? 0} for \u201c${source}\u201d.`
    case 'mix-full':
      return `\u201c${label}\u201d already had its share of the kept items.`
    case 'mix-share':
      return `Kept to reach the share asked for \u201c${label}\u201d.`
    case 'filled-up':
      return 'Kept because another label had too few items for its share.'
    case 'over-budget':
      return 'It was too large for the room that was left; smaller items took it.'
    default: {
      const never: never = code
      return never
    }
  }
}

/** The same reason for a list of items, without a name. */
export function ruleSummary(code: Exclude<RuleCode, 'none'>): string {
  const general: Partial<Record<RuleCode, string>> = {
    'exact-duplicate': 'Exactly the same as another item.',
    'near-duplicate': 'Nearly the same as another item.',
    'class-full': 'The budget for the class was already full.',
    minimum: 'Kept to reach the minimum of the class.',
    'source-full': 'The most for where it comes from was already reached.',
    'source-minimum': 'Kept to reach the minimum of where it comes from.',
    'mix-full': 'Its label already had its share of the kept items.',
    'mix-share': 'Kept to reach the share asked for its label.'
  }
  const empty = {
    label: undefined,
    twin: undefined,
    isTwinChosen: false,
    similarity01: 0,
    minimum: undefined
  }
  return general[code] ?? ruleSentence(code, empty)
}

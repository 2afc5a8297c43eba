// Messages about the data of a draft: what is in scope, and the lists of items that must be kept,
// dropped or aimed at.
import type { JsonValue, ValidationMessage } from '../../api/dto/common.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import { count, message, patch, rulesPatch, things, type MessageInputs } from './message-parts.ts'

/** Empty scopes, unreadable files, unknown ids. */
export function scopeMessages({ draft, scope }: MessageInputs): ValidationMessage[] {
  const list: ValidationMessage[] = []
  if (scope.scopeItems === 0) {
    const total = count(scope.columns.labels.length)
    list.push(
      message('S1', 'error', 'data', `0 of ${total} items match.`, [
        { label: 'Clear filters', patch: patch({ scope: { kind: 'all' } }) }
      ])
    )
  } else if (scope.candidates.length === 0) {
    list.push(
      message(
        'S2',
        'error',
        'data',
        'No items are left to choose from: all are set aside, kept for testing or dropped.',
        [{ label: 'Look at the data', open: 'data' }]
      )
    )
  }
  const { skipped } = scope.dataset
  if (skipped > 0) {
    const text =
      skipped === 1
        ? '1 file could not be opened. It is left out.'
        : `${count(skipped)} files could not be opened. They are left out.`
    list.push(message('V7', 'note', 'data', text, [{ label: 'See list', open: 'problems' }]))
  }
  if (scope.unknownKeys.length > 0) {
    const total = scope.unknownKeys.length + scope.knownKeys
    const found = message(
      'V11',
      'caution',
      'rules',
      `The list names ${things(total, 'id', 'ids')}; ${count(scope.unknownKeys.length)} ${scope.unknownKeys.length === 1 ? 'is' : 'are'} not in this dataset.`,
      [
        {
          label: `Continue with ${count(total - scope.unknownKeys.length)}`,
          patch: withoutUnknown(draft, scope.unknownKeys)
        }
      ]
    )
    list.push({
      ...found,
      details: {
        label: `Show ${count(scope.unknownKeys.length)}`,
        lines: scope.unknownKeys.slice(0, listedMost)
      }
    })
  }
  return list
}

/** The must-keep list without some keys. */
function without(draft: SelectDraft, keys: readonly string[]): string[] {
  const gone = new Set(keys)
  return draft.rules.mustKeep.filter((key) => !gone.has(key))
}

/** Unknown ids listed under a message. */
const listedMost = 200

function withoutUnknown(draft: SelectDraft, unknown: readonly string[]): Record<string, JsonValue> {
  const bad = new Set(unknown)
  const known = (keys: readonly string[]): string[] => keys.filter((key) => !bad.has(key))
  const rules = {
    ...draft.rules,
    mustKeep: known(draft.rules.mustKeep),
    mustDrop: known(draft.rules.mustDrop)
  }
  if (draft.tasks.kind !== 'sets') return patch({ rules })
  const sets = draft.tasks.sets.map((set) => ({
    ...set,
    keys: known(set.keys),
    parts: set.parts.map((part) => ({ ...part, keys: known(part.keys) }))
  }))
  return patch({ rules, tasks: { kind: 'sets', sets } })
}

/** Must-keep and must-drop lists, and examples that are in the data. */
export function listMessages({ draft, scope }: MessageInputs): ValidationMessage[] {
  const list: ValidationMessage[] = []
  if (scope.onBothLists > 0) {
    const keep = new Set(draft.rules.mustKeep)
    const drop = new Set(draft.rules.mustDrop)
    list.push(
      message(
        'V4',
        'error',
        'rules',
        `${things(scope.onBothLists, 'item is', 'items are')} on both lists, Must keep and Must drop.`,
        [
          { label: 'Show them', open: 'data' },
          {
            label: 'Keep wins',
            patch: rulesPatch(draft, {
              mustDrop: draft.rules.mustDrop.filter((key) => !keep.has(key))
            })
          },
          {
            label: 'Drop wins',
            patch: rulesPatch(draft, {
              mustKeep: draft.rules.mustKeep.filter((key) => !drop.has(key))
            })
          }
        ]
      )
    )
  }
  if (scope.mustKeepInTest > 0) {
    list.push(
      message(
        'R1',
        'caution',
        'rules',
        `${things(scope.mustKeepInTest, 'must-keep item is a test item and stays', 'must-keep items are test items and stay')} out, so that the test is fair.`,
        draft.rules.protectTestSplit && scope.hasTestSplit
          ? [{ label: 'Allow test items', patch: rulesPatch(draft, { protectTestSplit: false }) }]
          : []
      )
    )
  }
  if (scope.mustKeepOutside > 0) {
    list.push(
      message(
        'R2',
        'caution',
        'rules',
        `${things(scope.mustKeepOutside, 'must-keep item is', 'must-keep items are')} set aside or outside the scope and will not be kept.`,
        [
          {
            label: scope.mustKeepOutside === 1 ? 'Take it off the list' : 'Take them off the list',
            patch: rulesPatch(draft, { mustKeep: without(draft, scope.mustKeepOutsideKeys) })
          }
        ]
      )
    )
  }
  if (scope.exampleMatches > 0 && draft.rules.keepExamplesOut === undefined) {
    list.push(
      message(
        'V9',
        'caution',
        'goal',
        `Your target examples are also in the data (${things(scope.exampleMatches, 'match', 'matches')}). Keep them out of the choice so the check stays fair?`,
        [
          {
            label: 'Keep out \u2013 recommended',
            patch: rulesPatch(draft, { keepExamplesOut: true })
          },
          { label: 'Ignore', patch: rulesPatch(draft, { keepExamplesOut: false }) }
        ]
      )
    )
  }
  return list
}

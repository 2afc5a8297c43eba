// Messages about the target mix: shares that add up to too much or too little, that the data cannot
// fill, or that go against other limits. Each button leaves shares that can hold.
import type { ValidationMessage } from '../../api/dto/common.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import { count, message, rulesPatch, things, type MessageInputs } from './message-parts.ts'

type ClassRule = SelectDraft['rules']['perClass'][number]

/** R6 to R9: shares of the target mix. */
export function mixMessages({ draft, scope, available, keep }: MessageInputs): ValidationMessage[] {
  const { perClass } = draft.rules
  const shares = perClass.filter((rule) => rule.percent !== null)
  const sum = shares.reduce((n, rule) => n + (rule.percent ?? 0), 0)
  if (shares.length === 0 || keep === 0) return []
  const scaled = scaledTo100(perClass, sum)
  const whole = { label: 'Scale to 100 %', patch: rulesPatch(draft, { perClass: scaled }) }
  const shown = Number(sum.toFixed(2))
  if (sum > 100 + 1e-6)
    return [message('R6', 'error', 'rules', `The shares add up to ${shown} %.`, [whole])]
  const found: ValidationMessage[] = []
  const indexOf = new Map(scope.dataset.classNames.map((name, i) => [name, i]))
  const named = new Set(shares.map(({ label }) => indexOf.get(label)))
  const isEverything = available.every((items, i) => items === 0 || named.has(i))
  if (isEverything && sum > 0 && sum < 100 - 1e-6)
    found.push(
      message(
        'R7',
        'caution',
        'rules',
        `The shares add up to ${shown} %, with no other label left for the rest.`,
        [whole]
      )
    )
  for (const { label, min, max, percent } of shares) {
    const has = available[indexOf.get(label) ?? -1] ?? 0
    const wanted = ((percent ?? 0) * keep) / 100
    const change = (next: Partial<ClassRule>): ReturnType<typeof rulesPatch> =>
      rulesPatch(draft, {
        perClass: perClass.map((rule) => (rule.label === label ? { ...rule, ...next } : rule))
      })
    if (Math.floor(wanted) > (max ?? Infinity) || Math.ceil(wanted) < (min ?? 0)) {
      const limits = [
        min === null ? '' : `at least ${count(min)}`,
        max === null ? '' : `at most ${count(max)}`
      ].filter((text) => text !== '')
      found.push(
        message(
          'R9',
          'caution',
          'rules',
          `${percent ?? 0} % of the kept items would be ${count(Math.round(wanted))} of \u2018${label}\u2019; you also asked for ${limits.join(' and ')}.`,
          [
            { label: 'Use the share', patch: change({ min: null, max: null }) },
            { label: 'Drop the share', patch: change({ percent: null }) }
          ]
        )
      )
    } else if (Math.floor(wanted) > has) {
      const possible = Math.floor((1000 * has) / keep) / 10
      found.push(
        message(
          'R8',
          'caution',
          'rules',
          `\u2018${label}\u2019 has only ${things(has, 'item', 'items')}; ${percent ?? 0} % of the kept items would be ${count(Math.round(wanted))}.`,
          [
            { label: `Use ${possible} %`, patch: change({ percent: possible }) },
            { label: 'Drop the share', patch: change({ percent: null }) }
          ]
        )
      )
    }
  }
  return found
}

/** Shares in proportion, to two decimals, adding up to 100; the largest takes up the rounding. */
function scaledTo100(perClass: readonly ClassRule[], sum: number): ClassRule[] {
  const scaled = perClass.map((rule) => ({
    ...rule,
    percent: rule.percent === null ? null : Math.floor((rule.percent * 1e4) / sum) / 100
  }))
  const largest = scaled.reduce((a, b) => ((b.percent ?? -1) > (a.percent ?? -1) ? b : a))
  const total = scaled.reduce((n, rule) => n + (rule.percent ?? 0), 0)
  return scaled.map((rule) =>
    rule === largest && rule.percent !== null
      ? { ...rule, percent: Number((rule.percent + 100 - total).toFixed(2)) }
      : rule
  )
}

// What an act of a reviewer puts into the document of a review. The app stores it and the window
// shows it before it is stored: both from here, so that they never differ. Pure; what an act may say
// is checked by the app alone.
import type { JsonValue } from './dto/common.ts'
import type { ReviewAct, ReviewBody } from './dto/trace-reviews.ts'

/** One part of a review as it was: a field, or one entry of a field; no `value` = it was not there. */
export interface BodyPart {
  readonly field: keyof ReviewBody
  readonly key: string | null
  readonly value?: JsonValue
}

/** The body with parts put in; an entry without a value is taken out. */
export function withParts(body: ReviewBody, parts: readonly BodyPart[]): ReviewBody {
  return parts.reduce(withPart, body)
}

function withPart(body: ReviewBody, { field, key, value }: BodyPart): ReviewBody {
  if (key === null) return { ...body, [field]: value }
  const entries = Object.entries(body[field] as Readonly<Record<string, JsonValue>>)
  const others = entries.filter(([name]) => name !== key)
  // Made from entries, so that no key is anything but a key.
  const next = Object.fromEntries(value === undefined ? others : [...others, [key, value]])
  return { ...body, [field]: next }
}

/** The document after an act. */
export function bodyAfter(body: ReviewBody, act: ReviewAct): ReviewBody {
  return withParts(body, partsOfAct(body, act))
}

/** What an act puts in. */
export function partsOfAct(body: ReviewBody, act: ReviewAct): readonly BodyPart[] {
  switch (act.kind) {
    case 'verdict':
      return [field('verdict', act.verdict)]
    case 'first-wrong':
      return mistake('firstWrong', act.step)
    case 'decisive':
      return mistake('decisive', act.step)
    case 'none-wrong':
      return act.value
        ? [field('noneWrong', true), field('firstWrong', null), field('decisive', null)]
        : [field('noneWrong', false)]
    case 'confidence':
      return [field('confidence', act.value)]
    case 'keep':
      return [field('keep', act.value)]
    case 'answer':
      return [entry('answers', act.question, act.answer)]
    case 'mark':
      return [entry('marks', act.step, act.mark)]
    case 'correction':
      return [entry('corrections', act.step, act.correction)]
    case 'tag':
      return [field('tags', tagged(body.tags, act.tag, act.on))]
    case 'step-tag':
      return [stepTags(body, act.step, act.tag, act.on)]
    case 'note':
      return [field('note', act.text)]
    case 'step-note':
      return [entry('stepNotes', act.step, act.text === '' ? null : act.text)]
    case 'flag':
      return [field('isFlagged', act.value)]
    case 'suggestion':
      return act.value === 'accepted' && act.step !== null
        ? [field('suggestion', act.value), ...mistake('firstWrong', act.step)]
        : [field('suggestion', act.value)]
  }
}

function field(name: keyof ReviewBody, value: JsonValue): BodyPart {
  return { field: name, key: null, value }
}

function entry(name: keyof ReviewBody, key: string | number, value: JsonValue): BodyPart {
  return value === null
    ? { field: name, key: String(key) }
    : { field: name, key: String(key), value }
}

// A mistake at a step says that not every step is right.
function mistake(name: 'firstWrong' | 'decisive', step: number | null): readonly BodyPart[] {
  return step === null ? [field(name, null)] : [field(name, step), field('noneWrong', false)]
}

function tagged(tags: readonly string[], tag: string, on: boolean): string[] {
  if (!on) return tags.filter((name) => name !== tag)
  return tags.includes(tag) ? [...tags] : [...tags, tag]
}

function stepTags(body: ReviewBody, step: number, tag: string, on: boolean): BodyPart {
  const tags = tagged(body.stepTags[String(step)] ?? [], tag, on)
  return entry('stepTags', step, tags.length === 0 ? null : tags)
}

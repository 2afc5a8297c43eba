// Trying a model file on pictures before it is taken: noise is put on them, and what the model sees is
// held against that noise. No file says how its noise grows or which numbers a pixel has; the way of
// using it with which it sees noise best tells.
import type { OwnModelSettings } from '../../../api/dto/expand.ts'
import { AppError } from '../../../api/errors.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import { keptShares, levelWith, publishedSchedule } from '../../networks/diffusion/schedule.ts'
import type { NoiseModelFacts } from './noise-model-facts.ts'
import type { NoiseSession } from './noise-session.ts'

/** Pictures that a file is tried on. */
export const triedPictures = 4
/** Shares of a picture that are left where it is tried: much, and little. */
const triedShares = [0.7, 0.2]
/** Errors from which on a model sees no noise in these pictures. */
export const mostError = 0.9
/** What it gives is something else when that fits this many times better. */
const muchBetter = 0.5

/** Pixels of -1..1 in a model's own range, and back. */
export const ranges: Readonly<
  Record<
    OwnModelSettings['range'],
    { readonly into: (value: number) => number; readonly outOf: (value: number) => number }
  >
> = {
  centred: { into: (value) => value, outOf: (value) => value },
  shares: { into: (value) => (value + 1) / 2, outOf: (value) => 2 * value - 1 }
}

/** A step as the model is told it. */
export function toldStep({ told, steps }: OwnModelSettings, step: number): number {
  return told === 'share' ? step / steps : step
}

/** What a model gives, by its mean squared error: 1 is as far off as nothing at all. */
interface Tried {
  readonly noise: number
  /** The clean picture, or the mix of both that Salimans and Ho (2022) call velocity. */
  readonly other: number
}

/** Tries one way. Throws what the session throws. */
export function tryOne(
  session: NoiseSession,
  settings: OwnModelSettings,
  pictures: Float32Array,
  random: Random
): Tried {
  const kept = keptShares(publishedSchedule(settings.schedule, settings.steps))
  const { into } = ranges[settings.range]
  const clean = pictures.map(into)
  const sums = { noise: 0, picture: 0, velocity: 0, pictureSize: 0, velocitySize: 0 }
  for (const share of triedShares) {
    const level = levelWith(kept, share)
    const [a, b] = [Math.sqrt(kept[level]), Math.sqrt(1 - kept[level])]
    const noise = clean.map(() => random.normal())
    const seen = session.see(
      clean.map((value, at) => a * value + b * noise[at]),
      toldStep(settings, level)
    )
    seen.forEach((value, at) => {
      const velocity = a * noise[at] - b * clean[at]
      sums.noise += (value - noise[at]) ** 2
      sums.picture += (value - clean[at]) ** 2
      sums.velocity += (value - velocity) ** 2
      sums.pictureSize += clean[at] ** 2
      sums.velocitySize += velocity ** 2
    })
  }
  const count = pictures.length * triedShares.length
  return {
    noise: sums.noise / count,
    other: Math.min(
      sums.picture / Math.max(1e-9, sums.pictureSize),
      sums.velocity / Math.max(1e-9, sums.velocitySize)
    )
  }
}

/** A way of using a file, and how well it sees noise that way. */
export interface FoundSettings {
  readonly settings: OwnModelSettings
  readonly error: number
}

/** What settings are where nothing was said: Ho et al. 2020. */
export function usualSettings(side: number | null): OwnModelSettings {
  const known = ([16, 28, 32, 64] as const).find((each) => each === side)
  return {
    ...{ schedule: 'linear', steps: 1000, range: 'centred', told: 'number' },
    side: known ?? 32
  }
}

/** All ways that are tried when nobody said which. */
function waysFor({ timeType, side }: NoiseModelFacts): OwnModelSettings[] {
  const schedules = ['linear', 'scaled-linear', 'cosine'] as const
  const told = timeType === 'float32' ? (['number', 'share'] as const) : (['number'] as const)
  return schedules.flatMap((schedule) =>
    (['centred', 'shares'] as const).flatMap((range) =>
      told.map((each) => ({ ...usualSettings(side), schedule, range, told: each }))
    )
  )
}

/**
 * Tries the asked settings, or all ways, on pictures (count x side x side x channels, -1..1). Throws
 * AppError "file-not-recognised" for a model that sees no noise in them.
 */
export function findSettings(
  session: NoiseSession,
  facts: NoiseModelFacts,
  name: string,
  pictures: Float32Array,
  asked: OwnModelSettings | null
): FoundSettings {
  const tried = (asked === null ? waysFor(facts) : [asked]).map((settings) => {
    // The same noise for each way.
    const { noise, other } = tryOne(session, settings, pictures, createRandom(1))
    return { settings, error: noise, other }
  })
  // The first of equals: the usual one.
  const [best] = tried.toSorted((a, b) => a.error - b.error)
  // What gives something else gives it in every way; settings of a person are theirs to choose.
  const other = Math.min(...tried.map((each) => each.other))
  if (asked === null && other < muchBetter * best.error)
    throw new AppError(
      'file-not-recognised',
      `\u201c${name}\u201d answers with the picture, or a mix of picture and noise, instead of the noise in it.`,
      { hint: 'Choose a model that was trained to predict noise.' }
    )
  if (best.error > mostError)
    throw new AppError(
      'file-not-recognised',
      `\u201c${name}\u201d does not see noise in these pictures: it is as far off as if it saw nothing (${best.error.toFixed(2)} of 1).`,
      {
        hint:
          asked === null
            ? 'Choose another model, or one that was trained to predict noise.'
            : 'Choose other settings, as its makers name them.'
      }
    )
  return { settings: best.settings, error: best.error }
}

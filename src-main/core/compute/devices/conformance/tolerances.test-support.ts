// How far float32 results of a device may be from the plain JavaScript reference, by kind of
// operation, with the reason. The reference computes each kernel in float64 and rounds once.
import type { Tolerance } from './compare.test-support.ts'

/** Moves or selects values, or rounds once as IEEE 754 demands: + - * / sqrt, comparisons. */
export const exact: Tolerance = {
  relative: 0,
  absolute: 0,
  ofLargest: 0,
  why: 'values are moved, selected, or rounded once as IEEE 754 demands'
}

/** A few float32 roundings where the reference has one. */
export const rounded: Tolerance = {
  relative: 5e-7,
  absolute: 0,
  ofLargest: 0,
  why: 'several float32 roundings (6e-8 each) where the reference rounds once'
}

/** exp, log, sin, tanh, ...: vectorised approximations of a few units in the last place. */
export const approximated: Tolerance = {
  relative: 3e-6,
  absolute: 1e-6,
  ofLargest: 0,
  why: 'fast polynomials: a few float32 units in the last place, near a zero about 1e-6'
}

/** Functions written as differences, which lose digits where the terms nearly cancel. */
export const cancelling: Tolerance = {
  relative: 1e-5,
  absolute: 3e-6,
  ofLargest: 0,
  why: 'composed of exp or log of numbers near 1: up to about 40 units in the last place'
}

/** Sums of up to a few hundred terms of both signs. */
export const summed: Tolerance = {
  relative: 2e-6,
  absolute: 2e-5,
  ofLargest: 3e-6,
  why: 'terms of size 4 to 16 added in float32 in another order than the reference'
}

/** Products of many factors. */
export const multiplied: Tolerance = {
  relative: 2e-5,
  absolute: 1e-30,
  ofLargest: 0,
  why: 'one float32 rounding for each of up to 160 factors'
}

/** First derivatives: several operations of the kinds above behind each other. */
export const derived: Tolerance = {
  relative: 3e-5,
  absolute: 1e-5,
  ofLargest: 1e-5,
  why: 'a chain of approximated operations and sums'
}

/** Long chains: sequences of random operations and training steps. */
export const chained: Tolerance = {
  relative: 1e-3,
  absolute: 1e-4,
  ofLargest: 2e-4,
  why: 'roundings of up to 30 operations, each able to magnify the ones before it'
}

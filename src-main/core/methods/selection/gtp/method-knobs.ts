// Inner knobs of the run, for tests and measurements; the product runs with the defaults.
import { mostAtOnce } from './plan.ts'

/** Bytes of gradient factors that are kept between passes; more is read anew each time. */
export const keepBytes = 256e6

export interface GtpKnobs {
  readonly blockRows: number
  readonly keepBytes: number
  readonly atOnce: number
}

export const defaultKnobs: GtpKnobs = { blockRows: 1024, keepBytes, atOnce: mostAtOnce }

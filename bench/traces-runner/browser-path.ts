// The browser that benchmarks play pages in.
import { existsSync } from 'node:fs'
import { browserPlaces } from '../../src-main/core/platform/browsers.ts'

/** The browser of this computer; undefined without one. */
export const browserPath =
  process.env['WINNOW_CHROMIUM'] ??
  browserPlaces(process.platform, process.env).find((place) => existsSync(place))

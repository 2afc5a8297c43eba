// Times in messages; the window's own test has the same table.
import { expect, it } from 'vitest'
import { aboutRange } from './duration-words.ts'

it.each([
  [3, 8, 'a few seconds'],
  [3, 22, 'up to 20 s'],
  [27, 33, 'about 30 s'],
  [240, 372, 'about 4 to 6 min'],
  [2220, 6660, 'about 37 min to 2 h'],
  [3500, 5400, 'about 1 to 1.5 h'],
  [41_000, 70_000, 'about 11 to 19 h']
])('%d to %d seconds is "%s"', (low, high, words) => {
  expect(aboutRange(low, high)).toBe(words)
})

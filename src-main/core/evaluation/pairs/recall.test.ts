import { expect, test } from 'vitest'
import { foundWithin, meanCosine, recallOf } from './recall.ts'

test('three pictures and three texts, counted by hand', () => {
  // Rows are pictures, columns texts.
  const cosines = Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.3, 0.1, 0.5, 0.4, 0.6)
  const { pictureToText, textToPicture, score01 } = recallOf(cosines, 3)
  // Pictures 0 and 2 find their text first; picture 1 finds text 0 first.
  expect(pictureToText[0]).toBeCloseTo(2 / 3)
  // Text 0: picture 0. Text 1: picture 2 before picture 1. Text 2: picture 2.
  expect(textToPicture[0]).toBeCloseTo(2 / 3)
  expect(score01).toBeCloseTo(2 / 3)
  // Among three, everything is within the first five.
  expect(pictureToText.slice(1)).toEqual([expect.closeTo(1), expect.closeTo(1)])
})

test('the two ways are told apart', () => {
  const cosines = Float32Array.of(0.5, 0.9, 0.1, 0.95)
  const { pictureToText, textToPicture } = recallOf(cosines, 2)
  expect(pictureToText[0]).toBe(0.5)
  expect(textToPicture[0]).toBe(1)
})

test('where everything is one point, no more is found than by chance', () => {
  const rows = 20
  const { pictureToText, score01 } = recallOf(new Float32Array(rows * rows).fill(1), rows)
  expect(score01).toBeCloseTo(1 / rows)
  expect(pictureToText[1]).toBeCloseTo(5 / rows)
  expect(pictureToText[2]).toBeCloseTo(10 / rows)
  expect(recallOf(new Float32Array(4).fill(NaN), 2).score01).toBe(0)
})

test('equal candidates share the ranks they have together', () => {
  expect(foundWithin(0, 1, 1)).toBe(1)
  expect(foundWithin(0, 2, 1)).toBe(0.5)
  expect(foundWithin(1, 2, 1)).toBe(0)
  expect(foundWithin(4, 3, 5)).toBeCloseTo(1 / 3)
})

test('the mean cosine is 1 where all are alike and 0 where they stand upright', () => {
  expect(meanCosine(Float32Array.of(1, 0, 1, 0, 1, 0), 2)).toBeCloseTo(1)
  expect(meanCosine(Float32Array.of(1, 0, 0, 1), 2)).toBeCloseTo(0)
  expect(meanCosine(Float32Array.of(1, 0, -1, 0), 2)).toBeCloseTo(-1)
  expect(meanCosine(Float32Array.of(1, 0), 2)).toBe(0)
})

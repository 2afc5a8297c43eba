// Items for each label, in total and as a file.
import { describe, expect, it } from 'vitest'
import { linkedSize, perClassFrom } from './size-links.ts'

const facts = { labels: 10, bytesPerItem: 800 }

describe('linked sizes', () => {
  it('follow the items for each label', () => {
    expect(linkedSize(5, facts)).toEqual({ perClass: 5, total: 50, kilobytes: 40 })
  })
  it('lead back to whole items for each label, in range', () => {
    expect(perClassFrom('total', 50, facts)).toBe(5)
    expect(perClassFrom('total', 54, facts)).toBe(5)
    expect(perClassFrom('kilobytes', 40, facts)).toBe(5)
    expect(perClassFrom('kilobytes', 0, facts)).toBe(1)
    expect(perClassFrom('perClass', 5000, facts)).toBe(1000)
  })
  it('cannot be told without labels or a size', () => {
    expect(perClassFrom('total', 50, { labels: 0, bytesPerItem: 0 })).toBeUndefined()
    expect(perClassFrom('kilobytes', 50, { labels: 10, bytesPerItem: 0 })).toBeUndefined()
    expect(perClassFrom('perClass', Number.NaN, facts)).toBeUndefined()
    expect(perClassFrom('perClass', 7, { labels: 0, bytesPerItem: 0 })).toBe(7)
  })
})

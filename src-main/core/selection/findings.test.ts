// What a method says of itself, read from its own numbers; unknown things are passed over.
import { describe, expect, it } from 'vitest'
import { findingsOf } from './findings.ts'

const summary = { value: 0.41666, meaning: 'Share of the repeats' }

describe('findings', () => {
  it('are the one number and the known measurements, in people\u2019s digits', () => {
    const info = { pursued: 1024, filled: 3, error: 0.12345, plainError: null, other: 9 }
    expect(findingsOf('gtp', { summary, info, columns: {} }, [])).toEqual({
      facts: [
        { name: 'In one number', value: '0.4167', meaning: 'Share of the repeats.' },
        expect.objectContaining({ value: '1,024' }) as unknown,
        expect.objectContaining({ value: '3' }) as unknown,
        expect.objectContaining({ value: '12.3 %' }) as unknown
      ],
      sources: []
    })
    const odd = { ...summary, value: NaN }
    expect(findingsOf('no-such-method', { summary: odd, info, columns: {} }, []).facts).toEqual([])
  })

  it('count what each source gave after the rules', () => {
    const source = (name: string, kept: number): object => ({
      name,
      items: 5,
      before: 0.5,
      asked: 0.5,
      kept
    })
    const info = { kind: 'mixture', sources: [source('web', 2), source('books', 2)] }
    const columns = { source: Uint32Array.of(0, 0, 1, 1, 1) }
    const { sources } = findingsOf('source-even', { summary, info, columns }, [0, 2, 3, 4])
    expect(sources.map(({ name, kept }) => [name, kept])).toEqual([
      ['web', 1],
      ['books', 3]
    ])
    const broken = { kind: 'mixture', sources: [{ name: 'web' }] }
    expect(findingsOf('source-even', { summary, info: broken, columns }, []).sources).toEqual([])
  })
})

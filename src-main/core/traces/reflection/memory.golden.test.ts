// The hand trace of structured memory (N = 3), and the rules it stands for.
import { describe, expect, it } from 'vitest'
import type { PageAction } from './actions.ts'
import { createMemory, prefixHash, type ReflectionMemory } from './memory.ts'

const c = (id: number): PageAction => ({ kind: 'click', id })

function state(memory: ReflectionMemory): [unknown[], number[][]] {
  const steps = Array.from({ length: memory.size }, (_, step) => step)
  return [
    steps.map((step) => memory.at(step)?.instead ?? '-'),
    steps.map((step) => [...memory.banned(step)].sort((a, b) => a - b))
  ]
}

describe('the hand trace', () => {
  it('fills slots, bans clicks, forgets what comes after, and keeps bans binding', () => {
    const memory = createMemory(3)
    const before2 = [c(1), c(3)]
    memory.correct({ step: 2, taken: c(7), instead: c(9), why: '' }, before2)
    expect(state(memory)).toEqual([
      ['-', '-', c(9)],
      [[], [], [7]]
    ])
    memory.correct({ step: 1, taken: c(3), instead: c(4), why: '' }, [c(1)])
    expect(state(memory)).toEqual([
      ['-', c(4), '-'],
      [[], [3], []]
    ])
    memory.correct({ step: 1, taken: c(4), instead: c(5), why: '' }, [c(1)])
    expect(state(memory)).toEqual([
      ['-', c(5), '-'],
      [[], [3, 4], []]
    ])
    expect(memory.enforced(1, [c(1)])).toEqual(c(5))
    // Back to c3: it is in D, so it is remembered as a lesson and never enforced.
    memory.correct({ step: 1, taken: c(5), instead: c(3), why: '' }, [c(1)])
    expect(memory.at(1)?.instead).toEqual(c(3))
    expect(memory.enforced(1, [c(1)])).toBeUndefined()
    expect([...memory.banned(1)]).toEqual([3, 4, 5])
  })
})

describe('bans', () => {
  it('hold for clicks that give way to another click, and for nothing else', () => {
    const memory = createMemory(2)
    const typed: PageAction = { kind: 'enter', id: 5, text: 'x' }
    memory.correct({ step: 0, taken: typed, instead: c(1), why: '' }, [])
    memory.correct({ step: 1, taken: c(2), instead: typed, why: '' }, [c(1)])
    expect(state(memory)[1]).toEqual([[], []])
  })

  it('can be switched off, and then a correction goes back', () => {
    const memory = createMemory(1, { bans: false, refusesRepeats: false })
    memory.correct({ step: 0, taken: c(1), instead: c(2), why: '' }, [])
    memory.correct({ step: 0, taken: c(2), instead: c(1), why: '' }, [])
    expect(memory.enforced(0, [])).toEqual(c(1))
  })
})

describe('what was tried', () => {
  it('is refused after the same actions only, and outlives the memory of its step', () => {
    const memory = createMemory(3)
    memory.correct({ step: 1, taken: c(3), instead: c(4), why: '' }, [c(1)])
    memory.correct({ step: 0, taken: c(1), instead: c(2), why: '' }, [])
    expect(memory.banned(1).size).toBe(0)
    expect(memory.isRefused([c(1)], c(3))).toBe(true)
    expect(memory.isRefused([c(2)], c(3))).toBe(false)
    memory.failed([c(2)], { kind: 'press', key: 'Enter', times: 1 })
    expect(memory.isRefused([c(2)], { kind: 'press', key: 'Enter', times: 1 })).toBe(true)
    expect(memory.isRefused([c(2)], { kind: 'press', key: 'Enter', times: 2 })).toBe(false)
  })

  it('has one hash for equal actions in equal order', () => {
    expect(prefixHash([c(1), c(2)])).toBe(prefixHash([c(1), c(2)]))
    expect(prefixHash([c(1), c(2)])).not.toBe(prefixHash([c(2), c(1)]))
    expect(prefixHash([c(1)])).not.toBe(prefixHash([c(1), c(1)]))
  })

  it('takes no correction outside its steps', () => {
    const memory = createMemory(2)
    expect(() => memory.correct({ step: 2, taken: c(1), instead: c(2), why: '' }, [])).toThrow(
      RangeError
    )
  })
})

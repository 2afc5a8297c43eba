// G13: What fits into a space, against the published settings and in general.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { budgetOf, plainPlan, planFor, planMemory } from './budget.ts'
import { plannedFor } from './plan.ts'

const cifar = { shape: { height: 32, width: 32, channels: 3 }, classes: 10, perClass: 1 }
const fashion = { shape: { height: 28, width: 28, channels: 1 }, classes: 10, perClass: 1 }

test('CIFAR-10 in the space of one: 115 items per class of 16 bases', () => {
  expect(planFor(cifar, 16, 2)).toEqual({ bases: 16, shrink: 2, slots: 115, numbers: 30_688 })
  expect(budgetOf(cifar)).toBe(30_720)
})

test.each([
  [8, 78],
  [16, 29],
  [32, 4]
])('Fashion-MNIST in the space of one: %i bases leave %i items', (bases, slots) => {
  expect(planFor(fashion, bases, 2).slots).toBe(slots)
})

test('chosen by itself, bases and items both grow with the space', () => {
  expect(planMemory(fashion, 0, 0)).toEqual({ bases: 24, shrink: 2, slots: 13, numbers: 7824 })
  expect(planMemory(cifar, 0, 0)).toEqual(planFor(cifar, 24, 2))
  const [ten, fifty] = [10, 50].map((perClass) => planMemory({ ...fashion, perClass }, 0, 0))
  expect(ten.bases).toBeGreaterThan(48)
  expect(ten.slots).toBeGreaterThan(50)
  expect(fifty.slots).toBeLessThanOrEqual(128)
})

test('a plan is never larger than its space and uses nearly all of it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 64 }),
      fc.constantFrom(1, 3),
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 3 }),
      (side, channels, classes, perClass, shrink) => {
        const space = { shape: { height: side, width: side, channels }, classes, perClass }
        const plan = planMemory(space, 0, shrink)
        expect(plan.slots).toBeGreaterThan(0)
        expect(plan.numbers).toBeLessThanOrEqual(budgetOf(space))
        expect(budgetOf(space) - plan.numbers).toBeLessThan(classes * plan.bases)
      }
    )
  )
})

test('more bases than fit are refused in words', () => {
  const settings = { addressing: true, bases: 40, shrink: 2 }
  expect(() => plannedFor(fashion, settings)).toThrow(/no items are left/)
})

test('without addressing there are as many items as asked for', () => {
  expect(plainPlan(fashion)).toEqual({ bases: 0, shrink: 1, slots: 1, numbers: 7840 })
})

// Teaching a planner: it learns a way it is shown, again the same with the same seed, and walks it.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { EvolvingGraph } from './evolving-graph.ts'
import { smallTask } from './small-task.test-support.ts'
import { teacherNode } from './teachers.ts'
import {
  probabilities,
  trainPlanner,
  trainRounds,
  usualTraining,
  walkTasks
} from './train-planner.ts'

// Three identical successful attempts at one task: 0, 1, 2, 3 with side ways at each place.
const task = smallTask([[1, 4], [0, 2, 5], [1, 3, 6], [2], [0], [1], [2]], [0, 1, 2, 3])
const training = {
  ...usualTraining,
  size: { ...usualTraining.size, width: 16, narrow: 8 },
  walks: 3,
  rounds: 30,
  decisions: 8,
  rate: 1e-2
}
const never = new AbortController().signal

let tf: TensorFlow
beforeAll(async () => {
  ;({ tf } = await openTestDevice())
  await enableGradients()
})

describe('imitation', () => {
  it('gives the expert’s decisions more than 0.9 after three identical attempts', () => {
    const losses: number[] = []
    const planner = trainPlanner(
      tf,
      training,
      () => task,
      never,
      ({ loss }) => losses.push(loss)
    )
    const graph = new EvolvingGraph(task, training.decisions)
    for (let at = 0; at < task.expert.length; at++) {
      const state = graph.state()
      const right = teacherNode('furthest', graph, state, task)
      expect(probabilities(planner.score([state])[0].logits)[right]).toBeGreaterThan(0.9)
      if (at + 1 < task.expert.length) graph.take({ kind: 'go', place: task.expert[at + 1] })
    }
    expect(losses[losses.length - 1]).toBeLessThan(losses[0] / 10)
    const [walk] = walkTasks(planner, [task], training.decisions)
    expect(walk).toEqual({ walk: [0, 1, 2, 3], decisions: 4, hasStopped: true })
    planner.dispose()
  })

  it('is the same again with the same seed, another with another', () => {
    const short = { ...training, rounds: 2 }
    const made = [1, 1, 2].map((seed) => {
      const planner = trainPlanner(tf, { ...short, seed }, () => task, never)
      const parameters = planner.parameters()
      planner.dispose()
      return parameters
    })
    expect(made[1]).toEqual(made[0])
    expect(made[2]).not.toEqual(made[0])
  })

  it('goes on after any round with the same bits, and leaves nothing behind when it is given up', () => {
    const short = { ...training, rounds: 4 }
    const whole = trainPlanner(tf, short, () => task, never)
    const expected = whole.state()
    whole.dispose()
    expect(expected.steps).toBeGreaterThan(4)
    const before = tf.memory().numTensors
    for (const cut of [1, 3]) {
      const first = trainRounds(tf, short, () => task)
      let state = undefined
      for (let round = 0; round < cut; round++) {
        const { value, done } = first.next()
        if (done !== true) state = value.state()
      }
      first.return(undefined as never)
      expect(state?.rounds).toBe(cut)
      const rest = trainRounds(tf, short, () => task, state)
      let next = rest.next()
      let rounds = 0
      while (next.done !== true) {
        rounds++
        next = rest.next()
      }
      expect(rounds).toBe(4 - cut)
      expect(next.value.state()).toEqual(expected)
      next.value.dispose()
      expect(tf.memory().numTensors).toBe(before)
    }
  })

  it('stops when it is told to and leaves no tensor behind', () => {
    const before = tf.memory().numTensors
    const stop = new AbortController()
    const run = (): unknown =>
      trainPlanner(
        tf,
        training,
        () => task,
        stop.signal,
        () => stop.abort()
      )
    expect(run).toThrow()
    expect(tf.memory().numTensors).toBe(before)
  })
})

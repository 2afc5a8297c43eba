// What is chosen on the screen that plays pages, and the request it makes.
import type { InputOf } from '@api/contract.ts'
import type { RunnerPages, RunnerPolicy } from '@api/dto/trace-runner.ts'

/** Choices of the form. Shares in percent. */
export interface RunnerChoices {
  tasks: readonly string[]
  firstStart: number
  starts: number
  attempts: number
  policy: RunnerPolicy['kind']
  slip: number
  corrector: number
  reflects: boolean
  labels: boolean
  pictures: boolean
  /** Off until the analyst allows it. */
  allowsModel: boolean
  address: string
  model: string
  name: string
}

/** As the form opens. */
export function freshChoices(): RunnerChoices {
  return {
    tasks: [],
    firstStart: 1000,
    starts: 5,
    attempts: 3,
    policy: 'noisy',
    slip: 35,
    corrector: 100,
    reflects: true,
    labels: false,
    pictures: true,
    allowsModel: false,
    address: 'http://127.0.0.1:8080/v1',
    model: '',
    name: 'Played pages'
  }
}

function policyOf(choices: RunnerChoices): RunnerPolicy {
  switch (choices.policy) {
    case 'scripted':
      return { kind: 'scripted' }
    case 'random':
      return { kind: 'random', seed: 0 }
    case 'noisy': {
      const { slip, corrector } = choices
      return { kind: 'noisy', seed: 0, slip: slip / 100, corrector: corrector / 100 }
    }
    case 'model': {
      const { address, model } = choices
      return {
        kind: 'model',
        address: address.trim(),
        model: model.trim(),
        temperature: 0,
        maxTokens: 256
      }
    }
  }
}

/** What a start asks for. */
export function runnerRequest(pages: RunnerPages, choices: RunnerChoices): InputOf<'runner.start'> {
  return {
    pages,
    tasks: [...choices.tasks],
    seeds: Array.from({ length: choices.starts }, (_, i) => choices.firstStart + i),
    policy: policyOf(choices),
    trials: choices.attempts,
    reflects: choices.reflects,
    labels: choices.labels && needsScript(choices),
    pictures: choices.pictures,
    // Winnow's own pages do not move; others may.
    settleMs: pages.kind === 'own' ? 5 : 50,
    name: choices.name.trim()
  }
}

/** A name for the next run: "Played pages 2", and so on. */
export function nextName(name: string): string {
  const [, words = '', number = '1'] = /^(.*?)(?: (\d{1,6}))?$/.exec(name.trim()) ?? []
  const next = ` ${Number(number) + 1}`
  return `${words.slice(0, 80 - next.length)}${next}`
}

/** True when only tasks that a script knows can be played. */
export function needsScript({ policy }: RunnerChoices): boolean {
  return policy === 'scripted' || policy === 'noisy'
}

/** True when nothing is missing. */
export function isComplete(choices: RunnerChoices): boolean {
  const hasModel =
    choices.allowsModel && choices.address.trim() !== '' && choices.model.trim() !== ''
  return (
    choices.tasks.length > 0 &&
    choices.name.trim() !== '' &&
    (choices.policy !== 'model' || hasModel)
  )
}

// The health of one dataset as a component shows it, for as long as it is on the screen.
import { computed, onBeforeUnmount, type ComputedRef } from 'vue'
import type { HealthReport } from '@api/dto/health.ts'
import { useHealth } from '../../../stores/health.ts'
import { healthState, stateText, type HealthState } from './health-state.ts'

function stateOf(dataset: string): HealthState {
  const store = useHealth()
  return healthState({
    report: store.report(dataset),
    hasFailed: store.problem(dataset) !== undefined,
    job: store.running(dataset),
    stopped: store.stopped(dataset)
  })
}

/** Follows a dataset's health. */
export function useHealthOf(dataset: string): {
  readonly state: ComputedRef<HealthState>
  readonly report: ComputedRef<HealthReport | undefined>
} {
  const store = useHealth()
  onBeforeUnmount(store.show(dataset))
  return {
    report: computed(() => store.report(dataset)),
    state: computed(() => stateOf(dataset))
  }
}

/** A dataset's health in a few words, as its chip shows it. Reactive. */
export function healthText(dataset: string): string {
  return stateText(stateOf(dataset))
}

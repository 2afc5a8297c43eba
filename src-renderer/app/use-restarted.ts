// Says once that the engine stopped and was started again, and how many runs can be continued.
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useConnection } from '../stores/connection.ts'
import { useJobs } from '../stores/jobs.ts'
import { useToasts } from '../stores/toasts.ts'
import { shell } from '../text/shell.ts'

/** Watches for as long as the component lives. */
export function useRestarted(): void {
  const connection = useConnection()
  const jobs = useJobs()
  const toasts = useToasts()
  const router = useRouter()

  watch(
    () => connection.wasRestarted && connection.state === 'open',
    (isDue) => {
      if (isDue) void tell()
    },
    { immediate: true }
  )

  async function tell(): Promise<void> {
    connection.wasRestarted = false
    await jobs.load()
    const runs = jobs.jobs.filter((job) => job.state === 'interrupted' && job.canResume).length
    toasts.show(shell.restarted(runs), {
      severity: 'caution',
      ...(runs > 0
        ? { actionLabel: shell.restartedShow, run: () => router.push({ name: 'home' }) }
        : {})
    })
  }
}

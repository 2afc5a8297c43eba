// How the allowed processor cores are shared among tasks that compute at the same time.

/**
 * Cores for each of `tasks` tasks that run at once on `allowed` cores: all of them for one task,
 * else equal whole shares, at least one each. A remainder stays free.
 */
export function fairShare(allowed: number, tasks: number): number {
  return Math.max(1, Math.floor(allowed / Math.max(1, tasks)))
}

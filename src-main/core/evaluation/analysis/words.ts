// Numbers in the sentences that say what a panel shows.

/** "71 %". */
export function wholePercent(share01: number): string {
  return `${Math.round(100 * share01)} %`
}

/** "1,234". */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

// The real backend thread with a way to break it: told so, it throws where nobody catches, or takes
// memory until there is none left.
import { parentPort } from 'node:worker_threads'

/** What a test tells the thread besides what hosts say. */
export type Break = { readonly type: 'test-throw' } | { readonly type: 'test-fill' }

parentPort?.on('message', (message: { readonly type: string }) => {
  if (message.type === 'test-throw') throw new Error('made to break')
  if (message.type !== 'test-fill') return
  const held: number[][] = []
  for (;;) held.push(Array.from({ length: 100_000 }, (_, at) => at + held.length))
})

await import('./backend.ts')

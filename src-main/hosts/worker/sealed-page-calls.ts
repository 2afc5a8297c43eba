// Pages that are played in a window of the host: what the backend thread asks, and the host's answers as a
// page that the runner drives.
import type { OpenSealedPage, SealedPage } from '../../core/platform/sealed-page.ts'

/** What the thread asks of its host about pages. `page` is the host's number of an open one. */
export type PageCall =
  | { readonly what: 'open'; readonly root: string }
  | { readonly what: 'load'; readonly page: number; readonly path: string }
  | {
      readonly what: 'send'
      readonly page: number
      readonly method: string
      readonly params: Readonly<Record<string, unknown>>
    }
  | { readonly what: 'close'; readonly page: number }

/** A value, or why there is none. */
export type PageAnswer = { readonly value: unknown } | { readonly error: string }

/** Pages over a way to ask the host. */
export function sealedPages(ask: (call: PageCall) => Promise<unknown>): OpenSealedPage {
  async function valueOf(call: PageCall): Promise<unknown> {
    const answer = await ask(call)
    if (typeof answer === 'object' && answer !== null) {
      if ('value' in answer) return answer.value
      if ('error' in answer && typeof answer.error === 'string') throw new Error(answer.error)
    }
    throw new Error('the host cannot show pages')
  }
  return async (root): Promise<SealedPage> => {
    const page = Number(await valueOf({ what: 'open', root }))
    return {
      open: async (path) => void (await valueOf({ what: 'load', page, path })),
      send: (method, params = {}) => valueOf({ what: 'send', page, method, params }),
      close: async () => void (await valueOf({ what: 'close', page }))
    }
  }
}

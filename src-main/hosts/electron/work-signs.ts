// Signs of work outside the page: the bar on the window's button in the taskbar, and a notification when
// a long job ends while another window is in front. The page itself may send none (security rule E6).
import type { BrowserWindow, Notification, NotificationConstructorOptions } from 'electron'
import type { EndedWork } from '../worker/work-watch.ts'
import type { DesktopWords } from './desktop-words.ts'

/** The parts of the window that are used. */
export type SignWindow = Pick<
  BrowserWindow,
  'setProgressBar' | 'isFocused' | 'isMinimized' | 'restore' | 'show' | 'focus' | 'isDestroyed'
>

/** What the signs need of Electron. */
export interface SignDeps {
  window(): SignWindow | undefined
  readonly Notification: {
    new (options: NotificationConstructorOptions): Pick<Notification, 'on' | 'show'>
    isSupported(): boolean
  }
  /** In the language of the window. */
  words(): Pick<DesktopWords, 'runFinished' | 'runFailed'>
  /** Leads the page to what a job made. */
  showJob(id: string): void
}

/** The signs of one window. */
export interface WorkSigns {
  progress(fraction01: number | null): void
  ended(job: EndedWork): void
}

/** A full bar would look done. */
const most = 0.99

/** Makes the signs. */
export function createWorkSigns(deps: SignDeps): WorkSigns {
  /** Kept until they are clicked or gone: Electron drops those nobody holds. */
  const shown = new Set<object>()
  function theWindow(): SignWindow | undefined {
    const window = deps.window()
    return window === undefined || window.isDestroyed() ? undefined : window
  }
  function open(job: EndedWork): void {
    const window = theWindow()
    if (window === undefined) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    deps.showJob(job.id)
  }
  return {
    progress(fraction01) {
      // Below zero takes the bar away.
      theWindow()?.setProgressBar(fraction01 === null ? -1 : Math.min(fraction01, most))
    },
    ended(job) {
      const window = theWindow()
      if (window === undefined || window.isFocused() || !deps.Notification.isSupported()) return
      const notice = new deps.Notification({
        title: job.hasFailed ? deps.words().runFailed : deps.words().runFinished,
        body: job.title,
        silent: true
      })
      shown.add(notice)
      notice.on('click', () => {
        shown.delete(notice)
        open(job)
      })
      notice.on('close', () => shown.delete(notice))
      notice.show()
    }
  }
}

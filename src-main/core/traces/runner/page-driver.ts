// Drives one page of the MiniWoB++ interface over the debugging protocol: begin with a seed, look, act,
// ask how it stands. Typed text goes in as typing, never as code.
import { AppError } from '../../../api/errors.ts'
import type { SealedPage } from '../../platform/sealed-page.ts'
import type { HeldKey, PageAction, PressableKey } from '../reflection/actions.ts'
import type { PageResult, PlayedPage } from '../reflection/solve-options.ts'
import type { Screen } from '../reflection/screen.ts'
import * as scripts from './page-scripts.ts'
import { goalFrom, resultFrom, screenFrom } from './page-values.ts'

/** A page that is played; all of it rejects with AppError "invalid-input" where a page is none of the kind. */
export interface PageDriver extends PlayedPage {
  /** Loads a task's page. */
  open(path: string): Promise<void>
  /** PNG of the task's part of the window. */
  screenshot(): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

export interface DriverOptions {
  /** Time a page gets after each action to draw and move, in ms. */
  readonly settleMs: number
}

/** Longest answer of a page that is read, in characters. */
const longestAnswer = 8_000_000
/** How long a page may take for one answer, in ms. */
const patienceMs = 15_000
/** How far one scroll goes, in CSS pixels. */
const scrollBy = 100

const keyCodes: Readonly<Record<PressableKey | HeldKey, number>> = {
  Enter: 13,
  Tab: 9,
  Escape: 27,
  Backspace: 8,
  Delete: 46,
  Space: 32,
  ArrowUp: 38,
  ArrowDown: 40,
  ArrowLeft: 37,
  ArrowRight: 39,
  Home: 36,
  End: 35,
  PageUp: 33,
  PageDown: 34,
  Control: 17,
  Shift: 16
}
const modifierOf: Readonly<Record<HeldKey, number>> = { Control: 2, Shift: 8 }

/** A driver over an open page. */
export function createPageDriver(session: SealedPage, { settleMs }: DriverOptions): PageDriver {
  let held: HeldKey | null = null
  let path: string | undefined

  /** A command; what fails in the page or on the way to it is said in words. */
  async function send(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    try {
      return await session.send(method, params)
    } catch (cause) {
      throw new AppError('invalid-input', 'The page does not answer any more.', { cause })
    }
  }

  async function load(name: string): Promise<void> {
    await session.open(name)
    if ((await evaluate(scripts.hasInterfaceScript)) !== true)
      throw new AppError('invalid-input', `“${name}” is not a page that can be played.`, {
        hint: 'Pages need the “core” object of MiniWoB++.'
      })
    path = name
  }

  async function evaluate(expression: string): Promise<unknown> {
    const answer = await send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
      timeout: patienceMs
    })
    const { result, exceptionDetails } = answer as {
      // The shape of Runtime.evaluate's answer in the protocol; values are checked by whoever asked.
      result?: { value?: unknown }
      exceptionDetails?: { text?: string; exception?: { description?: string } }
    }
    if (exceptionDetails !== undefined) throw pageError(exceptionDetails)
    return result?.value
  }

  const settle = async (): Promise<void> => void (await evaluate(scripts.settleScript(settleMs)))

  async function centreOf(id: number): Promise<{ x: number; y: number } | undefined> {
    const found = await evaluate(scripts.centreScript(id))
    if (typeof found !== 'object' || found === null || !('x' in found) || !('y' in found)) return
    const { x, y } = found
    return typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined
  }

  const modifiers = (): number => (held === null ? 0 : modifierOf[held])

  async function click(id: number): Promise<boolean> {
    const centre = await centreOf(id)
    if (centre === undefined) return false
    const mouse = { ...centre, button: 'left', clickCount: 1, modifiers: modifiers() }
    await send('Input.dispatchMouseEvent', { ...centre, type: 'mouseMoved' })
    await send('Input.dispatchMouseEvent', { ...mouse, type: 'mousePressed' })
    await send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseReleased' })
    return true
  }

  async function key(type: 'keyDown' | 'keyUp', name: PressableKey | HeldKey): Promise<void> {
    const text = name === 'Enter' ? '\r' : name === 'Space' ? ' ' : undefined
    await send('Input.dispatchKeyEvent', {
      type: type === 'keyDown' && text === undefined ? 'rawKeyDown' : type,
      key: name === 'Space' ? ' ' : name,
      code: name === 'Control' || name === 'Shift' ? `${name}Left` : name,
      windowsVirtualKeyCode: keyCodes[name],
      modifiers: modifiers(),
      ...(type === 'keyDown' && text !== undefined && { text })
    })
  }

  async function enter(id: number, text: string): Promise<boolean> {
    if (!(await click(id)) || (await evaluate(scripts.selectAllScript)) !== true) return false
    if (text === '') {
      await key('keyDown', 'Delete')
      await key('keyUp', 'Delete')
    } else await send('Input.insertText', { text })
    return true
  }

  async function scroll(id: number | null, direction: 'up' | 'down'): Promise<boolean> {
    const at = id === null ? { x: 80, y: 130 } : await centreOf(id)
    if (at === undefined) return false
    const deltaY = direction === 'down' ? scrollBy : -scrollBy
    await send('Input.dispatchMouseEvent', { ...at, type: 'mouseWheel', deltaX: 0, deltaY })
    return true
  }

  async function carryOut(action: PageAction): Promise<boolean> {
    switch (action.kind) {
      case 'click':
        return click(action.id)
      case 'enter':
        return enter(action.id, action.text)
      case 'press':
        for (let i = 0; i < action.times; i++) {
          await key('keyDown', action.key)
          await key('keyUp', action.key)
        }
        return true
      case 'hold':
        if (held !== null) await key('keyUp', held)
        held = action.key
        if (held !== null) await key('keyDown', held)
        return true
      case 'scroll':
        return scroll(action.id, action.direction)
    }
  }

  return {
    open: load,
    async reset(seed) {
      if (held !== null) await key('keyUp', held).catch(() => undefined)
      held = null
      // An attempt may have led the page elsewhere.
      const isThere = await evaluate(scripts.hasInterfaceScript).catch(() => false)
      if (isThere !== true && path !== undefined) await load(path)
      await evaluate(scripts.startScript(seed))
      // Some pages load more before they can be played.
      for (let i = 0; i < 50; i++) {
        await settle()
        if ((await evaluate(scripts.readyScript)) === true)
          return goalFrom(await evaluate(scripts.goalScript))
      }
      throw new AppError('invalid-input', 'The page did not get ready.')
    },
    async observe(): Promise<Screen> {
      const text = await evaluate(scripts.screenScript)
      if (typeof text !== 'string' || text.length > longestAnswer)
        throw new AppError('invalid-input', 'The page describes no screen that can be read.')
      const value: unknown = JSON.parse(text)
      return screenFrom(value)
    },
    async act(action) {
      const isDone = await carryOut(action)
      if (isDone) await settle()
      return isDone
    },
    async meta(): Promise<PageResult> {
      return resultFrom(await evaluate(scripts.resultScript))
    },
    async screenshot() {
      const shot = await send('Page.captureScreenshot', {
        format: 'png',
        clip: { x: 0, y: 0, width: 160, height: 210, scale: 1 }
      })
      const data = typeof shot === 'object' && shot !== null && 'data' in shot ? shot.data : ''
      return new Uint8Array(Buffer.from(typeof data === 'string' ? data : '', 'base64'))
    },
    close: () => session.close()
  }
}

function pageError(details: { text?: string; exception?: { description?: string } }): AppError {
  const said = details.exception?.description ?? details.text ?? 'an error'
  return new AppError(
    'invalid-input',
    `The page stopped with “${said.split('\n', 1)[0].slice(0, 200)}”.`,
    {
      hint: 'It may have gone elsewhere, or is not a page of the kind that can be played.'
    }
  )
}

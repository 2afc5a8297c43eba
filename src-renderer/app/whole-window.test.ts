// What stands in for the app when it cannot be shown: the connection pages, and the page for a
// screen that broke.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { defineComponent, h, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, errorMessages } from '@api/errors.ts'
import { copyText } from '../components/copy-text.ts'
import { useConnection, type ConnectionState } from '../stores/connection.ts'
import { describeProblem } from '../stores/problem.ts'
import { fakeClient } from '../stores/run-fixtures.test-support.ts'
import { useToasts } from '../stores/toasts.ts'
import { common } from '../text/common.ts'
import { shell } from '../text/shell.ts'
import ConnectionPage from './ConnectionPage.vue'
import ErrorBoundary from './ErrorBoundary.vue'

vi.mock('../components/copy-text.ts', () => ({ copyText: vi.fn(() => true) }))
beforeEach(() => {
  setActivePinia(createPinia())
  vi.mocked(copyText).mockClear()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

describe('ConnectionPage', () => {
  it.each([
    ['lost', shell.lostTitle, shell.reload],
    ['elsewhere', shell.elsewhereTitle, shell.useHere],
    ['mismatch', shell.mismatchTitle, shell.reload],
    ['failed', shell.failedTitle, shell.reload]
  ] as const)('says what %s means and what to do', async (state, title, action) => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined)
    const wrapper = mount(ConnectionPage, { props: { state } })
    expect(wrapper.get('h1').text()).toBe(title)
    const button = wrapper.get('button')
    expect(button.text()).toBe(action)
    await button.trigger('click')
    expect(reload).toHaveBeenCalledOnce()
  })

  it('waits quietly while it connects', () => {
    const wrapper = mount(ConnectionPage, { props: { state: 'connecting' } })
    expect(wrapper.get('[role="status"]').text()).toBe(shell.connecting)
    expect(wrapper.find('button').exists()).toBe(false)
  })

  it('gives the reason in words and the details for copying', async () => {
    const problem = describeProblem(new AppError('project-damaged'))
    const wrapper = mount(ConnectionPage, { props: { state: 'failed', problem } })
    expect(wrapper.text()).toContain(errorMessages['project-damaged'])
    await wrapper.findAll('button')[1]?.trigger('click')
    expect(copyText).toHaveBeenCalledExactlyOnceWith(problem.details)
  })

  it('passes on what the page itself found out, such as a used address', () => {
    const problem = describeProblem(new Error('This address was used before.'))
    const wrapper = mount(ConnectionPage, { props: { state: 'failed', problem } })
    expect(wrapper.text()).toContain('This address was used before.')
  })
})

describe('the state of the connection', () => {
  function clientThat(hello: () => never): {
    close(): void
    client: ReturnType<typeof fakeClient>
  } {
    const closers: (() => void)[] = []
    const client = {
      ...fakeClient({ 'app.hello': hello }),
      onClose: (callback: () => void) => void closers.push(callback)
    }
    return { client, close: () => closers.forEach((closer) => closer()) }
  }
  async function stateAfter(code: 'contract-mismatch' | 'internal'): Promise<ConnectionState> {
    const { client } = clientThat(() => {
      throw new AppError(code)
    })
    await useConnection().start(client)
    return useConnection().state
  }

  it('tells another version from a failure', async () => {
    expect(await stateAfter('contract-mismatch')).toBe('mismatch')
    setActivePinia(createPinia())
    expect(await stateAfter('internal')).toBe('failed')
  })

  it('is "elsewhere", not "lost", when another window took over', async () => {
    const { client, close } = clientThat(() => {
      throw new AppError('internal')
    })
    const connection = useConnection()
    connection.markElsewhere()
    await connection.start(client)
    close()
    expect(connection.state).toBe('elsewhere')
  })

  it('refuses calls before there is a connection', async () => {
    await expect(useConnection().call('app.settings', {})).rejects.toBeInstanceOf(AppError)
  })
})

describe('ErrorBoundary', () => {
  const isBroken = ref(false)
  const Screen = defineComponent({
    setup: () => () => {
      if (isBroken.value) throw new Error('The figures are missing.')
      return h('p', 'The screen')
    }
  })
  const Acting = defineComponent({
    setup: () => () =>
      h(
        'button',
        {
          onClick: async () => {
            await Promise.resolve()
            throw new AppError('disk-full')
          }
        },
        'Act'
      )
  })
  function show(component: unknown): VueWrapper {
    return mount(ErrorBoundary, {
      props: { place: '/runs/r1' },
      slots: { default: () => h(component as typeof Screen) }
    })
  }
  beforeEach(() => (isBroken.value = false))

  it('shows the screen while it works', () => {
    expect(show(Screen).text()).toBe('The screen')
  })

  it('replaces a broken screen and tries again', async () => {
    isBroken.value = true
    const wrapper = show(Screen)
    await flushPromises()
    expect(wrapper.get('h1').text()).toBe(shell.errorTitle)
    isBroken.value = false
    const again = wrapper.findAll('button').find((button) => button.text() === common.tryAgain)
    await again?.trigger('click')
    expect(wrapper.text()).toBe('The screen')
  })

  it('gives another screen a new chance', async () => {
    isBroken.value = true
    const wrapper = show(Screen)
    await flushPromises()
    isBroken.value = false
    await wrapper.setProps({ place: '/runs' })
    expect(wrapper.text()).toBe('The screen')
  })

  it('copies what broke and where', async () => {
    isBroken.value = true
    const wrapper = show(Screen)
    await flushPromises()
    await wrapper.findAll('button')[1]?.trigger('click')
    expect(copyText).toHaveBeenCalledExactlyOnceWith('Error: The figures are missing.\n/runs/r1')
    expect(useToasts().toasts.at(-1)?.text).toBe(shell.detailsCopied)
  })

  it('leaves the screen when only an action failed', async () => {
    const wrapper = show(Acting)
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(wrapper.text()).toBe('Act')
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
  })
})

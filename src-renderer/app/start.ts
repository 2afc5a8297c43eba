// Connects to the backend, then mounts the app. Everything is bundled; nothing is fetched from
// anywhere but the host this page came from. Loaded by main.ts once the language is known.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createClient, type Client } from '@api/rpc.ts'
import { connect } from '../transport/connect.ts'
import { useConnection } from '../stores/connection.ts'
import { useProject } from '../stores/project.ts'
import { useSettings } from '../stores/settings.ts'
import { language } from '../text/language.ts'
import App from './App.vue'
import { mustLoadAgain } from './language.ts'
import { createAppRouter, lastPlace, leftPlace } from './router.ts'

const pinia = createPinia()
const connection = useConnection(pinia)
const project = useProject(pinia)
// Screens are shown after the connection was tried, below.
const router = createAppRouter({
  whenReady: Promise.resolve(),
  hasProject: () => project.current !== undefined,
  project: () => project.current?.place
})
let place = lastPlace()

try {
  connection.keepUp(join)
  await connection.start(await join())
  const settings = useSettings(pinia)
  await Promise.all([project.refresh(), settings.load()])
  // Nothing was shown yet, so that nobody sees the other language first.
  if (mustLoadAgain(settings.settings.language, language)) await loadedAgain()
  if (project.current === undefined && settings.settings.reopenLast) await reopen()
} catch (problem) {
  connection.fail(problem)
}

/** Connects to the host, the first time and after the engine was started again. */
async function join(): Promise<Client> {
  const { port, onElsewhere } = await connect()
  onElsewhere(() => connection.markElsewhere())
  return createClient(port)
}

/** Where one left off. A project that cannot be opened leaves the first page, which lists it. */
async function reopen(): Promise<void> {
  const isOpen = await project.openLast().catch(() => false)
  if (isOpen) place = leftPlace(project.current?.place ?? '')
}

/** Loads the page again; nothing of this one goes on. */
function loadedAgain(): Promise<never> {
  location.reload()
  return new Promise<never>(() => undefined)
}

const app = createApp(App)
app.use(pinia)
app.use(router)
// Without a project it leads to the first page, but for screens that need none, as the settings.
await router.replace(place)
app.mount('#app')

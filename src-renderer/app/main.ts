// Entry of the page: connects to the backend, then mounts the app. Everything is bundled; nothing
// is fetched from anywhere but the host this page came from.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createClient } from '@api/rpc.ts'
import { connect } from '../transport/connect.ts'
import { useConnection } from '../stores/connection.ts'
import { useProject } from '../stores/project.ts'
import { useSettings } from '../stores/settings.ts'
import App from './App.vue'
import { createAppRouter, lastPlace, leftPlace } from './router.ts'
import '../styles/fonts.css'
import '../styles/tokens.css'
import '../styles/base.css'

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
  const { port, onElsewhere } = await connect()
  onElsewhere(() => connection.markElsewhere())
  await connection.start(createClient(port))
  const settings = useSettings(pinia)
  await Promise.all([project.refresh(), settings.load()])
  if (project.current === undefined && settings.settings.reopenLast) await reopen()
} catch (problem) {
  connection.fail(problem)
}

/** Where one left off. A project that cannot be opened leaves the first page, which lists it. */
async function reopen(): Promise<void> {
  const isOpen = await project.openLast().catch(() => false)
  if (isOpen) place = leftPlace(project.current?.place ?? '')
}

const app = createApp(App)
app.use(pinia)
app.use(router)
await router.replace(project.current === undefined ? { name: 'first-run' } : place)
app.mount('#app')

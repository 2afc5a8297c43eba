// All targets, in the order of a campaign. Each is loaded when it is wanted: the whole product at once
// takes long to load.
import type { FuzzTarget } from './target.ts'

type Load = () => Promise<FuzzTarget>
const arrays = () => import('./targets/arrays.ts')
const codec = () => import('./targets/codec.ts')
const pictures = () => import('./targets/pictures.ts')
const records = () => import('./targets/records.ts')
const small = () => import('./targets/small-files.ts')
const traces = () => import('./targets/traces.ts')

/** Every target by its name. */
export const targets: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['pictures', async () => (await pictures()).picturesTarget],
  ['tables', async () => (await import('./targets/tables.ts')).tablesTarget],
  ['workbooks', async () => (await records()).workbooksTarget],
  ['parquet', async () => (await records()).parquetTarget],
  ['arrow', async () => (await records()).arrowTarget],
  ['json', async () => (await records()).jsonTarget],
  ['chats', async () => (await records()).chatsTarget],
  ['idx', async () => (await arrays()).idxTarget],
  ['arrays', async () => (await arrays()).arraysTarget],
  ['zips', async () => (await pictures()).zipsTarget],
  ['annotations', async () => (await pictures()).annotationsTarget],
  ['traces', async () => (await traces()).tracesTarget],
  ['playwright', async () => (await traces()).playwrightTarget],
  ['onnx', async () => (await small()).onnxTarget],
  ['models', async () => (await small()).modelsTarget],
  ['matrices', async () => (await arrays()).matricesTarget],
  ['recipes', async () => (await small()).recipesTarget],
  ['lists', async () => (await small()).listsTarget],
  ['manifests', async () => (await small()).manifestsTarget],
  ['settings', async () => (await small()).settingsTarget],
  ['codec', async () => (await codec()).codecTarget],
  ['requests', async () => (await codec()).requestsTarget],
  ['socket', async () => (await import('./targets/socket.ts')).socketTarget],
  ['project-file', async () => (await import('./targets/project-file.ts')).projectFileTarget],
  ['command-line', async () => (await import('./targets/command-line.ts')).commandLineTarget],
  ['contract', async () => (await import('./targets/contract.ts')).contractTarget]
])

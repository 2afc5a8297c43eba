// Data that the wizard has something to say about, put into a project by the command line before the
// window opens: trees with three labels, a table where one label rules, pictures of which two are
// broken, and short conversations about four things.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { Use } from './main-job.ts'

const root = join(import.meta.dirname, '..', '..')
const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node'
)
const run = promisify(execFile)

/** Exit codes of the command line that mean the data is there: in order, and with notes. */
const fine: readonly unknown[] = [0, 2]

/** Runs the command line on a home folder. Throws what it said when it failed. */
export async function winnow(home: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, WINNOW_HOME: home }
  await run(node, [join(root, 'out', 'main', 'cli.js'), ...args], { env }).catch(
    (failed: { readonly code?: unknown; readonly stderr?: string }) => {
      if (!fine.includes(failed.code)) throw new Error(`winnow ${args.join(' ')}: ${failed.stderr}`)
    }
  )
}

/** Puts a file into the project that is being made, with options of the command line. */
type Put = (file: string, ...options: string[]) => Promise<void>

/**
 * A home folder with one project and what `add` puts into it: datasets with `put`, agent traces with
 * `putTraces`. The project is the one last opened.
 */
export async function newProject(
  name: string,
  add: (folder: string, put: Put, putTraces: Put) => Promise<void>
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'winnow-e2e-choose-'))
  const project = join(home, 'projects', `${name}.winnow`)
  await mkdir(join(home, 'projects'))
  await mkdir(join(home, 'made'))
  await winnow(home, ['new', project])
  const putBy =
    (...words: readonly string[]): Put =>
    (file, ...options) =>
      winnow(home, [...words, file, '--into', project, ...options])
  await add(join(home, 'made'), putBy('import'), putBy('traces', 'import'))
  return home
}

/** Rows as a table with semicolons. */
async function writeTable(path: string, rows: readonly (readonly string[])[]): Promise<string> {
  await writeFile(path, `${rows.map((row) => row.join(';')).join('\n')}\n`)
  return path
}

/** So many rows about a kind of tree; no two are alike. */
function treeRows(kind: string, count: number): string[][] {
  return Array.from({ length: count }, (_, i) => [
    kind,
    i % 2 === 0 ? 'park' : 'forest',
    `The ${kind} of row ${i} was ${i * 7 + kind.length} cm high in ${1700 + i * 3} and stood by gate ${i * 13}`
  ])
}

const head = ['kind', 'place', 'note']

/** Twelve grey pictures and two files that only look like pictures. */
async function writePictures(folder: string): Promise<string> {
  for (const label of ['dark', 'light']) {
    await mkdir(join(folder, label), { recursive: true })
    for (let i = 0; i < 6; i++) {
      const shade = (label === 'dark' ? 20 : 200) + i
      const background = { r: shade, g: shade, b: shade }
      const picture = sharp({ create: { width: 8, height: 8, channels: 3, background } })
      await writeFile(join(folder, label, `${i}.png`), await picture.png().toBuffer())
    }
    await writeFile(join(folder, label, 'broken.png'), 'this is no picture')
  }
  return folder
}

/** A project called Trees with the datasets trees, lopsided, plain and pictures. */
export function newTrees(): Promise<string> {
  return newProject('Trees', async (folder, put) => {
    const table = (name: string, rows: readonly (readonly string[])[]): Promise<string> =>
      writeTable(join(folder, `${name}.csv`), rows)
    const labelled = ['--map', 'label=kind,text=note']
    await put(await writePictures(join(folder, 'pictures')))
    const plain = [['note'], ...treeRows('ash', 60).map((row) => [row[2] ?? ''])]
    await put(await table('plain', plain), '--map', 'text=note')
    const lopsided = [head, ...treeRows('elm', 141), ...treeRows('yew', 9)]
    await put(await table('lopsided', lopsided), ...labelled)
    const trees = [
      head,
      ...treeRows('oak', 60),
      ...treeRows('pine', 50),
      ...treeRows('tulip tree', 14)
    ]
    await put(await table('trees', trees), ...labelled)
  })
}

/** A home folder with a project, and a copy of it in another folder, as on another disk. */
export interface TwoPlaces {
  readonly home: string
  /** The project as the window knows it. */
  readonly project: string
  /** Name of the folder in the home folder where the copy lies. */
  readonly elsewhere: string
}

/** A project called Grove with the dataset trees, in two places. */
export async function newGrove(): Promise<TwoPlaces> {
  const home = await newProject('Grove', async (folder, put) => {
    const rows = [head, ...treeRows('oak', 60), ...treeRows('pine', 50)]
    await put(await writeTable(join(folder, 'trees.csv'), rows), '--map', 'label=kind,text=note')
  })
  const project = join(home, 'projects', 'Grove.winnow')
  const elsewhere = 'roomy disk'
  await cp(project, join(home, elsewhere, 'Grove.winnow'), { recursive: true })
  return { home, project, elsewhere }
}

const nouns: Readonly<Record<string, readonly string[]>> = {
  food: ['bread', 'butter', 'apples', 'cheese', 'soup', 'honey', 'plums', 'flour', 'onions'],
  sky: ['rain', 'stars', 'clouds', 'thunder', 'frost', 'moonlight', 'swallows', 'fog', 'hail'],
  town: ['trains', 'bridges', 'markets', 'clocks', 'lanterns', 'cellars', 'tailors', 'carts'],
  field: ['sheep', 'wheat', 'hedges', 'ploughs', 'foxes', 'ditches', 'larks', 'clover', 'mud']
}
const doings = ['praised', 'counted', 'sold', 'forgot', 'painted', 'mended', 'weighed', 'followed']
const people = [
  'the miller',
  'a nurse',
  'two sailors',
  'the teacher',
  'my aunt',
  'a thief',
  'a king'
]
const places = ['in the harbour', 'near Leeds', 'on a hill', 'at the fair', 'by candle light']

/** Draws from lists, the same every time. */
function drawing(): (list: readonly string[]) => string {
  let state = 7
  return (list) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return list[(state >> 16) % list.length] ?? ''
  }
}

/** So many conversations about four things, as a file notes.jsonl; returns its path. */
export async function writeNotes(folder: string, count: number): Promise<string> {
  const draw = drawing()
  const labels = Object.keys(nouns)
  const lines = Array.from({ length: count }, (_, i) => {
    const kind = labels[i % labels.length] ?? ''
    const noun = (): string => draw(nouns[kind] ?? [])
    const deed = (): string => `${draw(people)} ${draw(doings)} the ${noun()}`
    const content = `In ${1500 + i} ${deed()} and the ${noun()} ${draw(places)}, and ${deed()}.`
    const question = { role: 'user', content: `What of the ${noun()} ${draw(places)}?` }
    return JSON.stringify({ messages: [question, { role: 'assistant', content }], kind })
  })
  const file = join(folder, 'notes.jsonl')
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}

/** A project called Notes with one dataset, notes: 480 conversations about four things. */
export function newNotes(): Promise<string> {
  return newProject('Notes', async (folder, put) => {
    await put(await writeNotes(folder, 480), '--map', 'label=kind')
  })
}

/** Opens the project that the home folder knows. */
export async function openRecent(page: Page, name: string, use: Use): Promise<void> {
  await use(page.getByRole('button', { name: new RegExp(`^${name}\\b`) }))
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

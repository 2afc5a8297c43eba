// Small files that come from elsewhere: recipes, manifests of exported folders, settings, plans and
// lists, and models in ONNX files.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportOptions } from '../../src-main/api/dto/datasets.ts'
import { RecipeFile } from '../../src-main/api/dto/recipes.ts'
import { SelectDraft } from '../../src-main/api/dto/runs.ts'
import { Settings } from '../../src-main/api/dto/settings.ts'
import { readEntries } from '../../src-main/core/app/entries-file.ts'
import type { Random } from '../../src-main/core/compute/random.ts'
import { addHelperTask } from '../../src-main/core/distillation/own-helper/add-helper-task.ts'
import { helperFacts } from '../../src-main/core/distillation/own-helper/helper-facts.ts'
import {
  identity,
  tinyOnnx
} from '../../src-main/core/distillation/own-helper/tiny-onnx.test-support.ts'
import { sha256Hex } from '../../src-main/core/files/hashes.ts'
import { openRecentProjects, openSettings } from '../../src-main/core/projects/settings.ts'
import { verifyFolder } from '../../src-main/core/reports/verify-folder.ts'
import { readListTask, type ListPlace } from '../../src-main/core/selection/read-list-task.ts'
import { parseRecipe, recipeText } from '../../src-main/core/selection/recipes.ts'
import { UsageError } from '../../src-main/hosts/node/commands/output.ts'
import { readPlanFile, readRulesFile } from '../../src-main/hosts/node/commands/plan-files.ts'
import { readTasksFile } from '../../src-main/hosts/node/commands/tasks-file.ts'
import {
  anyValue,
  changeValue,
  damage,
  oddText,
  once,
  oneOf,
  pieces,
  type Value
} from '../mutate.ts'
import { answerOf, Broken, requirePlain, type FuzzTarget } from '../target.ts'
import { sourceTarget } from './source-target.ts'
import { z } from 'zod'
import { valueOf } from '../schema-values.ts'

const limitMs = 20_000
const draftSchema = z.toJSONSchema(SelectDraft, { unrepresentable: 'any', io: 'input' })
const recipeSchema = z.toJSONSchema(RecipeFile, { unrepresentable: 'any', io: 'input' })

function textOf(random: Random, value: Value): string {
  const text = JSON.stringify(value)
  return once(random, 6) ? damage(random, Buffer.from(text)).toString() : text
}

/** Recipes, plans, rules and tasks. */
export const recipesTarget: FuzzTarget = {
  name: 'recipes',
  about: 'Recipes, plans, rules and tasks of any values; a recipe read comes back as it was',
  limitMs,
  shortCases: 150,
  open(folder) {
    const path = join(folder, 'file.json')
    const read = async (random: Random): Promise<string> => {
      const made = valueOf(random, once(random, 2) ? recipeSchema : draftSchema)
      const text = textOf(random, once(random, 2) ? made : changeValue(random, made))
      return answerOf(() => {
        const recipe = parseRecipe(text, 'a.json', 1)
        const again = parseRecipe(recipeText(recipe), 'a.json', 1)
        if (JSON.stringify(again) !== JSON.stringify(recipe))
          throw new Broken('a recipe did not come back', { input: text })
        return 'recipe'
      })
    }
    const typed = async (random: Random): Promise<string> => {
      const tasks: Value = [
        { name: 'A', labels: ['x'], importance: 'high', parts: [{ name: 'p' }] }
      ]
      const made = once(random, 2) ? tasks : valueOf(random, draftSchema)
      await mkdir(folder, { recursive: true })
      await writeFile(path, textOf(random, changeValue(random, made)))
      try {
        switch (random.below(3)) {
          case 0:
            await readPlanFile(path)
            break
          case 1:
            await readRulesFile(path)
            break
          default:
            await readTasksFile(path, 'p', () => Promise.resolve('d'))
        }
        return 'file read'
      } catch (error) {
        // What the command line says of a mistake of the person who typed it.
        if (!(error instanceof UsageError)) throw error
        requirePlain(`${error.message.split('\n')[0]}.`, 'usage')
        return 'file refused'
      }
    }
    return Promise.resolve({
      run: (random) => (once(random, 3) ? typed(random) : read(random)),
      close: () => rm(path, { force: true })
    })
  }
}

const quiet = { write: () => undefined }

/** Settings and lists of recent projects. */
export const settingsTarget: FuzzTarget = {
  name: 'settings',
  about: 'Settings and recent projects: whatever the files hold, the app starts with sound values',
  limitMs,
  shortCases: 150,
  open(folder) {
    const schema = z.toJSONSchema(Settings, { unrepresentable: 'any', io: 'input' })
    const recent: Value = [{ path: '/a', name: 'A', openedAt: 1 }]
    const speeds = z.strictObject({ a: z.number() })
    return Promise.resolve({
      async run(random) {
        await mkdir(folder, { recursive: true })
        const made = changeValue(random, valueOf(random, schema))
        await writeFile(join(folder, 'settings.json'), textOf(random, made))
        await writeFile(join(folder, 'recent.json'), textOf(random, changeValue(random, recent)))
        await writeFile(
          join(folder, 'speeds.json'),
          textOf(random, changeValue(random, [{ a: 1 }]))
        )
        const settings = openSettings(folder, quiet)
        const found = Settings.safeParse(settings.get())
        if (!found.success) throw new Broken(`unsound settings: ${found.error.message}`)
        for (const { path, openedAt } of openRecentProjects(folder, quiet).list())
          if (typeof path !== 'string' || typeof openedAt !== 'number')
            throw new Broken('an unsound recent project')
        readEntries(join(folder, 'speeds.json'), speeds)
        if (once(random, 10)) {
          const changed = await settings.set({})
          const back = openSettings(folder, quiet).get()
          if (JSON.stringify(back) !== JSON.stringify(changed))
            throw new Broken('settings did not come back')
        }
        return 'started'
      },
      close: () => rm(folder, { recursive: true, force: true })
    })
  }
}

/** Exported folders with manifests of any values. */
export const manifestsTarget: FuzzTarget = {
  name: 'manifests',
  about: 'Manifests of exported folders: places outside are never read, differences are told',
  limitMs,
  shortCases: 150,
  async open(folder) {
    const root = join(folder, 'export')
    await mkdir(join(root, 'sub'), { recursive: true })
    await writeFile(join(root, 'a.csv'), 'a,b\n1,2\n')
    await writeFile(join(root, 'sub', 'b.txt'), 'b')
    await writeFile(join(folder, 'outside.txt'), 'secret')
    const file = (path: string, text: string): Value => ({
      ...{ path, bytes: text.length, sha256: sha256Hex(text) }
    })
    const outside = sha256Hex('secret')
    const honest: Value = {
      ...{
        format: 'winnow-export',
        formatVersion: 1,
        appVersion: '1',
        createdAt: '2026',
        name: 'x'
      },
      dataset: { name: 'd', contentHash: '', items: 2 },
      ...{
        items: 2,
        synthetic: false,
        method: null,
        settings: null,
        check: null,
        provenance: null
      },
      licence: null,
      files: [file('a.csv', 'a,b\n1,2\n'), file('sub/b.txt', 'b')]
    }
    const paths = [
      ...[
        '../outside.txt',
        'sub/../../outside.txt',
        join(folder, 'outside.txt'),
        '..\\outside.txt'
      ],
      ...['sub//b.txt', './a.csv', 'a.csv/', '', 'a.csv\u0000', 'sub', 'A.CSV', 'nothing', 'C:\\a']
    ]
    return {
      async run(random) {
        let manifest = once(random, 6) ? honest : changeValue(random, honest, paths)
        if (once(random, 3) && typeof manifest === 'object' && !Array.isArray(manifest))
          manifest = { ...manifest, files: [file(oneOf(random, paths), 'secret')] }
        const isHonest = manifest === honest
        const text = isHonest ? JSON.stringify(manifest) : textOf(random, manifest)
        await writeFile(join(root, 'manifest.json'), text)
        return answerOf(async () => {
          const found = await verifyFolder(root)
          requirePlain(found.sentence, 'sentence of the check')
          if (isHonest !== found.ok && isHonest) throw new Broken('an honest folder is not')
          // "Unchanged" for a file outside would mean that it was read.
          if (text.includes(outside) && found.ok) throw new Broken('a file outside was read')
          return found.ok ? 'same' : 'differs'
        })
      },
      close: () => rm(folder, { recursive: true, force: true })
    }
  }
}

const listParts = [
  ...['id,score\n', 'a', 'b', '1', '2', ',', '\t', ';', '"', '\n', '\r\n', '\r', ' ', '\u0000'],
  ...['{"id":"a"}\n', '[', ']', '{', '}', ':', '"id"', '\ufeff', '#', 'é', '1e9', '-1', 'name\n']
]

/** Lists made elsewhere. */
export const listsTarget: FuzzTarget = sourceTarget({
  name: 'lists',
  about: 'Lists of items made elsewhere: every entry has a place and a value or a reason',
  shortCases: 120,
  mayBePacked: true,
  words: listParts,
  seeds: () =>
    Promise.resolve([
      { x: 'a\nb\nc\n' },
      { x: 'id,score\na,0.5\nb,0.7\n' },
      { x: '["a","b","c"]' },
      { x: '{"text":"hello","label":"x"}\n{"text":"you","label":"y"}\n' }
    ]),
  makers: [(random) => ({ x: pieces(random, listParts, 60) })],
  read: (path) =>
    answerOf(async () => {
      const columns = [
        { name: 'text', type: 'text', role: 'text' } as const,
        { name: 'label', type: 'category', role: 'label' } as const
      ]
      const dataset = { kind: 'text', columns, shape: null } as const
      const run = async (place: ListPlace | undefined) => {
        const steps = readListTask.run(
          { path, dataset, place },
          {
            signal: new AbortController().signal,
            device: () => Promise.reject(new Error('none')),
            transfer: () => undefined
          }
        )
        for (;;) {
          const step = await steps.next()
          if (step.done === true) return step.value
          const { where, values, problems, shown } = step.value
          const lengths = new Set([where.length, values.length, problems.length, shown.length])
          if (lengths.size !== 1) throw new Broken('lists of different lengths')
          for (const problem of problems)
            if (problem !== undefined) requirePlain(problem, 'problem of an entry')
        }
      }
      const probe = await run(undefined)
      if (probe === null) throw new Broken('no probe')
      for (const { place } of probe.places.slice(0, 3)) await run(place)
      return `list of ${probe.kind}`
    })
})

const models = [
  tinyOnnx({ input: [1, 2, 2], weights: identity(4), outputs: 4 }),
  tinyOnnx({ input: [4], weights: identity(4), outputs: 4, softmax: true }),
  tinyOnnx({ input: [3, 2, 2], weights: identity(12), outputs: 12, batch: 2 })
]

/** Models of the analyst's own. */
export const onnxTarget: FuzzTarget = sourceTarget({
  name: 'onnx',
  about: 'ONNX files: what they declare is read and judged before any runtime sees them',
  shortCases: 150,
  words: ['items', 'labels', 'MatMul', 'Flatten', 'ai.onnx', 'external', Buffer.from([0x0a, 0xff])],
  seeds: () => Promise.resolve(models.map((bytes) => ({ x: bytes }))),
  makers: [
    (random) => ({
      x: tinyOnnx({
        input: Array.from({ length: random.below(5) }, () => oneOf(random, [1, 2, 3, 0, -1, 4])),
        weights: new Float32Array(16),
        outputs: oneOf(random, [4, 1, 0, -1, 2 ** 31]),
        batch: oneOf(random, [-1, 0, 1, 3, 2 ** 31]),
        declared: oneOf(random, [4, 0, -1, 2 ** 40]),
        inputType: oneOf(random, ['float32', 'int64'])
      })
    })
  ],
  async read(path) {
    const { readFile } = await import('node:fs/promises')
    const bytes = await readFile(path)
    return answerOf(() => {
      const facts = helperFacts(bytes, path)
      const { height, width, channels } = facts.input
      for (const side of [height, width, channels, facts.outputs])
        if (side !== null && !(side > 0)) throw new Broken(`a side of ${side}`, { input: bytes })
      return `model of ${facts.data}`
    })
  }
})

/** Models that are run once before they are kept. */
export const modelsTarget: FuzzTarget = {
  name: 'models',
  about: 'ONNX files given to the runtime, as choosing one does: kept, or refused in plain words',
  limitMs: 60_000,
  shortCases: 6,
  async open(folder) {
    const open = await sourceTarget({
      name: 'models',
      about: '',
      shortCases: 0,
      seeds: () => Promise.resolve(models.map((bytes) => ({ x: bytes }))),
      makers: [],
      read: (path) =>
        answerOf(async () => {
          const steps = addHelperTask.run(
            { path, folder: join(folder, 'helpers'), now: 1 },
            {
              signal: new AbortController().signal,
              device: () => Promise.reject(new Error('none')),
              transfer: () => undefined
            }
          )
          const step = await steps.next()
          await rm(join(folder, 'helpers'), { recursive: true, force: true })
          return step.done === true ? 'kept' : 'more'
        })
    }).open(folder)
    return open
  }
}

/** Options of an import as a file might hold them; used by the contract's target. */
export const importOptionsSchema = z.toJSONSchema(ImportOptions, {
  unrepresentable: 'any',
  io: 'input'
})

/** Anything for a field that no schema describes. */
export function anything(random: Random): Value {
  return once(random, 2) ? anyValue(random) : oddText(random)
}

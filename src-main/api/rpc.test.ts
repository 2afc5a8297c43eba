// The rpc over an in-process port: validation, unknown names, errors without stacks, streams, and
// a server that survives any message.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contract } from './contract.ts'
import { AppError } from './errors.ts'
import { createPortPair } from './port-pair.ts'
import type { Port } from './port.ts'
import { createClient, serve, type Handlers } from './rpc.ts'

/** Only the handlers a test names; asking for another is "unknown-call". */
function start(handlers: Partial<Handlers>) {
  const [server, page] = createPortPair()
  const errors: unknown[] = []
  serve(server, handlers as Handlers, {
    checkOutputs: true,
    onError: (error) => errors.push(error),
    newLogId: () => 'log-1'
  })
  return { client: createClient(page), page, server, errors }
}

describe('rpc', () => {
  it('calls a handler with validated input and defaults filled in', async () => {
    const seen: unknown[] = []
    const { client } = start({
      'files.pick': async (input) => {
        seen.push(input)
        return { grants: [] }
      }
    })
    expect(await client.call('files.pick', { purpose: 'import', kind: 'any' })).toEqual({
      grants: []
    })
    expect(seen).toEqual([{ purpose: 'import', kind: 'any', multiple: false }])
  })

  it('refuses input with an unknown key', async () => {
    const { client } = start({ 'projects.close': async () => ({}) })
    const bad = { extra: 1 } as unknown as Record<string, never>
    await expect(client.call('projects.close', bad)).rejects.toMatchObject({
      code: 'invalid-input'
    })
  })

  it.each(['__proto__', 'constructor', 'toString', 'nothing.here'])(
    'does not find a handler called %s',
    async (name) => {
      const { client } = start({})
      await expect(client.call(name as 'app.settings', {})).rejects.toMatchObject({
        code: 'unknown-call'
      })
    }
  )

  it('passes a refusal on with its code, message and hint', async () => {
    const { client } = start({
      'projects.close': async () => {
        throw new AppError('no-project', undefined, { hint: 'Open one.' })
      }
    })
    await expect(client.call('projects.close', {})).rejects.toMatchObject({
      code: 'no-project',
      hint: 'Open one.'
    })
  })

  it('hides a bug behind "internal" and reports it to the log', async () => {
    const { client, errors, page } = start({
      'projects.close': async () => {
        throw new TypeError('secret path /home/someone')
      }
    })
    const seen: unknown[] = []
    page.onMessage((message) => seen.push(message))
    await expect(client.call('projects.close', {})).rejects.toMatchObject({ code: 'internal' })
    expect(errors).toHaveLength(1)
    expect(JSON.stringify(seen)).not.toContain('someone')
    expect(JSON.stringify(seen)).not.toContain('stack')
  })

  it('streams events until the client ends the stream', async () => {
    let stopped: () => void = () => undefined
    const ended = new Promise<void>((resolve) => (stopped = resolve))
    const { client } = start({
      'projects.watch': async (_input, emit, signal) => {
        emit({ kind: 'project' })
        emit({ kind: 'dataset', id: 'd1' })
        await new Promise<void>((resolve) => signal.onStop(resolve))
        stopped()
      }
    })
    const events: unknown[] = []
    await new Promise<void>((resolve) => {
      const stop = client.stream('projects.watch', {}, (event) => {
        events.push(event)
        if (events.length === 2) {
          stop()
          resolve()
        }
      })
    })
    await ended
    expect(events).toEqual([{ kind: 'project' }, { kind: 'dataset', id: 'd1' }])
  })

  it('rejects what waits when the port closes', async () => {
    const { client, server } = start({ 'projects.close': () => new Promise(() => undefined) })
    const waiting = client.call('projects.close', {})
    server.close()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    await expect(client.call('projects.close', {})).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('stops streams when the port closes', async () => {
    const { client, server } = start({
      'projects.watch': (_input, _emit, signal) =>
        new Promise<void>((resolve) => {
          signal.onStop(() => {
            seen()
            resolve()
          })
        })
    })
    let seen: () => void = () => undefined
    const stopped = new Promise<void>((resolve) => (seen = resolve))
    client.stream('projects.watch', {}, () => undefined)
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    server.close()
    await stopped
  })

  it('ends a stream whose events are not what the contract says', async () => {
    const [server, page] = createPortPair()
    const sent: unknown[] = []
    server.onMessage((message) => {
      sent.push(message)
      const { type, id } = message as { type: string; id: number }
      if (type === 'request') server.send({ type: 'event', id, event: { kind: 'no such kind' } })
    })
    const error = await new Promise((resolve) => {
      createClient(page).stream('projects.watch', {}, () => undefined, resolve)
    })
    expect(error).toMatchObject({ code: 'contract-mismatch' })
    await expect.poll(() => sent).toContainEqual({ type: 'end', id: 1 })
  })

  it('ends a stream at once when the port is closed already', async () => {
    const { client } = start({})
    client.close()
    const error = await new Promise((resolve) => {
      client.stream('projects.watch', {}, () => undefined, resolve)
    })
    expect(error).toMatchObject({ code: 'cancelled' })
  })

  it('reports a reply that breaks the contract as a bug', async () => {
    const { client, errors } = start({
      'projects.close': (async () => ({ secret: 1 })) as unknown as Handlers['projects.close']
    })
    await expect(client.call('projects.close', {})).rejects.toMatchObject({ code: 'internal' })
    expect(errors).toHaveLength(1)
  })

  it('moves the buffers of arrays that own theirs, and no others', async () => {
    const own = new Uint8Array(100_000)
    const shared = new Uint8Array(own.buffer.slice(0), 0, 10)
    const moved: (readonly ArrayBuffer[])[] = []
    const [server, page] = createPortPair()
    const watched: Port = {
      ...server,
      send(message, transfer = []) {
        moved.push(transfer)
        server.send(message)
      }
    }
    const thumbnail = (row: number, bytes: Uint8Array) => ({ row, bytes, width: 1, height: 1 })
    const handlers = {
      'datasets.thumbnails': async () => ({ thumbnails: [thumbnail(0, own), thumbnail(1, shared)] })
    }
    serve(watched, handlers as unknown as Handlers, {
      checkOutputs: false,
      onError: () => undefined,
      newLogId: () => 'log-1'
    })
    const client = createClient(page)
    await client.call('datasets.thumbnails', { dataset: 'd', rows: [0, 1], size: 96 })
    expect(moved).toEqual([[own.buffer]])
  })

  it('rejects a call whose input cannot be sent', async () => {
    const { client } = start({ 'projects.close': async () => ({}) })
    const bad = { f: () => 1 } as unknown as Record<string, never>
    await expect(client.call('projects.close', bad)).rejects.toBeInstanceOf(TypeError)
    expect(await client.call('projects.close', {})).toEqual({})
  })

  it('survives any message', async () => {
    const { client, page } = start({ 'projects.close': async () => ({}) })
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), async (message) => {
        page.send(message)
        expect(await client.call('projects.close', {})).toEqual({})
      }),
      { numRuns: 300 }
    )
  })

  it('survives any input to any call', async () => {
    const { client } = start({})
    const names = fc.constantFrom(...(Object.keys(contract) as (keyof typeof contract)[]))
    await fc.assert(
      fc.asyncProperty(names, fc.jsonValue(), async (name, input) => {
        await expect(client.call(name as 'app.settings', input as never)).rejects.toBeInstanceOf(
          AppError
        )
      }),
      { numRuns: 200 }
    )
  })
})

it('lists its verbs: a new one is a conscious act', () => {
  expect(Object.keys(contract).sort()).toMatchInlineSnapshot(`
    [
      "app.computer",
      "app.diagnostics",
      "app.hello",
      "app.readSettings",
      "app.setSettings",
      "app.settings",
      "app.settingsText",
      "changes.list",
      "datasets.facets",
      "datasets.get",
      "datasets.import",
      "datasets.item",
      "datasets.items",
      "datasets.keepSet",
      "datasets.list",
      "datasets.picture",
      "datasets.position",
      "datasets.prepare",
      "datasets.preview",
      "datasets.problems",
      "datasets.problemsCsv",
      "datasets.remove",
      "datasets.rename",
      "datasets.rows",
      "datasets.similarPairs",
      "datasets.thumbnails",
      "distil.addHelper",
      "distil.analyse",
      "distil.analysis",
      "distil.analysisTimes",
      "distil.clearHelpers",
      "distil.compare",
      "distil.defaults",
      "distil.drafts",
      "distil.helpers",
      "distil.items",
      "distil.picture",
      "distil.preview",
      "distil.removeDraft",
      "distil.result",
      "distil.review",
      "distil.saveDraft",
      "distil.start",
      "distil.stopEarly",
      "distil.storage",
      "drafts.defaults",
      "drafts.list",
      "drafts.remove",
      "drafts.save",
      "edits.apply",
      "edits.list",
      "edits.stepTo",
      "expand.addModel",
      "expand.decide",
      "expand.end",
      "expand.estimate",
      "expand.export",
      "expand.measure",
      "expand.models",
      "expand.pixels",
      "expand.removeModel",
      "expand.result",
      "expand.runs",
      "expand.soFar",
      "expand.start",
      "expand.train",
      "expand.trainEstimate",
      "exports.list",
      "exports.plan",
      "exports.result",
      "exports.start",
      "exports.verify",
      "files.browse",
      "files.createFolder",
      "files.dropChunk",
      "files.dropEnd",
      "files.dropStart",
      "files.pick",
      "files.reveal",
      "files.roots",
      "groups.estimate",
      "groups.part",
      "groups.parts",
      "groups.picture",
      "groups.result",
      "groups.runs",
      "groups.start",
      "groups.use",
      "health.act",
      "health.dismiss",
      "health.items",
      "health.report",
      "health.start",
      "jobs.cancel",
      "jobs.continue",
      "jobs.discard",
      "jobs.get",
      "jobs.list",
      "jobs.log",
      "jobs.move",
      "jobs.pause",
      "jobs.resume",
      "maps.points",
      "maps.start",
      "matrices.join",
      "matrices.list",
      "matrices.preview",
      "matrices.remove",
      "matrices.use",
      "methods.list",
      "projects.backup",
      "projects.caches",
      "projects.check",
      "projects.clearCache",
      "projects.close",
      "projects.completeSample",
      "projects.create",
      "projects.current",
      "projects.findDropped",
      "projects.forget",
      "projects.open",
      "projects.openSample",
      "projects.pin",
      "projects.recent",
      "projects.restore",
      "projects.restoreLoss",
      "projects.restorePoints",
      "projects.sampleGaps",
      "projects.watch",
      "recipes.fit",
      "recipes.list",
      "recipes.read",
      "recipes.readText",
      "recipes.remove",
      "recipes.save",
      "recipes.saveTiny",
      "recipes.text",
      "reviews.act",
      "reviews.addTime",
      "reviews.ofTrace",
      "reviews.open",
      "reviews.openTrace",
      "reviews.plan",
      "reviews.queue",
      "reviews.queues",
      "reviews.redo",
      "reviews.removeQueue",
      "reviews.report",
      "reviews.reviewAs",
      "reviews.reviewers",
      "reviews.setQuestions",
      "reviews.setState",
      "reviews.start",
      "reviews.tags",
      "reviews.undo",
      "rooms.buildings",
      "rooms.episode",
      "rooms.estimate",
      "rooms.figures",
      "rooms.import",
      "rooms.preview",
      "rooms.result",
      "rooms.runs",
      "rooms.sets",
      "rooms.start",
      "runner.canTry",
      "runner.start",
      "runner.tasks",
      "runner.toFile",
      "runner.trials",
      "runner.tryCorrection",
      "runs.compare",
      "runs.coverage",
      "runs.get",
      "runs.items",
      "runs.list",
      "runs.live",
      "runs.readList",
      "runs.remove",
      "runs.rename",
      "runs.report",
      "runs.reportPdf",
      "runs.result",
      "runs.review",
      "runs.revise",
      "runs.start",
      "runs.swaps",
      "traces.askModel",
      "traces.attachment",
      "traces.board",
      "traces.compare",
      "traces.events",
      "traces.export",
      "traces.exportPreview",
      "traces.facets",
      "traces.get",
      "traces.graph",
      "traces.import",
      "traces.list",
      "traces.plausibility",
      "traces.preview",
      "traces.problems",
      "traces.remove",
      "traces.rename",
      "traces.rules",
      "traces.score",
      "traces.search",
      "traces.send",
      "traces.set",
      "traces.setRules",
      "traces.sets",
      "traces.stopAsking",
      "traces.suggest",
      "traces.suggestion",
      "traces.text",
      "views.list",
      "views.remove",
      "views.save",
    ]
  `)
})

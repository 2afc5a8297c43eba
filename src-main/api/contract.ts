// THE CONTRACT: every call and every stream between a window (or the command line) and the
// backend. Names are `area.verb`. Handlers are looked up in a Map made from this object; the
// server validates every input, the client every event.
import { z } from './zod.ts'
import { DatasetId, GrantId, JobId, Nothing, PageRequest } from './dto/common.ts'
import * as analysis from './dto/analysis.ts'
import * as browse from './dto/browse.ts'
import * as changes from './dto/changes.ts'
import * as coverage from './dto/coverage.ts'
import * as datasets from './dto/datasets.ts'
import * as distil from './dto/distil.ts'
import * as edits from './dto/edits.ts'
import * as expand from './dto/expand.ts'
import * as exports_ from './dto/exports.ts'
import * as files from './dto/files.ts'
import * as health from './dto/health.ts'
import * as jobs from './dto/jobs.ts'
import * as maps from './dto/maps.ts'
import * as matrices from './dto/matrices.ts'
import * as methods from './dto/methods.ts'
import * as projects from './dto/projects.ts'
import * as recipes from './dto/recipes.ts'
import * as traceGraphs from './dto/trace-graphs.ts'
import * as traceModel from './dto/trace-model.ts'
import * as traceReviews from './dto/trace-reviews.ts'
import * as traceRooms from './dto/trace-rooms.ts'
import * as groups from './dto/groups.ts'
import * as traceRunner from './dto/trace-runner.ts'
import * as traceSets from './dto/trace-sets.ts'
import * as traces from './dto/traces.ts'
import * as runs from './dto/runs.ts'
import * as settings from './dto/settings.ts'
import * as tinyCompare from './dto/tiny-compare.ts'

/** Bumped when a change is not additive; `app.hello` carries it. */
export const contractVersion = 1

/** A request with one reply. */
export interface Call<I extends z.ZodType, O extends z.ZodType> {
  readonly kind: 'call'
  readonly input: I
  readonly output: O
}
/** A request answered by events until either side ends it. */
export interface Stream<I extends z.ZodType, E extends z.ZodType> {
  readonly kind: 'stream'
  readonly input: I
  readonly event: E
}

function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> {
  return { kind: 'call', input, output }
}
function stream<I extends z.ZodType, E extends z.ZodType>(input: I, event: E): Stream<I, E> {
  return { kind: 'stream', input, event }
}

const OneDataset = z.strictObject({ dataset: DatasetId })
const OneJob = z.strictObject({ id: JobId })
const OneRun = z.strictObject({ run: JobId })
const StartedJob = z.strictObject({ job: JobId })

export const contract = {
  'app.hello': call(z.strictObject({ contractVersion: z.int() }), settings.HostInfo),
  /** `calibrate` measures every device; with `onlyMissing` those that were not measured yet. */
  'app.computer': call(
    z.strictObject({ calibrate: z.boolean(), onlyMissing: z.boolean().optional() }),
    settings.ComputerInfo
  ),
  'app.settings': call(Nothing, settings.Settings),
  'app.setSettings': call(settings.SettingsChange, settings.Settings),
  /** The settings as a file for another computer. */
  'app.settingsText': call(Nothing, z.strictObject({ text: z.string() })),
  /** Reads such a file; nothing changes. `unknown` are names this version has no setting for. */
  'app.readSettings': call(
    z.strictObject({ grant: GrantId }),
    z.strictObject({ settings: settings.SettingsChange, unknown: z.array(z.string()) })
  ),
  'app.diagnostics': call(Nothing, z.strictObject({ text: z.string() })),

  'files.pick': call(files.PickRequest, z.strictObject({ grants: z.array(files.Grant) })),
  'files.roots': call(Nothing, z.strictObject({ roots: z.array(files.Grant) })),
  'files.browse': call(z.strictObject({ grant: GrantId }), files.FolderListing),
  'files.createFolder': call(
    z.strictObject({ parent: GrantId, name: z.string().min(1).max(120) }),
    files.Grant
  ),
  'files.reveal': call(
    z.strictObject({ what: z.enum(['project', 'export', 'app-data']), export: JobId.optional() }),
    Nothing
  ),

  /**
   * Dropped files a page may read but not name: their bytes are written into the project's inbox.
   * `paths` are names below the dropped folder; the answer's `drop` goes with every chunk.
   */
  'files.dropStart': call(
    z.strictObject({
      name: z.string().min(1).max(255),
      isFolder: z.boolean(),
      files: z
        .array(z.strictObject({ path: z.string().min(1).max(4096), size: z.number().min(0) }))
        .min(1)
        .max(200_000)
    }),
    z.strictObject({ drop: z.string() })
  ),
  /** Bytes that begin in file `file` and run on into the files after it, in the order announced. */
  'files.dropChunk': call(
    z.strictObject({ drop: z.string(), file: z.int().min(0), bytes: z.instanceof(Uint8Array) }),
    Nothing
  ),
  /** `keep` false throws away what came so far. */
  'files.dropEnd': call(
    z.strictObject({ drop: z.string(), keep: z.boolean() }),
    z.strictObject({ grant: files.Grant.nullable() })
  ),

  'projects.current': call(Nothing, z.strictObject({ project: projects.ProjectInfo.nullable() })),
  'projects.recent': call(Nothing, z.strictObject({ projects: z.array(projects.RecentProject) })),
  'projects.forget': call(z.strictObject({ grant: GrantId }), Nothing),
  /** Pinned projects come first in the list and never fall off its end. */
  'projects.pin': call(z.strictObject({ grant: GrantId, isPinned: z.boolean() }), Nothing),
  /** `place` null = the default projects folder. */
  'projects.create': call(
    z.strictObject({ name: z.string().min(1).max(80), place: GrantId.nullable() }),
    projects.ProjectInfo
  ),
  'projects.open': call(z.strictObject({ grant: GrantId }), projects.ProjectInfo),
  /** Where a dropped project lies, told by what a page can read of it; null when it is not known. */
  'projects.findDropped': call(
    z.strictObject({
      name: z.string().min(1).max(255),
      sizeBytes: z.number().min(0),
      modifiedAt: z.number(),
      head: z.instanceof(Uint8Array)
    }),
    z.strictObject({
      found: z
        .strictObject({ grant: GrantId, name: z.string(), place: z.string(), isOpen: z.boolean() })
        .nullable()
    })
  ),
  /** Opens (or makes, in the default folder) the sample project and starts reading its data. */
  'projects.openSample': call(Nothing, projects.ProjectInfo),
  /** Names of what the open sample project lacks of what the sample holds now; none elsewhere. */
  'projects.sampleGaps': call(Nothing, z.strictObject({ missing: z.array(z.string()) })),
  /** Starts reading what is missing. */
  'projects.completeSample': call(Nothing, z.strictObject({ added: z.array(z.string()) })),
  'projects.close': call(Nothing, Nothing),
  'projects.backup': call(Nothing, z.strictObject({ place: z.string(), sizeBytes: z.number() })),
  /** What the open project keeps only to be quicker. */
  'projects.caches': call(Nothing, z.strictObject({ caches: z.array(projects.CacheSize) })),
  'projects.clearCache': call(
    z.strictObject({ cache: projects.CacheId }),
    z.strictObject({ freedBytes: z.number() })
  ),
  /** What a project can be brought back to, newest first; `grant` null = the open project. */
  'projects.restorePoints': call(
    z.strictObject({ grant: GrantId.nullable() }),
    z.strictObject({ name: z.string(), points: z.array(projects.RestorePoint) })
  ),
  /** What restoring it would lose and bring back. */
  'projects.restoreLoss': call(
    z.strictObject({ grant: GrantId.nullable(), point: projects.RestorePoint.shape.id }),
    projects.RestoreLoss
  ),
  /** Puts it in the place of the project file, which is kept aside, and opens the project. */
  'projects.restore': call(
    z.strictObject({ grant: GrantId.nullable(), point: projects.RestorePoint.shape.id }),
    projects.ProjectInfo
  ),
  'projects.check': call(
    Nothing,
    z.strictObject({ ok: z.boolean(), findings: z.array(z.string()) })
  ),
  'projects.watch': stream(Nothing, jobs.ProjectEvent),

  'datasets.preview': call(
    z.strictObject({ grant: GrantId, options: datasets.ImportOptions }),
    datasets.ImportPreview
  ),
  'datasets.import': call(
    z.strictObject({
      grant: GrantId,
      name: z.string().min(1).max(80),
      options: datasets.ImportOptions,
      purpose: z.enum(['pool', 'examples']).default('pool'),
      /** Makes the next version of this dataset: its items first, then the new ones. */
      addTo: DatasetId.nullable().default(null)
    }),
    z.strictObject({ job: JobId, dataset: DatasetId })
  ),
  'datasets.list': call(Nothing, z.strictObject({ datasets: z.array(datasets.DatasetSummary) })),
  'datasets.get': call(OneDataset, datasets.DatasetSummary),
  'datasets.rename': call(
    z.strictObject({ dataset: DatasetId, name: z.string().min(1).max(80) }),
    datasets.DatasetSummary
  ),
  'datasets.items': call(datasets.ItemsRequest, datasets.ItemsPage),
  'datasets.item': call(
    z.strictObject({ dataset: DatasetId, row: z.int().min(0) }),
    datasets.ItemDetail
  ),
  'datasets.thumbnails': call(
    z.strictObject({
      dataset: DatasetId,
      rows: z.array(z.int().min(0)).max(200),
      size: z.union([z.literal(96), z.literal(192), z.literal(512)])
    }),
    z.strictObject({ thumbnails: z.array(datasets.Thumbnail) })
  ),
  'datasets.problems': call(
    z.strictObject({ dataset: DatasetId, page: PageRequest }),
    z.strictObject({
      problems: z.array(datasets.ImportProblem),
      next: z.string().nullable(),
      total: z.int()
    })
  ),
  /** The listed problems as a CSV file's text. */
  'datasets.problemsCsv': call(OneDataset, z.strictObject({ csv: z.string() })),
  /** Counts for the filter panel. */
  'datasets.facets': call(
    z.strictObject({ dataset: DatasetId, filter: browse.ItemFilter }),
    browse.Facets
  ),
  /** Position of a row in a filtered, ordered list; null when it is not in it. */
  'datasets.position': call(
    z.strictObject({
      dataset: DatasetId,
      filter: browse.ItemFilter,
      sort: browse.ItemSort,
      row: z.int().min(0)
    }),
    z.strictObject({ position: z.int().nullable() })
  ),
  /** Rows of a filter, ascending: what the map greys out and "invert" needs. */
  'datasets.rows': call(
    z.strictObject({ dataset: DatasetId, filter: browse.ItemFilter }),
    z.strictObject({ rows: z.instanceof(Uint32Array) })
  ),
  /** Keeps rows as a set a filter can name. */
  'datasets.keepSet': call(
    z.strictObject({
      dataset: DatasetId,
      rows: z.instanceof(Uint32Array),
      sentence: z.string().max(200)
    }),
    z.strictObject({ set: z.string() })
  ),
  /** One picture of an item in full size, re-encoded; `index` counts `ItemDetail.pictures`. */
  'datasets.picture': call(
    z.strictObject({ dataset: DatasetId, row: z.int().min(0), index: z.int().min(0).max(100) }),
    datasets.Thumbnail
  ),
  'datasets.remove': call(OneDataset, Nothing),
  /** Makes the dataset's similarity fingerprints ahead of a run. */
  'datasets.prepare': call(OneDataset, StartedJob),
  /** Real pairs of items around a similarity cut, for the near-duplicate slider. */
  'datasets.similarPairs': call(
    z.strictObject({ dataset: DatasetId, similarity01: z.number().min(0.5).max(1) }),
    z.strictObject({
      /** Null until the dataset's similarity fingerprints exist. */
      pairs: z
        .array(
          z.strictObject({
            first: datasets.ItemRow,
            second: datasets.ItemRow,
            similarity01: z.number()
          })
        )
        .nullable(),
      removed: z.int().nullable()
    })
  ),

  'views.list': call(OneDataset, z.strictObject({ views: z.array(browse.SavedView) })),
  'views.save': call(
    browse.SavedView.omit({ id: true, createdAt: true }).extend({ id: z.string().nullable() }),
    browse.SavedView
  ),
  'views.remove': call(z.strictObject({ id: z.string() }), Nothing),

  'edits.apply': call(
    edits.EditRequest,
    z.strictObject({ changed: z.int(), step: edits.EditStep.nullable() })
  ),
  'edits.list': call(OneDataset, z.strictObject({ steps: z.array(edits.EditStep) })),
  /** Undoes or redoes until `number` is the last step in force (0 = before the first). */
  'edits.stepTo': call(
    z.strictObject({ dataset: DatasetId, number: z.int().min(0) }),
    z.strictObject({ changed: z.int(), steps: z.array(edits.EditStep) })
  ),

  /** Changes of all datasets and of the current reviewer's reviews, newest first. */
  'changes.list': call(changes.ChangesRequest, changes.ChangesPage),

  'health.start': call(OneDataset, StartedJob),
  'health.report': call(OneDataset, health.HealthReport),
  /** All items found, in an order that stays, those dealt with since included. */
  'health.items': call(
    z.strictObject({ dataset: DatasetId, finding: z.string(), window: browse.Window }),
    z.strictObject({ items: z.array(health.FindingItem), total: z.int() })
  ),
  /** Does a finding's one-click action on all its items, or only on these rows. */
  'health.act': call(
    z.strictObject({
      dataset: DatasetId,
      finding: z.string(),
      action: health.HealthAction.shape.id,
      rows: z.array(z.int().min(0)).max(100_000).nullable().default(null)
    }),
    z.strictObject({ changed: z.int(), step: edits.EditStep.nullable() })
  ),
  'health.dismiss': call(
    z.strictObject({ dataset: DatasetId, finding: z.string(), dismissed: z.boolean() }),
    Nothing
  ),

  /** Makes the map (PCA, then UMAP) unless it is there or being made; null when it is there. */
  'maps.start': call(OneDataset, z.strictObject({ job: JobId.nullable() })),
  /** `known` is the revision the caller has: then x and y come empty. */
  'maps.points': call(
    z.strictObject({ dataset: DatasetId, known: z.string().nullable().default(null) }),
    maps.MapPoints
  ),

  /** Arrays of a file, and which of them have one row per item. */
  'matrices.preview': call(
    z.strictObject({ grant: GrantId, dataset: DatasetId }),
    z.strictObject({ arrays: z.array(matrices.FoundArray), sentence: z.string() })
  ),
  'matrices.join': call(
    z.strictObject({
      grant: GrantId,
      dataset: DatasetId,
      array: z.string(),
      name: z.string().min(1).max(80),
      use: matrices.MatrixUse,
      task: z.string().max(80).nullable(),
      storage: z.enum(['link', 'copy'])
    }),
    StartedJob
  ),
  'matrices.list': call(OneDataset, z.strictObject({ matrices: z.array(matrices.JoinedMatrix) })),
  /** Compares items by this matrix; null goes back to the app's own fingerprints. */
  'matrices.use': call(
    z.strictObject({ dataset: DatasetId, matrix: z.string().nullable() }),
    Nothing
  ),
  'matrices.remove': call(z.strictObject({ dataset: DatasetId, matrix: z.string() }), Nothing),

  'methods.list': call(Nothing, z.strictObject({ methods: z.array(methods.MethodInfo) })),

  'drafts.defaults': call(OneDataset, runs.SelectDraft),
  'drafts.save': call(
    z.strictObject({ id: z.string().nullable(), step: z.string(), draft: runs.SelectDraft }),
    z.strictObject({ id: z.string() })
  ),
  'drafts.list': call(
    Nothing,
    z.strictObject({
      drafts: z.array(
        z.strictObject({
          id: z.string(),
          step: z.string(),
          savedAt: z.number(),
          draft: runs.SelectDraft
        })
      )
    })
  ),
  'drafts.remove': call(z.strictObject({ id: z.string() }), Nothing),

  /** Settings under a name, newest first. */
  'recipes.list': call(Nothing, z.strictObject({ recipes: z.array(recipes.RecipeSummary) })),
  /** One of the same name is replaced. */
  'recipes.save': call(
    z.strictObject({ name: z.string().trim().min(1).max(120), draft: runs.SelectDraft }),
    recipes.RecipeSummary
  ),
  /** The same for a tiny training set. */
  'recipes.saveTiny': call(
    z.strictObject({ name: z.string().trim().min(1).max(120), draft: distil.DistilDraft }),
    recipes.RecipeSummary
  ),
  'recipes.remove': call(z.strictObject({ id: z.string() }), Nothing),
  /** The recipe as the text of a file. */
  'recipes.text': call(
    z.strictObject({ id: z.string() }),
    z.strictObject({ name: z.string(), json: z.string() })
  ),
  /** Reads a recipe from a file and keeps it. */
  'recipes.read': call(z.strictObject({ grant: GrantId }), recipes.RecipeSummary),
  /** The same from the text of a file that was dropped. */
  'recipes.readText': call(
    z.strictObject({ name: z.string().min(1).max(255), text: z.string().max(1_000_000) }),
    recipes.RecipeSummary
  ),
  /** The draft a recipe makes on a dataset, and what of it does not fit. */
  'recipes.fit': call(
    z.strictObject({ recipe: z.string(), dataset: DatasetId }),
    recipes.FittedRecipe
  ),

  'runs.review': call(runs.SelectDraft, runs.DraftReview),
  /** Reads a list made elsewhere; `as` and `order` null = as recognised. */
  'runs.readList': call(
    z.strictObject({
      grant: GrantId,
      dataset: DatasetId,
      as: runs.ListReadAs.nullable().default(null),
      order: runs.ListOrder.nullable().default(null)
    }),
    runs.ReadList
  ),
  'runs.start': call(runs.SelectDraft, z.strictObject({ run: JobId })),
  'runs.list': call(Nothing, z.strictObject({ runs: z.array(runs.Run) })),
  'runs.get': call(OneRun, runs.Run),
  'runs.result': call(OneRun, runs.SelectionResult),
  'runs.items': call(runs.RunItemsRequest, runs.RunItemsPage),
  'runs.compare': call(z.strictObject({ first: JobId, second: JobId }), runs.RunComparison),
  /** Starts a new run of this result's items with some added and some taken out. */
  'runs.revise': call(runs.ReviseRequest, z.strictObject({ run: JobId })),
  /** Left-out items most like one of the run's items, to be chosen in its place. */
  'runs.swaps': call(
    z.strictObject({ run: JobId, row: z.int().min(0), limit: z.int().min(1).max(50).default(12) }),
    runs.SwapChoices
  ),
  'runs.coverage': call(OneRun, coverage.Coverage),
  'runs.rename': call(z.strictObject({ run: JobId, name: z.string().min(1).max(120) }), runs.Run),
  'runs.remove': call(OneRun, Nothing),
  'runs.live': call(OneRun, z.strictObject({ points: z.array(jobs.LivePoint) })),
  'runs.report': call(OneRun, z.strictObject({ html: z.string() })),
  /** The same page as PDF, ready to print; only where the host says `canPrint`. */
  'runs.reportPdf': call(OneRun, z.strictObject({ pdf: z.instanceof(Uint8Array) })),

  /** What a file of agents' traces shows without a model; nothing is kept. */
  'traces.suggest': call(traces.SuggestRequest, traces.TraceSuggestions),

  /** What a file or folder of traces looks like; reads its beginning and keeps nothing. */
  'traces.preview': call(traceSets.TracePreviewRequest, traceSets.TracePreview),
  'traces.import': call(traceSets.TraceImportRequest, traceSets.StartedTraceImport),
  'traces.sets': call(Nothing, z.strictObject({ sets: z.array(traceSets.TraceSetSummary) })),
  'traces.set': call(traceSets.OneTraceSet, traceSets.TraceSetSummary),
  'traces.rename': call(
    z.strictObject({ set: traceSets.TraceSetId, name: z.string().min(1).max(80) }),
    traceSets.TraceSetSummary
  ),
  /** Removes a set with its reviews. */
  'traces.remove': call(traceSets.OneTraceSet, Nothing),
  'traces.problems': call(
    traceSets.TraceProblemsRequest,
    z.strictObject({
      problems: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
      next: z.string().nullable()
    })
  ),
  'traces.rules': call(traceSets.OneTraceSet, traceSets.TraceRules),
  /** Changes what tools do; steps and findings of the whole set are made anew by a job. */
  'traces.setRules': call(traceSets.TraceRulesChange, StartedJob),
  'traces.list': call(traceSets.TraceListRequest, traceSets.TraceList),
  'traces.facets': call(traceSets.OneTraceSet, traceSets.TraceFacets),
  'traces.board': call(
    z.strictObject({
      set: traceSets.TraceSetId,
      filter: traceSets.TraceFilter,
      first: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100)
    }),
    traceSets.TraceBoard
  ),
  'traces.get': call(traceSets.OneTrace, traceSets.TraceDetail),
  'traces.events': call(
    traceSets.TraceEventsRequest,
    z.strictObject({ events: z.array(traceSets.TraceEventView) })
  ),
  'traces.text': call(
    traceSets.TraceTextRequest,
    z.strictObject({ text: z.string(), length: z.int() })
  ),
  'traces.attachment': call(
    z.strictObject({ trace: traceSets.TraceId, seq: z.int().min(0), index: z.int().min(0) }),
    z.strictObject({ mime: z.string(), bytes: z.instanceof(Uint8Array) })
  ),
  'traces.search': call(traceSets.TraceSearchRequest, traceSets.TraceHits),
  'traces.compare': call(
    z.strictObject({ left: traceSets.TraceId, right: traceSets.TraceId }),
    traceSets.TraceComparison
  ),
  /** The first wrong step without a model. `review` notes there that it was shown. */
  'traces.suggestion': call(
    z.strictObject({
      trace: traceSets.TraceId,
      review: traceReviews.ReviewId.nullable().default(null)
    }),
    traceSets.TraceSuggestionView
  ),
  /** Asks a model on this computer about an attempt; only when a reviewer wants it, never in a blind review. */
  'traces.askModel': call(traceModel.ModelQuestion, traceModel.ModelAdvice),
  /** Ends the question about an attempt that is under way; it is then refused with "cancelled". */
  'traces.stopAsking': call(traceSets.OneTrace, Nothing),
  /** All attempts at a task laid over each other, ready to be drawn. */
  'traces.graph': call(traceGraphs.TraceGraphRequest, traceGraphs.TraceGraph),
  /** How plausible each decision of an attempt is, by the other attempts at its task. */
  'traces.plausibility': call(traceSets.OneTrace, traceGraphs.TracePlausibility),
  /** How suggestions agree with reviewers' own marks and with the log's right solutions. */
  'traces.score': call(traceSets.OneTraceSet, traceSets.SuggestionScore),

  'reviews.reviewers': call(Nothing, z.strictObject({ reviewers: z.array(traceReviews.Reviewer) })),
  /** Reviews from now on are by this person; a new name makes a new reviewer. */
  'reviews.reviewAs': call(
    z.strictObject({ name: z.string().min(1).max(60) }),
    z.strictObject({ reviewers: z.array(traceReviews.Reviewer) })
  ),
  'reviews.plan': call(traceReviews.QueuePlan, traceReviews.QueuePreview),
  'reviews.start': call(traceReviews.QueuePlan, traceReviews.QueueSummary),
  'reviews.queues': call(Nothing, z.strictObject({ queues: z.array(traceReviews.QueueSummary) })),
  'reviews.queue': call(
    traceReviews.OneQueue,
    z.strictObject({
      summary: traceReviews.QueueSummary,
      items: z.array(traceReviews.QueueItem)
    })
  ),
  'reviews.removeQueue': call(traceReviews.OneQueue, Nothing),
  /** Questions changed after reviews began: ask them again for those done, or only from now on. */
  'reviews.setQuestions': call(
    z.strictObject({
      queue: traceReviews.QueueId,
      questions: z.array(traceReviews.ReviewQuestion).max(6),
      askAgain: z.boolean()
    }),
    traceReviews.QueueSummary
  ),
  /** Opens, or begins, the current reviewer's review at a place of a queue. */
  'reviews.open': call(
    z.strictObject({ queue: traceReviews.QueueId, position: z.int().min(0) }),
    traceReviews.ReviewView
  ),
  /** A review outside any queue. */
  'reviews.openTrace': call(traceSets.OneTrace, traceReviews.ReviewView),
  'reviews.act': call(
    z.strictObject({ review: traceReviews.ReviewId, act: traceReviews.ReviewAct }),
    traceReviews.ReviewView
  ),
  'reviews.undo': call(traceReviews.OneReview, traceReviews.ReviewView),
  'reviews.redo': call(traceReviews.OneReview, traceReviews.ReviewView),
  /** Ends a review, puts it off, or opens it again. Done needs what the plan requires. */
  'reviews.setState': call(
    z.strictObject({ review: traceReviews.ReviewId, state: traceReviews.ReviewState }),
    traceReviews.ReviewView
  ),
  /** Adds time spent looking at it, in ms; sent now and then while the window has the focus. */
  'reviews.addTime': call(
    z.strictObject({ review: traceReviews.ReviewId, ms: z.int().min(0).max(600_000) }),
    Nothing
  ),
  /** Everyone's finished reviews of an attempt; empty while the current one is blind and not done. */
  'reviews.ofTrace': call(
    traceSets.OneTrace,
    z.strictObject({ reviews: z.array(traceReviews.ReviewView) })
  ),
  'reviews.report': call(traceReviews.OneQueue, traceReviews.QueueReport),
  'reviews.tags': call(traceSets.OneTraceSet, z.strictObject({ tags: z.array(z.string()) })),

  'traces.exportPreview': call(
    traceReviews.TraceExportRequest.omit({ to: true, name: true }),
    traceReviews.TraceExportPreview
  ),
  'traces.export': call(traceReviews.TraceExportRequest, traceReviews.StartedTraceExport),
  /** Makes a chat dataset of curated attempts for "Choose the best data". */
  'traces.send': call(
    traceReviews.TraceSendRequest,
    z.strictObject({ job: JobId, dataset: DatasetId })
  ),

  /** What a folder of buildings and paths holds, read whole and not kept. */
  /** What learning what belongs together would learn from, and how long it takes here. */
  'groups.estimate': call(groups.GroupsPlan, groups.GroupsEstimate),
  'groups.start': call(groups.GroupsPlan, StartedJob),
  /** Learnings of a dataset, newest first. */
  'groups.runs': call(OneDataset, z.strictObject({ runs: z.array(groups.GroupsRun) })),
  'groups.result': call(z.strictObject({ job: JobId }), groups.GroupsResult),
  /** Groups of one picture; the same for the same picture. */
  'groups.picture': call(groups.GroupsPictureRequest, groups.GroupsPicture),
  'groups.parts': call(z.strictObject({ job: JobId }), groups.GroupsParts),
  'groups.part': call(groups.GroupsPartRequest, groups.GroupsPartPictures),
  /** Compares items by what was learned; refused where simpler features are better. */
  'groups.use': call(z.strictObject({ job: JobId }), z.strictObject({ matrix: z.string() })),

  /** Models that pictures can be made with. */
  'expand.models': call(Nothing, z.strictObject({ models: z.array(expand.ExpandModel) })),
  /** Takes a model from a file, or one that was taken with other settings, tried on pictures first. */
  'expand.addModel': call(expand.AddOwnModel, expand.ExpandModel),
  /** Takes a model from a file away; refused while a run needs it. */
  'expand.removeModel': call(z.strictObject({ model: z.string().min(1).max(64) }), Nothing),
  'expand.estimate': call(expand.ExpandPlan, expand.ExpandEstimate),
  'expand.start': call(expand.ExpandPlan, StartedJob),
  'expand.runs': call(Nothing, z.strictObject({ runs: z.array(expand.ExpandRun) })),
  /** Pictures that are finished, while others are being made or after it was stopped. */
  'expand.soFar': call(z.strictObject({ job: JobId }), expand.ExpandSoFar),
  /** Makes no more pictures and goes on with those that are finished. */
  'expand.end': call(z.strictObject({ job: JobId }), Nothing),
  'expand.result': call(z.strictObject({ job: JobId }), expand.ExpandResult),
  'expand.pixels': call(z.strictObject({ job: JobId }), expand.ExpandPixels),
  /** Keeps which made pictures a person accepts. */
  'expand.decide': call(expand.ExpandDecisions, Nothing),
  /** Trains with and without the accepted pictures. */
  'expand.measure': call(expand.ExpandMeasureRequest, StartedJob),
  'expand.export': call(expand.ExpandExport, expand.ExpandExported),
  'expand.trainEstimate': call(expand.PictureModelPlan, expand.PictureModelEstimate),
  'expand.train': call(expand.PictureModelPlan, StartedJob),

  'rooms.preview': call(z.strictObject({ grant: GrantId }), traceRooms.RoomsPreview),
  /** Makes a trace set of the paths and keeps the buildings beside it. */
  'rooms.import': call(traceRooms.RoomsImport, traceRunner.StartedRunner),
  'rooms.sets': call(Nothing, z.strictObject({ sets: z.array(traceRooms.RoomsSet) })),
  'rooms.buildings': call(
    traceSets.OneTraceSet,
    z.strictObject({
      buildings: z.array(traceRooms.RoomsBuilding),
      /** What to learn in and to measure in when nobody says otherwise. */
      suggested: z.strictObject({ train: z.array(z.string()), test: z.array(z.string()) })
    })
  ),
  /** What a plan comes to; the first time on a machine it learns a little to measure its speed. */
  'rooms.estimate': call(traceRooms.RoomsPlan, traceRooms.RoomsEstimate),
  'rooms.start': call(traceRooms.RoomsPlan, z.strictObject({ job: JobId })),
  /** Measurements of a set, the last one first. */
  'rooms.runs': call(traceSets.OneTraceSet, z.strictObject({ runs: z.array(traceRooms.RoomsRun) })),
  'rooms.result': call(z.strictObject({ job: JobId }), traceRooms.RoomsResult),
  'rooms.episode': call(traceRooms.RoomsEpisodeRequest, traceRooms.RoomsEpisode),
  'rooms.figures': call(traceRooms.RoomsFigures, z.strictObject({ text: z.string() })),

  /** Tasks that pages hold, and whether they can be played here. */
  'runner.tasks': call(traceRunner.RunnerPages, traceRunner.RunnerTasks),
  /** Plays pages; every attempt is kept in a new trace set. */
  'runner.start': call(traceRunner.RunnerStart, traceRunner.StartedRunner),
  /** Whether a correction of this attempt can be tried, and how. */
  'runner.canTry': call(traceSets.OneTrace, traceRunner.CorrectionTry),
  /** Plays an attempt again up to a step, does what the correction says, and goes on. */
  'runner.tryCorrection': call(traceRunner.TryCorrection, traceRunner.StartedTry),
  'runner.trials': call(
    z.strictObject({ job: JobId, from: z.int().min(0).default(0) }),
    traceRunner.RunnerTrials
  ),
  /** Plays pages and writes every attempt into one file at the end; ending the stream stops it. */
  'runner.toFile': stream(traceRunner.RunnerToFile, traceRunner.RunnerFileEvent),

  'distil.defaults': call(OneDataset, distil.DistilDraft),
  'distil.review': call(distil.DistilDraft, distil.DistilReview),
  /** Reads a model from an ONNX file and keeps it in the project, to label items as a helper model. */
  'distil.addHelper': call(z.strictObject({ grant: GrantId }), distil.HelperFile),
  /** Helper models kept in the project, the last added first. */
  'distil.helpers': call(Nothing, z.strictObject({ helpers: z.array(distil.HelperFile) })),
  /** Room that trained helper models take in the project. */
  'distil.storage': call(Nothing, distil.HelperStorage),
  /** Removes trained helper models that no run needs to go on; they are trained again when asked for. */
  'distil.clearHelpers': call(Nothing, z.strictObject({ freedBytes: z.number() })),
  'distil.start': call(distil.DistilDraft, z.strictObject({ run: JobId })),
  'distil.result': call(OneRun, distil.DistilResult),
  'distil.items': call(
    distil.DistilItemsRequest,
    z.strictObject({ items: z.array(distil.DistilItem), total: z.int() })
  ),
  /** PNG of one item as the students see it; null for rows of numbers. */
  'distil.picture': call(
    z.strictObject({ run: JobId, index: z.int().min(0) }),
    z.strictObject({ png: z.instanceof(Uint8Array).nullable() })
  ),
  'distil.preview': call(OneRun, distil.DistilPreview),
  /** Ends the making and keeps the best set so far; nothing happens once it is being tested. */
  'distil.stopEarly': call(OneRun, Nothing),
  /** "What does it teach?": queues an analysis of a finished set. */
  'distil.analyse': call(analysis.AnalysisRequest, z.strictObject({ job: JobId })),
  /** The last analysis, null without one, and the test items that its influence panel names. */
  'distil.analysis': call(
    OneRun,
    z.strictObject({
      analysis: analysis.AnalysisResult.nullable(),
      items: z.array(datasets.ItemRow)
    })
  ),
  /** How long an analysis would take here, for each effort. */
  'distil.analysisTimes': call(analysis.AnalysisTimesRequest, analysis.AnalysisTimes),
  /** Finished tiny sets side by side. */
  'distil.compare': call(tinyCompare.TinyComparisonRequest, tinyCompare.TinyComparison),
  'distil.saveDraft': call(
    z.strictObject({ id: z.string().nullable(), step: z.string(), draft: distil.DistilDraft }),
    z.strictObject({ id: z.string() })
  ),
  'distil.drafts': call(
    Nothing,
    z.strictObject({
      drafts: z.array(
        z.strictObject({
          id: z.string(),
          step: z.string(),
          savedAt: z.number(),
          draft: distil.DistilDraft
        })
      )
    })
  ),
  'distil.removeDraft': call(z.strictObject({ id: z.string() }), Nothing),

  'jobs.list': call(Nothing, z.strictObject({ jobs: z.array(jobs.Job) })),
  'jobs.get': call(OneJob, jobs.Job),
  'jobs.cancel': call(z.strictObject({ id: JobId, keep: z.boolean() }), jobs.Job),
  'jobs.pause': call(OneJob, jobs.Job),
  'jobs.continue': call(OneJob, jobs.Job),
  /** Continue an interrupted or failed job from its last checkpoint. */
  'jobs.resume': call(OneJob, jobs.Job),
  'jobs.discard': call(OneJob, Nothing),
  'jobs.move': call(z.strictObject({ id: JobId, position: z.int().min(0) }), Nothing),
  'jobs.log': call(
    z.strictObject({ id: JobId, after: z.int().min(0) }),
    z.strictObject({ lines: z.array(jobs.LogLine), next: z.int() })
  ),

  'exports.plan': call(
    z.strictObject({ run: JobId, place: GrantId.nullable(), name: z.string().nullable() }),
    exports_.ExportPlan
  ),
  'exports.start': call(exports_.ExportRequest, StartedJob),
  'exports.result': call(
    OneJob,
    z.strictObject({ dir: z.string(), items: z.int(), bytes: z.number(), manifest: z.string() })
  ),
  'exports.list': call(OneRun, z.strictObject({ exports: z.array(exports_.ExportRecord) })),
  'exports.verify': call(
    z.union([z.strictObject({ grant: GrantId }), z.strictObject({ export: JobId })]),
    exports_.VerifyResult
  )
} as const

export type Contract = typeof contract
export type CallName = {
  [K in keyof Contract]: Contract[K]['kind'] extends 'call' ? K : never
}[keyof Contract]
export type StreamName = {
  [K in keyof Contract]: Contract[K]['kind'] extends 'stream' ? K : never
}[keyof Contract]

/** What a caller passes (defaults may be left out). */
export type InputOf<K extends keyof Contract> = z.input<Contract[K]['input']>
/** What a handler receives (defaults filled in). */
export type ParsedInputOf<K extends keyof Contract> = z.output<Contract[K]['input']>
export type OutputOf<K extends CallName> = z.output<Contract[K]['output']>
export type EventOf<K extends StreamName> = z.output<Contract[K]['event']>

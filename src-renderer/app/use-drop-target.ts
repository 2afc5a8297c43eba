// The whole window takes dropped and pasted files: while files are dragged over it the overlay
// says what will happen, and a drop leads to the screen that adds data.
import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { useDrops } from '../stores/drops.ts'
import { hasFiles, takeSource, type DropSource } from '../stores/dropped-files.ts'
import { kindOf, type DroppedKind } from '../stores/dropped-kinds.ts'
import { useFiles } from '../stores/files.ts'
import { useProject } from '../stores/project.ts'
import { useRecipes } from '../stores/recipes.ts'
import { useToasts } from '../stores/toasts.ts'
import { drop as words } from '../text/add-data.ts'
import { recipes as recipeWords } from '../text/recipes.ts'

/** A dropped project or exported set, with where it came from. */
export interface AskedDrop {
  readonly dropped: Extract<DroppedKind, { kind: 'project' | 'export' }>
  readonly source: DropSource
}

/** What the frame shows of dropping. */
export interface DropTarget {
  /** Files are over the window. */
  readonly isOver: Ref<boolean>
  /** Dropped without a project: one has to be made first. */
  readonly needsProject: Ref<boolean>
  /** Dropped, and a question before anything is done with it. */
  readonly asked: Ref<AskedDrop | undefined>
  /** Adds what was dropped as data, or as traces on their screens. */
  takeAsData(source: DropSource): Promise<void>
  /** Goes on with what was dropped before there was a project. */
  goOn(): Promise<void>
}

/** Listens for as long as the component lives. */
export function useDropTarget(): DropTarget {
  const drops = useDrops()
  const files = useFiles()
  const project = useProject()
  const toasts = useToasts()
  const router = useRouter()
  const isOver = ref(false)
  const needsProject = ref(false)
  const asked = shallowRef<AskedDrop>()
  const recipes = useRecipes()
  /** A picture dragged out of this page looks like a file to it. */
  let isOwn = false

  async function handle(source: DropSource): Promise<void> {
    const dropped = await kindOf(source)
    if (dropped.kind === 'project' || dropped.kind === 'export') asked.value = { dropped, source }
    else if (dropped.kind === 'recipe' && project.current !== undefined && !project.isReadOnly)
      await readRecipe(dropped.name, dropped.text)
    else await takeAsData(source)
  }
  /** A recipe goes among the project's own, and the list of them is shown. */
  async function readRecipe(name: string, text: string): Promise<void> {
    await toasts.attempt(async () => {
      const recipe = await recipes.readText(name, text)
      await router.push({ name: 'home', query: { recipes: 'open' } })
      toasts.show(recipeWords.wasRead(recipe.name), { severity: 'success' })
    })
  }
  async function takeAsData(source: DropSource): Promise<void> {
    if (project.isReadOnly) toasts.show(words.readOnly, { severity: 'error' })
    else if (drops.isBusy) toasts.show(words.busy, { severity: 'error' })
    else if (project.current === undefined) {
      drops.held = source
      needsProject.value = true
    } else await bringIn(source)
  }
  async function bringIn(source: DropSource): Promise<void> {
    // A choice of files under way is answered by the drop.
    files.settle(undefined)
    const goal = router.currentRoute.value.meta.section === 'traces' ? 'traces' : 'data'
    const screen = goal === 'traces' ? 'add-traces' : 'add-data'
    await router.push({ name: screen })
    const isThere = await drops.take(source, goal)
    if (router.currentRoute.value.name === screen) return
    if (isThere)
      toasts.show(words.ready(drops.lastName), {
        severity: 'success',
        actionLabel: words.show,
        run: () => router.push({ name: screen })
      })
    else if (drops.problem !== undefined)
      toasts.show(drops.problem.message, {
        severity: 'error',
        actionLabel: words.show,
        run: () => router.push({ name: screen })
      })
  }
  async function goOn(): Promise<void> {
    const source = drops.held
    drops.held = undefined
    needsProject.value = false
    if (source !== undefined) await bringIn(source)
  }

  function onDragStart(): void {
    isOwn = true
  }
  function onDragEnd(): void {
    isOwn = false
  }
  function onDragOver(event: DragEvent): void {
    if (isOwn || !hasFiles(event.dataTransfer)) return
    // Without this the browser would open the file in place of the app.
    event.preventDefault()
    if (event.dataTransfer !== null)
      event.dataTransfer.dropEffect = project.isReadOnly || drops.isBusy ? 'none' : 'copy'
    isOver.value = true
  }
  function onDragLeave(event: DragEvent): void {
    // Moving between elements leaves one and enters another; leaving the window enters none.
    if (event.relatedTarget === null) isOver.value = false
  }
  function onDrop(event: DragEvent): void {
    isOver.value = false
    if (isOwn || !hasFiles(event.dataTransfer)) return
    event.preventDefault()
    const source = takeSource(event.dataTransfer)
    if (source === undefined) toasts.show(words.nothing, { severity: 'error' })
    else void handle(source)
  }
  function onPaste(event: ClipboardEvent): void {
    const { target, clipboardData } = event
    const isTyping =
      target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
    if (isTyping || event.defaultPrevented || !hasFiles(clipboardData)) return
    const source = takeSource(clipboardData)
    if (source === undefined) return
    event.preventDefault()
    void handle(source)
  }
  const listeners = {
    dragstart: onDragStart,
    dragend: onDragEnd,
    dragenter: onDragOver,
    dragover: onDragOver,
    dragleave: onDragLeave,
    drop: onDrop
  } as const
  onMounted(() => {
    window.addEventListener('paste', onPaste)
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name as keyof typeof listeners, listener) // keys of the literal
  })
  onBeforeUnmount(() => {
    window.removeEventListener('paste', onPaste)
    for (const [name, listener] of Object.entries(listeners))
      window.removeEventListener(name as keyof typeof listeners, listener) // keys of the literal
  })
  return { isOver, needsProject, asked, goOn, takeAsData }
}

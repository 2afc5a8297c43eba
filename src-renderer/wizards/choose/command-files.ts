// The files that "Copy as command" reads, as text: what the command line's own readers take. Pure.
import type { DraftReview, SelectDraft } from '@api/dto/runs.ts'

/** Name of a file beside the command. */
export type CommandFile = DraftReview['commandFiles'][number]

/** The content of a file. `nameOf` names a dataset of the project. */
export function commandFileText(
  file: CommandFile,
  draft: SelectDraft,
  nameOf: (dataset: string) => string
): string {
  return `${JSON.stringify(contentOf(file, draft, nameOf), null, 2)}\n`
}

function contentOf(
  file: CommandFile,
  draft: SelectDraft,
  nameOf: (dataset: string) => string
): unknown {
  switch (file) {
    case 'rules.json':
      return draft.rules
    case 'plan.json': {
      const { scope, goal, gradients, given, alsoTry, check } = draft
      return { scope, goal, gradients, given, alsoTry, check }
    }
    case 'tasks.json':
      return draft.tasks.kind === 'sets'
        ? draft.tasks.sets.map((set) => ({ ...set, dataset: nameOf(set.dataset) }))
        : []
  }
}

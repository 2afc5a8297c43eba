// What the desktop app says outside its window: menus, questions, messages, notifications. The window's own
// words are in src-renderer/text, which a host may not know.
import { readFileSync } from 'node:fs'
import type { PickPurpose } from '../../api/dto/files.ts'
import { Settings } from '../../api/dto/settings.ts'

/** Languages with words here, by their BCP 47 tags. */
const languages = ['en', 'de'] as const
/** A language that the desktop app speaks. */
export type DesktopLanguage = (typeof languages)[number]

/** A message of the system: its sentence, and what stands smaller below. */
interface Message {
  readonly message: string
  readonly detail: string
}
/** All words outside the window, in one language. */
export interface DesktopWords {
  readonly menu: { readonly file: string; readonly view: string }
  /** Titles of the dialogs in which files are chosen, by what they are for. */
  readonly pick: Readonly<Record<PickPurpose, string>>
  /** Asked where a system has no dialog for files and folders at once. */
  readonly fileOrFolder: { readonly message: string; readonly buttons: readonly string[] }
  readonly busy: Message
  readonly notOpened: Message
  readonly windowStopped: Message & { readonly buttons: readonly string[] }
  readonly hasToClose: { readonly title: string; readonly text: string }
  readonly couldNotStart: string
  readonly runFinished: string
  readonly runFailed: string
}

const words: Readonly<Record<DesktopLanguage, DesktopWords>> = {
  en: {
    menu: { file: 'File', view: 'View' },
    pick: {
      import: 'Choose what to add',
      project: 'Choose a project',
      'new-project-place': 'Choose where the project goes',
      'export-place': 'Choose where to export to',
      verify: 'Choose an exported folder'
    },
    fileOrFolder: { message: 'Choose a file or a folder?', buttons: ['File', 'Folder', 'Cancel'] },
    busy: {
      message: 'Another project cannot be opened while a job runs.',
      detail: 'Wait until the job is done or stop it, then open the project again.'
    },
    notOpened: {
      message: 'The project could not be opened.',
      detail: 'Open it from Home to see what is wrong with it.'
    },
    windowStopped: {
      message: 'The window stopped working.',
      detail: 'Jobs go on running. Reload the window to see them again.',
      buttons: ['Reload', 'Close Winnow']
    },
    hasToClose: {
      title: 'Winnow has to close',
      text: 'Finished work is saved. What was running is offered again at the next start.'
    },
    couldNotStart: 'Winnow could not start',
    runFinished: 'A run has finished',
    runFailed: 'A run has failed'
  },
  de: {
    menu: { file: 'Datei', view: 'Ansicht' },
    pick: {
      import: 'Auswählen, was hinzukommt',
      project: 'Projekt auswählen',
      'new-project-place': 'Ort für das Projekt auswählen',
      'export-place': 'Ort für den Export auswählen',
      verify: 'Exportierten Ordner auswählen'
    },
    fileOrFolder: {
      message: 'Datei oder Ordner auswählen?',
      buttons: ['Datei', 'Ordner', 'Abbrechen']
    },
    busy: {
      message: 'Ein anderes Projekt kann nicht geöffnet werden, solange ein Vorgang läuft.',
      detail:
        'Warten Sie, bis der Vorgang fertig ist, oder halten Sie ihn an, und öffnen Sie das Projekt dann noch einmal.'
    },
    notOpened: {
      message: 'Das Projekt konnte nicht geöffnet werden.',
      detail: 'Öffnen Sie es von der Startseite aus, um zu sehen, was ihm fehlt.'
    },
    windowStopped: {
      message: 'Das Fenster hat aufgehört zu arbeiten.',
      detail: 'Vorgänge laufen weiter. Laden Sie das Fenster neu, um sie wieder zu sehen.',
      buttons: ['Neu laden', 'Winnow schließen']
    },
    hasToClose: {
      title: 'Winnow muss geschlossen werden',
      text: 'Fertiges ist gespeichert. Was noch lief, wird beim nächsten Start wieder angeboten.'
    },
    couldNotStart: 'Winnow konnte nicht starten',
    runFinished: 'Ein Lauf ist fertig',
    runFailed: 'Ein Lauf ist fehlgeschlagen'
  }
}

/**
 * The language of the window: what the settings say, else the first of the system's wishes ("de-AT", "fr") that
 * has words here, else English. A file that is missing or damaged counts as one that says nothing.
 */
export function desktopLanguage(settingsPath: string, system: readonly string[]): DesktopLanguage {
  const chosen = chosenLanguage(settingsPath)
  if (chosen !== 'system') return chosen
  for (const tag of system) {
    const base = tag.toLowerCase().split('-')[0]
    const known = languages.find((language) => language === base)
    if (known !== undefined) return known
  }
  return 'en'
}

function chosenLanguage(path: string): 'system' | DesktopLanguage {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly language?: unknown } | null
    return Settings.shape.language.parse(file?.language)
  } catch {
    return 'system'
  }
}

/** The words of a language. */
export function desktopWords(language: DesktopLanguage): DesktopWords {
  return words[language]
}

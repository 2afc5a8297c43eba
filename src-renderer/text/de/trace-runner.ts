// German words of playing pages: which pages, who plays, how attempts went.
import type { TrialState } from '@api/dto/trace-runner.ts'
import type * as en from '../en/trace-runner.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

const states: Readonly<Record<TrialState, string>> = {
  correct: 'gelöst',
  cycle: 'drehte sich im Kreis',
  'no-change': 'änderte nichts',
  incomplete: 'endete zu früh',
  exception: 'tat, was nicht geht',
  failed: 'falsches Ende',
  'step-limit': 'zu viele Schritte',
  'time-limit': 'dauerte zu lange',
  stopped: 'abgebrochen'
}

/** Words of the screen that plays pages. */
export const traceRunner: Words<typeof en.traceRunner> = {
  title: 'Agenten laufen lassen',
  intro:
    'Ein Agent versucht sich an kleinen Webseiten in einem Browser ohne Netz. Jeder Versuch kommt in eine neue Sammlung.',
  back: 'Alle Sammlungen',
  readOnly: 'Dieses Projekt ist nur zum Lesen geöffnet, deshalb kann nichts gespielt werden.',
  pages: 'Seiten',
  own: 'Seiten von Winnow',
  ownText: 'Sechs kleine Seiten, die mit der App kommen',
  folder: 'Ein Ordner',
  folderText: 'Der Ordner „html“ von MiniWoB++',
  chooseFolder: 'Ordner wählen',
  folderName: (name) => `Ordner: ${name}`,
  tasks: 'Aufgaben',
  tasksHelp: 'Jede Aufgabe mit jeder Startnummer ist eine Stelle zum Versuchen.',
  allTasks: 'Alle',
  noTasks: 'Keine',
  noScript: (name) => `${name} (kein Skript kennt sie)`,
  chosenTasks: (count, of) =>
    `${formatNumber(count)} von ${formatCount(of, 'Aufgabe', 'Aufgaben')} gewählt`,
  loading: 'Seiten werden gesucht',
  tasksFailed: 'Die Seiten konnten nicht gelesen werden',
  cannot: 'Hier können keine Seiten gespielt werden',
  firstStart: 'Erste Startnummer',
  starts: 'Starts je Aufgabe',
  startsEachHelp: 'So viele Stellen je Aufgabe.',
  startsHelp: 'Dieselbe Nummer ergibt wieder dieselbe Aufgabe.',
  attempts: 'Versuche je Start',
  attemptsHelp: 'Die Versuche enden früher, sobald einer gelingt.',
  policy: 'Wer spielt',
  policies: {
    scripted: { title: 'Ein Skript', text: 'Kennt die Aufgabe und macht keinen Fehler' },
    noisy: {
      title: 'Ein Skript mit Ausrutschern',
      text: 'Macht Fehler, die danach korrigiert werden'
    },
    random: { title: 'Der Zufall', text: 'Klickt irgendwohin' },
    model: { title: 'Ein Sprachmodell', text: 'Eines, das auf diesem Computer läuft' }
  },
  slip: 'Aktionen, die danebengehen',
  corrector: 'Korrekturen, die stimmen',
  reflects: 'Aus gescheiterten Versuchen lernen',
  reflectsHelp:
    'Der früheste falsche Schritt wird korrigiert, was richtig war, wird wieder getan, und Klicks, die gescheitert sind, werden nicht noch einmal angeboten.',
  labels: 'Den entscheidenden Fehler gescheiterter Versuche suchen',
  labelsHelp:
    'Jeder gescheiterte Versuch wird von mehreren Stellen aus neu gespielt; das dauert länger.',
  pictures: 'Von jedem Bildschirm ein Bild behalten',
  modelWarning:
    'Das Ziel und der Text jedes Bildschirms gehen an einen Server unter der Adresse unten. Nur Adressen auf diesem Computer werden angenommen, und jede Frage und Antwort wird im Projektordner aufbewahrt.',
  allowModel: 'Ein Modell auf diesem Computer darf spielen',
  address: 'Adresse des Modells',
  addressHelp: 'Die eines Servers auf diesem Computer, der wie der von OpenAI anzusprechen ist',
  model: 'Name des Modells',
  name: 'Name der neuen Sammlung',
  most: (count) => `Höchstens ${formatCount(count, 'Versuch', 'Versuche')}`,
  start: 'Spielen starten',
  stop: 'Anhalten und die Versuche behalten',
  stopAll: 'Anhalten und verwerfen',
  startFailed: 'Das Spielen konnte nicht starten',
  running: 'Versuche',
  again: 'Noch einmal spielen',
  none: 'Der erste Versuch läuft.',
  solved: (solved, of) =>
    `Bisher ${formatNumber(solved)} von ${formatCount(of, 'Start', 'Starts')} gelöst`,
  solvedInAll: (solved, of, attempts) =>
    `${formatNumber(solved)} von ${formatCount(of, 'Start', 'Starts')} gelöst, in ${formatCount(attempts, 'Versuch', 'Versuchen')}`,
  columns: {
    task: 'Aufgabe',
    start: 'Start',
    attempt: 'Versuch',
    end: 'Wie er endete',
    steps: 'Schritte',
    change: 'Was der nächste Versuch anders macht'
  },
  state: (state) => states[state],
  openSet: 'Sammlung öffnen'
}

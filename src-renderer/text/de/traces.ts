// German words of the trace screens: sets and queues, adding traces, and one set.
import type { TraceSort } from '@api/dto/trace-sets.ts'
import type { ActionEffect, TraceOutcome } from '@api/dto/traces.ts'
import type * as en from '../en/traces.ts'
import type { Words } from '../language.ts'

const outcomes: Readonly<Record<TraceOutcome, string>> = {
  pass: 'Gelungen',
  fail: 'Gescheitert',
  partial: 'Teilweise',
  unknown: 'Nicht bekannt'
}
const effects: Readonly<Record<ActionEffect, string>> = {
  read: 'Liest',
  write: 'Ändert etwas',
  talk: 'Spricht mit der Person',
  think: 'Denkt nach',
  end: 'Beendet den Versuch',
  unknown: 'Nicht bekannt'
}

/** "der 12 Versuche"; one of one is "von 1 Versuch". */
const outOf = (all: string): string => (/^1(?: |$)/.test(all) ? `von ${all}` : `der ${all}`)

/** The list of sets and queues, and words all trace screens share. */
export const traces: Words<typeof en.traces> = {
  title: 'Verläufe',
  add: 'Verläufe hinzufügen',
  runner: 'Agenten laufen lassen',
  outcomes,
  effects,
  outcomesLabel: (text) => `Ausgänge: ${text}`,
  outcomeCount: (name, count) => `${name} ${count}`,
  sets: 'Sammlungen',
  queues: 'Durchsichten',
  attempts: (count) => count,
  facts: (attempts, tasks, steps) => `${attempts} an ${tasks}, ${steps}`,
  mixed: (count) => `${count} teils gelungen, teils gescheitert`,
  reviewed: (done, all) => `${done} ${outOf(all)} durchgesehen`,
  reviewedNone: 'Noch nichts durchgesehen',
  deriving: 'Schritte werden neu gebildet',
  problems: (count) => `${count} nicht lesbar`,
  openSet: (name) => `„${name}“ öffnen`,
  plan: 'Durchsehen',
  planSet: (name) => `Eine Durchsicht von „${name}“ planen`,
  emptyTitle: 'Noch keine Verläufe',
  emptyText:
    'Ein Verlauf ist das Protokoll eines Versuchs, mit dem ein Agent eine Aufgabe angeht: was ihm gesagt wurde, was er tat, was zurückkam.',
  opens: 'Was sich öffnen lässt',
  openKinds: [
    {
      id: 'chat',
      title: 'Chats mit Werkzeugaufrufen',
      text: 'In der Form von OpenAI, Anthropic oder ShareGPT, ein Gespräch je Zeile oder als Liste.'
    },
    {
      id: 'bench',
      title: 'Ergebnisse von Testreihen',
      text: 'Ergebnisse von tau-bench, Protokolle von Inspect und Dateien von Who&When.'
    },
    {
      id: 'coders',
      title: 'Läufe von Programmieragenten',
      text: '.traj-Dateien von SWE-agent, Läufe von OpenHands und Protokolle von Harbor.'
    },
    {
      id: 'spans',
      title: 'Messdaten von Anwendungen',
      text: 'Aufzeichnungen von Modell- und Werkzeugaufrufen mit OpenTelemetry und OpenInference.'
    },
    {
      id: 'browser',
      title: 'Browsersitzungen',
      text: 'trace.zip-Dateien von Playwright und Schrittlisten von Webagenten.'
    },
    {
      id: 'other',
      title: 'Alles, worin Nachrichten stehen',
      text: 'Andere Listen von Einträgen: Sie sagen, welches Feld was enthält, und ein Beispiel zeigt sofort, was daraus wird.'
    }
  ],
  sample: 'Beispielprojekt öffnen',
  failedTitle: 'Die Sammlungen konnten nicht geladen werden',
  queuesFailed: 'Die Durchsichten konnten nicht geladen werden',
  noQueues: 'Noch keine Durchsicht',
  noQueuesText:
    'Planen Sie eine aus einer Sammlung heraus: was zu beurteilen ist und welche Versuche zuerst kommen.',
  queueProgress: (done, all) => `${done} von ${all} erledigt`,
  queueLeft: (time) => `noch ${time}`,
  queueSkipped: (count) => `${count} zurückgestellt`,
  queueDone: 'Fertig',
  queueOf: (set) => `aus „${set}“`,
  queueBar: (name) => `Fortschritt von „${name}“`,
  continue: 'Fortsetzen',
  begin: 'Beginnen',
  report: 'Bericht',
  continueQueue: (name) => `„${name}“ fortsetzen`,
  reportOf: (name) => `Bericht zu „${name}“`,
  moreOf: (name) => `Mehr zu „${name}“`,
  changeQuestions: 'Fragen ändern …',
  removeQueue: 'Durchsicht entfernen',
  removeQueueTitle: (name) => `„${name}“ entfernen?`,
  removeQueueText:
    'Die Durchsicht verschwindet aus dieser Liste. Die Versuche und alles, was darin vermerkt wurde, bleiben im Projekt.',
  queueRemoved: (name) => `„${name}“ wurde entfernt.`,
  underWay: 'In Arbeit',
  stop: 'Abbrechen',
  stopped: (name) => `„${name}“ wird abgebrochen. Davon bleibt nichts erhalten.`,
  jobFailed: (name) => `„${name}“ ist fehlgeschlagen`
}

/** Adding traces. */
export const addTraces: Words<typeof en.addTraces> = {
  title: 'Verläufe hinzufügen',
  intro:
    'Wählen Sie Protokolle von Agenten. Sie sehen, was darin steht, bevor etwas übernommen wird.',
  readOnly: 'Das Projekt ist nur zum Lesen geöffnet, deshalb kann nichts hinzugefügt werden.',
  dropTitle: 'Dateien oder Ordner hier ablegen',
  dropText:
    'Oder wählen Sie sie aus. Originale werden nur gelesen; im Projekt bleibt eine Kopie davon.',
  chooseFile: 'Datei wählen',
  chooseFolder: 'Ordner wählen',
  addFile: 'Datei hinzufügen',
  addFolder: 'Ordner hinzufügen',
  sources: 'Gewählt',
  removeSource: (name) => `„${name}“ nicht hinzufügen`,
  reading: 'Wird gelesen',
  readingAgain: 'Wird noch einmal gelesen',
  readFailed: (name) => `„${name}“ konnte nicht gelesen werden`,
  secrets: 'Vertrauliches verbergen',
  secretsHelp:
    'Schlüssel, Zugangscodes, E-Mail-Adressen und persönliche Ordner werden ersetzt, bevor etwas gespeichert wird.',
  secretsFound: (list) => `Bisher gefunden: ${list}.`,
  secretsNone: 'Im gelesenen Teil wurde nichts gefunden.',
  secretsShown: (list) => `Unverändert gespeichert: ${list}.`,
  secretCount: (kind, count) => `${kind} ${count}`,
  mapTitle: 'Dateien, die nicht erkannt werden',
  mapText: (count, all) => `In ${count} ${outOf(all)} erkennt Winnow keine Verläufe.`,
  mapTextAll: 'Winnow erkennt darin keine Verläufe.',
  mapByHand: 'Von Hand zuordnen',
  skip: 'Weglassen',
  skipped: 'Sie werden weggelassen.',
  mapAnyway: 'Doch zuordnen',
  mapping: 'Welches Feld was enthält',
  mappingHelp: 'Jede Änderung wird sofort am Beispiel daneben ausprobiert.',
  mapReset: 'Zurück zum ersten Vorschlag',
  noFields: 'In diesen Dateien wurden keine Felder gefunden, deshalb ist nichts zuzuordnen.',
  fields: {
    messages: 'Liste der Nachrichten',
    role: 'Wer spricht',
    text: 'Was gesagt wird',
    toolName: 'Name des Werkzeugs',
    toolArguments: 'Was das Werkzeug bekommt',
    toolResult: 'Was das Werkzeug antwortet',
    time: 'Zeit',
    id: 'Name des Versuchs',
    task: 'Aufgabe',
    outcome: 'Ausgang'
  },
  fieldHelp: {
    messages: 'In den meisten Dateien stehen alle Nachrichten eines Versuchs in einer Liste.',
    task: 'Versuche an derselben Aufgabe werden miteinander verglichen.',
    outcome: 'Wie der Versuch endete.'
  },
  everyValue: 'Jeder Eintrag ist eine Nachricht',
  notThere: 'Nicht in diesen Dateien',
  wholeValue: 'Der Eintrag selbst',
  fieldOption: (path, example) => `${path}: ${example}`,
  passValues: 'Diese Werte bedeuten „gelungen“',
  passNone: 'Von diesem Feld ist noch kein Wert bekannt. Fügen Sie ihn unten hinzu.',
  passAdd: 'Noch ein Wert, der „gelungen“ bedeutet',
  rolesTitle: 'Wer wer ist',
  roleGuess: 'Wie der Name sagt',
  roleOf: (value) => `„${value}“ ist`,
  roles: {
    system: 'Die Anweisungen',
    user: 'Die Person',
    assistant: 'Der Agent',
    tool: 'Die Antwort eines Werkzeugs',
    observation: 'Was der Agent sah',
    skip: 'Weggelassen'
  },
  fieldList: 'Felder in diesen Dateien',
  fieldColumns: { path: 'Feld', kind: 'Enthält', example: 'Beispiel' },
  kinds: {
    text: 'Text',
    number: 'Zahl',
    'yes-no': 'Ja/Nein',
    list: 'Liste',
    object: 'Gruppe von Feldern',
    empty: 'Nichts'
  },
  files: 'Dateien',
  file: {
    name: 'Datei',
    form: 'Form',
    found: 'Versuche',
    size: 'Größe'
  },
  unknownForm: 'Nicht erkannt',
  mappedForm: 'Von Hand zugeordnet',
  atLeast: (count) => `mindestens ${count}`,
  moreFiles: (count) => `und ${count} weitere`,
  example: 'Der erste Versuch',
  exampleText: (steps, task) => `${steps} · ${task}`,
  noExample: 'Noch wurde kein Versuch gefunden.',
  noExampleText: 'Wählen Sie andere Dateien, oder sagen Sie, welches Feld was enthält.',
  outcomes: 'Ausgänge',
  outcomePart: 'Gezählt im gelesenen Teil.',
  noOutcome: 'Kein Feld mit dem Ausgang gefunden. Sie können selbst urteilen.',
  who: {
    system: 'Anweisungen',
    user: 'Person',
    assistant: 'Agent',
    thought: 'Gedanke',
    'tool-call': 'Ruft auf',
    'tool-result': 'Antwort eines Werkzeugs',
    observation: 'Sieht',
    score: 'Wertung',
    error: 'Fehlermeldung',
    state: 'Zustand',
    info: 'Hinweis'
  },
  nothingSaid: 'Nichts',
  into: 'Wohin',
  newSet: 'In eine neue Sammlung',
  addTo: (name) => `Zu „${name}“ hinzufügen`,
  name: 'Name der Sammlung',
  nameMissing: 'Geben Sie der Sammlung einen Namen.',
  nameTaken: 'Eine andere Sammlung hat diesen Namen.',
  nameDefault: 'Verläufe',
  start: (count) => `${count} hinzufügen`,
  startAbout: (count) => `${count} oder mehr hinzufügen`,
  startPlain: 'Verläufe hinzufügen',
  willNew: (count, name) => `Fügt ${count} als „${name}“ hinzu.`,
  willAdd: (count, name) => `Fügt ${count} zu „${name}“ hinzu.`,
  nothingFound: 'Es wurde kein Versuch gefunden, deshalb gibt es nichts hinzuzufügen.',
  started: (name) => `„${name}“ wird hinzugefügt.`
}

const sorts: Readonly<Record<TraceSort, string>> = {
  added: 'Reihenfolge der Dateien',
  task: 'Aufgabe',
  steps: 'Länge',
  reward: 'Wertung',
  findings: 'Auffälligste zuerst',
  tokens: 'Tokens'
}

/** One trace set. */
export const traceSet: Words<typeof en.traceSet> = {
  tabs: {
    attempts: 'Versuche',
    tasks: 'Aufgaben',
    tools: 'Werkzeuge',
    suggestions: 'Wie gut Vorschläge sind',
    problems: 'Nicht lesbar'
  },
  tabsLabel: 'Teile der Sammlung',
  notFound: 'Diese Sammlung ist nicht im Projekt',
  notFoundText: 'Vielleicht wurde sie entfernt, oder sie wird noch hinzugefügt.',
  back: 'Zurück zu den Verläufen',
  review: 'Durchsehen',
  graph: 'Karte der Wege',
  addMore: 'Weitere Verläufe hinzufügen',
  export: 'Exportieren',
  send: 'An „Auswählen“ übergeben',
  rename: 'Umbenennen',
  renameTitle: 'Sammlung umbenennen',
  nameField: 'Name',
  remove: 'Aus dem Projekt entfernen',
  removeTitle: (name) => `„${name}“ entfernen?`,
  removeText: (attempts) =>
    `Das Projekt verliert ${attempts}. Die Dateien, aus denen gelesen wurde, bleiben, wo sie sind.`,
  removeReviews: (count) =>
    `Verloren geht auch alles, was in ${count} vermerkt wurde: Urteile, Fehler, Korrekturen und Notizen.`,
  removed: (name) => `„${name}“ wurde entfernt.`,
  filters: 'Filter',
  hideFilters: 'Filter ausblenden',
  showFilters: 'Filter einblenden',
  search: 'Wörter in den Versuchen',
  count: (shown, all) => `${shown} ${outOf(all)}`,
  facets: {
    outcome: 'Ausgang',
    state: 'Durchsicht',
    verdict: 'Urteil',
    detector: 'Aufgefallen',
    tool: 'Werkzeug',
    agent: 'Agent',
    model: 'Modell',
    tag: 'Schlagwort',
    length: 'Länge in Schritten',
    only: 'Nur'
  },
  states: {
    none: 'Nicht begonnen',
    draft: 'Begonnen',
    done: 'Durchgesehen',
    skipped: 'Zurückgestellt'
  },
  verdicts: {
    pass: 'Gelungen',
    fail: 'Gescheitert',
    partial: 'Teilweise',
    unsure: 'Unsicher'
  },
  mixedOnly: 'Aufgaben mit gelungenen und gescheiterten Versuchen',
  withErrors: 'Mit Fehlermeldungen',
  flagged: 'Vorgemerkt',
  from: 'ab',
  upTo: 'bis',
  fires: (fails, passes) => `${fails}, ${passes}`,
  facetsFailed: 'Die Filter konnten nicht geladen werden',
  sort: 'Reihenfolge',
  sorts,
  up: 'Kleinste zuerst',
  down: 'Größte zuerst',
  columns: {
    name: 'Versuch',
    outcome: 'Ausgang',
    steps: 'Schritte',
    errors: 'Meldungen',
    findings: 'Aufgefallen',
    reward: 'Wertung',
    state: 'Durchsicht'
  },
  table: 'Versuche',
  flag: 'Vorgemerkt',
  listFailed: 'Die Versuche konnten nicht geladen werden',
  noneTitle: 'Kein Versuch passt',
  noneText: 'Nehmen Sie einen Filter zurück, um mehr zu sehen.',
  emptyTitle: 'Keine Versuche',
  emptyText: 'Nichts in diesen Dateien ließ sich als Versuch lesen.',
  board: 'Aufgaben und ihre Versuche',
  boardHelp: 'Eine Zeile je Aufgabe, ein Feld je Versuch. Pfeiltasten bewegen, Eingabe öffnet.',
  boardCell: (task, trial, outcome, state) => `${task}, Versuch ${trial}: ${outcome}, ${state}`,
  boardMore: 'Weitere Aufgaben anzeigen',
  boardCount: (shown, all) => `${shown} ${outOf(all)}`,
  boardFailed: 'Die Aufgaben konnten nicht geladen werden',
  legendReviewed: 'Durchgesehen',
  passedOf: (count, all) => `${count} von ${all}`,
  tools: {
    title: 'Was jedes Werkzeug tut',
    help: 'Winnow vergleicht Versuche danach, was sie ändern. Die Namen geben eine erste Vermutung; berichtigen Sie sie, wo sie nicht stimmt.',
    table: 'Werkzeuge dieser Sammlung',
    columns: { tool: 'Werkzeug', calls: 'Aufrufe', effect: 'Was es tut' },
    guess: 'Vermutung',
    backToGuess: 'Zurück zur Vermutung',
    effectOf: (tool) => `Was ${tool} tut`,
    none: 'In dieser Sammlung wird kein Werkzeug aufgerufen',
    noneText: 'Versuche werden danach verglichen, was der Agent sagt.',
    ignored: 'Beim Vergleich von Aufrufen weggelassen',
    ignoredHelp:
      'Was sich unterscheidet, ohne etwas zu bedeuten: Preise, Zeiten, Nummern von Anfragen.',
    noArguments: 'Den Werkzeugen dieser Sammlung wird nichts mitgegeben.',
    orderFree: 'Listen sind in jeder Reihenfolge gleich',
    apply: 'Anwenden',
    changes: (count) => `${count} anzuwenden`,
    takeBack: 'Zurücknehmen',
    applied: 'Schritte und Auffälligkeiten werden neu gebildet.',
    running: 'Schritte werden neu gebildet',
    failed: 'Die Werkzeuge konnten nicht geladen werden',
    applyFailed: 'Die neuen Regeln konnten nicht angewendet werden'
  },
  score: {
    title: 'Wie gut Vorschläge sind',
    help: 'Wo Winnow den ersten Fehler suchen würde, verglichen mit dem, was Menschen vermerkt haben, ohne das zu sehen.',
    none: 'Noch keine Vermerke zum Vergleichen',
    noneText:
      'Sehen Sie einige gescheiterte Versuche mit verborgenen Vorschlägen durch und vermerken Sie den ersten Fehler. Daraus entsteht der Vergleich.',
    marks: (count) =>
      `Grundlage: ${count}, mit Vermerken, die ohne Blick auf die Vorschläge entstanden.`,
    few: 'Mit weniger als 30 Vermerken sind diese Zahlen grob.',
    table: 'Vorschläge neben einfachen Regeln',
    columns: {
      rule: 'Regel',
      spoke: 'Sagt etwas zu',
      exact: 'Derselbe Schritt',
      near: 'Höchstens ein Schritt daneben'
    },
    share: (percent, count, of) => `${percent} (${count} von ${of})`,
    tiers: 'Danach, worauf der Vorschlag sich stützt',
    tierColumns: { tier: 'Stützt sich auf', spoke: 'Sagt etwas zu', exact: 'Derselbe Schritt' },
    detectors: 'Was auffällt, und wie oft Versuche dann scheiterten',
    detectorColumns: {
      name: 'Aufgefallen',
      fails: 'Gescheiterte Versuche',
      passes: 'Gelungene Versuche',
      share: 'Gescheitert, wenn aufgefallen'
    },
    gold: 'Verglichen mit der richtigen Lösung, die im Protokoll steht',
    goldText: (count) => `Erster Fehler bekannt: ${count}.`,
    goldColumns: { rule: 'Regel', hits: 'Richtig' },
    goldRules: {
      suggestions: 'Vorschläge, derselbe Schritt',
      near: 'Vorschläge, höchstens ein Schritt daneben',
      anyNewCall: 'Erster Aufruf, den kein gelungener Versuch machte',
      prefixTree: 'Wo er von allen gelungenen Versuchen abweicht',
      lastStep: 'Der letzte Schritt',
      usualPlace: 'Wo Fehler meistens liegen',
      random: 'Irgendein Schritt durch das Los'
    },
    failed: 'Der Vergleich ist nicht gelungen'
  },
  problems: {
    none: 'Alles konnte gelesen werden',
    noneText: 'Keine Datei und kein Versuch wurde weggelassen.',
    some: (count) => `Nicht lesbar und deshalb weggelassen: ${count}.`,
    table: 'Was nicht gelesen werden konnte',
    columns: { where: 'Wo', reason: 'Warum' },
    failed: 'Die Liste konnte nicht geladen werden'
  }
}

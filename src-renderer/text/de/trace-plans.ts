// German words of planning a review, of what a queue of reviews came to, and of exporting it.
import type { QueueOrder } from '@api/dto/trace-reviews.ts'
import type * as en from '../en/trace-plans.ts'
import type { Words } from '../language.ts'

const orders: Readonly<Record<QueueOrder, { readonly title: string; readonly text: string }>> = {
  informative: {
    title: 'Aufschlussreichste zuerst',
    text: 'Aufgaben, die teils gelungen und teils gescheitert sind, Schleifen, Fehlermeldungen, ungewöhnliche Längen und Werkzeuge, gemischt mit einem zufälligen Anteil.'
  },
  random: {
    title: 'Zufällig',
    text: 'Alle durch das Los gezogen: das getreueste Bild der ganzen Sammlung.'
  },
  oldest: {
    title: 'Älteste zuerst',
    text: 'In der Reihenfolge, in der sie kamen, mit einem zufälligen Anteil dazwischen.'
  },
  'like-marked': {
    title: 'Ähnlich wie meine Vermerke',
    text: 'Versuche, an denen dasselbe auffällt wie an denen, die Sie als gescheitert beurteilt oder vorgemerkt haben.'
  }
}

/** What templates ask, beside verdict, first mistake and “keep for training”. */
export const reviewTemplates: Words<typeof en.reviewTemplates> = {
  finished: [
    {
      id: 'done',
      text: 'Wurde alles getan, was verlangt war?',
      reasons: [
        'Falsches Werkzeug oder Ziel',
        'Falscher Wert',
        'Fehlender Schritt',
        'Überflüssiger Schritt',
        'Ergebnis falsch gelesen',
        'Etwas erfunden',
        'Im Kreis gedreht',
        'Zu früh aufgegeben',
        'Die Aufgabe oder ihre Prüfung ist falsch',
        'Fehler der Person'
      ]
    },
    {
      id: 'truthful',
      text: 'Sagt der Agent wahrheitsgemäß, was er getan hat?',
      reasons: ['Behauptet, was nicht getan wurde', 'Etwas verschwiegen', 'Falsche Zahlen genannt']
    }
  ],
  safe: [
    {
      id: 'rules',
      text: 'Hielt er sich an die Regeln, die ihm gegeben waren?',
      reasons: [
        'Prüfung ausgelassen',
        'Vor dem Handeln nicht gefragt',
        'Über die Aufgabe hinausgegangen'
      ]
    },
    {
      id: 'meant',
      text: 'Sollte alles geändert werden, was er geändert hat?',
      reasons: ['Das Falsche geändert', 'Zu viel geändert', 'Nicht rückgängig zu machen']
    },
    {
      id: 'private',
      text: 'Blieben private Daten privat?',
      reasons: ['Der falschen Person gesagt', 'Abgelegt, wo sie nicht hingehören']
    }
  ],
  efficient: [
    {
      id: 'needed',
      text: 'Waren alle Schritte nötig?',
      reasons: [
        'Aufruf wiederholt',
        'Nachgesehen, was schon bekannt war',
        'Zuerst das falsche Werkzeug',
        'Zu viel geredet'
      ]
    },
    { id: 'direct', text: 'Wie direkt war der Weg?', reasons: [] }
  ],
  training: [
    {
      id: 'learn',
      text: 'Soll ein Modell lernen, so zu handeln?',
      reasons: [
        'Nur durch Glück richtig',
        'Umständlich',
        'Unpassender Ton',
        'Bricht eine Regel',
        'Am Ende falsch'
      ]
    },
    { id: 'quality', text: 'Wie gut ist der ganze Versuch?', reasons: [] }
  ]
}

/** Planning a review. */
export const planReview: Words<typeof en.planReview> = {
  title: 'Agentenverläufe durchsehen',
  stepsLabel: 'Schritte des Plans',
  steps: { judge: 'Was beurteilen', order: 'Was zuerst', reading: 'Lesen', start: 'Start' },
  headings: {
    judge: 'Was möchten Sie beurteilen?',
    order: 'Welche Versuche kommen zuerst?',
    reading: 'Wie möchten Sie lesen?',
    start: 'Bereit zum Start'
  },
  intros: {
    judge:
      'Jeder Versuch bekommt ein Urteil, seinen ersten Fehler und „Für das Training behalten“. Dazu kommen bis zu 6 Fragen.',
    order: 'Sie können jederzeit aufhören und später weitermachen.',
    reading: 'Was beim Urteilen zu sehen ist und wie es überprüft wird.',
    start: 'Sehen Sie den Plan noch einmal durch. Bis zum Start lässt sich alles ändern.'
  },
  template: 'Was gefragt wird',
  templates: {
    finished: {
      title: 'Wurde die Aufgabe erledigt?',
      text: 'Ob die Aufgabe erledigt wurde und was dem im Weg stand.'
    },
    safe: {
      title: 'Ist es sicher?',
      text: 'Schaden, gebrochene Regeln, preisgegebene Daten.'
    },
    efficient: {
      title: 'Ist es sparsam?',
      text: 'Vergebliche Schritte, wiederholte Arbeit, unnötige Werkzeuge.'
    },
    training: {
      title: 'Ist es ein gutes Trainingsbeispiel?',
      text: 'Ob ein Modell lernen soll, so zu handeln.'
    },
    custom: { title: 'Meine eigenen Fragen', text: 'Beginnt mit einer leeren Frage.' }
  },
  questions: 'Fragen',
  question: (number) => `Frage ${number}`,
  text: 'Frage',
  textMissing: 'Schreiben Sie die Frage.',
  type: 'Antwort',
  types: {
    'yes-no': 'Ja, nein oder unsicher',
    scale: '1 bis 5',
    tags: 'Schlagwörter wählen',
    note: 'Eine Notiz'
  },
  choices: 'Schlagwörter zur Wahl',
  choicesHelp: 'Eines je Zeile.',
  choicesMissing: (number) =>
    `Frage ${number} hat keine Antworten zur Wahl. Schreiben Sie mindestens zwei.`,
  reasons: 'Gründe, die nach einem „Nein“ angeboten werden',
  reasonsHelp: 'Einer je Zeile; darf leer bleiben.',
  required: 'Braucht eine Antwort',
  addQuestion: 'Frage hinzufügen',
  removeQuestion: (number) => `Frage ${number} entfernen`,
  moveUp: (number) => `Frage ${number} nach oben`,
  moveDown: (number) => `Frage ${number} nach unten`,
  atMost: 'Bis zu 6 Fragen.',
  templateChanged: 'Die Fragen wurden ersetzt.',
  questionRemoved: 'Die Frage wurde entfernt.',
  recommended: 'Empfohlen',
  none: 'Keine eigene Frage: Nach Urteil, erstem Fehler und „Für das Training behalten“ wird ohnehin gefragt.',
  scope: 'Versuche',
  scopeAll: (count) => `Alle: ${count}`,
  scopeFilter: 'Nur die, auf die der Filter passt',
  scopeText: (text) => `Filter: ${text}`,
  order: 'Reihenfolge',
  orders,
  count: 'Wie viele',
  countHint: (all) => `passend: ${all}`,
  useAll: 'Alle nehmen',
  random: 'Durch das Los gezogen',
  randomHelp:
    'Nur aus diesen werden Quoten für alle Versuche berechnet. Mindestens ein Zehntel, damit sie aussagekräftig bleiben.',
  randomCount: (percent, count) => `${percent}, ${count}`,
  balanced: 'Ausgänge und Werkzeuge ausgleichen',
  balancedHelp: 'Seltene kommen öfter vor als durch das Los.',
  blind: 'Namen und Vorschläge verbergen',
  blindHelp:
    'Namen von Agenten und Modellen, verzeichnete Ausgänge und alle Vorschläge bleiben verborgen, bis eine Durchsicht erledigt ist.',
  secondLook: 'Zweite Blicke',
  secondLookHelp:
    'Dieser Anteil kommt später noch einmal, um zu messen, wie beständig Sie urteilen.',
  reviewers: 'Personen je Versuch',
  reviewersHelp:
    'Mehr als eine zeigt, wie weit Menschen übereinstimmen. Jede Person sieht nur ihre eigenen Vermerke.',
  fold: 'Lange Ausgaben von Werkzeugen einklappen',
  foldHelp: 'Gilt als Ihre Art zu lesen in jeder Durchsicht.',
  foldLines: 'Mehr als',
  lines: 'Zeilen',
  reviewer: 'Ihr Name',
  reviewerHelp: 'Steht bei Ihren Vermerken. Nichts verlässt diesen Computer.',
  reviewerMissing: 'Schreiben Sie Ihren Namen.',
  name: 'Name der Durchsicht',
  nameMissing: 'Geben Sie der Durchsicht einen Namen.',
  suggestedName: (set) => `Durchsicht von ${set}`,
  start: 'Durchsicht starten',
  restored: 'Der Schritt ist wieder wie empfohlen.',
  readOnly: 'Das Projekt ist nur zum Lesen geöffnet.',
  checking: 'Der Plan wird geprüft',
  failedTitle: 'Der Plan konnte nicht erstellt werden',
  blocked: (step) => `In „${step}“ ist zuerst etwas zu klären.`,
  goThere: 'Dorthin gehen',
  noTraces: 'Diese Sammlung hat keine Versuche',
  knownNames: 'Schon verwendete Namen',
  useName: (name) => `Als ${name} durchsehen`,
  // "Durchsicht von 200 der 1.240 Versuche in „Airline“, die aufschlussreichsten zuerst, …"
  sentence: {
    review: 'Durchsicht von',
    ofThese: 'der',
    attempts: (count) => count,
    matching: (count) => `${count}, auf die Ihr Filter passt`,
    all: (count, set) => `${count} in „${set}“`,
    order: {
      informative: 'die aufschlussreichsten zuerst',
      random: 'in zufälliger Reihenfolge',
      oldest: 'die ältesten zuerst',
      'like-marked': 'die Ihren Vermerken ähnlichen zuerst'
    },
    random: (percent) => `${percent} davon durch das Los gezogen`,
    balanced: 'nach Ausgang und Werkzeug ausgeglichen',
    judge: {
      finished: 'beurteilt nach Erfolg',
      safe: 'beurteilt nach Sicherheit',
      efficient: 'beurteilt nach Sparsamkeit',
      training: 'beurteilt als Trainingsbeispiele',
      custom: 'beurteilt nach eigenem Maßstab'
    },
    questions: (count) => `mit ${count}`,
    blind: 'Namen und Vorschläge bleiben verborgen',
    open: 'Namen und Vorschläge sind zu sehen',
    again: (count) => `mit einem zweiten Blick auf ${count}`,
    noAgain: 'ohne zweiten Blick',
    people: (count) => `je Versuch lesen ${count} Personen`,
    time: (about) => `Das dauert ${about}.`
  },
  get: {
    title: 'Was vor Ihnen liegt',
    attempts: 'Versuche',
    random: 'Durch das Los gezogen',
    second: 'Zweite Blicke',
    time: 'Zeit',
    each: 'Für jeden',
    outcomes: 'Verzeichnete Ausgänge',
    hidden: 'Bei verdeckter Durchsicht verborgen.',
    first: 'Die ersten'
  }
}

/** What a queue came to. */
export const queueReport: Words<typeof en.queueReport> = {
  title: (name) => `${name}: Bericht`,
  loadFailed: 'Der Bericht konnte nicht erstellt werden',
  notFound: 'Diese Durchsicht ist nicht im Projekt',
  doneTitle: 'Das war der letzte',
  doneText: (count) =>
    `Alles ist durchgesehen: ${count}. Hier steht, was sich daraus ergibt und was sich daraus machen lässt.`,
  openTitle: (done, all) => `${done} von ${all} durchgesehen`,
  openText: (time) => `Noch ${time}. Die Zahlen unten wachsen mit jeder Durchsicht.`,
  goOn: 'Durchsicht fortsetzen',
  rates: 'Quoten',
  ratesFrom: (count) => `Aus den durch das Los gezogenen Versuchen (${count}).`,
  ratesNone:
    'Noch ist kein durch das Los gezogener Versuch durchgesehen, deshalb lässt sich keine Quote nennen.',
  rateLine: (percent, low, high) => `${percent}, zwischen ${low} und ${high}`,
  rateCount: (count, of) => `${count} von ${of}`,
  ratesHelp: 'Der Strich zeigt, wo die Quote aller Versuche liegt, in 19 von 20 Fällen.',
  agreement: 'Übereinstimmung',
  agreementNone: 'Noch wurde kein Versuch zweimal angesehen.',
  agreementColumns: {
    what: 'Worüber',
    between: 'Zwischen',
    pairs: 'Paare',
    same: 'Gleich',
    kappa: 'Über Zufall hinaus'
  },
  kappaHelp:
    'Über Zufall hinaus: 1 ist volle Übereinstimmung, 0 ist, was Raten ergäbe (Cohens Kappa; bei mehreren Personen Krippendorffs Alpha).',
  rough: 'grob, weniger als 30 Paare',
  between: (value, low, high) => `${value} (${low} bis ${high})`,
  reasons: 'Genannte Gründe',
  reasonsNone: 'Noch wurde kein Grund genannt.',
  disagreements: 'Verschiedene Urteile',
  disagreementsNone: 'Kein Versuch wurde verschieden beurteilt.',
  disagreementColumns: {
    name: 'Versuch',
    who: 'Von',
    verdicts: 'Urteile',
    steps: 'Erster Fehler'
  },
  stepAt: (number) => `Schritt ${number}`,
  stepNone: 'keiner',
  versus: (first, second) => `${first} und ${second}`,
  openAttempt: (name) => `„${name}“ öffnen`,
  kept: 'Für das Training behalten',
  keptText: (kept, corrections) => `${kept}, ${corrections}.`,
  keptNone: 'Noch ist nichts für das Training behalten.',
  send: 'An „Auswählen“ übergeben',
  export: 'Exportieren'
}

/** Other questions for a review that has begun. */
export const changeQuestions: Words<typeof en.changeQuestions> = {
  title: 'Fragen ändern',
  text: 'Nach Urteil, erstem Fehler und „Für das Training behalten“ wird ohnehin gefragt.',
  done: 'Versuche, die schon erledigt sind',
  options: {
    now: {
      title: 'Ab jetzt anwenden',
      text: 'Was erledigt ist, bleibt erledigt. Neue Fragen bleiben dort ohne Antwort.'
    },
    again: {
      title: 'Bei den schon erledigten noch einmal fragen',
      text: 'Versuche ohne Antwort auf eine nötige Frage kommen wieder, ebenso nötige Fragen, die sich geändert haben.'
    }
  },
  save: 'Fragen ändern',
  saved: 'Die Fragen sind geändert.',
  failed: 'Die Fragen konnten nicht geändert werden'
}

/** Exporting and sending curated attempts. */
export const traceExport: Words<typeof en.traceExport> = {
  title: 'Durchsichten exportieren',
  sendTitle: 'An „Auswählen“ übergeben',
  sendText:
    'Macht aus diesen Versuchen einen Chat-Datensatz, um den besten Teil davon auszuwählen.',
  which: 'Versuche',
  whichOptions: {
    kept: 'Die für das Training behaltenen',
    reviewed: 'Alle, die durchgesehen sind',
    all: 'Alle der Sammlung'
  },
  files: 'Dateien',
  fileNames: {
    sft: 'Trainingsgespräche',
    sharegpt: 'Trainingsgespräche in der Form von ShareGPT',
    pairs: 'Paare aus besserer und schlechterer Aktion',
    steps: 'Vermerke und Belohnungen zu jedem Schritt',
    answers: 'Antworten als Tabelle',
    atif: 'Ganze Versuche, für andere Programme',
    report: 'Bericht'
  },
  fileHelp: {
    sft: 'Nachrichten, mit dem Gewicht 0, wo nichts gelernt werden soll',
    sharegpt: 'Dasselbe in einer anderen verbreiteten Form',
    pairs: 'Aus Korrekturen und aus gelungenen Versuchen an derselben Stelle',
    steps: 'Gut, schlecht oder nicht bekannt, mit der Belohnung',
    answers: 'Eine Zeile je Durchsicht, für eine Tabellenkalkulation',
    atif: 'Eine Datei je Versuch, nichts weggelassen',
    report: 'Eine Seite mit Quoten und Bereichen zum Lesen oder Drucken'
  },
  filesMissing: 'Wählen Sie mindestens eine Datei.',
  training: 'Woraus gelernt wird',
  wrong: 'Falsche Schritte',
  wrongOptions: {
    mask: 'Bleiben, werden aber nicht gelernt (Gewicht 0)',
    drop: 'Werden weggelassen'
  },
  scope: 'Falsch sind',
  scopeOptions: {
    'from-first': 'Alle Schritte ab dem ersten Fehler',
    'wrong-steps': 'Nur Schritte mit dem Vermerk „Schlecht“'
  },
  withCorrections: 'Gescheiterte Versuche mit der korrigierten Aktion enden lassen',
  withRecovered: 'Auch aus Fehlern lernen, die behoben wurden',
  limit: 'Lange Gespräche kürzen',
  limitHelp: 'Am Ende eines Beitrags; etwa vier Zeichen sind ein Token.',
  limitTokens: 'Längstes Gespräch',
  tokens: 'Tokens',
  test: 'Teil zum Testen',
  testHelp: 'Nach Aufgaben: Keine Aufgabe ist in beiden Teilen.',
  testNone: 'Keiner',
  counts: {
    traces: 'Versuche',
    sft: 'Gespräche',
    weighted: 'Beiträge zum Lernen',
    masked: 'Nicht gelernte Beiträge',
    pairs: 'Paare',
    steps: 'Schritte'
  },
  planFailed: 'Der Export konnte nicht geplant werden',
  failed: 'Der Export kam nicht zum Ende',
  place: 'Ordner',
  placeNone: 'Noch nicht gewählt',
  choosePlace: 'Ordner wählen',
  changePlace: 'Anderen wählen',
  name: 'Name des neuen Ordners',
  nameMissing: 'Geben Sie ihm einen Namen.',
  conflict: 'Falls er schon da ist',
  conflicts: {
    'new-name': 'Neuen Namen verwenden',
    replace: 'Ersetzen',
    stop: 'Abbrechen'
  },
  start: (count) => `${count} exportieren`,
  startSend: (count) => `${count} übergeben`,
  running: 'Die Dateien werden geschrieben',
  runningSend: 'Der Datensatz wird erstellt',
  done: (folder) => `Die Dateien sind in „${folder}“.`,
  doneNotes: 'Hinweise',
  show: 'Im Ordner anzeigen',
  another: 'Noch einmal exportieren',
  sent: (name) => `„${name}“ ist fertig.`,
  openDataset: 'Datensatz ansehen',
  choose: 'Besten Teil auswählen',
  dataset: 'Name des Datensatzes',
  datasetName: (set) => `${set}, durchgesehen`
}

// German words of the first page and of the project's home.
import type * as en from '../en/home.ts'
import type { Words } from '../language.ts'

/** First run. */
export const firstRun: Words<typeof en.firstRun> = {
  title: 'Welche Daten lohnen sich?',
  intro:
    'Winnow findet den Teil Ihrer Daten, auf den es ankommt, und zeigt mit einer Prüfung, dass er es ist. Alles geschieht auf diesem Computer.',
  sampleTitle: 'Beispielprojekt öffnen',
  sampleText:
    'Kleine Bilder, kurze Texte und Agentenverläufe, die mit der App kommen und absichtlich Fehler enthalten. Ein ganzes Ergebnis dauert etwa eine Minute.',
  sampleAction: 'Beispiel öffnen',
  ownTitle: 'Mit eigenen Daten beginnen',
  ownText:
    'Ein Ordner oder eine Zip-Datei mit Bildern, oder eine Tabelle mit Texten oder Zahlen. Ihre Dateien werden nie verändert.',
  ownAction: 'Beginnen',
  openTitle: 'Projektdatei öffnen',
  openText: 'Ein Ordner, dessen Name auf .winnow endet, von Ihnen oder von anderen.',
  openAction: 'Öffnen',
  recent: 'Zuletzt geöffnete Projekte',
  missing: 'Nicht mehr vorhanden',
  forget: (name) => `„${name}“ aus der Liste nehmen`,
  pin: (name) => `„${name}“ oben anheften`,
  unpin: (name) => `„${name}“ nicht mehr oben anheften`,
  openedAgo: (ago) => `geöffnet: ${ago}`,
  newTitle: 'Neues Projekt',
  newName: 'Name des Projekts',
  newNameHelp: 'Ein Ordner mit diesem Namen nimmt alles auf.',
  newNameDefault: 'Meine Daten',
  newPlace: 'Ort',
  newPlaceDefault: 'Der übliche Projektordner',
  newPlaceChange: 'Anderen Ordner wählen',
  newPlaceReset: 'Üblichen Ordner verwenden',
  create: 'Projekt anlegen',
  nameMissing: 'Geben Sie dem Projekt einen Namen.'
}

/** Home. */
export const home: Words<typeof en.home> = {
  title: 'Start',
  unfinished: 'Unfertig',
  continue: 'Fortsetzen',
  seeDone: 'Fertiges ansehen',
  discard: 'Verwerfen',
  discarded: (title) => `„${title}“ wurde verworfen.`,
  start: 'Was möchten Sie tun?',
  chooseTitle: 'Den besten Teil meiner Daten auswählen',
  chooseText:
    'Eine kleinere Auswahl, die Ihrem Ziel dient, geprüft gegen eine zufällige gleicher Größe.',
  chooseAction: 'Auswahl beginnen',
  chooseNoData: 'Fügen Sie zuerst Daten hinzu.',
  tinyTitle: 'Ein Mini-Trainingsset erstellen',
  tinyText:
    'Wenige Elemente anstelle von Tausenden, für schnelles Training. Geprüft gegen gleich viele zufällige Elemente.',
  tinyAction: 'Mini-Set beginnen',
  tracesTitle: 'Agentenverläufe durchsehen',
  tracesText:
    'Lesen, was Agenten getan haben, den ersten Fehler kennzeichnen und die guten Teile für das Training behalten.',
  tracesAction: 'Verläufe öffnen',
  addTitle: 'Daten hinzufügen',
  addText:
    'Bilder in Ordnern oder einer Zip-Datei, Tabellen, Texte oder Zahlendateien. Mit Vorschau, bevor etwas angelegt wird.',
  addAction: 'Daten hinzufügen',
  drafts: 'Gespeicherte Pläne',
  draftStep: (step) => `bei „${step}“`,
  draftRemove: (name) => `Plan „${name}“ entfernen`,
  draftRemoved: 'Der Plan wurde entfernt.',
  recentRuns: 'Letzte Läufe',
  allRuns: 'Alle Läufe',
  noRuns: 'Noch keine Läufe',
  noRunsText: 'Ergebnisse erscheinen hier mit ihrem Urteil.',
  kept: (got, of) => `${got} von ${of} behalten`,
  health: 'Datenzustand',
  healthNoData: 'Noch keine Daten. Fügen Sie welche hinzu, oder öffnen Sie das Beispielprojekt.',
  skipped: 'nicht lesbar',
  setAside: 'beiseitegelegt',
  unreachable: 'Originale nicht gefunden',
  checklist: 'Erste Schritte',
  checklistDone: (done, all) => `${done} von ${all} erledigt`,
  steps: {
    data: 'Daten hinzufügen',
    look: 'Daten ansehen',
    choose: 'Eine kleinere Auswahl treffen',
    verdict: 'Das Urteil lesen',
    export: 'Ausgewählte Elemente exportieren'
  },
  checklistDismiss: 'Diese Liste ausblenden',
  checklistHidden: 'Die Liste ist ausgeblendet.',
  checklistShow: 'Erste Schritte anzeigen',
  sampleTitle: 'Das Beispiel ist gewachsen',
  sampleText: (names) =>
    `Dieses Projekt wurde mit einer früheren Version der App erstellt. Es fehlt: ${names}.`,
  sampleAdd: 'Fehlendes hinzufügen',
  sampleAdding: 'Was fehlte, wird hinzugefügt.',
  stepDone: 'erledigt'
}

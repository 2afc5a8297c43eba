// German for sentences of the core about runs and jobs: titles, phases, and what is counted in them.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Phases of runs, and what is counted in them.
  'Learning what the items look like': 'Lernen, wie die Elemente aussehen',
  'Making similarity fingerprints': 'Ähnlichkeitsmerkmale berechnen',
  'Removing repeats': 'Wiederholtes entfernen',
  Choosing: 'Auswählen',
  'Finding the smallest set': 'Kleinste Auswahl suchen',
  'Testing the result': 'Ergebnis prüfen',
  'Writing the result': 'Ergebnis schreiben',
  'Copying the originals': 'Originale kopieren',
  'Looking through the data': 'Daten ansehen',
  Reading: 'Lesen',
  Finishing: 'Abschließen',
  'Making it searchable': 'Durchsuchbar machen',
  'Looking at every item': 'Jedes Element ansehen',
  'Comparing items': 'Elemente vergleichen',
  'Checking labels': 'Labels prüfen',
  'Writing the findings': 'Befunde schreiben',
  'Finding what is alike': 'Ähnliches suchen',
  'Drawing the first map': 'Erste Karte zeichnen',
  'Refining the map': 'Karte verfeinern',
  'Reading the items': 'Elemente lesen',
  'Training the helper model': 'Hilfsmodell trainieren',
  'Asking your helper model': 'Ihr Hilfsmodell befragen',
  'Making the set': 'Set erstellen',
  'Testing the set': 'Set prüfen',
  'Copying items': 'Elemente kopieren',
  'Writing the report': 'Bericht schreiben',
  'Finding steps and likely trouble': 'Schritte und mögliche Fehler suchen',
  'Writing attempts': 'Versuche schreiben',
  items: 'Elemente',
  steps: 'Schritte',
  passes: 'Durchgänge',
  models: 'Modelle',
  pictures: 'Bilder',
  labels: 'Labels',
  repeats: 'Wiederholungen',
  'helper models': 'Hilfsmodelle',
  rows: 'Zeilen',
  parts: 'Teile',
  files: 'Dateien',
  // What methods do meanwhile.
  'Training helper models': 'Hilfsmodelle trainieren',
  'Asking helper models': 'Hilfsmodelle befragen',
  'Learning from trusted items': 'Aus geprüften Elementen lernen',
  'Judging items': 'Elemente beurteilen',
  'Counting words': 'Wörter zählen',
  'Weighing texts': 'Texte gewichten',
  'Comparing the choice': 'Auswahl vergleichen',
  Comparing: 'Vergleichen',
  Drawing: 'Ziehen',
  Examples: 'Beispiele',
  'Filling up': 'Auffüllen',
  'Finding neighbours': 'Nachbarn suchen',
  'Finding the size': 'Größe suchen',
  'Evening out the numbers': 'Zahlen ausgleichen',
  'Looking at labels': 'Labels ansehen',
  Scoring: 'Bewerten',
  'Warm-up': 'Aufwärmen',
  checkpoints: 'Zwischenstände',

  // What is measured meanwhile.
  Loss: 'Fehler',
  'Warm-up loss': 'Fehler beim Aufwärmen',
  'Training loss': 'Fehler beim Training',
  'Not yet stood in for': 'Noch nicht vertreten',
  'Share of steps saved': 'Anteil gesparter Schritte',
  'Training by the plan': 'Nach dem Plan trainieren'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  ['Reading “{name}”', '„{name}“ wird gelesen'],
  ['Adding to “{name}”', 'Hinzufügen zu „{name}“'],
  ['Fingerprints of “{name}”', 'Merkmale von „{name}“'],
  ['Checking “{name}”', '„{name}“ wird geprüft'],
  ['Joining “{name}”', '„{name}“ wird angefügt'],
  ['Exporting “{name}”', '„{name}“ wird exportiert'],
  ['Finding the way in “{name}”', 'Wegsuche in „{name}“'],
  // Where a run computes.
  ['{@device}, {#cores} [core|cores]', '{@device}, Kerne: {#cores}']
]

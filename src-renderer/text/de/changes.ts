// German words of the one list of changes.
import type * as en from '../en/changes.ts'
import { formatCount } from '../format.ts'
import type { Words } from '../language.ts'

/** The list of changes, and what places say of theirs. */
export const changes: Words<typeof en.changes> = {
  open: 'Alle Änderungen',
  title: 'Änderungen',
  help: 'Alles in diesem Projekt, was zurückgenommen werden kann, das Neueste zuerst.',
  undo: 'Zurücknehmen',
  redo: 'Noch einmal',
  undoThis: (sentence) => `Zurücknehmen: ${sentence}`,
  redoThis: (sentence) => `Noch einmal: ${sentence}`,
  goBack: 'Hierher zurück',
  goForward: 'Bis hierher vor',
  isUndone: 'Zurückgenommen',
  place: 'Anzeigen',
  everywhere: (count) => `Alle Orte (${count})`,
  placeCount: (name, count) => `${name} (${count})`,
  someResult: 'Ein Ergebnis',
  openPlace: (name) => `„${name}“ öffnen`,
  inQueue: (position, what) => `Versuch ${position}: ${what}`,
  ofAttempt: (name, what) => `${name}: ${what}`,
  list: 'Änderungen, die neueste zuerst',
  more: 'Ältere Änderungen anzeigen',
  start: 'Wie hinzugefügt',
  startText: 'Alle Änderungen der Elemente zurücknehmen',
  emptyTitle: 'Noch keine Änderungen',
  emptyText:
    'Was Sie beiseitelegen, mit einem neuen Label versehen, in einer Durchsicht beantworten, an einem Ergebnis ändern oder einstellen, steht hier und kann zurückgenommen werden.',
  emptyPlaceText: 'Von diesem Ort kann nichts zurückgenommen werden.',
  failed: 'Die Liste der Änderungen konnte nicht geladen werden',
  readOnly: 'Das Projekt ist nur lesend geöffnet, daher kann nichts zurückgenommen werden.',
  wasUndone: (sentence) => `Zurückgenommen: ${sentence}`,
  wasRedone: (sentence) => `Noch einmal ausgeführt: ${sentence}`,
  wentTo: (sentence) => `Jetzt hier: ${sentence}`,
  keptUntilClosed:
    'Änderungen von Hand an Ergebnissen, entschiedene Bilder, Optionen, Ansichten und Namen können zurückgenommen werden, bis dieses Fenster geschlossen wird; die anderen, solange es das Projekt gibt.',
  ask: {
    backTitle: (count) => `${formatCount(count, 'Änderung', 'Änderungen')} zurücknehmen?`,
    backText:
      'Diese werden zurückgenommen, die neueste zuerst. Sie können noch einmal ausgeführt werden.',
    forwardTitle: (count) =>
      `${formatCount(count, 'Änderung', 'Änderungen')} noch einmal ausführen?`,
    forwardText: 'Diese werden noch einmal ausgeführt, die älteste zuerst.',
    more: (count) => `und ${count} weitere`,
    back: 'Zurücknehmen',
    forward: 'Noch einmal ausführen'
  },
  handAdded: (count) => `${formatCount(count, 'Element', 'Elemente')} von Hand dazugenommen`,
  handRemoved: (count) => `${formatCount(count, 'Element', 'Elemente')} von Hand herausgenommen`,
  handKept: (count, first) =>
    count === 1
      ? `${first} gelassen, wie es war`
      : `${formatCount(count, 'Element', 'Elemente')} gelassen, wie sie waren`,
  handCleared: 'Alle Änderungen von Hand zurückgenommen',
  accepted: (name) => `Neues Bild ${name} angenommen`,
  refused: (name) => `Neues Bild ${name} abgelehnt`,
  acceptedMany: (count) => `${formatCount(count, 'neues Bild', 'neue Bilder')} angenommen`,
  viewSaved: (name) => `Ansicht „${name}“ gespeichert`,
  viewRenamed: (before, name) => `Ansicht „${before}“ in „${name}“ umbenannt`,
  renamed: (before, name) => `„${before}“ in „${name}“ umbenannt`
}

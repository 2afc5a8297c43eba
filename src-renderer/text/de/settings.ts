// German words of the settings page.
import type * as en from '../en/settings.ts'
import type { Words } from '../language.ts'

/** Settings words. */
export const settingsText: Words<typeof en.settingsText> = {
  title: 'Optionen',
  index: 'Teile der Optionen',
  undone: 'Geändert.',
  changed: (what) => `${what}: geändert.`,
  appearance: 'Darstellung',
  language: 'Sprache',
  languageHelp:
    'Die Seite wird dafür neu geladen; Pläne und Läufe gehen weiter. Einige Sätze gibt es nur auf Englisch.',
  languages: { system: 'Wie das System' },
  theme: 'Farben',
  themes: {
    system: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
    'high-contrast': 'Hoher Kontrast'
  },
  textSize: 'Textgröße',
  motion: 'Bewegung',
  motions: { system: 'Wie das System', reduced: 'Verringert' },
  navLabels: 'Namen unter den Symbolen am linken Rand',
  reopenLast: 'Beim Start der App das letzte Projekt öffnen',
  notify: 'Das Ende eines langen Laufs melden',
  notifyHelp:
    'Mit einer Meldung in der App, und einer des Systems, wenn ein anderes Fenster vorn ist.',
  storage: 'Speicher',
  projectFolder: 'Projektordner',
  projectSize: 'Größe',
  backupsTitle: 'Sicherungen',
  caches: {
    thumbnails: 'Kleine Bilder',
    fingerprints: 'Fingerabdrücke und Karten',
    lists: 'Vorbereitete Listen'
  },
  cachesHelp: {
    thumbnails: 'Aufgehoben, damit Galerien sofort da sind. Beim Ansehen entstehen sie neu.',
    fingerprints:
      'Aufgehoben, damit Läufe und Karten sofort beginnen. Sie entstehen neu, wenn sie gebraucht werden; bei vielen Daten kann das dauern.',
    lists:
      'Aufgehoben, damit der erste Filter und die erste Sortierung vieler Daten so schnell sind wie die nächsten. Beim Ansehen entstehen sie neu.'
  },
  cacheTakes: (bytes, files) =>
    files === 0
      ? 'Nichts ist aufgehoben'
      : files === 1
        ? `${bytes} in 1 Datei`
        : `${bytes} in ${files} Dateien`,
  cacheBusy: (bytes) => `${bytes}. Das kann geleert werden, wenn nichts läuft.`,
  clearCache: (what) => `Leeren: ${what}`,
  keepAwake: 'Den Computer wach halten, solange etwas läuft',
  keepAwakeHelp: 'Der Bildschirm darf trotzdem dunkel werden.',
  keepAwakeOff:
    'Das kann nur die Desktop-App. In einem Browserfenster schläft der Computer, wie es das System bestimmt.',
  hideSecrets: 'Geheimnisse in Verläufen verbergen',
  hideSecretsHelp:
    'Schlüssel, Tokens, Passwörter, E-Mail-Adressen und Benutzerordner werden entfernt, bevor Verläufe gespeichert werden; weder beim Lesen noch im Export sind sie zu sehen. Das gilt für Verläufe, die ab jetzt hinzukommen, und kann jedes Mal geändert werden.',
  logLevel: 'Was die App in ihrem Protokoll vermerkt',
  logLevels: { error: 'Nur Fehler', normal: 'Normal', all: 'Alles' },
  logHelp: 'Das Protokoll bleibt auf diesem Computer und enthält nichts von Ihren Daten.',
  advanced: 'Für Fortgeschrittene',
  settingsFile: 'Einstellungen als Datei',
  settingsFileHelp:
    'Für einen anderen Computer. Was nur zu einem Computer gehört, etwa sein eigenes Modell, bleibt weg.',
  saveSettings: 'In eine Datei speichern',
  readSettings: 'Aus einer Datei lesen …',
  settingsFound: 'Einstellungen aus einer Datei',
  settingsSame: 'Die Datei enthält die Einstellungen, die Sie haben.',
  settingsDiffer: 'Das würde sich ändern:',
  settingsUnknown: (names) =>
    `Dieser Version der App unbekannt oder nur für einen anderen Computer, und weggelassen: ${names}.`,
  settingsApply: 'Diese Einstellungen verwenden',
  allSettings: 'Einstellungen',
  resetTitle: 'Alle Einstellungen',
  resetHelp: 'Zurück zu dem, womit die App kommt. Ihre Projekte bleiben unberührt.',
  reset: 'Alle Einstellungen zurücksetzen',
  wasReset: 'Alle Einstellungen sind wieder, wie die App sie mitbringt.',
  names: {
    language: 'Sprache',
    theme: 'Farben',
    textSize: 'Schriftgröße',
    motion: 'Bewegung',
    cores: 'Wie viel sie rechnen darf',
    device: 'Rechnen auf',
    backupsKept: 'Zahl der Sicherungen',
    confirmSetAsideOver: 'Fragen vor dem Beiseitelegen',
    checklistDismissed: 'Die Liste der ersten Schritte',
    navLabels: 'Namen unter den Symbolen links',
    reopenLast: 'Beim Start das letzte Projekt öffnen',
    keepAwake: 'Den Computer wach halten, solange etwas läuft',
    hideSecrets: 'Geheimnisse in Verläufen verbergen',
    logLevel: 'Was die App in ihrem Protokoll vermerkt',
    notifyWhenDone: 'Sagen, wenn ein langer Lauf zu Ende ist',
    reviewKeys: 'Tasten der Durchsicht'
  },
  showFolder: 'Im Ordner anzeigen',
  backups: 'Behaltene Sicherungen',
  backupsHelp:
    'Vor allem, was riskant ist, wird die Projektdatei gesichert. Ältere Sicherungen machen Platz.',
  backupNow: 'Jetzt sichern',
  helpers: 'Hilfsmodelle',
  helpersHelp:
    'Sie bleiben im Projekt, damit das nächste Mini-Set derselben Daten sie nicht neu trainieren muss. Die am längsten nicht gebrauchten machen Platz.',
  helpersTake: (bytes, limit) => `${bytes} von höchstens ${limit}`,
  helpersClear: 'Leeren',
  helpersCleared: (bytes) => `${bytes} freigegeben.`,
  computer: 'Computer',
  cores: 'Wie stark der Computer arbeiten darf',
  coreChoices: { quiet: 'Leise', normal: 'Normal', all: 'Alle Kerne' },
  coreTexts: {
    quiet: 'Der halbe Prozessor, damit der Computer leise bleibt.',
    normal: 'Alle Kerne bis auf einen, mindestens zwei. Andere Programme bleiben schnell.',
    all: 'Alles. Am schnellsten, und andere Programme werden vielleicht langsam.'
  },
  device: 'Rechnen auf',
  deviceAuto: 'Das schnellste, das funktioniert',
  devices: 'Was dieser Computer hat',
  deviceColumns: {
    name: 'Gerät',
    state: 'Zustand',
    one: 'Ein Kern',
    all: 'Alle Kerne',
    training: 'Training',
    memory: 'Speicher',
    measured: 'Gemessen'
  },
  speedsHelp:
    'Ein Kern und alle Kerne: Milliarden Rechenschritte pro Sekunde in Produkten großer Zahlentabellen. Training: Schritte pro Sekunde eines kleinen Bildernetzes mit je 64 Bildern. Speicher: in diesem Augenblick belegt.',
  deviceActive: 'In Gebrauch',
  deviceChosen: 'In Gebrauch, von Ihnen gewählt',
  deviceReady: 'Bereit',
  deviceOff: 'Nicht verfügbar',
  notMeasured: 'Noch nicht',
  measure: 'Neu messen',
  measureLater: 'Die Geschwindigkeit kann gemessen werden, wenn sonst nichts läuft.',
  nothingRuns: 'Im Augenblick nichts',
  runs: (running, cores, waiting, what) =>
    [
      what === undefined ? `${running} in Arbeit` : `${what}: ${running} in Arbeit`,
      cores === 1 ? 'auf 1 Kern' : `auf ${cores} Kernen`,
      ...(waiting === 0 ? [] : [`und ${waiting} wartend`])
    ].join(' '),
  coresOf: (used, all) =>
    used === all ? `${all}, alle in Gebrauch` : `${all}, höchstens ${used} zusammen in Gebrauch`,
  atOnceOf: (most, ready) => `höchstens ${most}, ${ready} bereit`,
  memoryOf: (all, free, app) => `${all}, ${free} frei, ${app} von dieser App belegt`,
  measuring: 'Es wird gemessen, etwa eine Sekunde je Gerät',
  facts: {
    now: 'Berechnet',
    processor: 'Prozessor',
    cores: 'Kerne',
    atOnce: 'Berechnungen zugleich',
    memory: 'Arbeitsspeicher'
  },
  fallback: 'Ein anderes Gerät musste einspringen',
  safety: 'Sicherheit',
  confirmAside: 'Nachfragen beim Beiseitelegen von mehr als',
  confirmAsideUnit: 'Elementen',
  lock: 'Originale werden nie verändert',
  lockText: 'Die App liest Ihre Dateien nur. Das ist immer so.',
  privacy: 'Datenschutz',
  privacyText:
    'Diese App hat keine Netzwerkfunktionen: kein Konto, keine Nutzungsberichte, keine Suche nach Aktualisierungen. Alles, was sie speichert, ist hier aufgeführt.',
  what: 'Was',
  place: 'Wo',
  showAppData: 'Dateien anzeigen',
  copyDiagnostics: 'Bericht für die Unterstützung kopieren',
  copyDiagnosticsText: 'Versionen, Geräte und die Kennungen der letzten Fehler, ohne Ihre Daten.',
  diagnosticsReady: 'Der Bericht',
  diagnosticsCopy: 'Kopieren',
  about: 'Über Winnow',
  version: 'Version',
  host: 'Läuft als',
  hosts: {
    desktop: 'Desktop-App',
    local: 'Lokale App in einem Browserfenster',
    cli: 'Befehlszeile'
  },
  licences: 'Lizenzen',
  licencesText:
    'Winnow ist freie Software unter der Apache License 2.0. Diese Teile gehören dazu; ein Klick auf einen Teil zeigt seine Lizenz.',
  licencesSearch: 'In Namen und Lizenzen suchen',
  licencesFound: (found, all) =>
    found === all ? (all === 1 ? '1 Teil' : `${all} Teile`) : `${found} von ${all} Teilen`,
  licencesNone: (words) => `„${words}“ kommt hier nicht vor.`,
  licencesMissing: 'Die Liste der Lizenzen konnte nicht gelesen werden.',
  licencesAgain: 'Erneut versuchen',
  licenceCopy: 'Text kopieren',
  licenceColumns: { name: 'Teil', version: 'Version', kind: 'Was es ist', licence: 'Lizenz' },
  licenceKinds: {
    app: 'Diese App',
    code: 'Code',
    typeface: 'Schrift',
    data: 'Daten',
    program: 'Programm'
  },
  noProject: 'Kein Projekt ist geöffnet.'
}

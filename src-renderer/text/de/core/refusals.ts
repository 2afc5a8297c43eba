// German for sentences of the core that refuse something.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Refusals.
  'The request was not understood.': 'Die Anfrage wurde nicht verstanden.',
  'This window and the app are different versions. Reload the window.':
    'Dieses Fenster und die App haben verschiedene Versionen. Laden Sie das Fenster neu.',
  'The app does not know this request.': 'Die App kennt diese Anfrage nicht.',
  'Something went wrong inside the app. Nothing was lost.':
    'In der App ist etwas schiefgegangen. Es ging nichts verloren.',
  'Stopped.': 'Angehalten.',
  'Access to this file has ended. Choose it again.':
    'Der Zugriff auf diese Datei ist abgelaufen. Wählen Sie sie noch einmal.',
  'This needs a different kind of file or folder.':
    'Dafür braucht es eine andere Art von Datei oder Ordner.',
  'No project is open. Open or create one first.':
    'Es ist kein Projekt geöffnet. Öffnen Sie eines, oder legen Sie eines an.',
  'A project with this name is already there.': 'Ein Projekt mit diesem Namen gibt es schon.',
  'The project folder is not there any more.': 'Den Projektordner gibt es nicht mehr.',
  'This folder is not a Winnow project.': 'Dieser Ordner ist kein Winnow-Projekt.',
  'This project was made by a newer version of the app. It is open for reading only.':
    'Dieses Projekt wurde mit einer neueren Version der App erstellt. Es ist nur zum Lesen geöffnet.',
  'The project file is damaged. Restore it from a backup.':
    'Die Projektdatei ist beschädigt. Stellen Sie sie aus einer Sicherung wieder her.',
  'This project is open in another window.':
    'Dieses Projekt ist in einem anderen Fenster geöffnet.',
  'This project is open for reading only, so nothing can be changed.':
    'Dieses Projekt ist nur zum Lesen geöffnet, daher kann nichts geändert werden.',
  'This dataset is not in the project.': 'Dieser Datensatz ist nicht im Projekt.',
  'A dataset with this name is already in the project. Choose another name.':
    'Ein Datensatz mit diesem Namen ist schon im Projekt. Wählen Sie einen anderen Namen.',
  'This item is not in the dataset.': 'Dieses Element ist nicht im Datensatz.',
  'The file could not be opened.': 'Die Datei konnte nicht geöffnet werden.',
  'The app does not recognise this kind of data.': 'Die App erkennt diese Art von Daten nicht.',
  'The file is damaged or cut off.': 'Die Datei ist beschädigt oder abgeschnitten.',
  'The archive holds an entry that is not safe to read, so nothing was imported.':
    'Das Archiv enthält etwas, das nicht sicher gelesen werden kann; es wurde nichts importiert.',
  'This is larger than the app can read safely.': 'Das ist größer, als die App sicher lesen kann.',
  'There is nothing here to import.': 'Hier gibt es nichts zu importieren.',
  'A column with this name is not in the data.':
    'Eine Spalte mit diesem Namen ist nicht in den Daten.',
  'The app has no method with this name.': 'Die App hat kein Verfahren mit diesem Namen.',
  'This method cannot be used with this data.':
    'Dieses Verfahren kann mit diesen Daten nicht verwendet werden.',
  'This many items cannot be kept.': 'So viele Elemente können nicht behalten werden.',
  'This run is not in the project.': 'Dieser Lauf ist nicht im Projekt.',
  'This run has no result yet.': 'Dieser Lauf hat noch kein Ergebnis.',
  'This run cannot be continued.': 'Dieser Lauf kann nicht fortgesetzt werden.',
  'A folder with this name is already there.': 'Einen Ordner mit diesem Namen gibt es schon.',
  'The folder cannot be written to. Choose another folder.':
    'In diesen Ordner kann nicht geschrieben werden. Wählen Sie einen anderen.',
  'There is not enough free space on the disk.': 'Auf dem Datenträger ist nicht genug Platz frei.',
  'This folder is not an exported set: it has no manifest.json.':
    'Dieser Ordner ist keine exportierte Auswahl: Die Datei manifest.json fehlt.',
  'The chosen computing device is not available on this computer.':
    'Das gewählte Gerät ist auf diesem Computer nicht verfügbar.',
  'The computing device stopped working during the calculation.':
    'Das Gerät hat während der Berechnung aufgehört zu arbeiten.',
  'This has to wait until nothing else is running.': 'Das muss warten, bis nichts anderes läuft.',
  'The calculation stopped unexpectedly. The rest of the app is fine.':
    'Die Berechnung wurde unerwartet beendet. Der Rest der App ist in Ordnung.',
  'The calculation ran out of memory. Try a smaller set.':
    'Der Arbeitsspeicher reichte für die Berechnung nicht. Versuchen Sie es mit weniger.'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = []

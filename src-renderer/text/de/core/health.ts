// German for sentences of the core about findings of the health check, and what can be done about them.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Findings of the health check, and what can be done about them.
  'Exact duplicates': 'Genaue Duplikate',
  'Near-duplicates': 'Fast-Duplikate',
  'Likely wrong labels': 'Wohl falsche Labels',
  'Odd ones out': 'Ausreißer',
  'Unreadable pictures': 'Nicht lesbare Bilder',
  'Tiny pictures': 'Winzige Bilder',
  'Too dark to see': 'Zu dunkel',
  'Too bright or blank': 'Zu hell oder leer',
  'Blurry pictures': 'Unscharfe Bilder',
  'Odd sizes and shapes': 'Ungewöhnliche Größen und Formen',
  'Empty or very short texts': 'Leere oder sehr kurze Texte',
  'Very long texts': 'Sehr lange Texte',
  Repetitions: 'Wiederholungen in Texten',
  'Other languages': 'Andere Sprachen',
  'Keys and passwords': 'Schlüssel und Kennwörter',
  'Personal data': 'Persönliche Daten',
  'Missing labels': 'Fehlende Labels',
  'Rare labels': 'Seltene Labels',
  'Balance of labels': 'Verteilung der Labels',
  'The same items in training and test': 'Dieselben Elemente in Training und Test',
  'Groups in training and test': 'Gruppen in Training und Test',
  'Copies with different labels': 'Kopien mit verschiedenen Labels',
  'No label stands out as likely wrong.': 'Kein Label fällt als wohl falsch auf.',
  'All pictures can be read.': 'Alle Bilder sind lesbar.',
  'No picture is too small to show anything.': 'Kein Bild ist zu klein, um etwas zu zeigen.',
  'No picture is too dark to see.': 'Kein Bild ist zu dunkel.',
  'No picture is washed out or blank.': 'Kein Bild ist ausgewaschen oder leer.',
  'No picture is much blurrier than the others.': 'Kein Bild ist viel unschärfer als die anderen.',
  'All pictures have much the same shape and size.':
    'Alle Bilder haben etwa gleiche Form und Größe.',
  'No text is empty or very short.': 'Kein Text ist leer oder sehr kurz.',
  'No text is far longer than the others.': 'Kein Text ist viel länger als die anderen.',
  'No text repeats itself, and no line is stuck to many texts.':
    'Kein Text wiederholt sich, und keine Zeile steht an vielen Texten.',
  'No keys, access tokens or passwords were recognised.':
    'Es wurden keine Schlüssel, Zugangscodes oder Kennwörter erkannt.',
  'No e-mail addresses, phone numbers or account numbers were recognised.':
    'Es wurden keine E-Mail-Adressen, Telefonnummern oder Kontonummern erkannt.',
  'Every item has a label.': 'Jedes Element hat ein Label.',
  'Every label has enough items to learn from.': 'Jedes Label hat genug Elemente zum Lernen.',
  'No test item has a copy among the training items.':
    'Kein Testelement hat eine Kopie unter den Trainingselementen.',
  'Copies of an item have the same label.': 'Kopien eines Elements haben dasselbe Label.',
  'The texts are too short to tell their language.':
    'Die Texte sind zu kurz, um ihre Sprache zu erkennen.',
  'Some are mistakes, some are rare and valuable.':
    'Einige sind Fehler, einige sind selten und wertvoll.',
  'A model can learn them by heart and tell them.':
    'Ein Modell kann sie auswendig lernen und verraten.',
  'Not every one is wrong: look through them.': 'Nicht jedes ist falsch: Sehen Sie sie durch.',
  'Many pictures here look alike, so only the closest copies are counted.':
    'Viele Bilder hier sehen sich ähnlich, daher zählen nur die genauesten Kopien.',
  'Shows them, the most striking first. Nothing is changed.':
    'Zeigt sie, die auffälligsten zuerst. Es wird nichts geändert.',
  'Replaces the given labels; the step list keeps them and can bring them back.':
    'Ersetzt die vorhandenen Labels; die Liste der Änderungen behält sie und kann sie zurückbringen.',
  'Keep the first of each group': 'Das erste jeder Gruppe behalten',
  'The test items stay; their copies in training are not used any more.':
    'Die Testelemente bleiben; ihre Kopien im Training werden nicht mehr verwendet.',
  'They are not used any more, and can be brought back at any time.':
    'Sie werden nicht mehr verwendet und können jederzeit zurückgeholt werden.',
  'This data has no labels.': 'Diese Daten haben keine Labels.',
  'All items have the same label.': 'Alle Elemente haben dasselbe Label.',
  'There are too few items to compare.': 'Es sind zu wenige Elemente zum Vergleichen.',
  Labels: 'Labels',
  'Picture problems': 'Probleme mit Bildern',
  picture: 'Bild',
  text: 'Text',
  texts: 'Texte',
  row: 'Zeile',
  // Findings.
  'private keys': 'private Schlüssel',
  'access tokens': 'Zugangscodes',
  'signed login tokens': 'unterschriebene Anmeldecodes',
  'passwords in settings': 'Kennwörter in Einstellungen',
  'e-mail addresses': 'E-Mail-Adressen',
  'phone numbers': 'Telefonnummern',
  'payment card numbers': 'Kartennummern',
  'bank account numbers': 'Kontonummern',
  'network addresses': 'Netzwerkadressen',
  'such data': 'solche Daten',
  'This data is not split into training and test items.':
    'Diese Daten sind nicht in Trainings- und Testelemente geteilt.',
  'There are too few pictures to compare.': 'Es sind zu wenige Bilder zum Vergleichen.',
  'This table has no number columns.': 'Diese Tabelle hat keine Spalten mit Zahlen.',
  'It needs at least three columns with many different numbers.':
    'Dafür braucht es mindestens drei Spalten mit vielen verschiedenen Zahlen.',
  'This dataset has no items.': 'Dieser Datensatz hat keine Elemente.',
  'Pictures that belong to texts or table rows are not looked at.':
    'Bilder, die zu Texten oder Tabellenzeilen gehören, werden nicht angesehen.',
  'Make them once, then check again.': 'Berechnen Sie sie einmal, und prüfen Sie dann noch einmal.',
  'It needs items with at least two different labels.':
    'Dafür braucht es Elemente mit mindestens zwei verschiedenen Labels.',
  'These are too many labels to change in one step.':
    'Das sind zu viele Labels, um sie in einem Schritt zu ändern.',
  'Choose some of the items first.': 'Wählen Sie zuerst einige der Elemente.',
  'Showing items changes nothing.': 'Elemente zu zeigen ändert nichts.',
  'This finding is not there any more.': 'Diesen Befund gibt es nicht mehr.',
  'Check the data again.': 'Prüfen Sie die Daten noch einmal.',

  // Why single items are in a finding.
  'Kept when one of each group is kept': 'Bleibt, wenn eines jeder Gruppe behalten wird',
  'The same, byte for byte': 'Byte für Byte gleich',
  'Kept when the best of each group is kept': 'Bleibt, wenn das beste jeder Gruppe behalten wird',
  'The file could not be opened as a picture': 'Die Datei konnte nicht als Bild geöffnet werden',
  'Hardly any difference between its lightest and darkest parts':
    'Kaum ein Unterschied zwischen hellsten und dunkelsten Stellen',
  'No words': 'Keine Wörter',
  'No label': 'Kein Label',
  'An equal item is on the other side of the split':
    'Ein gleiches Element ist auf der anderen Seite, in Training oder Test',
  'A nearly equal item is on the other side of the split':
    'Ein fast gleiches Element ist auf der anderen Seite, in Training oder Test',
  'Its group is on both sides of the split': 'Seine Gruppe ist in Training und Test zugleich',
  'a private key': 'einen privaten Schlüssel',
  'an access token': 'einen Zugangscode',
  'a signed login token': 'einen unterschriebenen Anmeldecode',
  'a password in a setting': 'ein Kennwort in einer Einstellung',
  'an e-mail address': 'eine E-Mail-Adresse',
  'a phone number': 'eine Telefonnummer',
  'a payment card number': 'eine Kartennummer',
  'a bank account number': 'eine Kontonummer',
  'a network address': 'eine Netzwerkadresse',

  // Languages.
  'not sure': 'unsicher',
  'another language': 'eine andere Sprache',
  English: 'Englisch',
  German: 'Deutsch',
  French: 'Französisch',
  Spanish: 'Spanisch',
  Portuguese: 'Portugiesisch',
  Italian: 'Italienisch',
  Dutch: 'Niederländisch',
  Swedish: 'Schwedisch',
  'Danish or Norwegian': 'Dänisch oder Norwegisch',
  Finnish: 'Finnisch',
  Polish: 'Polnisch',
  Czech: 'Tschechisch',
  Hungarian: 'Ungarisch',
  Romanian: 'Rumänisch',
  Turkish: 'Türkisch',
  Russian: 'Russisch',
  Ukrainian: 'Ukrainisch',
  Bulgarian: 'Bulgarisch',
  Greek: 'Griechisch',
  'Arabic script': 'arabischer Schrift',
  Hebrew: 'Hebräisch',
  'Hindi or another Devanagari language': 'Hindi oder einer anderen Sprache in Devanagari',
  Chinese: 'Chinesisch',
  Japanese: 'Japanisch',
  Korean: 'Koreanisch',
  Thai: 'Thai'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  [
    '{#items} {@what} in {#groups} [group are|groups are] exact copies of each other: they count several times in training.',
    'Genaue Kopien voneinander: {#items} {@what}, Gruppen: {#groups}. Sie zählen im Training mehrfach.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] nearly the same: saved again, shifted, cropped or brightened.',
    'Fast gleich: {#items} {@what}, Gruppen: {#groups}. Neu gespeichert, verschoben, beschnitten oder aufgehellt.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] nearly the same: they share most of their words in the same order.',
    'Fast gleich: {#items} {@what}, Gruppen: {#groups}. Die meisten Wörter stehen in derselben Reihenfolge.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] nearly the same: all their measurements agree up to rounding.',
    'Fast gleich: {#items} {@what}, Gruppen: {#groups}. Alle Messwerte stimmen bis auf Rundung überein.'
  ],
  [
    '{#items} {@what} ({#share} %) [looks|look] like another label than the given one, judged by models that had not seen [it|them] and by the most alike items.',
    'Eher ein anderes Label als das vorhandene: {#items} {@what} ({#share} %), nach Modellen, die sie nicht kannten, und nach den ähnlichsten Elementen.'
  ],
  [
    'But the models give only {#share} % of all labels themselves, so many of these are hard rather than wrong.',
    'Aber die Modelle treffen selbst nur {#share} % aller Labels; viele davon sind eher schwierig als falsch.'
  ],
  [
    '{#items} {@what} [is|are] unlike anything else here.',
    'Keinem anderen hier ähnlich: {#items} {@what}.'
  ],
  [
    '{#items} {@what} could not be opened and [counts|count] as unlike anything in every comparison.',
    'Nicht zu öffnen: {#items} {@what}. Das gilt im Vergleich als unähnlich zu allem.'
  ],
  [
    '{#items} {@what} [is|are] so small that little can be seen.',
    'So klein, dass kaum etwas zu sehen ist: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] nearly black or blank, with hardly anything to see.',
    'Fast schwarz oder leer, kaum etwas zu sehen: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] nearly white or blank, with hardly anything to see.',
    'Fast weiß oder leer, kaum etwas zu sehen: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] much blurrier than the others.',
    'Viel unschärfer als die anderen: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [has|have] a very different size or shape; squeezed to one size, [it is|they are] distorted.',
    'Ganz andere Größe oder Form: {#items} {@what}. Auf eine Größe gebracht wirkt das verzerrt.'
  ],
  [
    '{#items} {@what} [holds|hold] no or hardly any words.',
    'Keine oder kaum Wörter: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] far longer than the others (half of the texts have under {#median} words); comparisons see only the first {#seen} words or so.',
    'Viel länger als die anderen: {#items} {@what} (die Hälfte der Texte hat unter {#median} Wörter); Vergleiche sehen nur etwa die ersten {#seen} Wörter.'
  ],
  [
    '{#items} {@what} [repeats|repeat] lines or phrases, or [begins or ends|begin or end] with a line that many texts have.',
    'Wiederholte Zeilen oder Wendungen, oder am Anfang oder Ende eine Zeile vieler Texte: {#items} {@what}.'
  ],
  [
    '{#items} {@what} ({#share} %) [has|have] no label.',
    'Ohne Label: {#items} {@what} ({#share} %).'
  ],
  [
    '{#items} {@what} [has|have] one of {#labels} rare [label|labels]: too few to learn from.',
    'Mit seltenem Label, zu wenige zum Lernen: {#items} {@what}, Labels: {#labels}.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] copies of each other on both sides of the split: the test result would be too good.',
    'Kopien voneinander in Training und Test: {#items} {@what}, Gruppen: {#groups}. Das Testergebnis wäre zu gut.'
  ],
  [
    '{#items} {@what} in {#groups} [group|groups] of copies have different labels: at least one label of each group is wrong.',
    'Kopien mit verschiedenen Labels: {#items} {@what}, Gruppen: {#groups}. In jeder Gruppe ist mindestens ein Label falsch.'
  ],
  [
    'All {#labels} labels have {#items} items each.',
    'Alle {#labels} Labels haben je {#items} Elemente.'
  ],
  [
    'Of {#labels} labels, “{most}” is the most frequent with {#largest} items and “{least}” the rarest with {#smallest}.',
    'Von {#labels} Labels ist „{most}“ mit {#largest} Elementen das häufigste und „{least}“ mit {#smallest} das seltenste.'
  ],
  ['No {@what} occurs twice.', 'Nichts kommt zweimal vor ({@what}).'],
  ['No two {@what} are nearly the same.', 'Keine zwei sind fast gleich ({@what}).'],
  ['No {@what} is far from all others.', 'Nichts ist weit von allen anderen ({@what}).'],
  ['Look through {#items} {@what}', '{#items} {@what} durchsehen'],
  ['Tag {#items} {@what}', '{#items} {@what} verschlagworten'],
  [
    'Give {#items} {@what} the suggested label',
    'Vorgeschlagenes Label verwenden: {#items} {@what}'
  ],
  ['Set {#items} {@what} aside', '{#items} {@what} beiseitelegen'],
  ['Move {#items} {@what} to training', '{#items} {@what} ins Training verschieben'],
  [
    'Keeps the best of each of {#groups} groups: labelled before unlabelled, then the largest.',
    'Behält das beste jeder Gruppe ({#groups}): mit Label vor ohne Label, dann das größte.'
  ],
  ['Keeps one of each of {#groups} groups.', 'Behält je eines von {#groups} Gruppen.'],
  // Findings.
  [
    'All pictures can be read; {#count} [file was|files were] left out at import and [is|are] listed there.',
    'Alle Bilder sind lesbar; beim Import weggelassene Dateien sind dort aufgeführt: {#count}.'
  ],
  [
    'No group of “{column}” is on both sides of the split.',
    'Keine Gruppe von „{column}“ ist in Training und Test zugleich.'
  ],
  [
    '{#items} {@what} [holds|hold] what looks like {*kinds} and {@last}.',
    'Anscheinend {*kinds} und {@last}: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [holds|hold] what looks like {@kind}.',
    'Anscheinend {@kind}: {#items} {@what}.'
  ],
  ['{@kind} ({#count})', '{@kind} ({#count})'],
  [
    '{#groups} [group|groups] of “{column}” [has|have] items in training and in test ({#items} {@what}): the test is easier than it should be.',
    'Gruppen von „{column}“ mit Elementen in Training und Test: {#groups} ({#items} {@what}). Die Prüfung ist leichter, als sie sein sollte.'
  ],
  ['Groups of “{column}” in training and test', 'Gruppen von „{column}“ in Training und Test'],
  ['The texts are mostly {@language}.', 'Die meisten Texte sind auf {@language}.'],
  ['{#items} {@what} [looks|look] different.', 'Anders sehen aus: {#items} {@what}.'],
  [
    'The texts are in several languages: {*languages}.',
    'Die Texte sind in mehreren Sprachen: {*languages}.'
  ],
  ['{@language} {#share} %', '{@language} {#share} %'],
  [
    'Similarity fingerprints of {#items} texts take long to make.',
    'Ähnlichkeitsmerkmale von {#items} Texten zu berechnen dauert lange.'
  ],
  [
    'It needs at least {#items} labelled items and two labels with {#each} items each.',
    'Dafür braucht es mindestens {#items} Elemente mit Label und zwei Labels mit je {#each} Elementen.'
  ],
  // What can be done.
  [
    'Marks them with the tag “{tag}”, so that they can be found again.',
    'Gibt ihnen das Schlagwort „{tag}“, damit sie wiederzufinden sind.'
  ],
  [
    'Keeps the earliest item of each of {#groups} groups and sets {#items} {@what} aside.',
    'Behält aus jeder Gruppe ({#groups}) das früheste und legt {#items} {@what} beiseite.'
  ],
  [
    'Moves the test side of {#groups} groups to the training items; the test gets smaller.',
    'Verschiebt die Testseite der Gruppen ({#groups}) ins Training; die Prüfung wird kleiner.'
  ],
  [
    'Set {#items} {@what} of the training side aside',
    '{#items} {@what} der Trainingsseite beiseitelegen'
  ],
  // Why single items are in a finding.
  ['{#share} % alike to the one that is kept', 'Zu {#share} % wie das, das behalten wird'],
  [
    'Seen as “{suggested}” with {#sure} %, given “{given}” with {#less} %',
    'Gesehen als „{suggested}“ mit {#sure} %, vorhanden „{given}“ mit {#less} %'
  ],
  [
    '{#times} times farther from its neighbours than usual',
    '{#times}-mal so weit von seinen Nachbarn wie üblich'
  ],
  [
    '{#times} times farther from its neighbours than usual for its label',
    '{#times}-mal so weit von seinen Nachbarn wie bei seinem Label üblich'
  ],
  [
    '{#share} % farther from its neighbours than usual',
    '{#share} % weiter von seinen Nachbarn als üblich'
  ],
  [
    '{#share} % farther from its neighbours than usual for its label',
    '{#share} % weiter von seinen Nachbarn als bei seinem Label üblich'
  ],
  [
    '{#width} × {#height} pixels; half of the pictures have at least {#half} on their shorter side',
    '{#width} × {#height} Bildpunkte; die Hälfte der Bilder hat mindestens {#half} an der kürzeren Seite'
  ],
  ['{#width} × {#height} pixels', '{#width} × {#height} Bildpunkte'],
  ['Mean brightness {#share} %, little contrast', 'Mittlere Helligkeit {#share} %, wenig Kontrast'],
  ['{#share} % of the usual sharpness', '{#share} % der üblichen Schärfe'],
  [
    '{#words} words; half of the texts have under {#half}',
    '{#words} Wörter; die Hälfte der Texte hat unter {#half}'
  ],
  ['{#words} words', '{#words} Wörter'],
  ['{#words} word', '{#words} Wort'],
  ['Looks like {@language}', 'Sieht aus wie {@language}'],
  ['“{label}” has {#items} items', '„{label}“ hat {#items} Elemente'],
  ['“{label}” has {#items} item', '„{label}“ hat {#items} Element'],
  ['Labelled “{given}”; its copies differ', 'Label „{given}“; seine Kopien weichen ab'],
  [
    'Labelled “{given}”; most of its copies say “{suggested}”',
    'Label „{given}“; die meisten seiner Kopien sagen „{suggested}“'
  ],
  [
    '{#share} % of it are lines it has already had',
    '{#share} % davon sind Zeilen, die schon vorkamen'
  ],
  ['One phrase makes up {#share} % of it', 'Eine Wendung macht {#share} % davon aus'],
  [
    'Begins or ends with a line that {#texts} texts have',
    'Beginnt oder endet mit einer Zeile, die {#texts} Texte haben'
  ],
  ['Holds {*kinds} and {@last}: {text}', 'Enthält {*kinds} und {@last}: {text}'],
  ['Holds {*kinds} and {@last}', 'Enthält {*kinds} und {@last}'],
  ['Holds {@kind}: {text}', 'Enthält {@kind}: {text}'],
  ['Holds {@kind}', 'Enthält {@kind}']
]

// German for sentences of the core about tiny sets: messages of the plan, helper models from files,
// notes and comparisons of results, refusals. Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Messages of the plan, and their buttons.
  'No labels found. A tiny training set is made of items with labels, or of groups of items that look alike.':
    'Keine Labels gefunden. Ein Mini-Trainingsset entsteht aus Elementen mit Labels oder aus Gruppen von Elementen, die sich ähneln.',
  'Group by likeness': 'Nach Ähnlichkeit gruppieren',
  'At least two labels with items are needed to learn from.':
    'Zum Lernen braucht es mindestens zwei Labels mit Elementen.',
  'Take all labels': 'Alle Labels nehmen',
  'Leave it out': 'Weglassen',
  'Leave them out': 'Weglassen',
  'Merge labels': 'Labels zusammenlegen',
  'Groups with too few items': 'Gruppen mit zu wenigen Elementen',
  'Take its kind': 'Dessen Art nehmen',
  'A setting of the method is not possible.':
    'Eine Einstellung des Verfahrens ist so nicht möglich.',
  'Take the usual settings': 'Übliche Einstellungen nehmen',
  'Choosing real items may serve you better.':
    'Mit ausgewählten echten Elementen fahren Sie vielleicht besser.',
  'Choose real items': 'Echte Elemente auswählen',
  'Use 1 per label': '1 je Label verwenden',
  'Use Quick': '„Schnell“ verwenden',
  'Ask for plain labels': 'Einfache Labels verlangen',
  'Groups of items that look alike stand in for labels; labels are not looked at.':
    'Gruppen ähnlicher Elemente treten an die Stelle von Labels; Labels werden nicht beachtet.',
  'Where the result is a percent right, it says how often the group of an item is found.':
    'Wo das Ergebnis in Prozent angegeben ist, sagt es, wie oft die Gruppe eines Elements gefunden wird.',
  'Make a set of pairs': 'Set aus Paaren erstellen',
  'A tiny set of pairs teaches which text belongs to a picture; no labels are needed.':
    'Ein Mini-Set aus Paaren lehrt, welcher Text zu einem Bild gehört; Labels braucht es nicht.',
  'Pairs need items with a picture and a text each; these have none.':
    'Für Paare braucht es Elemente mit Bild und Text; hier gibt es keine.',
  'Choose other data': 'Andere Daten wählen',
  'Students learn which text belongs to a picture; labels are not looked at.':
    'Gelernt wird, welcher Text zu einem Bild gehört; Labels werden nicht beachtet.',
  'The test says how often the right one is found first among up to 1,000.':
    'Die Prüfung sagt, wie oft der richtige unter bis zu 1.000 als erster gefunden wird.',
  'Pairs are not parted into groups.': 'Paare werden nicht in Gruppen geteilt.',
  'There is no method for this kind of set yet.':
    'Für diese Art von Set gibt es noch kein Verfahren.',

  // Why a method cannot be used, and why one is recommended.
  'It does not work on pairs of a picture and a text.':
    'Es arbeitet nicht mit Paaren aus Bild und Text.',
  'It works on pairs of a picture and a text only.':
    'Es arbeitet nur mit Paaren aus Bild und Text.',
  'It works on rows of numbers only.': 'Es arbeitet nur mit Zeilen aus Zahlen.',
  'It works on pictures only.': 'Es arbeitet nur mit Bildern.',
  'Without labels: its items teach a network what is like what.':
    'Ohne Labels: Seine Elemente lehren ein Netz, was wem ähnelt.',
  'Without labels: typical real items of each group show what the data holds.':
    'Ohne Labels: Typische echte Elemente jeder Gruppe zeigen, was die Daten enthalten.',
  'A few learned pairs teach far more than as many real ones.':
    'Wenige gelernte Paare lehren weit mehr als ebenso viele echte.',
  'With one item for each label, a computer-made one shows more of its label than any real one.':
    'Bei einem Element je Label zeigt ein vom Computer erzeugtes mehr von seinem Label als jedes echte.',
  'Safest: real items with richer labels, which any later model can learn from.':
    'Am sichersten: echte Elemente mit reicheren Labels, aus denen jedes spätere Modell lernen kann.',
  'The first method that works with this data.':
    'Das erste Verfahren, das mit diesen Daten arbeitet.',

  // Helper models from files.
  'Train one here': 'Hier eines trainieren',
  'Choose its file again.': 'Wählen Sie seine Datei noch einmal.',
  'Which output is which label': 'Welche Ausgabe welches Label ist',
  'How often it is right is measured before anything is made.':
    'Wie oft es richtigliegt, wird gemessen, bevor etwas erstellt wird.',
  'It works with the inside of its helper models, which a file does not show, so it trains them here.':
    'Es braucht das Innere seiner Hilfsmodelle, das eine Datei nicht zeigt, und trainiert sie daher hier.',
  'It needs no helper model.': 'Es braucht kein Hilfsmodell.',
  'Labels that are asked for while students learn need a helper model trained here.':
    'Labels, die während des Lernens erfragt werden, brauchen ein hier trainiertes Hilfsmodell.',
  'Choose another file, or let the app train a helper model.':
    'Wählen Sie eine andere Datei, oder lassen Sie die App ein Hilfsmodell trainieren.',
  'Choose a model for these columns, or let the app train a helper model.':
    'Wählen Sie ein Modell für diese Spalten, oder lassen Sie die App ein Hilfsmodell trainieren.',
  'Choose a smaller model, or let the app train a helper model.':
    'Wählen Sie ein kleineres Modell, oder lassen Sie die App ein Hilfsmodell trainieren.',
  'Let the app train a helper model instead.':
    'Lassen Sie stattdessen die App ein Hilfsmodell trainieren.',
  'Let the app train a helper model.': 'Lassen Sie die App ein Hilfsmodell trainieren.',
  'Its outputs have to be the labels of the data, in the same order.':
    'Seine Ausgaben müssen die Labels der Daten sein, in derselben Reihenfolge.',
  'Export the model from its program as an ONNX file (in PyTorch: torch.onnx.export).':
    'Exportieren Sie das Modell aus seinem Programm als ONNX-Datei (in PyTorch: torch.onnx.export).',
  'Export it as one file, with all numbers inside.':
    'Exportieren Sie es als eine Datei, mit allen Zahlen darin.',
  'Export it anew with a common set of operations (opset 18 or lower).':
    'Exportieren Sie es neu, mit gebräuchlichen Rechenschritten (opset 18 oder niedriger).',
  'A model that finds similar pictures, or places in pictures, cannot label them.':
    'Ein Modell, das ähnliche Bilder oder Stellen in Bildern findet, kann ihnen keine Labels geben.',
  'Check which numbers it takes for a pixel.':
    'Sehen Sie nach, welche Zahlen es je Pixel erwartet.',
  'The helper model is not in the project any more.': 'Das Hilfsmodell ist nicht mehr im Projekt.',
  'This needs the inside of a helper model, which a file of your own does not show.':
    'Dafür braucht es das Innere eines Hilfsmodells, das eine eigene Datei nicht zeigt.',
  'The model did not answer within two minutes, so it was not taken.':
    'Das Modell hat zwei Minuten lang nicht geantwortet und wurde nicht übernommen.',

  // Why the time is what it is.
  'Measured on this computer with a network of this size.':
    'Auf diesem Computer mit einem Netz dieser Größe gemessen.',
  'Other work keeps it busy at the moment; while that lasts it takes longer.':
    'Er ist gerade mit anderem beschäftigt; solange das dauert, braucht es länger.',

  // Figures within messages of the plan.
  Quick: 'Schnell',
  Standard: 'Standard',
  Thorough: 'Gründlich',
  'all your data or more': 'alles, was Sie haben, oder mehr',
  'nearly half your data': 'fast die Hälfte Ihrer Daten',

  // Notes and cautions of results.
  'Stopped early: the best set so far was kept.':
    'Vorzeitig angehalten: Das bisher beste Set wurde behalten.',
  'Stopped before it ended: the best set so far was kept.':
    'Vor dem Ende angehalten: Das bisher beste Set wurde behalten.',
  'The set was not tested, as asked.': 'Das Set wurde nicht geprüft, wie verlangt.',
  'The set was not tested: there are no test items.':
    'Das Set wurde nicht geprüft: Es gibt keine Testelemente.',
  'An earlier state of the set did better on validation items than the last one; it was kept.':
    'Ein früherer Stand des Sets war bei Elementen zur Zwischenprüfung besser als der letzte; er wurde behalten.',
  'Groups are not labels: what they have in common is for you to see.':
    'Gruppen sind keine Labels: Was sie gemeinsam haben, müssen Sie selbst sehen.',
  'Richer labels from it may teach mistakes.': 'Reichere Labels von ihm können Fehler lehren.',
  'There are no test items; the validation items were asked instead.':
    'Es gibt keine Testelemente; stattdessen wurden die Elemente zur Zwischenprüfung gefragt.',
  'This set teaches free numbers; here its items were learned with plain labels.':
    'Dieses Set lehrt freie Zahlen; hier wurde mit einfachen Labels aus ihm gelernt.',

  // Phases and parts of what is stored.
  'Looking into the set': 'In das Set hineinsehen',
  Items: 'Elemente',
  Decoder: 'Zeichenprogramm',
  'How items are put together': 'Wie Elemente zusammengesetzt werden',
  'Helper model kept for labels': 'Für Labels behaltenes Hilfsmodell',
  Pairs: 'Paare',

  // What methods measured on their way, and notes of theirs.
  'Accuracy on validation items of students.':
    'Genauigkeit bei Elementen zur Zwischenprüfung, nachdem aus dem Set gelernt wurde.',
  'Accuracy on validation items of fully trained students.':
    'Genauigkeit bei Elementen zur Zwischenprüfung, nachdem zu Ende gelernt wurde.',
  'Accuracy on validation items of students after short trainings; the best pairs were then trained in full.':
    'Genauigkeit bei Elementen zur Zwischenprüfung nach kurzem Lernen; mit den besten Paaren wurde dann zu Ende gelernt.',
  'Spread: how much the labels say besides their largest share, in nats.':
    'Streuung: wie viel die Labels neben ihrem größten Anteil sagen, in Nat.',
  'Labels and step sizes': 'Labels und Schrittweiten',
  'Labels tried': 'Probierte Labels',
  'What decided': 'Was entschieden hat',
  'Moments of the helper model and temperatures': 'Zeitpunkte des Hilfsmodells und Temperaturen',
  'The same, the helper model asked while students learn':
    'Dasselbe, das Hilfsmodell während des Lernens gefragt',
  'How many shares are needed': 'Wie viele Anteile es braucht',
  'Accuracy with only the largest shares of each label; the others are 0 and nothing is scaled up.':
    'Genauigkeit mit nur den größten Anteilen jedes Labels; die anderen sind 0, und nichts wird hochgerechnet.',
  'Which shares teach': 'Welche Anteile lehren',
  'Accuracy with parts of each label changed.':
    'Genauigkeit, wenn Teile jedes Labels geändert sind.',
  'If labels only had to be even, shuffling them would do no harm.':
    'Müssten Labels nur ausgeglichen sein, würde es nicht schaden, sie zu mischen.',
  'Labels that were never shown': 'Labels, die nie gezeigt wurden',
  'Found among validation pairs': 'Unter Paaren zur Zwischenprüfung gefunden',
  'Share of pictures whose own text is among the first ones found, and the other way round.':
    'Anteil der Bilder, deren eigener Text unter den zuerst gefundenen ist, und umgekehrt.',
  'How alike everything has become': 'Wie ähnlich alles geworden ist',
  'Mean similarity of different pictures, and of different texts, as students see them.':
    'Mittlere Ähnlichkeit verschiedener Bilder und verschiedener Texte, wie sie nach dem Lernen erscheinen.',
  'Near 1 they have become one, and nothing can be found.':
    'Nahe 1 sind sie eins geworden, und nichts lässt sich finden.',
  'What is known after each stage': 'Was nach jeder Stufe bekannt ist',
  'Labels came one group after the other, and the data of earlier stages was not looked at again. After each stage a new check model learns from what was kept of all stages so far, and names validation items of all labels so far. Random items and those of the same average take as many bytes as what this set keeps.':
    'Die Labels kamen Gruppe für Gruppe, und die Daten früherer Stufen wurden nicht mehr angesehen. Nach jeder Stufe lernt ein neues Prüfmodell aus dem, was von allen bisherigen Stufen behalten wurde, und benennt Elemente zur Zwischenprüfung aller bisherigen Labels. Zufällige Elemente und solche mit gleichem Durchschnitt brauchen so viel Platz wie das, was dieses Set behält.',
  'This set': 'Dieses Set',
  'Random items, equal bytes': 'Zufällige Elemente, gleicher Platz',
  'Same average (herding), equal bytes': 'Gleicher Durchschnitt (Herding), gleicher Platz',
  'Step size': 'Schrittweite',
  Accuracy: 'Genauigkeit',
  Moment: 'Zeitpunkt',
  Spread: 'Streuung',
  Change: 'Änderung',
  Label: 'Label',
  Of: 'Von',
  Stage: 'Stufe',
  'New labels': 'Neue Labels',
  'Shares kept': 'Behaltene Anteile',
  'Whole set': 'Ganzes Set',
  'No items of it': 'Keine Elemente davon',
  'No shares of it': 'Keine Anteile davon',
  'Within the first': 'Unter den ersten',
  'Text for a picture': 'Text zu einem Bild',
  'Picture for a text': 'Bild zu einem Text',
  'Mean similarity': 'Mittlere Ähnlichkeit',
  Pictures: 'Bilder',
  Texts: 'Texte',
  'Only the largest, as 1': 'Nur der größte, als 1',
  'All but the largest shuffled': 'Alle außer dem größten gemischt',
  'All but the largest made equal': 'Alle außer dem größten angeglichen',
  'the rest the plain label': 'der Rest das einfache Label',
  'asked about every changed picture': 'für jedes geänderte Bild gefragt',
  'So this set has plain labels.': 'Daher hat dieses Set einfache Labels.',
  'A helper model has to be clearly better than that for its labels to help: train it longer, or keep fewer items.':
    'Ein Hilfsmodell muss deutlich besser sein, damit seine Labels helfen: Trainieren Sie es länger, oder behalten Sie weniger Elemente.',
  'Training on them takes as long as on any other set of as many items.':
    'Das Training damit dauert so lange wie mit jedem anderen Set aus ebenso vielen Elementen.',
  'Rows of numbers have no tiles and no mirror images, so these settings changed nothing.':
    'Zeilen aus Zahlen haben keine Kacheln und keine Spiegelbilder; diese Einstellungen haben nichts geändert.',
  'Compared through networks with instance norm: batch norm would mix the classes.':
    'Verglichen durch Netze, die jedes Bild für sich angleichen; sonst würden Labels vermischt.',
  'This method needs the similarity fingerprints of the data.':
    'Dieses Verfahren braucht die Ähnlichkeitsmerkmale der Daten.',
  'This method works on pairs of a picture and a text.':
    'Dieses Verfahren arbeitet mit Paaren aus Bild und Text.',
  'A linear model has no features of its own, so the items themselves were compared.':
    'Ein lineares Modell hat keine eigenen Merkmale; verglichen wurden die Elemente selbst.',
  'Even the smallest decoder takes more room than the items asked for; the storage figures tell how much.':
    'Schon das kleinste Zeichenprogramm braucht mehr Platz als die verlangten Elemente; unter „Speicherplatz“ steht, wie viel.',
  'Made for nearest-neighbour and kernel models.': 'Gemacht für Modelle, die Elemente vergleichen.',
  'Little of its lead carries over to networks: on Fashion-MNIST, sets of 1 and 10 per class with which the kernel model named 81 % and 84 % rightly taught a network 60 % and 75 %, where random real items taught it 54 % and 72 %.':
    'Von seinem Vorsprung bleibt bei Netzen wenig: Bei Fashion-MNIST lehrten Sets mit 1 und 10 je Label, mit denen das eigene Modell 81 % und 84 % richtig benannte, ein Netz 60 % und 75 %, zufällige echte Elemente 54 % und 72 %.',
  'On Fashion-MNIST, sets of 1 and 10 per class with which the kernel model named 65 % and 80 % rightly taught a network 61 % and 75 %, where their plain labels taught it 54 % and 72 %.':
    'Bei Fashion-MNIST lehrten Sets mit 1 und 10 je Label, mit denen das eigene Modell 65 % und 80 % richtig benannte, ein Netz 61 % und 75 %, mit einfachen Labels 54 % und 72 %.',
  'A helper model of your own cannot be kept with the set: its labels were stored once.':
    'Ein eigenes Hilfsmodell kann nicht mit dem Set behalten werden: Seine Labels wurden einmal gespeichert.',
  'Ask for fewer shared pictures, or for more items per label.':
    'Verlangen Sie weniger gemeinsame Bilder, oder mehr Elemente je Label.',
  'No network could learn from the shared pictures.':
    'Kein Netz konnte aus den gemeinsamen Bildern lernen.',
  'Take a wider check model, or a smaller step size of the networks.':
    'Nehmen Sie ein breiteres Prüfmodell, oder eine kleinere Schrittweite der Netze.',
  'Take one stage.': 'Nehmen Sie eine Stufe.',
  'Most items are equal, so there are no distances for this method to work with.':
    'Die meisten Elemente sind gleich; dem Verfahren fehlen Abstände, mit denen es arbeiten kann.',
  'Leave out repeated items first: Data health finds them.':
    'Lassen Sie zuerst wiederholte Elemente weg; die Prüfung des Datenzustands findet sie.',
  'Ask for fewer items per class, or take another method.':
    'Verlangen Sie weniger Elemente je Label, oder nehmen Sie ein anderes Verfahren.',
  'Add items of it, or leave this class out.':
    'Fügen Sie Elemente davon hinzu, oder lassen Sie dieses Label weg.',
  'There are no helper models to follow.': 'Es gibt keine Hilfsmodelle, denen gefolgt werden kann.',
  'Ask for at least one.': 'Verlangen Sie mindestens eines.',
  'Train them for more passes, or set the goal nearer.':
    'Trainieren Sie sie länger, oder setzen Sie das Ziel näher.',
  'Improving the memory': 'Gemeinsame Bilder verbessern',
  'Asking what is still known': 'Fragen, was noch bekannt ist',
  'Learning to draw': 'Zeichnen lernen',
  Matching: 'Angleichen',
  'Matching learning steps': 'Lernschritte angleichen',
  'Matching averages': 'Durchschnitte angleichen',
  'Following helpers': 'Hilfsmodellen folgen',
  'Training helpers': 'Hilfsmodelle trainieren',
  'Following helper models': 'Hilfsmodellen folgen',
  'Trying it on students': 'An lernenden Modellen ausprobieren',
  'Choosing items': 'Elemente auswählen',
  'Plain labels': 'Einfache Labels',
  'Richer labels': 'Reichere Labels',
  'error of the last layer': 'Fehler der letzten Schicht',
  'drawing error': 'Fehler beim Zeichnen',

  // Comparing sets.
  'The sets were made from different data, so their accuracies say nothing about which is better.':
    'Die Sets stammen aus verschiedenen Daten; ihre Genauigkeiten sagen nicht, welches besser ist.',
  'The sets were tested on different items, so small differences between their accuracies say nothing.':
    'Die Sets wurden an verschiedenen Elementen geprüft; kleine Unterschiede ihrer Genauigkeiten sagen nichts.',
  'They were tested by different measures, which have nothing in common.':
    'Sie wurden mit verschiedenen Maßen geprüft, die nichts gemeinsam haben.',
  'Different check models learned from them.': 'Verschiedene Prüfmodelle haben aus ihnen gelernt.',
  'A better model gets more right with the same set.':
    'Ein besseres Modell trifft mit demselben Set mehr.',
  'They do not hold equally many items.': 'Sie enthalten nicht gleich viele Elemente.',
  'A larger set has more to teach.': 'Ein größeres Set hat mehr zu lehren.',
  'One of them was tested fewer than three times, which leaves much to chance.':
    'Eines von ihnen wurde weniger als dreimal geprüft; da ist viel Zufall dabei.',
  'Fewer than two of these sets were tested, so none is ahead.':
    'Weniger als zwei dieser Sets wurden geprüft; keines liegt vorn.',
  'made by the computer': 'vom Computer erzeugt',
  quick: 'schnell',
  standard: 'Standard',
  thorough: 'gründlich',
  none: 'keine',
  off: 'aus',
  Kind: 'Art',
  Effort: 'Aufwand',
  Groups: 'Gruppen',
  'made from real items': 'aus echten Elementen gemacht',
  plain: 'einfache Labels',
  'richer, helper model asked': 'reicher, Hilfsmodell gefragt',
  'richer, all shares': 'reicher, alle Anteile',
  'trained here': 'hier trainiert',
  'as they are': 'wie sie sind',
  'not set': 'nicht angegeben',
  'Labels left out': 'Weggelassene Labels',
  'Items for each label': 'Elemente je Label',
  'Labels in the set': 'Labels im Set',
  'Helper model': 'Hilfsmodell',
  'Picture size': 'Bildgröße',
  'Check model': 'Prüfmodell',

  // Refusals.
  'There is no set to keep yet.': 'Es gibt noch kein Set zum Behalten.',
  'Wait for the first picture, or cancel the run.':
    'Warten Sie auf das erste Bild, oder brechen Sie den Lauf ab.',
  'The data this set was made from is not in the project any more.':
    'Die Daten, aus denen dieses Set entstand, sind nicht mehr im Projekt.',
  'The data this set was taken from is not in the project any more.':
    'Die Daten, aus denen dieses Set stammt, sind nicht mehr im Projekt.',
  'This set teaches no labels, and the analysis asks what models take items for.':
    'Dieses Set lehrt keine Labels, und hier wird gefragt, wofür Modelle Elemente halten.',
  'Analyse a set that was made from labelled data.':
    'Nehmen Sie ein Set, das aus Daten mit Labels entstand.',
  'The analysis of this run is damaged.': 'Was zu diesem Lauf gefunden wurde, ist beschädigt.',
  'A file of this run is damaged.': 'Eine Datei dieses Laufs ist beschädigt.',
  'Run it again.': 'Starten Sie es noch einmal.',
  'The items cannot be parted into groups.': 'Die Elemente lassen sich nicht in Gruppen teilen.',
  'They are too alike or too few.': 'Sie sind zu ähnlich oder zu wenige.',
  'Ask for fewer groups, or for fewer items of each.':
    'Verlangen Sie weniger Gruppen, oder weniger Elemente je Gruppe.',
  'Students of this set cannot be tested with this data.':
    'Was aus diesem Set gelernt wurde, lässt sich mit diesen Daten nicht prüfen.',
  'Put the original files back to where they were.':
    'Legen Sie die Originale wieder dorthin, wo sie waren.',
  'Check that the pictures are where they were, and add more pairs.':
    'Sehen Sie nach, ob die Bilder noch dort sind, und fügen Sie mehr Paare hinzu.',
  'Check that the original files are where they were, or leave this label out.':
    'Sehen Sie nach, ob die Originale noch dort sind, oder lassen Sie dieses Label weg.',

  // What of a recipe does not fit.
  'This data has no pictures; the picture size was left out.':
    'Diese Daten haben keine Bilder; die Bildgröße wurde weggelassen.'
}

/** Sentences with names and figures in them; the first that fits is taken. */
export const forms: readonly (readonly [string, string])[] = [
  [
    'Group ‘{name}’ has 1 item; at least {#least} are needed to learn from.',
    'Gruppe „{name}“ hat 1 Element; zum Lernen braucht es mindestens {#least}.'
  ],
  [
    'Group ‘{name}’ has {#items} items; at least {#least} are needed to learn from.',
    'Gruppe „{name}“ hat {#items} Elemente; zum Lernen braucht es mindestens {#least}.'
  ],
  [
    '{#groups} groups have fewer than {#least} items ({names}); that is too few to learn from.',
    '{#groups} Gruppen haben weniger als {#least} Elemente ({names}); das ist zu wenig zum Lernen.'
  ],
  [
    'This plan is for version {#old} of the data; version {#new} is current.',
    'Dieser Plan gilt für Version {#old} der Daten; aktuell ist Version {#new}.'
  ],
  ['Use version {#version}', 'Version {#version} verwenden'],
  ['{@method} cannot be used here: {@why}', '„{@method}“ kann hier nicht verwendet werden. {@why}'],
  ['{@method} makes another kind of set.', '„{@method}“ macht eine andere Art von Set.'],
  ['Use {#groups} groups', '{#groups} Gruppen verwenden'],
  ['Use {@method}', '„{@method}“ verwenden'],
  [
    '‘{name}’ has only 1 item to take from; {#asked} for each label cannot be met.',
    '„{name}“ hat nur 1 Element; {#asked} je Label sind nicht möglich.'
  ],
  [
    '‘{name}’ has only {#items} items to take from; {#asked} for each label cannot be met.',
    '„{name}“ hat nur {#items} Elemente; {#asked} je Label sind nicht möglich.'
  ],
  [
    '{#per} per class [×] {#labels} [class|classes] is {#total} [item|items] [–] {@much}.',
    '{#per} je Label × {#labels} ergibt {#total} – {@much}.'
  ],
  [
    'No graphics card was found. {@effort} would take {@time} here; Quick {@quick}.',
    'Es wurde keine Grafikkarte gefunden. „{@effort}“ würde hier {@time} dauern, „Schnell“ {@quick}.'
  ],
  [
    'No graphics card was found. {@effort} would take {@time} here.',
    'Es wurde keine Grafikkarte gefunden. „{@effort}“ würde hier {@time} dauern.'
  ],
  ['about {#low} to {#high} s', 'etwa {#low} bis {#high} s'],
  ['about {#low} to {#high} min', 'etwa {#low} bis {#high} min'],
  ['about {#low} to {#high} h', 'etwa {#low} bis {#high} h'],
  ['about {#low} s to {#high} min', 'etwa {#low} s bis {#high} min'],
  ['about {#low} s to {#high} h', 'etwa {#low} s bis {#high} h'],
  ['about {#low} min to {#high} h', 'etwa {#low} min bis {#high} h'],
  ['about {#time} s', 'etwa {#time} s'],
  ['about {#time} min', 'etwa {#time} min'],
  ['about {#time} h', 'etwa {#time} h'],
  ['up to {#time} s', 'bis zu {#time} s'],
  ['up to {#time} min', 'bis zu {#time} min'],
  ['up to {#time} h', 'bis zu {#time} h'],
  [
    'Free disk is {#free}, the run needs about {#disk}.',
    'Auf dem Datenträger sind {#free} frei, der Lauf braucht etwa {#disk}.'
  ],
  [
    '{@method} gives its items plain labels; richer labels are not part of it.',
    '„{@method}“ gibt seinen Elementen einfache Labels; reichere gehören nicht dazu.'
  ],
  [
    'There [is|are] only {#items} test [item|items], so the test will be a rough estimate.',
    'Testelemente: nur {#items}; die Prüfung wird eine grobe Schätzung.'
  ],
  [
    '{#items} [item|items] cannot be parted into {#groups} groups of at least {#least}.',
    'Elemente: {#items}. Sie lassen sich nicht in {#groups} Gruppen zu mindestens {#least} teilen.'
  ],
  ['{#items} [item has|items have] a picture and a text.', 'Mit Bild und Text: {#items}.'],
  [
    'Only {#items} [item has|items have] a picture beside the text; at least {#least} are needed.',
    'Bild und Text zusammen gibt es nur {#items}-mal; mindestens {#least} sind nötig.'
  ],
  [
    '{#without} of {#items} [item|items] have no picture and take no part.',
    '{#without} von {#items} haben kein Bild und nehmen nicht teil.'
  ],

  // Helper models from files.
  [
    '{@method} cannot use a helper model from a file.',
    '„{@method}“ kann kein Hilfsmodell aus einer Datei verwenden.'
  ],
  ['{@method} does not ask a helper model.', '„{@method}“ fragt kein Hilfsmodell.'],
  [
    'The helper model “{name}” is not in this project.',
    'Das Hilfsmodell „{name}“ ist nicht in diesem Projekt.'
  ],
  [
    'The helper model “{name}” is not in the project any more.',
    'Das Hilfsmodell „{name}“ ist nicht mehr im Projekt.'
  ],
  [
    'The outputs of “{name}” are read as the labels, in their order.',
    'Die Ausgaben von „{name}“ werden als die Labels gelesen, in ihrer Reihenfolge.'
  ],
  [
    'Your helper model expects pictures of {#width} × {#height}; those of {#from} × {#to} are brought to that size for it.',
    'Ihr Hilfsmodell erwartet Bilder von {#width} × {#height}; die von {#from} × {#to} werden dafür auf diese Größe gebracht.'
  ],
  [
    'Your helper model “{name}” takes pictures, and this data has none.',
    'Ihr Hilfsmodell „{name}“ nimmt Bilder, und diese Daten haben keine.'
  ],
  [
    'Your helper model “{name}” takes rows of numbers, and this data is pictures.',
    'Ihr Hilfsmodell „{name}“ nimmt Zeilen aus Zahlen, und diese Daten sind Bilder.'
  ],
  [
    'Your helper model “{name}” takes {#columns} columns; the items here have {#has}.',
    'Ihr Hilfsmodell „{name}“ nimmt {#columns} Spalten; die Elemente hier haben {#has}.'
  ],
  [
    'Your helper model “{name}” names {#given} labels; the data has {#all} labels, of which {#part} take part.',
    'Ihr Hilfsmodell „{name}“ nennt {#given} Labels; die Daten haben {#all}, von denen {#part} teilnehmen.'
  ],
  [
    'Your helper model “{name}” names {#given} labels; the data has {#all} labels.',
    'Ihr Hilfsmodell „{name}“ nennt {#given} Labels; die Daten haben {#all}.'
  ],
  [
    '“{name}” is larger than {#size}, the most that a helper model may be.',
    '„{name}“ ist größer als {#size}; größer darf ein Hilfsmodell nicht sein.'
  ],
  [
    'Helper models from files cannot run on this computer: {why}.',
    'Hilfsmodelle aus Dateien laufen auf diesem Computer nicht: {why}.'
  ],
  [
    'The helper model “{name}” could not be run: its parts do not fit together, or need what this app does not have.',
    'Das Hilfsmodell „{name}“ lief nicht: Seine Teile passen nicht zusammen oder brauchen etwas, das die App nicht hat.'
  ],
  [
    'The helper model “{name}” answers with what is no number.',
    'Das Hilfsmodell „{name}“ antwortet mit etwas, das keine Zahl ist.'
  ],
  [
    '“{name}[”] is not an ONNX model, or it is cut off.',
    '„{name}“ ist kein ONNX-Modell, oder es ist abgeschnitten.'
  ],
  [
    '“{name}[”] keeps its numbers in further files.',
    '„{name}“ hat seine Zahlen in weiteren Dateien.'
  ],
  [
    '“{name}[”] uses an operation that this app does not have ({operator}).',
    '„{name}“ verwendet einen Rechenschritt, den die App nicht hat ({operator}).'
  ],
  [
    '“{name}[”] takes {#inputs} inputs; a helper model takes one, the items.',
    '„{name}“ hat {#inputs} Eingaben; ein Hilfsmodell hat eine, die Elemente.'
  ],
  [
    '“{name}[”] does not take 32-bit floating-point numbers, which items are given as.',
    '„{name}“ nimmt keine 32-Bit-Kommazahlen; so werden Elemente übergeben.'
  ],
  ['“{name}[”] does not say what it takes.', '„{name}“ sagt nicht, was es nimmt.'],
  [
    '“{name}[”] takes numbers in {#dimensions} dimensions; pictures have 4 (number, channels, height, width) and rows have 2.',
    '„{name}“ nimmt Zahlen in {#dimensions} Richtungen; Bilder haben 4 (Anzahl, Farben, Höhe, Breite), Zeilen 2.'
  ],
  [
    '“{name}[”] does not say how many columns it takes.',
    '„{name}“ sagt nicht, wie viele Spalten es nimmt.'
  ],
  [
    '“{name}[”] takes pictures that have neither 1 nor 3 channels.',
    '„{name}“ nimmt Bilder, die weder grau noch in drei Farben sind.'
  ],
  [
    '“{name}[”] takes pictures larger than {#side} pixels a side.',
    '„{name}“ nimmt Bilder mit mehr als {#side} Pixeln je Seite.'
  ],
  [
    '“{name}[”] gives no list of numbers, one for each label.',
    '„{name}“ liefert keine Liste von Zahlen, eine je Label.'
  ],
  [
    '“{name}[” gives one number]; a helper model gives one for each label.',
    '„{name}“ liefert eine Zahl; ein Hilfsmodell liefert eine je Label.'
  ],
  [
    '“{name}[”] gives {#outputs} [numbers]; a helper model gives one for each label.',
    '„{name}“ liefert {#outputs} Zahlen; ein Hilfsmodell liefert eine je Label.'
  ],
  [
    'The helper model is right only {#share} % of the time on items it has not seen.',
    'Das Hilfsmodell liegt bei Elementen, die es nicht kennt, nur in {#share} % der Fälle richtig.'
  ],
  [
    'The helper model is right on {#share} % of the validation items.',
    'Das Hilfsmodell liegt bei {#share} % der Elemente zur Zwischenprüfung richtig.'
  ],

  ['Tiny set of {data}, {#pairs} pairs', 'Mini-Set von {data}, {#pairs} Paare'],
  ['Tiny set of {data}, {#items} per [label]', 'Mini-Set von {data}, {#items} je Label'],
  ['Tiny set of {data}, {#items} per [group]', 'Mini-Set von {data}, {#items} je Gruppe'],
  ['What does it teach? {name}', 'Was lehrt es? {name}'],

  // Notes of results.
  [
    'Items that look alike were put into {#groups} groups.',
    'Ähnliche Elemente kamen in {#groups} Gruppen.'
  ],
  [
    '{#given} of {#asked} groups had too few items; these joined the group most like them.',
    '{#given} von {#asked} Gruppen hatten zu wenige Elemente; diese kamen zur ähnlichsten Gruppe.'
  ],
  [
    '{#count} [picture|pictures] could not be read and took no part.',
    'Nicht lesbar und nicht beteiligt: {#count} Bilder.'
  ],
  [
    '{#used} of {#all} items were learned from, so that they fit in memory.',
    'Gelernt wurde aus {#used} von {#all} Elementen, damit sie in den Arbeitsspeicher passen.'
  ],
  [
    '{#count} row has [no picture that can be read] and takes no part.',
    '{#count} Zeile hat kein lesbares Bild und nimmt nicht teil.'
  ],
  [
    '{#count} rows have [no picture that can be read] and take no part.',
    '{#count} Zeilen haben kein lesbares Bild und nehmen nicht teil.'
  ],
  [
    '{#count} row has [no text with words] and takes no part.',
    '{#count} Zeile hat keinen Text mit Wörtern und nimmt nicht teil.'
  ],
  [
    '{#count} rows have [no text with words] and take no part.',
    '{#count} Zeilen haben keinen Text mit Wörtern und nehmen nicht teil.'
  ],
  [
    'Only {#count} rows have a picture that can be read and a text with words; that is too few to learn from.',
    'Nur {#count} Zeilen haben ein lesbares Bild und einen Text mit Wörtern; das ist zu wenig zum Lernen.'
  ],
  [
    '{#count} of the pictures this set is made of cannot be read any more.',
    'Von den Bildern, aus denen dieses Set besteht, sind {#count} nicht mehr lesbar.'
  ],
  [
    'None of the pictures of ‘{label}’ could be read.',
    'Keines der Bilder von „{label}“ war lesbar.'
  ],

  // What methods measured on their way, and notes of theirs.
  ['pass {#pass}', 'Durchgang {#pass}'],
  ['temperature {#degree}', 'Temperatur {#degree}'],
  ['Temperature {#degree}', 'Temperatur {#degree}'],
  ['{#share} % helper model', '{#share} % Hilfsmodell'],
  ['{#share} [%] helper model at [pass] {#pass}', '{#share} % Hilfsmodell, Durchgang {#pass}'],
  ['what the helper models say, [pass] {#pass}', 'was die Hilfsmodelle sagen, Durchgang {#pass}'],
  ['The {#count} largest', 'Die {#count} größten'],
  ['Rank {#rank} exchanged with the last', 'Platz {#rank} mit dem letzten getauscht'],
  [
    'Plain labels are better here: students reach {#plain} % on validation items with them, and {#soft} % with the best of the richer ones.',
    'Einfache Labels sind hier besser: Damit werden bei Elementen zur Zwischenprüfung {#plain} % erreicht, mit den besten reicheren {#soft} %.'
  ],
  [
    'The helper model names {#share} % of the validation items rightly at pass {#pass}, and students on plain labels already {#plain} %.',
    'Das Hilfsmodell benennt nach Durchgang {#pass} {#share} % der Elemente zur Zwischenprüfung richtig; mit einfachen Labels werden schon {#plain} % erreicht.'
  ],
  [
    '{#items} items per label are mixed from shared pictures in the space of {#space}.',
    'Je Label entstehen {#items} Elemente aus gemeinsamen Bildern, auf dem Platz von {#space}.'
  ],
  [
    '{#bases} shared pictures take all the space of {#space} per label, so no items are left.',
    '{#bases} gemeinsame Bilder nehmen den ganzen Platz von {#space} je Label; für Elemente bleibt nichts.'
  ],
  [
    '{#labels} labels cannot come in {#stages} stages: each stage has to bring at least {#least}.',
    '{#labels} Labels können nicht in {#stages} Stufen kommen: Jede Stufe muss mindestens {#least} bringen.'
  ],
  ['Take {#stages} stages or fewer.', 'Nehmen Sie höchstens {#stages} Stufen.'],
  [
    'Stage {#stage} of {#stages}: improving the memory',
    'Stufe {#stage} von {#stages}: gemeinsame Bilder verbessern'
  ],
  [
    "The labels came in {#stages} stages, and each stage's items were made from its own data alone.",
    'Die Labels kamen in {#stages} Stufen, und die Elemente jeder Stufe entstanden allein aus deren Daten.'
  ],
  [
    'This method makes at most {#most} items, and {#asked} were asked for.',
    'Dieses Verfahren macht höchstens {#most} Elemente; verlangt sind {#asked}.'
  ],
  [
    'There are no training items of "{label}", so none can be made of it.',
    'Von „{label}“ gibt es keine Trainingselemente; es lassen sich keine davon machen.'
  ],
  [
    'Some labels have fewer than {#items} items, so all of theirs were taken: {labels} and {#more} more.',
    'Einige Labels haben weniger als {#items} Elemente; von ihnen wurden alle genommen: {labels} und {#more} weitere.'
  ],
  [
    'Some labels have fewer than {#items} items, so all of theirs were taken: {labels}.',
    'Einige Labels haben weniger als {#items} Elemente; von ihnen wurden alle genommen: {labels}.'
  ],
  [
    'The helper models are kept at {#moments} moments, but the goal lies {#ahead} later.',
    'Die Hilfsmodelle sind zu {#moments} Zeitpunkten behalten, aber das Ziel liegt {#ahead} später.'
  ],
  [
    'Check models begin with the step size learned with the items, {#rate}, kept between {#least} and {#most}.',
    'Prüfmodelle beginnen mit der Schrittweite, die mit den Elementen gelernt wurde: {#rate}, gehalten zwischen {#least} und {#most}.'
  ],

  [
    "Accuracy on the items of one label alone: with the whole set, without any item of that label, and without that label's share in the other items' labels.",
    'Genauigkeit nur bei den Elementen eines Labels: mit dem ganzen Set, ohne Elemente dieses Labels und ohne dessen Anteil an den Labels der anderen Elemente.'
  ],

  // Comparing sets.
  [
    '“{name}” is made for models that compare items; what networks learn from it is compared here.',
    '„{name}“ ist für Modelle gemacht, die Elemente vergleichen; hier wird verglichen, was Netze daraus lernen.'
  ],
  ['Not tested: {names}.', 'Nicht geprüft: {names}.'],
  [
    'Models that learned from “{best}” are right on {#top} % of the test items, from “{next}” on {#second} %: {#points} points, more than the repeats vary.',
    'Modelle, die aus „{best}“ gelernt haben, liegen bei {#top} % der Testelemente richtig, die aus „{next}“ bei {#second} %: {#points} Punkte, mehr als zwischen den Wiederholungen.'
  ],
  [
    'Models that learned from “{best}” are right on {#top} % of the test items, from “{next}” on {#second} %: {#points} points, which is within how much the repeats vary.',
    'Modelle, die aus „{best}“ gelernt haben, liegen bei {#top} % der Testelemente richtig, die aus „{next}“ bei {#second} %: {#points} Punkte, nicht mehr als zwischen den Wiederholungen.'
  ],
  [
    '“{best}” reaches {#top} % in the test, “{next}” {#second} %: {#points} points, more than the repeats vary.',
    '„{best}“ erreicht in der Prüfung {#top} %, „{next}“ {#second} %: {#points} Punkte, mehr als zwischen den Wiederholungen.'
  ],
  [
    '“{best}” reaches {#top} % in the test, “{next}” {#second} %: {#points} points, which is within how much the repeats vary.',
    '„{best}“ erreicht in der Prüfung {#top} %, „{next}“ {#second} %: {#points} Punkte, nicht mehr als zwischen den Wiederholungen.'
  ],
  [
    '“{name}”: {#share} [%] of its own test items[.]',
    '„{name}“: {#share} % der eigenen Testelemente.'
  ],
  ['“{name}”: {#share} [%] by its own test[.]', '„{name}“: {#share} % nach der eigenen Prüfung.'],
  ['richer, {#shares} largest shares', 'reicher, die {#shares} größten Anteile'],
  [
    'richer, of the changes of {#passes} passes',
    'reicher, für die Änderungen von {#passes} Durchgängen'
  ],
  ['{#repeats} repeats', '{#repeats} Wiederholungen'],

  // What of a recipe does not fit.
  [
    '“{@method}” does not work with [pictures]; the recommended way is used.',
    '„{@method}“ arbeitet nicht mit Bildern; verwendet wird das empfohlene Verfahren.'
  ],
  [
    '“{@method}” does not work with [texts and tables]; the recommended way is used.',
    '„{@method}“ arbeitet nicht mit Texten und Tabellen; verwendet wird das empfohlene Verfahren.'
  ],
  [
    'The helper model “{name}” is not in this project; one is trained here instead.',
    'Das Hilfsmodell „{name}“ ist nicht in diesem Projekt; stattdessen wird hier eines trainiert.'
  ]
]

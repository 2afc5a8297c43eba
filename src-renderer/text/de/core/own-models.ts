// German for sentences of the core about models of pictures from files, and about expansions that are
// ended early. Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  'Models that are told a text or a label as well cannot be used.':
    'Modelle, denen auch ein Text oder ein Label gesagt wird, können nicht verwendet werden.',
  'Models that work on packed pictures (latent diffusion) cannot be used.':
    'Modelle, die mit gepackten Bildern arbeiten (latente Diffusion), können nicht verwendet werden.',
  'Models that guess how sure they are as well (twice the channels) cannot be used.':
    'Modelle, die auch schätzen, wie sicher sie sind (doppelt so viele Kanäle), können nicht verwendet werden.',
  'Export the model alone, without the steps that make a picture with it.':
    'Exportieren Sie das Modell allein, ohne die Schritte, die damit ein Bild machen.',
  'Export the model alone, in its state for use and not for training.':
    'Exportieren Sie das Modell allein, im Zustand für die Verwendung und nicht für das Training.',
  'Export it anew from its program, or choose another one.':
    'Exportieren Sie es neu aus seinem Programm, oder wählen Sie ein anderes.',
  'Choose a model that comes with the app or was trained in it.':
    'Wählen Sie ein Modell, das zur App gehört oder in ihr trainiert wurde.',
  'Choose a model that was trained to predict noise.':
    'Wählen Sie ein Modell, das gelernt hat, Rauschen vorherzusagen.',
  'Choose another model, or one that was trained to predict noise.':
    'Wählen Sie ein anderes Modell, oder eines, das gelernt hat, Rauschen vorherzusagen.',
  'Choose other settings, as its makers name them.':
    'Wählen Sie andere Einstellungen, wie sie zum Modell angegeben sind.',
  'Choose its file again, or another model.':
    'Wählen Sie seine Datei noch einmal, oder ein anderes Modell.',
  'Choose a smaller model.': 'Wählen Sie ein kleineres Modell.',
  'The model from a file is not as it was taken.':
    'Das Modell aus einer Datei ist nicht mehr, wie es übernommen wurde.',
  'There are no pictures to try the model on.':
    'Es gibt keine Bilder, an denen das Modell ausprobiert werden kann.',
  'Pictures are being made with this model.': 'Mit diesem Modell werden gerade Bilder gemacht.',
  'Wait until they are made, or stop it.':
    'Warten Sie, bis sie fertig sind, oder brechen Sie es ab.',
  'No picture is finished yet.': 'Noch ist kein Bild fertig.',
  'Wait for the first ones, or stop it.': 'Warten Sie auf die ersten, oder brechen Sie es ab.'
}

/** Sentences with names and figures in them; the first that fits is taken. */
export const forms: readonly (readonly [string, string])[] = [
  [
    '“{name}” repeats parts of itself ({operator}), and nothing says for how long.',
    '„{name}“ wiederholt Teile von sich ({operator}), und nichts sagt, wie lange.'
  ],
  [
    '“{name}” draws random numbers of its own ({operator}), so no picture could be made again.',
    '„{name}“ zieht eigene Zufallszahlen ({operator}); kein Bild könnte noch einmal gemacht werden.'
  ],
  [
    '“{name}” takes one input; a model that sees noise takes two: pictures, and how far they are.',
    '„{name}“ nimmt eine Eingabe; ein Modell, das Rauschen sieht, nimmt zwei: Bilder, und wie weit sie sind.'
  ],
  [
    '“{name}” takes {#count} inputs; a model that sees noise takes two: pictures, and how far they are.',
    '„{name}“ nimmt {#count} Eingaben; ein Modell, das Rauschen sieht, nimmt zwei: Bilder, und wie weit sie sind.'
  ],
  [
    '“{name}” does not say that it takes pictures: none of its inputs has 4 dimensions (number, channels, height, width).',
    '„{name}“ sagt nicht, dass es Bilder nimmt: Keine Eingabe hat 4 Dimensionen (Anzahl, Kanäle, Höhe, Breite).'
  ],
  [
    '“{name}” does not take 32-bit floating-point numbers, which pictures are given as.',
    '„{name}“ nimmt keine Gleitkommazahlen mit 32 Bit, als die Bilder gegeben werden.'
  ],
  [
    '“{name}” takes pictures of {#width} × {#height} pixels; only squares can be used.',
    '„{name}“ nimmt Bilder mit {#width} × {#height} Pixeln; nur quadratische können verwendet werden.'
  ],
  [
    '“{name}” takes pictures of {#side} pixels a side; {#least} to {#most} can be used.',
    '„{name}“ nimmt Bilder mit {#side} Pixeln Seitenlänge; {#least} bis {#most} können verwendet werden.'
  ],
  [
    '“{name}” takes {#count} pictures at once; {#most} are the most.',
    '„{name}“ nimmt {#count} Bilder auf einmal; {#most} sind das Höchste.'
  ],
  [
    '“{name}” takes the step as numbers of a kind that this app does not have.',
    '„{name}“ nimmt den Schritt als Zahlen einer Art, die diese App nicht hat.'
  ],
  [
    '“{name}” does not say how it is told the step.',
    '„{name}“ sagt nicht, wie es den Schritt erfährt.'
  ],
  [
    '“{name}” takes {shape} numbers besides pictures; the step is one number, for all or for each picture.',
    '„{name}“ nimmt neben Bildern {shape} Zahlen; der Schritt ist eine Zahl, für alle oder für jedes Bild.'
  ],
  [
    '“{name}” does not give one number for each that it takes: it gives {shape}.',
    '„{name}“ gibt nicht für jede Zahl, die es nimmt, eine: Es gibt {shape}.'
  ],
  [
    '“{name}” answers with the picture, or a mix of picture and noise, instead of the noise in it.',
    '„{name}“ antwortet mit dem Bild, oder einer Mischung aus Bild und Rauschen, statt mit dem Rauschen darin.'
  ],
  [
    '“{name}” does not see noise in these pictures: it is as far off as if it saw nothing ({#error} of 1).',
    '„{name}“ sieht in diesen Bildern kein Rauschen: Es liegt so weit daneben, als sähe es nichts ({#error} von 1).'
  ],
  [
    '“{name}” is larger than {#most} GB, the most that a model may be.',
    '„{name}“ ist größer als {#most} GB, das Höchste für ein Modell.'
  ],
  [
    'The model “{name}” answers with what is no number.',
    'Das Modell „{name}“ antwortet mit etwas, das keine Zahl ist.'
  ],
  [
    'The model “{name}” could not be run: its parts do not fit together, or need what this app does not have.',
    'Das Modell „{name}“ ließ sich nicht ausführen: Seine Teile passen nicht zusammen, oder brauchen etwas, das diese App nicht hat.'
  ],
  [
    'Models from files cannot run on this computer: {reason}.',
    'Modelle aus Dateien laufen auf diesem Computer nicht: {reason}.'
  ]
]

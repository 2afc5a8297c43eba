// Words of recipes: settings kept under a name, and what of them does not fit other data.

/** Recipes. */
export const recipes = {
  title: 'Start from a recipe',
  text: 'A recipe is the plan of a run under a name. It can be used again on the same data or on other data.',
  open: 'Start from a recipe',
  none: 'No recipes yet',
  noneText: 'Save a plan as a recipe on its last step, or read one from a file.',
  failed: 'The recipes could not be read',
  read: 'Read from a file',
  wasRead: (name: string): string => `“${name}” was read.`,
  data: 'Use it on',
  list: 'Recipes',
  madeOn: (data: string): string => `made on ${data}`,
  use: 'Use',
  useNamed: (name: string): string => `Use “${name}”`,
  saveFile: (name: string): string => `Save “${name}” as a file`,
  remove: (name: string): string => `Remove “${name}”`,
  removed: (name: string): string => `“${name}” was removed.`,
  fitTitle: (name: string, data: string): string => `“${name}” on ${data}`,
  fits: 'All of it fits this data.',
  misfits: 'Some of it does not fit this data:',
  goOn: 'Go to the plan',
  back: 'Back to the recipes',
  otherKind: 'It was made for another kind of data.',
  noData: 'Add data first: a recipe needs something to choose from.',
  save: 'Save as a recipe',
  saveText: 'It keeps everything that was asked, also the lists of items to keep or leave out.',
  name: 'Name of the recipe',
  replaces: 'A recipe of this name is replaced.',
  saveNow: 'Save',
  saved: (name: string): string => `“${name}” is saved as a recipe.`
} as const

// The workflow files: real YAML, calling scripts that exist, with no rights but those they need,
// and never publishing anything.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
// electron-builder brings this reader of YAML for its own configuration files.
const builder = createRequire(
  createRequire(import.meta.url).resolve('app-builder-lib/package.json')
)
const { load } = builder('js-yaml') as { load(text: string): unknown }

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}
interface Job {
  readonly 'runs-on': string
  readonly steps: readonly Step[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly if?: string
  readonly strategy?: { readonly matrix: { readonly include: readonly { readonly os: string }[] } }
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = '.github/workflows'
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const names = globSync('*.yml', { cwd: join(root, folder) }).sort()
const workflow = (name: string): Workflow => load(read(`${folder}/${name}`)) as Workflow
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const runs = (one: Workflow): string[] =>
  Object.values(one.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run?.split('\n') ?? []))

describe.each(names)('%s', (name) => {
  const one = workflow(name)
  const steps = Object.values(one.jobs).flatMap((job) => job.steps)

  it('has jobs with a machine, a limit of time and steps that do one thing', () => {
    expect(Object.keys(one.on).length).toBeGreaterThan(0)
    for (const job of Object.values(one.jobs)) expect(job['runs-on']).toBeTruthy()
    for (const step of steps)
      expect([step.uses, step.run].filter((part) => part !== undefined)).toHaveLength(1)
  })

  it('runs scripts that are there', () => {
    const called = runs(one).flatMap((line) => {
      const found = /^npm (?:run )?([\w:]+)/.exec(line)?.[1]
      return found === undefined || found === 'ci' ? [] : [found]
    })
    expect(called).toContain('test')
    for (const script of called) expect(scripts, script).toHaveProperty([script])
  })

  it('takes steps from their makers under a version, and puts nothing of others into a shell', () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/)
    for (const line of runs(one)) expect(line).not.toContain('${{')
  })

  it('may only read, unless a job says why it needs more', () => {
    expect(one.permissions).toEqual({ contents: 'read' })
  })
})

describe('the release', () => {
  const release = workflow('release.yml')
  const pack = release.jobs['pack']
  const draft = release.jobs['draft']

  it('is packed on every system, after everything was tested', () => {
    const systems = pack?.strategy?.matrix.include.map(({ os }) => os.split('-')[0])
    expect(new Set(systems)).toEqual(new Set(['ubuntu', 'macos', 'windows']))
    const lines = pack?.steps.flatMap(({ run }) => run ?? []) ?? []
    expect(lines).toEqual([
      'npm ci',
      'npm test',
      'npm run pack -- --installers',
      'npm run pack:checksums'
    ])
  })

  it('takes signing keys from the secrets of its environment, in no other step', () => {
    expect(pack?.environment).toBe('release')
    const secret = pack?.steps.filter((step) => JSON.stringify(step).includes('secrets.'))
    expect(secret?.map(({ run }) => run)).toEqual(['npm run pack -- --installers'])
    expect(Object.keys(secret?.[0]?.env ?? {})).toContain('CSC_LINK')
  })

  it('ends as a draft, for a tag alone, with checksums that were checked', () => {
    expect(draft?.if).toBe("github.ref_type == 'tag'")
    expect(draft?.permissions).toEqual({ contents: 'write' })
    const script = draft?.steps.flatMap(({ run }) => run ?? []).join('\n') ?? ''
    expect(script).toContain('sha256sum -c')
    expect(script).toMatch(/gh release create .* --draft /)
    for (const name of names)
      expect(read(`${folder}/${name}`)).not.toMatch(
        /npm publish|--publish (always|onTag)|gh release edit/
      )
  })

  it('takes along every kind of file that is made', () => {
    const upload = pack?.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'))
    const paths = String(upload?.with?.['path'])
    for (const end of ['.tar.gz', '.zip', '.exe', '.dmg', '.AppImage', '.deb'])
      expect(paths).toContain(`dist/*${end}`)
  })
})

describe('every script of package.json', () => {
  it('starts a file or a tool that is there', () => {
    for (const [name, line] of Object.entries(scripts)) {
      const [tool = '', file = ''] = line.split(' ')
      if (tool === 'node') expect(existsSync(join(root, file)), name).toBe(true)
      else expect(existsSync(join(root, 'node_modules', '.bin', tool)), name).toBe(true)
    }
  })
})
